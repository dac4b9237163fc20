import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type {
  Stocktake,
  StocktakePage,
} from '../../../../src/contexts/bonded/stocktake/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { useAskList, useMay } from '../../parts/queries.ts';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { tableState } from '../../parts/table-state.ts';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { CountUpload } from './count-upload.tsx';
import { LedgerPage, ledgerPath } from './ledger-page.tsx';

/** The counts of a ledger, and the place to bring another. */
export function BondedCountsScreen() {
  const may = useMay();
  return (
    <LedgerPage tab="/bonded/$id/counts" actions={({ ledger }) => <CountSheet id={ledger.id} />}>
      {({ ledger }, path) => (
        <>
          {may('bonded.takeStock') ? (
            <CountUpload id={ledger.id} sites={ledger.content.sites} />
          ) : null}
          <Counts id={ledger.id} path={path} />
        </>
      )}
    </LedgerPage>
  );
}

function CountSheet({ id }: { readonly id: string }) {
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<Stocktake>
      name={`${id}-${t('tab.counts')}`}
      load={() => allRows<Stocktake>(`${ledgerPath(id)}/stocktakes`)}
      columns={[
        { title: t('column.count'), text: (row) => row.id },
        { title: t('column.description'), text: ({ name }) => name },
        { title: t('column.status'), text: ({ status }) => t(`count.status.${status}`) },
        { title: t('column.opened'), text: ({ openedAt }) => openedAt },
        { title: t('count.tags'), text: ({ tags }) => String(tags) },
        ...(['differing', 'short', 'over', 'notCounted'] as const).map((name) => ({
          title: t(`count.${name}`),
          text: ({ figures }: Stocktake) => String(figures?.[name] ?? ''),
        })),
      ]}
    />
  );
}

function Counts({ id, path }: { readonly id: string; readonly path: string }) {
  const { t } = useTranslation('bonded');
  const [{ cursor }] = useUrlState();
  const list = useAskList<z.infer<typeof StocktakePage>>(`${path}/stocktakes`, { cursor });
  return (
    <DataTable
      name="bonded-counts"
      caption={t('tab.counts')}
      columns={useColumns(id)}
      rows={list.data?.rows}
      {...tableState(list)}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon="scales" title={t('counts.none')}>
          {t('counts.none.text')}
        </EmptyState>
      }
    />
  );
}

function useColumns(id: string): readonly Column<Stocktake>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return [
    {
      id: 'count',
      title: t('column.count'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.name}>
          <Link to="/bonded/$id/counts/$count" params={{ id, count: row.id }} translate="no">
            {row.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: ({ status }) => (
        <Tag
          tone={status === 'closed' ? 'green' : 'blue'}
          icon={status === 'closed' ? 'done' : 'clock'}
        >
          {t(`count.status.${status}`)}
        </Tag>
      ),
    },
    { id: 'opened', title: t('column.opened'), render: ({ openedAt }) => format.moment(openedAt) },
    { id: 'tags', title: t('count.tags'), align: 'end', render: ({ tags }) => format.number(tags) },
    {
      id: 'differing',
      title: t('count.differing'),
      align: 'end',
      render: ({ figures }) => format.number(figures?.differing),
    },
    {
      id: 'explained',
      title: t('count.explained'),
      render: ({ explanations }) => (explanations > 0 ? t('count.yes') : t('count.notYet')),
    },
  ];
}
