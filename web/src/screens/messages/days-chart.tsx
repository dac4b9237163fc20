import type { EChartsCoreOption } from 'echarts/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerHealth } from '../../../../src/contexts/messages/inbox/contract.ts';
import { Chart } from '../../parts/chart.tsx';
import { useFormat } from '../../parts/format.ts';
import type { Palette } from '../../parts/palette.ts';

type Days = PartnerHealth['days'];

/** Hatching tells what was refused where colour cannot. */
const HATCH = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4 };
const HEIGHT = 200;

/** Messages a day, what was refused of them on top. */
export function DaysChart({ days }: { readonly days: Days }) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
      legend: {
        top: 0,
        left: 0,
        itemWidth: 14,
        itemHeight: 10,
      },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
      },
      xAxis: {
        type: 'category',
        data: days.map(({ day }) => day.slice(5)),
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
      },
      series: [
        {
          type: 'bar',
          name: t('day.taken'),
          stack: 'day',
          data: days.map(({ received, refused }) => received - refused),
          itemStyle: { color: palette.link, decal: { symbol: 'none' } },
        },
        {
          type: 'bar',
          name: t('outcome.refused'),
          stack: 'day',
          data: days.map(({ refused }) => refused),
          itemStyle: { color: palette.red, decal: HATCH },
        },
      ],
    }),
    [days, t],
  );
  return (
    <Chart
      label={t('partner.chart', { days: days.length })}
      option={option}
      height={HEIGHT}
      table={
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col" className="cell-end">
                {t('partner.received')}
              </th>
              <th scope="col" className="cell-end">
                {t('outcome.refused')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, received, refused }) => (
              <tr key={day}>
                <th scope="row">{format.date(day)}</th>
                <td className="cell-end">{format.number(received)}</td>
                <td className="cell-end">{format.number(refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
