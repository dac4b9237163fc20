import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditPage, AuditRow } from '../../../../src/contexts/clearance/audits/contract.ts';
import { address } from '../../parts/api.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { OrganisationName } from '../../parts/organisation-name.tsx';
import { Page } from '../../parts/page.tsx';
import { useAskList, useMay } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { Disclose, OpenAudit } from './audit-openings.tsx';
import { AuditTag } from './tags.tsx';

const STATUSES = ['open', 'awaitingEnterprise', 'concluded'] as const;

/** Audits after release: what customs looks into, and what enterprises disclosed by themselves. */
export function AuditsScreen() {
  const { t } = useTranslation('authorities');
  const { language } = useFormat();
  const [state, change] = useUrlState();
  const id = useId();
  const may = useMay();
  const { status, cursor } = state;
  const list = useAskList<AuditPage>('/api/audits', { status, cursor });
  return (
    <Page
      wide
      title={t('audits.title')}
      lead={t(may('clearance.audit.reply') ? 'audits.lead.enterprise' : 'audits.lead')}
      actions={
        <>
          {may('clearance.audit.conduct') ? <OpenAudit /> : null}
          {may('clearance.audit.reply') ? <Disclose /> : null}
        </>
      }
    >
      <DataTable
        name="audits"
        caption={t('audits.title')}
        columns={useColumns()}
        rows={list.data?.rows}
        {...tableState(list)}
        rowKey={(row) => row.id}
        exportHref={address('/api/audits.xlsx', { status, language })}
        filters={
          <div className="field">
            <label htmlFor={id}>{t('column.status')}</label>
            <Select
              id={id}
              allowClear
              value={status ?? null}
              placeholder={t('filter.any')}
              options={STATUSES.map((value) => ({ value, label: t(`audit.status.${value}`) }))}
              onChange={(value: string | null) => change({ status: value ?? undefined })}
            />
          </div>
        }
        empty={
          <EmptyState icon="history" title={t('audits.empty')}>
            {t(may('clearance.audit.reply') ? 'audits.empty.enterprise' : 'audits.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<AuditRow>[] {
  const { t } = useTranslation('authorities');
  const { date, moment, number } = useFormat();
  return [
    {
      id: 'id',
      title: t('column.audit'),
      isName: true,
      render: (row) => (
        <TwoLines under={<OrganisationName id={row.organisation} />}>
          <Link to="/audits/$id" params={{ id: row.id }} translate="no">
            {row.id}
          </Link>
        </TwoLines>
      ),
    },
    { id: 'status', title: t('column.status'), render: (row) => <AuditTag audit={row} /> },
    {
      id: 'origin',
      title: t('column.why'),
      render: (row) => t(`audit.origin.${row.origin}`),
    },
    {
      id: 'declarations',
      title: t('column.declarations'),
      align: 'end',
      render: (row) => number(row.declarations),
    },
    {
      id: 'dueOn',
      title: t('column.due'),
      render: (row) => (row.dueOn ? <span className="cell-nowrap">{date(row.dueOn)}</span> : '—'),
    },
    {
      id: 'openedAt',
      title: t('column.opened'),
      render: (row) => <span className="cell-nowrap">{moment(row.openedAt)}</span>,
    },
    {
      id: 'office',
      title: t('column.office'),
      isExtra: true,
      render: (row) => <OrganisationName id={row.office} />,
    },
  ];
}
