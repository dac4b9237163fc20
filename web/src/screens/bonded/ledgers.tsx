import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { LedgerPage, LedgerRow } from '../../../../src/contexts/bonded/ledgers/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { allRows } from '../../parts/sheet.ts';
import { SheetButtons } from '../../parts/sheet-buttons.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { NeedsPerson } from './needs.tsx';
import { LedgerTag } from './signs.tsx';

/** The bonded ledgers within reach: an enterprise sees its own, an officer those of the office. */
export function BondedLedgersScreen() {
  const { t } = useTranslation('bonded');
  const [state] = useUrlState();
  const query = { q: state.q, cursor: state.cursor };
  const list = useAskList<z.infer<typeof LedgerPage>>('/api/bonded/ledgers', query);
  return (
    <Page wide title={t('ledgers.title')} lead={t('ledgers.lead')} actions={<LedgerSheet />}>
      <NeedsPerson />
      <DataTable
        name="bonded-ledgers"
        caption={t('ledgers.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        filters={<SearchField label={t('filter.q')} />}
        empty={
          <EmptyState icon="ledger" title={t('ledgers.empty')}>
            {t('ledgers.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function LedgerSheet() {
  const { t } = useTranslation('bonded');
  return (
    <SheetButtons<LedgerRow>
      name={t('ledgers.title')}
      load={() => allRows<LedgerRow>('/api/bonded/ledgers')}
      columns={[
        { title: t('column.ledger'), text: (row) => row.id },
        { title: t('column.description'), text: ({ name }) => name },
        { title: t('column.status'), text: ({ status }) => t(`status.${status}`) },
        { title: t('column.enterprise'), text: ({ enterprise }) => enterprise },
        { title: t('column.mode'), text: ({ mode }) => t(`mode.${mode}`) },
        { title: t('column.parts'), text: ({ parts }) => String(parts) },
        {
          title: t('column.period'),
          text: ({ opensOn, closesOn }) => `${opensOn} – ${closesOn ?? ''}`,
        },
      ]}
    />
  );
}

function useColumns(): readonly Column<LedgerRow>[] {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  return [
    {
      id: 'ledger',
      title: t('column.ledger'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.name}>
          <Link to="/bonded/$id" params={{ id: row.id }} translate="no">
            {row.id}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => <LedgerTag status={row.status} isChanging={row.changePending} />,
    },
    {
      id: 'enterprise',
      title: t('column.enterprise'),
      render: (row) => <OrganisationName id={row.enterprise} />,
    },
    { id: 'mode', title: t('column.mode'), render: (row) => t(`mode.${row.mode}`) },
    {
      id: 'parts',
      title: t('column.parts'),
      align: 'end',
      render: (row) => format.number(row.parts),
    },
    {
      id: 'opensOn',
      title: t('column.period'),
      render: (row) => format.days(row.opensOn, row.closesOn),
    },
  ];
}
