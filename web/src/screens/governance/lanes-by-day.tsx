import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Lane } from '../../../../src/contexts/risk/contract.ts';
import { Chart } from '../../parts/chart.tsx';
import type { Period } from '../../parts/figure-card.tsx';
import { useFormat } from '../../parts/format.ts';
import { Section } from '../../parts/page.tsx';
import type { Palette } from '../../parts/palette.ts';
import { useAskList } from '../../parts/queries.ts';

type LaneName = z.infer<typeof Lane>;
interface LanePoint {
  readonly date: string;
  readonly lane: LaneName;
  readonly count: number;
}

/** From the bottom of the stack: what is let go first, what is examined on top. */
const LANES: readonly LaneName[] = ['green', 'blue', 'yellow', 'red'];
/** Hatching tells the lanes apart where colour cannot. */
const HATCHES = {
  green: null,
  blue: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0 },
  yellow: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: Math.PI / 4 },
  red: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4 },
} as const;

export function LanesByDay({ period }: { readonly period: Period }) {
  const { t } = useTranslation('governance');
  const { t: tp } = useTranslation('parts');
  const format = useFormat();
  const { data } = useAskList<{ readonly points: readonly LanePoint[] }>('/api/lanes', {
    ...period,
  });
  const points = data?.points;

  const { days, count } = useMemo(() => {
    const byDay = new Map<string, Map<string, number>>();
    for (const { date, lane, count } of points ?? []) {
      const day = byDay.get(date) ?? new Map<string, number>();
      day.set(lane, (day.get(lane) ?? 0) + count);
      byDay.set(date, day);
    }
    return {
      days: [...byDay.keys()].sort(),
      count: (day: string, lane: LaneName) => byDay.get(day)?.get(lane) ?? 0,
    };
  }, [points]);

  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      grid: { left: 8, right: 8, top: 36, bottom: 4, containLabel: true },
      legend: {
        top: 0,
        left: 0,
        itemWidth: 14,
        itemHeight: 10,
        data: [...LANES].reverse().map((lane) => tp(`lane.${lane}`)),
      },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        valueFormatter: (value: unknown) => format.number(Number(value)),
      },
      xAxis: {
        type: 'category',
        data: days.map((day) => day.slice(5)),
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
      },
      series: LANES.map((lane) => ({
        name: tp(`lane.${lane}`),
        type: 'bar',
        stack: 'lanes',
        barCategoryGap: '28%',
        itemStyle: {
          color: palette[lane],
          opacity: lane === 'green' ? 0.55 : 0.9,
          ...(HATCHES[lane] ? { decal: { ...HATCHES[lane], color: palette.surface } } : {}),
        },
        data: days.map((day) => count(day, lane)),
      })),
    }),
    [days, count, tp, format],
  );

  if (!points || points.length === 0) return null;
  return (
    <Section title={t('lanes.title')}>
      <Chart
        label={t('lanes.label')}
        option={option}
        table={
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                {LANES.map((lane) => (
                  <th key={lane} scope="col" className="cell-end">
                    {tp(`lane.${lane}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day}>
                  <th scope="row">{format.date(day)}</th>
                  {LANES.map((lane) => (
                    <td key={lane} className="cell-end" data-title={tp(`lane.${lane}`)}>
                      {format.number(count(day, lane))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </Section>
  );
}
