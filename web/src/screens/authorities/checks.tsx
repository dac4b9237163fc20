import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckPage, CheckWork } from '../../../../src/contexts/clearance/linkage/contract.ts';
import { address } from '../../parts/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { OwnerName } from '../clearance/owner-name.tsx';
import { CheckActs } from './check-acts.tsx';
import { CheckTag } from './tags.tsx';
import { useTopic } from './topics.ts';
import '../clearance/clearance.css';
import './authorities.css';

const STATUSES = ['pending', 'passed', 'passedWithConditions', 'refused', 'withdrawn'] as const;

/** An authority's work list: what it was asked, the one due first on top. */
export function ChecksScreen() {
  const { t } = useTranslation('authorities');
  const { language } = useFormat();
  const [state, change] = useUrlState();
  const id = useId();
  const query = {
    status: state.status ?? 'pending',
    overdue: state.overdue,
    cursor: state.cursor,
  };
  const list = useAskList<CheckPage>('/api/checks', query);
  return (
    <Page wide title={t('checks.title')} lead={t('checks.lead')}>
      <DataTable
        name="checks"
        caption={t('checks.title')}
        columns={useColumns()}
        rows={list.data?.items}
        rowKey={(row) => row.id}
        {...tableState(list)}
        exportHref={address('/api/checks.xlsx', { ...query, language })}
        filters={
          <div className="field">
            <label htmlFor={id}>{t('column.status')}</label>
            <Select
              id={id}
              value={query.status}
              options={STATUSES.map((value) => ({ value, label: t(`check.${value}`) }))}
              onChange={(value: string) => change({ status: value })}
            />
          </div>
        }
        empty={
          <EmptyState icon="workList" title={t('checks.empty')}>
            {t('checks.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<CheckWork>[] {
  const { t } = useTranslation('authorities');
  const { moment, label } = useFormat();
  const topic = useTopic();
  const may = useMay();
  const allowed = may('clearance.check.answer') ? ['answer', 'pause', 'resume'] : [];
  return [
    {
      id: 'declaration',
      title: t('column.declaration'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.domesticName}>
          <Link to="/declarations/$id" params={{ id: row.declaration }} translate="no">
            {row.number ?? row.declaration}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'topic',
      title: t('column.topic'),
      render: (row) => <TwoLines under={label(row.reason)}>{topic(row.topic)}</TwoLines>,
    },
    {
      id: 'goods',
      title: t('column.goods'),
      render: (row) => (
        <span className="cell-goods">
          {row.description}
          <span className="cell-sub" translate="no">
            {[row.hsCode, row.originCountry].filter(Boolean).join(' · ')}
          </span>
        </span>
      ),
    },
    { id: 'status', title: t('column.status'), render: (row) => <CheckTag check={row} /> },
    {
      id: 'due',
      title: t('column.due'),
      render: (row) => <span className="cell-nowrap">{moment(row.dueAt)}</span>,
    },
    {
      id: 'visit',
      title: t('column.visit'),
      isExtra: true,
      render: (row) => (row.examination ? <span translate="no">{row.examination}</span> : '—'),
    },
    {
      id: 'owner',
      title: t('column.owner'),
      isExtra: true,
      render: (row) => <OwnerName owner={row.owner} />,
    },
    {
      id: 'act',
      title: t('column.act'),
      render: (row) => <CheckActs check={row} allowed={allowed} />,
    },
  ];
}
