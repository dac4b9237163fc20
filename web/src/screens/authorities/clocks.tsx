import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ClockPage, ClockRow } from '../../../../src/contexts/clearance/modes/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { Tag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { OwnerName } from '../clearance/owner-name.tsx';

/** Deadlines that run, the next to end first: nobody has to remember one. */
export function ClocksScreen() {
  const { t } = useTranslation('authorities');
  const [state, change] = useUrlState();
  const id = useId();
  const { overdue, cursor } = state;
  const list = useAskList<z.infer<typeof ClockPage>>('/api/clocks', { overdue, cursor });
  return (
    <Page wide title={t('clocks.title')} lead={t('clocks.lead')}>
      <DataTable
        name="clocks"
        caption={t('clocks.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => `${row.declaration} ${row.kind}`}
        filters={
          <div className="field">
            <label htmlFor={id}>{t('column.status')}</label>
            <Select
              id={id}
              allowClear
              value={overdue ?? null}
              placeholder={t('filter.any')}
              options={[
                { value: 'true', label: t('overdue') },
                { value: 'false', label: t('clock.inTime') },
              ]}
              onChange={(value: string | null) => change({ overdue: value ?? undefined })}
            />
          </div>
        }
        empty={
          <EmptyState icon="clock" title={t('clocks.empty')}>
            {t('clocks.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<ClockRow>[] {
  const { t } = useTranslation('authorities');
  const { t: tc } = useTranslation('clearance');
  const { date } = useFormat();
  return [
    {
      id: 'declaration',
      title: t('column.declaration'),
      isName: true,
      render: (row) => (
        <TwoLines under={<OrganisationName id={row.organisation} />}>
          <Link to="/declarations/$id" params={{ id: row.declaration }} translate="no">
            {row.declaration}
          </Link>
        </TwoLines>
      ),
    },
    { id: 'kind', title: t('column.clock'), render: (row) => tc(`clock.${row.kind}`) },
    {
      id: 'due',
      title: t('column.due'),
      render: (row) => <span className="cell-nowrap">{date(row.dueOn)}</span>,
    },
    {
      id: 'status',
      title: t('column.status'),
      render: (row) =>
        row.paused ? (
          <Tag tone="blue" icon="pause">
            {t('clock.paused')}
          </Tag>
        ) : (
          <Tag tone={row.overdue ? 'red' : 'plain'} icon={row.overdue ? 'warning' : 'clock'}>
            {t(row.overdue ? 'overdue' : 'clock.inTime')}
          </Tag>
        ),
    },
    { id: 'owner', title: t('column.owner'), render: (row) => <OwnerName owner={row.owner} /> },
    {
      id: 'office',
      title: t('column.office'),
      render: (row) => <OrganisationName id={row.office} />,
    },
  ];
}
