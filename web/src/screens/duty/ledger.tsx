import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type {
  JournalEntry,
  JournalPage,
  TrialBalance,
} from '../../../../src/contexts/duty/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { MiniTable } from '../../parts/mini-table.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { useAsk, useAskList } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { tableState } from '../../parts/table-state.ts';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { useItemName, useYuan } from './money.tsx';
import './duty.css';

/** The duty ledger: the trial balance, and every entry it is the sum of. */
export function LedgerScreen() {
  const { t } = useTranslation('duty');
  const [state] = useUrlState();
  const list = useAskList<JournalPage>('/api/duty/ledger/entries', {
    account: state.account,
    cursor: state.cursor,
  });
  return (
    <Page wide title={t('ledger.title')} lead={t('ledger.lead')}>
      <Balances />
      <DataTable
        name="duty-ledger"
        caption={t('ledger.journal')}
        columns={useColumns()}
        rows={list.data?.entries}
        rowKey={(row) => `${row.posting}${row.account}${row.item ?? ''}${row.guarantee ?? ''}`}
        {...tableState(list)}
        empty={
          <EmptyState icon="duty" title={t('ledger.empty')}>
            {t('ledger.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Balances() {
  const { t } = useTranslation('duty');
  const { data, error } = useAsk<TrialBalance>('/api/duty/ledger/balance');
  const yuan = useYuan();
  const name = useItemName();
  return (
    <Section
      title={t('ledger.balances')}
      aside={
        data ? (
          <Tag tone={data.balanced ? 'green' : 'red'} icon={data.balanced ? 'done' : 'error'}>
            {t(data.balanced ? 'ledger.balanced' : 'ledger.unbalanced')}
          </Tag>
        ) : null
      }
    >
      <Trouble error={error} />
      {data ? (
        <MiniTable
          caption={t('ledger.balances')}
          rows={data.rows}
          rowKey={({ account, item }) => `${account}${item ?? ''}`}
          columns={[
            {
              id: 'account',
              title: t('column.account'),
              isName: true,
              render: ({ account, item }) =>
                [t(`account.${account}`), item ? name(item) : null].filter(Boolean).join(' · '),
            },
            ...(['debit', 'credit', 'balance'] as const).map(
              (side) =>
                ({
                  id: side,
                  title: t(`column.${side}`),
                  align: 'end',
                  render: (row: TrialBalance['rows'][number]) => yuan(row[side]),
                }) as const,
            ),
          ]}
          foot={[t('bill.total'), yuan(data.debit), yuan(data.credit), '']}
        />
      ) : null}
    </Section>
  );
}

function useColumns(): readonly Column<JournalEntry>[] {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const yuan = useYuan();
  const name = useItemName();
  return [
    {
      id: 'posting',
      title: t('column.posting'),
      isName: true,
      render: (row) =>
        row.subject.startsWith('duty:') ? (
          <Link
            to="/duty/$declaration"
            params={{ declaration: row.subject.slice('duty:'.length) }}
            translate="no"
          >
            {row.posting}
          </Link>
        ) : (
          <span translate="no">{row.posting}</span>
        ),
    },
    {
      id: 'at',
      title: t('column.at'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.at)}</span>,
    },
    {
      id: 'account',
      title: t('column.account'),
      render: (row) => (
        <TwoLines under={row.item ? name(row.item) : null}>{t(`account.${row.account}`)}</TwoLines>
      ),
    },
    {
      id: 'debit',
      title: t('column.debit'),
      align: 'end',
      render: (row) => (row.debit === '0.00' ? '' : yuan(row.debit)),
    },
    {
      id: 'credit',
      title: t('column.credit'),
      align: 'end',
      render: (row) => (row.credit === '0.00' ? '' : yuan(row.credit)),
    },
    {
      id: 'payer',
      title: t('column.payer'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.payer} />,
    },
  ];
}
