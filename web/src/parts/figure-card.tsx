import { Link } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../src/contexts/facts/contract.ts';
import { type Format, useFormat } from './format.ts';
import { Icon } from './icon.tsx';
import { useAsk } from './queries.ts';
import { Sparkline } from './sparkline.tsx';

export interface SeriesPoint {
  readonly date: string;
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
}

export const useSeries = (metric: string) =>
  useAsk<{ readonly points: readonly SeriesPoint[] }>(`/api/figures/${metric}/series`);

/** A figure's value in its own unit: a share, a count, or a length of time. */
export function figureText(
  value: number | null,
  unit: Figure['unit'],
  format: Pick<Format, 'percent' | 'duration' | 'number'>,
): string {
  if (value === null) return '—';
  if (unit === 'share') return format.percent(value, value !== 0 && value < 0.01 ? 2 : 1);
  if (unit === 'seconds') return format.duration(value);
  return format.number(value);
}

/** One figure with everything that keeps it honest: interval, records, definition, and its counter-figure. */
export function FigureCard({
  figure,
  counter,
}: {
  readonly figure: Figure;
  readonly counter: Figure | undefined;
}) {
  const { t } = useTranslation('parts');
  const format = useFormat();
  const { data: series } = useSeries(figure.metric);
  const { interval, numerator, denominator } = figure;
  const records =
    denominator === null
      ? t('figure.records', { count: numerator, shown: format.number(numerator) })
      : t('figure.recordsOf', {
          count: numerator,
          shown: format.number(numerator),
          of: format.number(denominator),
        });
  return (
    <article className="figure">
      <h3>
        <Link to="/overview/$metric" params={{ metric: figure.metric }}>
          {format.label(figure.label)}
        </Link>
        <Popover
          trigger={['click']}
          title={format.label(figure.label)}
          content={<div className="figure-definition">{format.label(figure.definition)}</div>}
        >
          <button
            type="button"
            className="icon-button"
            aria-label={t('figure.define', { name: format.label(figure.label) })}
          >
            <Icon name="info" size={15} />
          </button>
        </Popover>
      </h3>
      <div className="figure-body">
        <p className="figure-value">{figureText(figure.value, figure.unit, format)}</p>
        {series ? (
          <Sparkline
            values={series.points.map((point) => point.value)}
            label={t('figure.trend', {
              name: format.label(figure.label),
              days: series.points.length,
            })}
          />
        ) : null}
      </div>
      <p className="faint figure-interval">
        {figure.value === null
          ? t('figure.nothingYet')
          : interval
            ? t('figure.interval', {
                level: format.percent(interval.level, 0),
                low: figureText(interval.low, figure.unit, format),
                high: figureText(interval.high, figure.unit, format),
              })
            : null}
      </p>
      <p className="figure-links">
        <Link to="/overview/$metric" params={{ metric: figure.metric }} hash="records">
          {records}
        </Link>
        {counter ? (
          <span className="faint">
            {t('figure.counter')}{' '}
            <Link to="/overview/$metric" params={{ metric: counter.metric }}>
              {format.label(counter.label)} {figureText(counter.value, counter.unit, format)}
            </Link>
          </span>
        ) : null}
      </p>
    </article>
  );
}
