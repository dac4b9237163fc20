import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Share } from '../../../../../src/contexts/risk/backtest/contract.ts';
import type { RuleList } from '../../../../../src/contexts/risk/rules/contract.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page } from '../../../parts/page.tsx';
import { useMay } from '../../../parts/queries.ts';
import { LaneTag, Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { useRules } from './asking.ts';
import { RuleStatusTag } from './rule-status.tsx';

type Row = RuleList['rules'][number];
const SHOWN = ['inForce', 'working', 'retired', 'all'] as const;
const isShown: Record<(typeof SHOWN)[number], (rule: Row) => boolean> = {
  inForce: ({ live, shadow }) => live !== null || shadow !== null,
  working: ({ status, proposal }) =>
    proposal !== null || ['draft', 'checked', 'backTested'].includes(status),
  retired: ({ status }) => status === 'retired',
  all: () => true,
};

/** Every rule officers have written: where it stands, what it found, and what chance finds beside it. */
export function RulesScreen() {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const may = useMay();
  const readsAll = may('risk.rule.read');
  const [{ show }, change] = useUrlState();
  const shown = SHOWN.find((each) => each === show) ?? 'all';
  const { data, error, isLoading, isPlaceholderData, refetch } = useRules();
  const rows = data?.rules.filter(isShown[shown]);

  const columns: readonly Column<Row>[] = [
    {
      id: 'rule',
      title: t('rules.column.rule'),
      isName: true,
      render: (rule) => (
        <TwoLines
          under={
            <>
              {rule.id} · {t('rules.version', { version: rule.live?.version ?? rule.working })}
            </>
          }
          isCode
        >
          <Link to="/rules/$id" params={{ id: rule.id }}>
            {format.label(rule.label)}
          </Link>
        </TwoLines>
      ),
    },
    {
      id: 'status',
      title: t('rules.column.status'),
      render: (rule) => (
        <span className="cell-stack">
          <RuleStatusTag status={rule.status} />
          {rule.proposal ? (
            <Tag tone="yellow" icon="clock">
              {t(`proposal.${rule.proposal.to}`)}
            </Tag>
          ) : null}
          {rule.snoozes.length > 0 ? (
            <Tag tone="plain" icon="pause">
              {t('rules.snoozed')}
            </Tag>
          ) : null}
        </span>
      ),
    },
    {
      id: 'effect',
      title: t('rules.column.effect'),
      render: (rule) =>
        rule.mandatory ? (
          <LaneTag lane={rule.mandatory} />
        ) : (
          t('rules.points', { points: rule.points })
        ),
    },
    {
      id: 'hits',
      title: t('rules.column.hits'),
      align: 'end',
      render: (rule) => format.number(rule.outcomes.hits),
    },
    {
      id: 'hitRate',
      title: t('rules.column.hitRate'),
      render: (rule) => <Rate share={rule.outcomes.hitRate} />,
    },
    {
      id: 'sampleRate',
      title: t('rules.column.sampleRate'),
      render: (rule) => <Rate share={rule.outcomes.sampleRate} />,
    },
    {
      id: 'retire',
      title: t('rules.column.advice'),
      render: (rule) =>
        rule.outcomes.retire ? (
          <Tag tone="yellow" icon="warning">
            {t('rules.retire', { count: rule.outcomes.retire.examined })}
          </Tag>
        ) : (
          '—'
        ),
    },
    {
      id: 'changed',
      title: t('rules.column.changed'),
      render: (rule) => <span className="cell-nowrap">{format.moment(rule.changedAt)}</span>,
    },
    { id: 'origin', title: t('rules.column.origin'), isExtra: true, render: (rule) => rule.origin },
  ];

  return (
    <Page
      wide
      title={t('rules.title')}
      lead={t('rules.lead')}
      actions={
        may('risk.rule.write') ? (
          <Link to="/rules/new" className="button-link">
            {t('rules.new')}
          </Link>
        ) : null
      }
    >
      <DataTable
        name="rules"
        caption={t('rules.title')}
        columns={columns}
        rows={rows}
        rowKey={(rule) => rule.id}
        isLoading={isLoading}
        isStale={isPlaceholderData}
        error={error}
        onRetry={() => void refetch()}
        total={rows ? t('rules.count', { count: rows.length }) : null}
        filters={
          readsAll ? (
            <Segmented
              aria-label={t('rules.column.status')}
              value={shown}
              onChange={(value) => change({ show: value === 'all' ? undefined : value })}
              options={SHOWN.map((value) => ({ value, label: t(`rules.show.${value}`) }))}
            />
          ) : null
        }
        empty={
          <EmptyState
            icon="shield"
            title={t(readsAll && shown === 'all' ? 'rules.empty' : 'rules.none')}
          >
            {t('rules.empty.text')}
          </EmptyState>
        }
      />
    </Page>
  );
}

/** A share with what it is of: a rate of three examinations must look like one. */
function Rate({ share }: { readonly share: Share }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  if (share.value === null) return <span className="faint">{t('rate.none')}</span>;
  return (
    <TwoLines
      under={t('rate.of', {
        part: format.number(share.numerator),
        of: format.number(share.denominator),
      })}
    >
      {format.percent(share.value)}
    </TwoLines>
  );
}
