import { Button, Input, Modal, Segmented, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CoverageReport,
  FrozenPeriod,
  PointCoverage,
  RiskPointView,
} from '../../../../../src/contexts/risk/coverage/contract.ts';
import { type Column, DataTable } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { useFormat } from '../../../parts/format.ts';
import { Page, Pairs, Section } from '../../../parts/page.tsx';
import { useAsk, useAskList, useCommand, useMay } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { Tag } from '../../../parts/tag.tsx';
import { TwoLines } from '../../../parts/two-lines.tsx';
import { useUrlState } from '../../../parts/url-state.ts';
import { useShareText } from '../share-text.ts';
import '../risk.css';

const COVERAGE = '/api/risk/coverage';

/** What can go wrong, and whether anything that was tested watches for it. */
export function CoverageScreen() {
  const { t } = useTranslation('risk');
  const may = useMay();
  const [state, change] = useUrlState();
  const periods = useAsk<{ readonly periods: readonly FrozenPeriod[] }>(`${COVERAGE}/periods`);
  const period = state.period ?? periods.data?.periods[0]?.id;
  const report = useAskList<{ readonly report: CoverageReport | null }>(COVERAGE, { period });
  const found = report.data?.report ?? null;
  return (
    <Page
      wide
      title={t('coverage.title')}
      lead={t('coverage.lead')}
      actions={may('risk.coverage.own') ? <FreezePeriod /> : null}
    >
      {periods.data && periods.data.periods.length > 1 ? (
        <Select
          className="coverage-period"
          aria-label={t('coverage.period')}
          value={period ?? null}
          onChange={(value) => change({ period: value ?? undefined })}
          options={periods.data.periods.map((each) => ({ value: each.id, label: each.id }))}
        />
      ) : null}
      <Trouble error={report.error ?? periods.error} />
      {found ? <Report report={found} /> : null}
      {periods.data?.periods.length === 0 ? (
        <p className="notice">{t('coverage.noPeriod')}</p>
      ) : null}
      {!found && period ? <TestPeriod period={period} /> : null}
      <Points report={found} />
    </Page>
  );
}

function Report({ report }: { readonly report: CoverageReport }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const say = useShareText();
  return (
    <Section
      title={t('coverage.report', { period: report.period.id })}
      aside={t('coverage.testedAt', { at: format.moment(report.at) })}
    >
      <Pairs
        items={[
          { name: t('coverage.byWeight'), value: <strong>{say(report.byWeight)}</strong> },
          {
            name: t('coverage.byValue'),
            value: <strong>{format.percent(report.byValue.value)}</strong>,
          },
          { name: t('coverage.decided'), value: say(report.decidedBeforeRelease) },
          { name: t('coverage.scored'), value: say(report.scoredByModel) },
        ]}
      />
      <ul className="feature-bars">
        {report.byAspect.map(({ aspect, share }) => (
          <li key={aspect}>
            <span>{t(`aspect.${aspect}`)}</span>
            <span className="feature-bar" aria-hidden="true">
              <span style={{ width: `${100 * (share.value ?? 0)}%` }} />
            </span>
            <span className="cell-end">{format.percent(share.value, 0)}</span>
          </li>
        ))}
      </ul>
      <p className="faint">{t('coverage.note')}</p>
      <TestPeriod period={report.period.id} />
    </Section>
  );
}

/** Runs the live detectors over the withheld cases; their authors never see these. */
function TestPeriod({ period }: { readonly period: string }) {
  const { t } = useTranslation('risk');
  const may = useMay();
  const test = useCommand<string, CoverageReport>(
    (id) => ({ method: 'POST', path: `${COVERAGE}/periods/${encodeURIComponent(id)}/test` }),
    [COVERAGE],
  );
  if (!may('risk.coverage.own')) return null;
  return (
    <>
      <Button loading={test.isPending} onClick={() => test.mutate(period)}>
        {t('coverage.test')}
      </Button>
      <Trouble error={test.error} />
    </>
  );
}

type Row = RiskPointView & { readonly result: PointCoverage | undefined };

function Points({ report }: { readonly report: CoverageReport | null }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const [{ aspect }, change] = useUrlState();
  const { data, error, isLoading, refetch } = useAskList<{
    readonly points: readonly RiskPointView[];
  }>(`${COVERAGE}/points`);
  const aspects = [...new Set(data?.points.map((point) => point.aspect))];
  const rows = data?.points
    .filter((point) => point.status === 'active' && (!aspect || point.aspect === aspect))
    .map(
      (point): Row => ({
        ...point,
        result: report?.points.find((each) => each.point === point.id),
      }),
    );
  const columns: readonly Column<Row>[] = [
    {
      id: 'point',
      title: t('coverage.point'),
      isName: true,
      render: (point) => (
        <TwoLines under={format.label(point.description)}>{format.label(point.label)}</TwoLines>
      ),
    },
    { id: 'aspect', title: t('coverage.aspect'), render: (point) => t(`aspect.${point.aspect}`) },
    {
      id: 'weight',
      title: t('coverage.weight'),
      align: 'end',
      render: (point) => format.number(point.weight),
    },
    {
      id: 'covered',
      title: t('coverage.covered'),
      render: ({ result, test }) => {
        const last = result?.test ?? test;
        if (last?.covered) {
          return (
            <Tag tone="green" icon="done">
              {t('coverage.yes')}
            </Tag>
          );
        }
        return (
          <Tag tone={last ? 'red' : 'plain'} icon={last ? 'error' : 'clock'}>
            {t(`notCovered.${last?.because ?? 'neverTested'}`)}
          </Tag>
        );
      },
    },
    {
      id: 'recall',
      title: t('coverage.recall'),
      render: ({ result, test, bars }) => {
        const last = result?.test ?? test;
        return last && last.recall.value !== null ? (
          <TwoLines under={t('coverage.bar', { bar: format.percent(bars.recallMin, 0) })}>
            {format.percent(last.recall.value, 0)}
          </TwoLines>
        ) : (
          '—'
        );
      },
    },
    {
      id: 'detectors',
      title: t('coverage.detectors'),
      render: ({ result, test }) =>
        (result?.test ?? test)?.detectors.map((each) => each.detector).join(' · ') || '—',
    },
    {
      id: 'cases',
      title: t('coverage.cases'),
      align: 'end',
      render: ({ cases }) => (
        <TwoLines under={t('coverage.toPass', { count: cases.pass })}>
          {t('coverage.toHit', { count: cases.hit })}
        </TwoLines>
      ),
    },
    {
      id: 'origin',
      title: t('rules.column.origin'),
      isExtra: true,
      render: (point) => format.label(point.origin),
    },
  ];
  return (
    <DataTable
      name="risk-points"
      caption={t('coverage.points')}
      columns={columns}
      rows={rows}
      rowKey={(point) => point.id}
      isLoading={isLoading}
      error={error}
      onRetry={() => void refetch()}
      total={rows ? t('coverage.count', { count: rows.length }) : null}
      filters={
        <Segmented
          aria-label={t('coverage.aspect')}
          value={aspect ?? 'all'}
          onChange={(value) => change({ aspect: value === 'all' ? undefined : value })}
          options={[
            { value: 'all', label: t('rules.show.all') },
            ...aspects.map((value) => ({ value, label: t(`aspect.${value}`) })),
          ]}
        />
      }
      empty={
        <EmptyState icon="coverage" title={t('coverage.empty')}>
          {t('coverage.empty.text')}
        </EmptyState>
      }
    />
  );
}

/** The catalogue is frozen before a period begins, so that nobody writes the exam after the answers. */
function FreezePeriod() {
  const { t } = useTranslation('risk');
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState({ id: '', from: '', to: '' });
  const id = useId();
  const freeze = useCommand<typeof said, FrozenPeriod>(
    (body) => ({ method: 'POST', path: `${COVERAGE}/periods`, body }),
    [COVERAGE],
  );
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('coverage.freeze')}
      </Button>
      <Modal
        destroyOnHidden
        open={isOpen}
        title={t('coverage.freeze')}
        okText={t('coverage.freeze')}
        okButtonProps={{
          disabled: !said.id || !said.from || !said.to,
          loading: freeze.isPending,
        }}
        onOk={() => freeze.mutate(said, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        <div className="modal-fields">
          <p className="muted">{t('coverage.freezeNote')}</p>
          {(['id', 'from', 'to'] as const).map((name) => (
            <div className="field" key={name}>
              <label htmlFor={`${id}${name}`}>{t(`coverage.freeze.${name}`)}</label>
              <Input
                id={`${id}${name}`}
                type={name === 'id' ? 'text' : 'date'}
                maxLength={40}
                placeholder={name === 'id' ? '2026Q4' : ''}
                value={said[name]}
                onChange={(event) => setSaid({ ...said, [name]: event.target.value })}
              />
            </div>
          ))}
        </div>
        <Trouble error={freeze.error} />
      </Modal>
    </>
  );
}
