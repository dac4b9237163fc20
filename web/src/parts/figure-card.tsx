import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../src/contexts/facts/contract.ts';
import { type Format, useFormat } from './format.ts';
import { Icon } from './icon.tsx';
import { asking } from './queries.ts';
import { Sparkline } from './sparkline.tsx';

export interface SeriesPoint {
  readonly date: string;
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
}

/** Days of a figure; empty text means "as far as the server looks back by itself". */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const SERIES_AGES_MS = 60_000;

export const useSeries = (metric: string, { from, to }: Period = {}) =>
  useQuery({
    ...asking<{ readonly points: readonly SeriesPoint[] }>(`/api/figures/${metric}/series`, {
      from,
      to,
    }),
    staleTime: SERIES_AGES_MS,
    refetchInterval: SERIES_AGES_MS,
  });

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
  period = {},
}: {
  readonly figure: Figure;
  readonly counter: Figure | undefined;
  readonly period?: Period;
}) {
  const { t } = useTranslation('parts');
  const format = useFormat();
  const { data: series } = useSeries(figure.metric, period);
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
        <Link to="/overview/$metric" params={{ metric: figure.metric }} search={{ ...period }}>
          {format.label(figure.label)}
        </Link>
        <Popover
          trigger={['click']}
          placement="bottom"
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
      <p className="figure-facts">
        <Link
          to="/overview/$metric"
          params={{ metric: figure.metric }}
          search={{ ...period }}
          hash="records"
        >
          {records}
        </Link>
        <span className="faint">
          {figure.value === null
            ? t('figure.nothingYet')
            : interval
              ? t('figure.interval', {
                  level: format.percent(interval.level, 0),
                  low: figureText(interval.low, figure.unit, format),
                  high: figureText(interval.high, figure.unit, format),
                })
              : null}
        </span>
      </p>
      {counter ? (
        <p className="figure-counter">
          {t('figure.counter')}{' '}
          <Link to="/overview/$metric" params={{ metric: counter.metric }} search={{ ...period }}>
            {format.label(counter.label)} {figureText(counter.value, counter.unit, format)}
          </Link>
        </p>
      ) : null}
    </article>
  );
}
