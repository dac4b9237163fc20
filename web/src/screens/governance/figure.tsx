import { Link, useParams } from '@tanstack/react-router';
import type { EChartsCoreOption } from 'echarts/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DeclarationPage,
  DeclarationRow,
} from '../../../../src/contexts/clearance/contract.ts';
import type { Figure } from '../../../../src/contexts/facts/contract.ts';
import { Chart } from '../../parts/chart.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { figureText, type Period, type SeriesPoint, useSeries } from '../../parts/figure-card.tsx';
import { useFormat } from '../../parts/format.ts';
import { Code, Page, Pairs, Section } from '../../parts/page.tsx';
import type { Palette } from '../../parts/palette.ts';
import { useAskList } from '../../parts/queries.ts';
import { Trouble } from '../../parts/refusal-list.tsx';
import { tableState } from '../../parts/table-state.ts';
import { LaneTag, StatusTag } from '../../parts/tag.tsx';
import { useUrlState } from '../../parts/url-state.ts';
import { PeriodFields, usePeriod } from './period.tsx';
import './governance.css';

/** One figure laid open: its course, its definition, what would show it being gamed, and its records. */
export function FigureScreen() {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const { metric = '' } = useParams({ strict: false });
  const period = usePeriod();
  const path = `/api/figures/${encodeURIComponent(metric)}`;
  const { data: figure, error, refetch } = useAskList<Figure>(path, { ...period });
  const { data: counter } = useAskList<Figure>(
    `/api/figures/${encodeURIComponent(figure?.counterFigure ?? '')}`,
    { ...period },
    figure !== undefined,
  );
  if (!figure) {
    return (
      <Page title={t('figure.title')}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  const say = (value: number | null) => figureText(value, figure.unit, format);
  return (
    <Page
      title={format.label(figure.label)}
      lead={format.label(figure.definition)}
      actions={<PeriodFields shown={figure.period} />}
    >
      <div className="two">
        <div>
          <Section title={t('figure.course')}>
            <p className="figure-value figure-hero">{say(figure.value)}</p>
            <p className="muted">
              {figure.interval
                ? t('figure.interval', {
                    level: format.percent(figure.interval.level, 0),
                    low: say(figure.interval.low),
                    high: say(figure.interval.high),
                  })
                : t('figure.noInterval')}
            </p>
            <Course figure={figure} period={period} />
          </Section>
          {counter ? (
            <Section title={t('figure.counter')}>
              <p className="muted">{t('figure.counter.text')}</p>
              <p className="counter">
                <Link
                  to="/overview/$metric"
                  params={{ metric: counter.metric }}
                  search={{ ...period }}
                >
                  {format.label(counter.label)}
                </Link>
                <span className="figure-value">
                  {figureText(counter.value, counter.unit, format)}
                </span>
              </p>
            </Section>
          ) : null}
        </div>
        <Section title={t('figure.basis')}>
          <Pairs
            items={[
              {
                name: t('figure.counted'),
                value:
                  figure.denominator === null
                    ? format.number(figure.numerator)
                    : t('figure.of', {
                        numerator: format.number(figure.numerator),
                        denominator: format.number(figure.denominator),
                      }),
              },
              {
                name: t('figure.period'),
                value: t('figure.days', {
                  from: format.date(figure.period.from),
                  to: format.date(figure.period.to),
                }),
              },
              { name: t('figure.asOf'), value: format.moment(figure.asOf, { seconds: true }) },
              { name: t('figure.owner'), value: format.label(figure.owner) },
              {
                name: t('figure.version'),
                value: <Code>{`${figure.metric} v${figure.version}`}</Code>,
              },
              {
                name: t('figure.exclusions'),
                value:
                  figure.exclusions.length > 0
                    ? figure.exclusions.map((exclusion) => format.label(exclusion)).join(' ')
                    : t('figure.noExclusions'),
              },
              {
                name: t('figure.evidence'),
                value: <Code>{figure.evidence.hash}</Code>,
                isWide: true,
              },
            ]}
          />
        </Section>
      </div>
      <div id="records">
        <Section
          plain
          title={t('records.title', {
            count: figure.numerator,
            shown: format.number(figure.numerator),
          })}
          aside={
            <Link to="/declarations" search={{ figure: figure.metric }}>
              {t('records.inList')}
            </Link>
          }
        >
          <Records figure={figure} />
        </Section>
      </div>
    </Page>
  );
}

function Course({ figure, period }: { readonly figure: Figure; readonly period: Period }) {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const { data } = useSeries(figure.metric, period);
  const points = data?.points;
  const { unit } = figure;
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => courseOption(points ?? [], unit, format, palette),
    [points, unit, format],
  );
  if (!points || points.length === 0) return null;
  const label = t('figure.courseLabel', { name: format.label(figure.label) });
  return (
    <Chart
      label={label}
      option={option}
      height={220}
      table={
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="cell-end">
                {t('figure.value')}
              </th>
              <th scope="col" className="cell-end">
                {t('figure.counted')}
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.date}>
                <th scope="row">{format.date(point.date)}</th>
                <td className="cell-end" data-title={t('figure.value')}>
                  {figureText(point.value, figure.unit, format)}
                </td>
                <td className="cell-end" data-title={t('figure.counted')}>
                  {format.number(point.numerator)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}

function courseOption(
  points: readonly SeriesPoint[],
  unit: Figure['unit'],
  format: ReturnType<typeof useFormat>,
  palette: Palette,
): EChartsCoreOption {
  const say = (value: unknown) =>
    figureText(typeof value === 'number' ? value : null, unit, format);
  return {
    grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      valueFormatter: say,
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map((point) => point.date.slice(5)),
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      axisLabel: { formatter: say },
    },
    series: [
      {
        type: 'line',
        data: points.map((point) => point.value),
        showSymbol: false,
        lineStyle: { color: palette.link, width: 1.8 },
        itemStyle: { color: palette.brass },
        areaStyle: { color: palette.primarySoft, opacity: 0.6 },
      },
    ],
  };
}

/** As many rows as the numerator says: the figure leads back to the records it came from. */
function Records({ figure }: { readonly figure: Figure }) {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const [{ cursor }] = useUrlState();
  const list = useAskList<DeclarationPage>('/api/declarations', {
    figure: figure.metric,
    limit: 20,
    cursor,
  });
  const columns: readonly Column<DeclarationRow>[] = [
    {
      id: 'number',
      title: t('records.number'),
      isName: true,
      render: (row) => (
        <Link to="/declarations/$id" params={{ id: row.id }} className="cell-nowrap">
          {row.number ?? row.id}
        </Link>
      ),
    },
    {
      id: 'status',
      title: t('records.status'),
      render: (row) => <StatusTag status={row.status} />,
    },
    { id: 'lane', title: t('records.lane'), render: (row) => <LaneTag lane={row.lane} /> },
    { id: 'party', title: t('records.party'), render: (row) => row.domesticName ?? '—' },
    { id: 'goods', title: t('records.goods'), render: (row) => row.description ?? '—' },
    {
      id: 'filedAt',
      title: t('records.filedAt'),
      render: (row) => <span className="cell-nowrap">{format.moment(row.filedAt)}</span>,
    },
    {
      id: 'took',
      title: t('records.took'),
      align: 'end',
      render: (row) => (row.releasedAt ? format.between(row.filedAt, row.releasedAt) : '—'),
    },
  ];
  return (
    <DataTable
      caption={t('records.title', {
        count: figure.numerator,
        shown: format.number(figure.numerator),
      })}
      columns={columns}
      rows={list.data?.rows}
      rowKey={(row) => row.id}
      {...tableState(list)}
      empty={<EmptyState title={t('records.empty')}>{t('records.empty.text')}</EmptyState>}
    />
  );
}
