import type { AnalyticsReader } from '../../platform/analytics/analytics.ts';
import type { Counted, Period } from './figure.ts';
import type { Metric } from './metrics.ts';

/**
 * Digest of a set of ids that needs no sorting, so that it stays cheap over millions: the bitwise
 * exclusive-or of their MD5 numbers. It tells whether two figures speak of the same records; proof
 * against forgery is the audit chain's work, not this one's.
 */
const DIGEST = `coalesce(bit_xor(md5_number(id)) filter (where counted), 0)::varchar`;

const within = (metric: Metric): string =>
  `select * from (${metric.records}) as record where day >= $from and day <= $to`;

const bind = (period: Period) => ({ from: period.from, to: period.to });

/** The pool, as far as figures need it. */
export type Pool = AnalyticsReader;

/** Counts a metric in a period. */
export async function count(
  pool: AnalyticsReader,
  metric: Metric,
  period: Period,
): Promise<Omit<Counted, 'asOf'>> {
  const quantile = metric.quantile
    ? `quantile_cont(measure::double, ${metric.quantile}) filter (where counted)`
    : 'null';
  const { rows } = await pool.query(
    `select count(*) filter (where counted), count(*), ${quantile}, ${DIGEST}
     from (${within(metric)})`,
    bind(period),
  );
  const [numerator, denominator, value, digest] = rows[0] ?? [];
  return {
    numerator: Number(numerator ?? 0),
    denominator: Number(denominator ?? 0),
    quantile: value === null || value === undefined ? null : Number(value),
    digest: String(digest ?? '0'),
  };
}

/** The counted records of a metric, in order of id, from after a cursor. */
export async function records(
  pool: AnalyticsReader,
  metric: Metric,
  period: Period,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await pool.query(
    `select id from (${within(metric)}) where counted and id > $after order by id limit ${limit}`,
    { ...bind(period), after },
  );
  return rows.map(([id]) => String(id));
}

/** The metric day by day, for the picture. */
export async function series(pool: AnalyticsReader, metric: Metric, period: Period) {
  const quantile = metric.quantile
    ? `quantile_cont(measure::double, ${metric.quantile}) filter (where counted)`
    : 'null';
  const { rows } = await pool.query(
    `select day::varchar, count(*) filter (where counted), count(*), ${quantile}
     from (${within(metric)}) group by day order by day`,
    bind(period),
  );
  return rows.map(([date, numerator, denominator, value]) => {
    const n = Number(numerator);
    const d = Number(denominator);
    const share = metric.unit === 'share';
    return {
      date: String(date),
      numerator: n,
      denominator: share ? d : null,
      value: share ? (d === 0 ? null : n / d) : value === null ? null : Number(value),
    };
  });
}

/** The days there is anything to count for: from the first filing to the last. */
export async function span(pool: AnalyticsReader): Promise<Period | null> {
  const { rows } = await pool.query(
    `select min(day)::varchar, max(day)::varchar from (
       select min(day) as day from clearance_filed union all
       select max(day) from clearance_filed union all select max(day) from clearance_released)`,
  );
  const [from, to] = rows[0] ?? [];
  return from && to ? { from: String(from), to: String(to) } : null;
}

/** Declarations decided a day, by lane: what the lanes chart shows. */
export async function lanes(pool: AnalyticsReader, period: Period) {
  const { rows } = await pool.query(
    `select day::varchar, lane, count(*) from clearance_decided
     where day >= $from and day <= $to group by day, lane order by day, lane`,
    bind(period),
  );
  return rows.map(([date, lane, n]) => ({
    date: String(date),
    lane: String(lane),
    count: Number(n),
  }));
}

/** When the newest event the pool has seen was recorded: the figures' as-of. */
export async function newest(pool: AnalyticsReader): Promise<string> {
  const { rows } = await pool.query(
    `select max(newest) from (select max(occurred_at) as newest from clearance_filed union all
       select max(occurred_at) from clearance_released union all select max(occurred_at) from clearance_examined union all
       select max(occurred_at) from clearance_decided)`,
  );
  return String(rows[0]?.[0] ?? '');
}
