import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../../../src/contexts/cases/contract.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { useFormat } from '../../parts/format.ts';
import { Page } from '../../parts/page.tsx';
import { useAskList } from '../../parts/queries.ts';
import { tableState } from '../../parts/table-state.ts';
import { CaseTag } from '../../parts/tag.tsx';
import { TwoLines } from '../../parts/two-lines.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { OwnerName } from '../clearance/owner-name.tsx';
import { AboutLink } from './about-link.tsx';
import { Clock, SeverityTag } from './case-parts.tsx';

/** Every open question about a consignment: what was found, whose turn it is, and when it is due. */
export function CasesScreen() {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const [{ status }, change] = useUrlState();
  const shown = status ?? 'open';
  const list = useAskList<{
    readonly cases: readonly Case[];
  }>('/api/cases', { status: shown === 'all' ? undefined : shown });

  const columns: readonly Column<Case>[] = [
    {
      id: 'title',
      title: t('column.title'),
      isName: true,
      render: (item) => (
        <TwoLines under={item.id} isCode>
          <Link to="/cases/$id" params={{ id: item.id }}>
            {format.label(item.title)}
          </Link>
        </TwoLines>
      ),
    },
    { id: 'status', title: t('column.status'), render: (item) => <CaseTag status={item.status} /> },
    {
      id: 'severity',
      title: t('column.severity'),
      render: (item) => <SeverityTag findings={item.findings} />,
    },
    {
      id: 'about',
      title: t('column.about'),
      render: (item) => (
        <span className="cell-nowrap">
          <AboutLink item={item} />
        </span>
      ),
    },
    {
      id: 'owner',
      title: t('column.owner'),
      render: (item) => <OwnerName owner={item.owners[0] ?? null} />,
    },
    {
      id: 'opened',
      title: t('column.opened'),
      render: (item) => <span className="cell-nowrap">{format.moment(item.openedAt)}</span>,
    },
    {
      id: 'clock',
      title: t('column.clock'),
      render: (item) => (
        <span className="cell-nowrap">
          <Clock item={item} />
        </span>
      ),
    },
    {
      id: 'outcome',
      title: t('column.outcome'),
      isExtra: shown === 'open',
      render: (item) => <Outcome outcome={item.outcome} />,
    },
  ];

  return (
    <Page wide title={t('title')} lead={t('lead')}>
      <DataTable
        name="cases"
        caption={t('title')}
        columns={columns}
        rows={list.data?.cases}
        rowKey={(item) => item.id}
        {...tableState(list)}
        total={list.data ? t('count', { count: list.data.cases.length }) : null}
        filters={
          <Segmented
            aria-label={t('column.status')}
            value={shown}
            onChange={(value) => change({ status: value === 'open' ? undefined : value })}
            options={(['open', 'closed', 'all'] as const).map((value) => ({
              value,
              label: t(`filter.${value}`),
            }))}
          />
        }
        empty={
          <EmptyState icon="case" title={t('empty')}>
            {t('empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Outcome({ outcome }: { readonly outcome: string | null }) {
  const { t } = useTranslation('cases');
  if (outcome === null) return <>—</>;
  return <>{t(`disposition.${outcome as 'release'}`, { defaultValue: outcome })}</>;
}
