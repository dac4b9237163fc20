import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPage, BillRow, BillStatus } from '../../../../src/contexts/duty/contract.ts';
import { address } from '../../parts/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { SearchField } from '../../parts/search-field.tsx';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { BillTag, useYuan } from './money.tsx';

const STATUSES: readonly BillStatus[] = [
  'payable',
  'paidShort',
  'guaranteed',
  'settled',
  'nothingDue',
  'reversed',
];

/** What is owed, by whom, until when; a payer sees its own, an officer those of the office. */
export function DutyBillsScreen() {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const [state, change] = useUrlState();
  const statusId = useId();
  const query = {
    q: state.q,
    status: state.status,
    overdue: state.overdue,
    period: state.period,
    payer: state.payer,
    cursor: state.cursor,
  };
  const list = useAskList<BillPage>('/api/duty/bills', query);
  const { totals } = list.data ?? {};
  const yuan = useYuan();
  return (
    <Page
      wide
      title={t('bills.title')}
      lead={t('bills.lead')}
      actions={<Link to="/guarantees">{t('guarantees.title')}</Link>}
    >
      <DataTable
        name="duty-bills"
        caption={t('bills.title')}
        columns={useBillColumns()}
        rows={list.data?.rows}
        rowKey={(row) => row.declaration}
        {...tableState(list)}
        total={
          totals
            ? t('bills.totals', {
                count: totals.bills,
                shown: format.number(totals.bills),
                assessed: yuan(totals.assessed),
                outstanding: yuan(totals.outstanding),
              })
            : null
        }
        exportHref={address('/api/duty/bills.xlsx', query)}
        filters={
          <>
            <SearchField label={t('filter.q')} hint={t('filter.q.hint')} />
            <div className="field">
              <label htmlFor={statusId}>{t('column.status')}</label>
              <Select
                id={statusId}
                allowClear
                value={state.status ?? null}
                placeholder={t('filter.any')}
                options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
                onChange={(value: string | null) => change({ status: value ?? undefined })}
              />
            </div>
          </>
        }
        empty={
          <EmptyState icon="duty" title={t('bills.empty')}>
            {t('bills.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useBillColumns(): readonly Column<BillRow>[] {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const yuan = useYuan();
  return [
    {
      id: 'declaration',
      title: t('column.declaration'),
      isName: true,
      render: (row) => (
        <TwoLines under={<OrganisationName id={row.payer} />}>
          <Link to="/duty/$declaration" params={{ declaration: row.declaration }} translate="no">
            {row.declaration}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) => <BillTag status={row.status} isOverdue={row.isOverdue} />,
    },
    {
      id: 'assessed',
      title: t('column.assessed'),
      align: 'end',
      render: (row) => yuan(row.assessed),
    },
    { id: 'paid', title: t('column.paid'), align: 'end', render: (row) => yuan(row.paid) },
    {
      id: 'outstanding',
      title: t('column.outstanding'),
      align: 'end',
      render: (row) => yuan(row.outstanding),
    },
    {
      id: 'dueOn',
      title: t('column.dueOn'),
      render: (row) =>
        row.dueOn ? <span className="cell-nowrap">{format.date(row.dueOn)}</span> : '—',
    },
    {
      id: 'period',
      title: t('column.period'),
      isExtra: true,
      render: (row) => row.period ?? '—',
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.office} />,
    },
  ];
}
