import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { StocktakePage } from '../../../../src/contexts/bonded/stocktake/contract.ts';
import type {
  Filing,
  FilingDetail,
  FilingPage,
} from '../../../../src/contexts/bonded/writeoff/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { portDay, useFormat } from '../../parts/format.ts';
import { useAsk, useAskList, useMay } from '../../parts/queries.ts';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { LedgerPage, ledgerPath } from './ledger-page.tsx';
import { FilingTag } from './signs.tsx';

/** The write-off filings of a ledger, and the next one to draft. */
export function BondedFilingsScreen() {
  const may = useMay();
  return (
    <LedgerPage
      tab="/bonded/$id/filings"
      actions={({ ledger }) => (
        <>
          {may('bonded.draftFiling') && ledger.status === 'open' ? <Draft id={ledger.id} /> : null}
          <FilingSheet id={ledger.id} />
        </>
      )}
    >
      {({ ledger }) => <Filings id={ledger.id} />}
    </LedgerPage>
  );
}

/** The last day that has wholly happened. */
const yesterday = (): string => portDay(-1);

function Draft({ id }: { readonly id: string }) {
  const { t } = useTranslation('bonded');
  const navigate = useNavigate();
  const { data } = useAsk<z.infer<typeof StocktakePage>>(`${ledgerPath(id)}/stocktakes`, {
    status: 'closed',
  });
  const counts = data?.rows ?? [];
  const day = yesterday();
  return (
    <Ask
      isPrimary
      button={t('filing.draft')}
      lead={t('filing.draft.lead')}
      stale={[ledgerPath(id)]}
      fields={[
        {
          name: 'id',
          label: t('filing.number'),
          kind: 'text',
          initial: `BH-${day.replaceAll('-', '')}`,
        },
        { name: 'through', label: t('filing.through'), kind: 'day', initial: day },
        {
          name: 'stocktake',
          label: t('filing.count'),
          kind: 'choice',
          isOptional: true,
          initial: counts[0]?.id ?? '',
          options: counts.map((count) => ({ value: count.id, label: count.name || count.id })),
        },
      ]}
      command={({ id: filing, through, stocktake }) => ({
        method: 'POST',
        path: `${ledgerPath(id)}/filings`,
        body: { id: filing, kind: 'normal', through, stocktake: stocktake || null },
      })}
      onDone={(answer) => {
        const { filing } = answer as FilingDetail;
        void navigate({ to: '/bonded/$id/filings/$filing', params: { id, filing: filing.id } });
      }}
    />
  );
}

function FilingSheet({ id }: { readonly id: string }) {
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<Filing>
      name={`${id}-${t('tab.filings')}`}
      load={() => allRows<Filing>(`${ledgerPath(id)}/filings`)}
      columns={[
        { title: t('column.filing'), text: (row) => row.id },
        { title: t('column.kind'), text: ({ kind }) => t(`filing.kind.${kind}`) },
        { title: t('column.status'), text: ({ status }) => t(`filing.status.${status}`) },
        { title: t('filing.period'), text: ({ from, through }) => `${from} – ${through}` },
        ...(['short', 'over', 'beyondTolerance', 'notCounted'] as const).map((name) => ({
          title: t(`filing.totals.${name}`),
          text: ({ totals }: Filing) => String(totals[name]),
        })),
        { title: t('filing.payable'), text: ({ duty }) => duty?.payable ?? '' },
        { title: t('filing.signed'), text: ({ signedAt }) => signedAt ?? '' },
        { title: t('filing.writtenOffAt'), text: ({ writtenOffAt }) => writtenOffAt ?? '' },
      ]}
    />
  );
}

function Filings({ id }: { readonly id: string }) {
  const { t } = useTranslation('bonded');
  const [{ cursor }] = useUrlState();
  const list = useAskList<FilingPage>(`${ledgerPath(id)}/filings`, { cursor });
  return (
    <DataTable
      name="bonded-filings"
      caption={t('tab.filings')}
      columns={useFilingColumns()}
      rows={list.data?.rows}
      rowKey={(row) => row.id}
      {...tableState(list)}
      empty={
        <EmptyState icon="file" title={t('filings.none')}>
          {t('filings.none.text')}
        </EmptyState>
      }
    />
  );
}

/** The columns of filings, of one ledger or of an office. */
export function useFilingColumns(withLedger = false): readonly Column<Filing>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return [
    {
      id: 'filing',
      title: t('column.filing'),
      isName: true,
      render: ({ ledger, id, kind }) => (
        <TwoLines under={t(`filing.kind.${kind}`)}>
          <Link to="/bonded/$id/filings/$filing" params={{ id: ledger, filing: id }} translate="no">
            {id}
          </Link>
        </TwoLines>
      ),
    },
    ...(withLedger
      ? [
          {
            id: 'ledger',
            title: t('column.ledger'),
            render: ({ ledger }: Filing) => <span translate="no">{ledger}</span>,
          },
        ]
      : []),
    {
      id: 'status',
      title: t('column.status'),
      render: ({ status }) => <FilingTag status={status} />,
    },
    {
      id: 'period',
      title: t('filing.period'),
      render: ({ from, through }) => format.days(from, through),
    },
    {
      id: 'short',
      title: t('count.short'),
      align: 'end',
      render: ({ totals }) => format.number(totals.short),
    },
    {
      id: 'over',
      title: t('count.over'),
      align: 'end',
      render: ({ totals }) => format.number(totals.over),
    },
    {
      id: 'duty',
      title: t('filing.payable'),
      align: 'end',
      render: ({ duty }) => format.money(duty?.payable, 'CNY'),
    },
    {
      id: 'signed',
      title: t('filing.signed'),
      render: ({ signedAt }) => format.moment(signedAt),
    },
  ];
}
