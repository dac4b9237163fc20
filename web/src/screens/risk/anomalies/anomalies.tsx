import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Anomaly, AnomalyPage } from '../../../../../src/contexts/risk/anomaly/contract.ts';
import { CodeSelect } from '../../../parts/code-select.tsx';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { portDay, useFormat } from '../../../parts/format.ts';
import { Page } from '../../../parts/page.tsx';
import { useAskList, usePort } from '../../../parts/queries.ts';
import { tableState } from '../../../parts/table-state.ts';
import { LaneTag, Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import '../risk.css';

const DEMO_DAY = '2026-09-29';

/** What is unlike its peers, for which nobody has a label yet. It accuses nobody; it says where to look. */
export function AnomaliesScreen() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const port = usePort();
  const [state, change] = useUrlState();
  const ids = [useId(), useId()] as const;
  const day = state.day ?? (port?.demo ? DEMO_DAY : portDay());
  const list = useAskList<AnomalyPage>(
    '/api/risk/anomalies',
    { day, office: state.office },
    port !== undefined,
  );
  const columns: readonly Column<Anomaly>[] = [
    {
      id: 'declaration',
      title: t('declaration'),
      isName: true,
      render: (row) => (
        <TwoLines under={row.description ?? row.hs6}>
          <Link
            to="/declarations/$id"
            params={{ id: row.subject }}
            className="cell-nowrap"
            translate="no"
          >
            {row.subject}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'bits',
      title: t('anomalies.bits'),
      align: 'end',
      render: (row) => <strong>{row.bits.toFixed(1)}</strong>,
    },
    {
      id: 'parts',
      title: t('anomalies.why'),
      render: (row) => (
        <ul className="anomaly-parts">
          {row.parts.map((part) => (
            <li key={part.kind}>
              <Tag tone="plain">{t(`anomaly.${part.kind}`)}</Tag> {format.label(part.sentence)}
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'lane', title: t('lane'), render: (row) => <LaneTag lane={row.lane} /> },
    {
      id: 'origin',
      title: t('anomalies.route'),
      render: (row) => [row.departure, row.origin].filter(Boolean).join(' · ') || '—',
    },
    {
      id: 'value',
      title: t('anomalies.value'),
      align: 'end',
      isExtra: true,
      render: (row) => `${format.number(row.value)} ${row.currency ?? ''}`,
    },
  ];
  return (
    <Page wide title={t('anomalies.title')} lead={t('anomalies.lead')}>
      <DataTable
        name="anomalies"
        caption={t('anomalies.title')}
        columns={columns}
        rows={list.data?.anomalies}
        rowKey={(row) => row.subject}
        {...tableState(list)}
        total={
          list.data
            ? t('anomalies.count', {
                count: list.data.unusual,
                shown: format.number(list.data.unusual),
                of: format.number(list.data.considered),
              })
            : null
        }
        filters={
          <>
            <div className="field">
              <label htmlFor={ids[0]}>{t('day')}</label>
              <Input
                id={ids[0]}
                type="date"
                value={day}
                onChange={(event) => change({ day: event.target.value })}
              />
            </div>
            <div className="field">
              <label htmlFor={ids[1]}>{t('office')}</label>
              <CodeSelect
                id={ids[1]}
                table="customs_office"
                value={state.office}
                onChange={(code) => change({ office: code ?? undefined }, { replace: true })}
              />
            </div>
          </>
        }
        empty={
          <EmptyState icon="search" title={t('anomalies.empty')}>
            {t('anomalies.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}
