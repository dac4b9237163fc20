import { BarChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Palette } from './palette.ts';
import { useTheme } from './theme.tsx';

use([
  AriaComponent,
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

/** What every chart looks like; an option says only where one differs. */
const lookOf = (palette: Palette) => ({
  legend: { textStyle: { color: palette.inkMuted } },
  tooltip: {
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.ink },
  },
  categoryAxis: {
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.inkFaint },
  },
  valueAxis: {
    splitLine: { lineStyle: { color: palette.line } },
    axisLabel: { color: palette.inkFaint },
  },
});

/** Draws one chart in the page's colours, follows its width, and cleans up after itself. */
export function ChartCanvas({
  label,
  option,
  height,
}: {
  readonly label: string;
  readonly option: (palette: Palette) => EChartsCoreOption;
  readonly height: number;
}) {
  const { palette } = useTheme();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const chart = init(element, lookOf(palette), { renderer: 'svg' });
    chart.setOption({
      textStyle: { fontFamily: getComputedStyle(element).fontFamily, color: palette.inkMuted },
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      ...option(palette),
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option, palette]);
  return <div ref={holder} role="img" aria-label={label} style={{ height }} />;
}
