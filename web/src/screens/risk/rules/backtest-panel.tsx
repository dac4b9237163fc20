import { Link } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  Backtest,
  BacktestReport,
  RuleBacktest,
  RuleToTry,
} from '../../../../../src/contexts/risk/backtest/contract.ts';
import { Chart } from '../../../parts/chart.tsx';
import { useFacts } from '../../../parts/facts.ts';
import { useFormat } from '../../../parts/format.ts';
import { Pairs } from '../../../parts/page.tsx';
import type { Palette } from '../../../parts/palette.ts';
import { useAsk, useCommand } from '../../../parts/queries.ts';
import { Trouble } from '../../../parts/refusal-list.tsx';
import { LaneTag } from '../../../parts/tag.tsx';
import { useShareText } from '../share-text.ts';

const EXAMPLES_SHOWN = 8;

const isOver = (test: Backtest | undefined) =>
  test !== undefined && !['queued', 'running'].includes(test.state);

/** Runs a back-test over the pool and shows what came of it; `onReport` hears of it once. */
export function BacktestPanel({
  rule,
  isStale = false,
  onReport,
}: {
  /** What would be tried; `null` while its text has problems. */
  readonly rule: RuleToTry | null;
  /** The report shown is of an earlier text. */
  readonly isStale?: boolean;
  onReport?(id: string): void;
}) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const [tried, setTried] = useState<{ readonly id: string; readonly rule: string } | null>(null);
  const start = useCommand<{ readonly id: string; readonly rules: readonly RuleToTry[] }, Backtest>(
    (body) => ({ method: 'POST', path: '/api/risk/backtests', body }),
  );
  const { data, error } = useBacktest(tried?.id ?? null, onReport);
  const run = () => {
    if (!rule) return;
    const id = crypto.randomUUID();
    start.mutate(
      { id, rules: [rule] },
      { onSuccess: () => setTried({ id, rule: JSON.stringify(rule) }) },
    );
  };
  const report = data?.report ?? null;
  const [first] = report?.rules ?? [];
  const isRunning = start.isPending || (tried !== null && !isOver(data) && !error);
  const isOfAnother = isStale || (tried !== null && tried.rule !== JSON.stringify(rule));
  return (
    <>
      <div className="backtest-run">
        <Button disabled={!rule} loading={isRunning} onClick={run}>
          {t('backtest.run')}
        </Button>
        {isRunning ? (
          <Progress
            className="backtest-progress"
            percent={Math.round((data?.share ?? 0) * 100)}
            size="small"
            aria-label={t('backtest.progress')}
          />
        ) : (
          <span className="faint">
            {report
              ? t('backtest.took', {
                  rows: format.number(report.rows),
                  time: format.duration(report.elapsedMs / 1000),
                })
              : t('backtest.lead')}
          </span>
        )}
      </div>
      <Trouble error={start.error ?? error} />
      {report && first ? (
        <>
          {isOfAnother ? <p className="backtest-stale">{t('backtest.stale')}</p> : null}
          <BacktestResult report={report} rule={first} />
        </>
      ) : null}
    </>
  );
}

function useBacktest(id: string | null, onReport?: (id: string) => void) {
  const answer = useAsk<Backtest>(`/api/risk/backtests/${id}`, {}, id !== null);
  const { data, refetch } = answer;
  const [told, setTold] = useState<string | null>(null);
  if (id !== null && !isOver(data) && !answer.isFetching && !answer.error) {
    setTimeout(() => void refetch(), 400);
  }
  if (data?.state === 'done' && told !== data.id) {
    setTold(data.id);
    onReport?.(data.id);
  }
  return answer;
}

/** What a rule would have done: how much it takes, how often it was right, and whom it keeps busy. */
export function BacktestResult({
  report,
  rule,
}: {
  readonly report: BacktestReport;
  readonly rule: RuleBacktest;
}) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const say = useShareText();
  return (
    <div className="backtest">
      {report.notes.map((note) => (
        <p key={note.en} className="backtest-note">
          {format.label(note)}
        </p>
      ))}
      <Pairs
        items={[
          { name: t('backtest.hits'), value: <strong>{format.number(rule.hits)}</strong> },
          { name: t('backtest.traffic'), value: say(rule.traffic) },
          { name: t('backtest.precision'), value: <strong>{say(rule.precision)}</strong> },
          { name: t('backtest.baseRate'), value: say(report.baseRate) },
          { name: t('backtest.recall'), value: say(rule.recall) },
          { name: t('backtest.recallOfSample'), value: say(rule.recallOfSample) },
          { name: t('backtest.onlyThis'), value: format.number(rule.onlyThis) },
          { name: t('backtest.notEvaluated'), value: format.number(rule.notEvaluated.rows) },
          {
            name: t('backtest.period'),
            value: `${format.date(report.period.from)} – ${format.date(report.period.to)}`,
          },
        ]}
      />
      {rule.days.length > 1 ? <HitsByDay rule={rule} /> : null}
      {rule.offices.length > 0 ? <Load rule={rule} /> : null}
      {rule.overlap.length > 0 ? <Overlap rule={rule} /> : null}
      {rule.examples.length > 0 ? <Examples rule={rule} /> : null}
    </div>
  );
}

function HitsByDay({ rule }: { readonly rule: RuleBacktest }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { days } = rule;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: {
        trigger: 'axis',
      },
      xAxis: {
        type: 'category',
        data: days.map(({ day }) => day.slice(5)),
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
      },
      series: [
        {
          name: t('backtest.found'),
          type: 'bar',
          stack: 'hits',
          itemStyle: { color: palette.red },
          data: days.map(({ found }) => found),
        },
        {
          name: t('backtest.otherHits'),
          type: 'bar',
          stack: 'hits',
          itemStyle: { color: palette.primary, opacity: 0.6 },
          data: days.map(({ hits, found }) => hits - found),
        },
      ],
    }),
    [days, t],
  );
  return (
    <Chart
      label={t('backtest.byDay')}
      height={200}
      option={option}
      table={
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="cell-end">
                {t('backtest.hits')}
              </th>
              <th scope="col" className="cell-end">
                {t('backtest.found')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, hits, found }) => (
              <tr key={day}>
                <th scope="row">{format.date(day)}</th>
                <td className="cell-end">{format.number(hits)}</td>
                <td className="cell-end">{format.number(found)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function Load({ rule }: { readonly rule: RuleBacktest }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  return (
    <div className="scroll">
      <table className="plain-table">
        <caption>{t('backtest.load')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('office')}</th>
            <th scope="col" className="cell-end">
              {t('backtest.meanADay')}
            </th>
            <th scope="col" className="cell-end">
              {t('backtest.peak')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rule.offices.slice(0, 8).map((office) => (
            <tr key={office.office ?? ''}>
              <th scope="row">{office.office ?? '—'}</th>
              <td className="cell-end">{format.number(Math.round(office.meanADay * 100) / 100)}</td>
              <td className="cell-end">
                {format.number(office.peak)}{' '}
                <span className="faint">{format.date(office.peakDay)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Overlap({ rule }: { readonly rule: RuleBacktest }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  return (
    <div className="scroll">
      <table className="plain-table">
        <caption>{t('backtest.overlap')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('rules.column.rule')}</th>
            <th scope="col" className="cell-end">
              {t('backtest.both')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rule.overlap.slice(0, 8).map((other) => (
            <tr key={other.rule}>
              <th scope="row">{format.label(other.label)}</th>
              <td className="cell-end">{format.number(other.both)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Examples({ rule }: { readonly rule: RuleBacktest }) {
  const { t } = useTranslation('risk');
  const facts = useFacts();
  const format = useFormat();
  return (
    <div className="scroll">
      <table className="plain-table">
        <caption>{t('backtest.examples')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('declaration')}</th>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('lane')}</th>
            <th scope="col">{t('backtest.outcome')}</th>
            <th scope="col">{t('backtest.values')}</th>
          </tr>
        </thead>
        <tbody>
          {rule.examples.slice(0, EXAMPLES_SHOWN).map((example) => (
            <tr key={example.subject}>
              <th scope="row">
                <Link
                  to="/declarations/$id"
                  params={{ id: example.subject }}
                  className="cell-nowrap"
                  translate="no"
                >
                  {example.subject}
                </Link>
              </th>
              <td className="cell-nowrap">{format.date(example.day)}</td>
              <td>{example.lane ? <LaneTag lane={example.lane as 'red'} /> : '—'}</td>
              <td className="cell-nowrap">
                {t(`found.${String(example.found) as 'true' | 'false' | 'null'}`)}
              </td>
              <td className="faint">
                {Object.entries(example.values)
                  .map(([fact, value]) => `${facts.name(fact)} ${facts.value(fact, value)}`)
                  .join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
