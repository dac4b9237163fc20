import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Statement } from '../../../../src/contexts/duty/contract.ts';
import { Ask } from '../../parts/ask.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import type { IconName } from '../../parts/icon.tsx';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { Tag, type Tone } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useYuan } from './money.tsx';

type Row = z.infer<typeof Statement>;
const PATH = '/api/duty/statements';

/** Months of consolidated payment (汇总征税): what a payer owes for a month, and until when. */
export function StatementsScreen() {
  const { t } = useTranslation('duty');
  const list = useAskList<{
    readonly statements: readonly Row[];
  }>(PATH);
  return (
    <Page wide title={t('statements.title')} lead={t('statements.lead')}>
      <DataTable
        name="duty-statements"
        caption={t('statements.title')}
        columns={useColumns()}
        rows={list.data?.statements}
        rowKey={(row) => `${row.payer} ${row.period}`}
        {...tableState(list)}
        empty={
          <EmptyState icon="duty" title={t('statements.empty')}>
            {t('statements.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

const LOOKS: Record<Row['status'], readonly [Tone, IconName]> = {
  open: ['blue', 'clock'],
  due: ['yellow', 'clock'],
  overdue: ['red', 'warning'],
  settled: ['green', 'done'],
};

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('duty');
  const format = useFormat();
  const yuan = useYuan();
  const may = useMay();
  return [
    {
      id: 'period',
      title: t('column.period'),
      isName: true,
      render: (row) => (
        <TwoLines under={<OrganisationName id={row.payer} />}>
          <Link to="/duty" search={{ period: row.period, payer: row.payer }} translate="no">
            {row.period}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('column.status'),
      render: ({ status }) => {
        const [tone, icon] = LOOKS[status];
        return (
          <Tag tone={tone} icon={icon}>
            {t(`statement.${status}`)}
          </Tag>
        );
      },
    },
    {
      id: 'bills',
      title: t('column.bills'),
      align: 'end',
      render: (row) => format.number(row.bills),
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
    ...(may('duty.pay')
      ? [
          {
            id: 'act',
            title: t('column.act'),
            render: (row: Row) =>
              row.outstanding !== '0.00' ? (
                <Ask
                  button={t('pay.month')}
                  lead={t('pay.month.lead')}
                  stale={['/api/duty', '/api/declarations']}
                  fields={[
                    {
                      name: 'amount',
                      label: t('field.amount'),
                      kind: 'amount',
                      initial: row.outstanding,
                    },
                    { name: 'reference', label: t('field.reference'), kind: 'text' },
                    {
                      name: 'id',
                      label: t('field.paymentId'),
                      hint: t('field.paymentId.hint'),
                      kind: 'text',
                      initial: `P${row.period}-${row.payer}`,
                    },
                  ]}
                  command={(body) => ({
                    method: 'POST',
                    path: `${PATH}/${encodeURIComponent(row.payer)}/${row.period}/payments`,
                    body,
                  })}
                />
              ) : null,
          },
        ]
      : []),
  ];
}
