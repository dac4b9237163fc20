import type { Figure } from '../facts/index.ts';
import type { Metric } from './metrics.ts';

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** What the pool counted for a metric in a period. */
export interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  readonly quantile: number | null;
  /** Digest of the ids of the counted records, independent of their order. */
  readonly digest: string;
  readonly asOf: string;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for a share (E. B. Wilson, 1927): sound for small samples and for shares
 * near 0 and 1, where the textbook interval claims certainty it does not have.
 */
export function wilson(successes: number, trials: number): Figure['interval'] {
  if (trials === 0) return null;
  const p = successes / trials;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (Z / (1 + z2 / trials)) * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), level: 0.95 };
}

/** The figure object: the same counts give the same bytes. */
export function figureOf(
  metric: Metric,
  subject: string,
  period: Period,
  counted: Counted,
): Figure {
  const share = metric.unit === 'share';
  const { numerator, denominator } = counted;
  return {
    metric: metric.id,
    version: metric.version,
    promise: metric.promise,
    label: metric.label,
    definition: metric.definition,
    owner: metric.owner,
    subject,
    period,
    numerator,
    denominator: share ? denominator : null,
    value: amountOf(metric, counted),
    unit: metric.unit,
    interval: share ? wilson(numerator, denominator) : null,
    exclusions: [...metric.exclusions],
    asOf: counted.asOf,
    evidence: { records: numerator, hash: counted.digest },
    counterFigure: metric.counterFigure,
  };
}

function amountOf(metric: Metric, { numerator, denominator, quantile }: Counted): number | null {
  if (metric.unit === 'share') return denominator === 0 ? null : numerator / denominator;
  return metric.unit === 'count' ? numerator : quantile;
}
