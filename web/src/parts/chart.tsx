import type { EChartsCoreOption } from 'echarts/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Palette } from './palette.ts';

const ChartCanvas = lazy(() =>
  import('./chart-canvas.tsx').then((module) => ({ default: module.ChartCanvas })),
);

/**
 * A chart, fetched only when one is shown, with the same numbers as a table one click away: a picture
 * alone is closed to people who cannot see it and to people who want the number.
 */
export function Chart({
  label,
  option,
  height = 260,
  table,
}: {
  /** One sentence that says what the chart shows. */
  readonly label: string;
  readonly option: (palette: Palette) => EChartsCoreOption;
  readonly height?: number;
  readonly table: ReactNode;
}) {
  const { t } = useTranslation('parts');
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <div style={{ minHeight: height }}>
        {asTable ? (
          <section
            className="scroll"
            style={{ maxHeight: height }}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
            tabIndex={0}
            aria-label={label}
          >
            {table}
          </section>
        ) : (
          <Suspense fallback={<div className="chart-wait" style={{ height }} />}>
            <ChartCanvas label={label} option={option} height={height} />
          </Suspense>
        )}
      </div>
      <figcaption>
        <span>{label}</span>
        <button type="button" className="link-button" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('chart.asChart') : t('chart.asTable')}
        </button>
      </figcaption>
    </figure>
  );
}
