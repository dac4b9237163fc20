import type { EChartsCoreOption } from 'echarts/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExplanationRow } from '../../../../src/contexts/bonded/explain/contract.ts';
import { Chart } from '../../parts/chart.tsx';
import { useCodeName } from '../../parts/code-select.tsx';
import { useFormat } from '../../parts/format.ts';
import type { Palette } from '../../parts/palette.ts';
import { floorOf, stepsOf } from './steps.ts';

/** From what the book says to what was counted, cause by cause; what nobody can explain stands alone. */
export function Waterfall({ row }: { readonly row: ExplanationRow }) {
  const { t } = useTranslation('bonded');
  const format = useFormat();
  const unit = useCodeName('unit', row.unit) ?? row.unit;
  const steps = useMemo(() => stepsOf(row), [row]);
  const words = useMemo(() => steps.map(({ name }) => t(name)), [steps, t]);
  const floor = floorOf(steps);
  const label = t(floor > 0 ? 'waterfall.label.cut' : 'waterfall.label', { part: row.part, unit });
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
      xAxis: {
        type: 'category',
        data: words,
        axisLabel: { interval: 0, width: 84, overflow: 'break', color: palette.inkMuted },
        axisTick: { show: false },
      },
      yAxis: {
        type: 'value',
        min: floor,
        axisLine: { show: false },
        axisLabel: { color: palette.inkMuted, showMinLabel: floor === 0 },
      },
      series: [
        {
          ...{ type: 'bar', stack: 'level', silent: true, barMaxWidth: 72 },
          itemStyle: { color: 'transparent' },
          data: steps.map(({ low }) => low),
        },
        {
          ...{ type: 'bar', stack: 'level', barMaxWidth: 72 },
          label: {
            show: true,
            position: 'top',
            color: palette.ink,
            formatter: ({ dataIndex }: { dataIndex: number }) =>
              format.decimal(steps[dataIndex]?.text),
          },
          data: steps.map(({ height, tone }) => ({
            value: height,
            itemStyle: { color: palette[tone] },
          })),
        },
      ],
    }),
    [format, steps, words, floor],
  );
  return (
    <Chart
      label={label}
      option={option}
      height={280}
      table={
        <table className="plain-table">
          <caption className="visually-hidden">{label}</caption>
          <tbody>
            {steps.map(({ key, text }, at) => (
              <tr key={key}>
                <th scope="row">{words[at]}</th>
                <td className="cell-end">{format.decimal(text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
