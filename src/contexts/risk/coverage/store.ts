import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { Decision } from '../contract.ts';
import type {
  CoverageReport,
  FrozenPeriod,
  PointTest,
  WithheldCase,
  WithheldCaseRow,
} from './contract.ts';
import type { PointState } from './point.ts';
import type { FrozenPoint } from './report.ts';

/* ---------------------------------------------------------------- points */

export async function savePoint(tx: Tx, state: PointState): Promise<void> {
  await sql`
    insert into risk.risk_point (id, version, status, body)
    values (${state.point.id}, ${state.version}, ${state.status}, ${JSON.stringify(state)}::jsonb)
    on conflict (id) do update set version = excluded.version, status = excluded.status,
      body = excluded.body
  `.execute(tx);
}

/** Puts writers to the catalogue in order, a freeze among them: none sees half of another's work. */
export async function lockCatalogue(tx: Tx): Promise<void> {
  await sql`lock table risk.risk_point in share row exclusive mode`.execute(tx);
}

export async function listPoints(db: Db): Promise<PointState[]> {
  const { rows } = await sql<{ body: PointState }>`
    select body from risk.risk_point order by id
  `.execute(db);
  return rows.map(({ body }) => body);
}

/* ---------------------------------------------------------------- withheld cases */

export async function saveCases(tx: Tx, cases: readonly WithheldCaseRow[]): Promise<void> {
  await sql`
    insert into risk.withheld_case
      (point, id, expected, on_day, facts, note, source, withheld_by, withheld_at)
    select point, id, expected, "on", facts, note, source, "withheldBy", "withheldAt"
    from json_to_recordset(${JSON.stringify(cases)}::json) as row (
      point text, id text, expected text, "on" date, facts json, note text, source text,
      "withheldBy" text, "withheldAt" timestamptz
    )
    on conflict (point, id) do nothing
  `.execute(tx);
}

export async function listCases(db: Db, point: string): Promise<WithheldCaseRow[]> {
  const { rows } = await sql<Omit<WithheldCaseRow, 'withheldAt'> & { withheldAt: Date }>`
    select point, id, expected, on_day::text as "on", facts, note, source,
      withheld_by as "withheldBy", withheld_at as "withheldAt"
    from risk.withheld_case where point = ${point} order by id
  `.execute(db);
  return rows.map((row) => ({ ...row, withheldAt: row.withheldAt.toISOString() }));
}

export interface CaseCounts {
  readonly hit: number;
  readonly pass: number;
}

export async function countCases(db: Db): Promise<ReadonlyMap<string, CaseCounts>> {
  const { rows } = await sql<CaseCounts & { point: string }>`
    select point, count(*) filter (where expected = 'hit')::int as hit,
      count(*) filter (where expected = 'pass')::int as pass
    from risk.withheld_case group by point
  `.execute(db);
  return new Map(rows.map(({ point, hit, pass }) => [point, { hit, pass }]));
}

/** Past consignments that were examined, as they were known when they were last decided about. */
export async function findExamined(
  db: Db,
  subjects: readonly string[],
): Promise<(WithheldCase & { readonly examinedAt: string })[]> {
  const { rows } = await sql<{
    subject: string;
    on: string;
    facts: Decision['facts'];
    found: boolean;
    examinedAt: Date;
  }>`
    select distinct on (subject) subject, decided_on::text as "on", facts, found,
      examined_at as "examinedAt"
    from risk.decision join risk.outcome using (subject)
    where subject = any(${[...subjects]}::text[]) and examined_at is not null
    order by subject, seq desc
  `.execute(db);
  return rows.map(({ subject, on, facts, found, examinedAt }) => ({
    ...{ id: subject, expected: found ? ('hit' as const) : ('pass' as const), on, note: '' },
    facts: knownOf(facts),
    examinedAt: examinedAt.toISOString(),
  }));
}

const knownOf = (facts: Decision['facts']): WithheldCase['facts'] =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

/* ---------------------------------------------------------------- periods */

type PeriodRow = Omit<FrozenPeriod, 'frozenAt'> & { readonly frozenAt: Date };
const PERIOD = sql`
  id, from_day::text as "from", to_day::text as "to", frozen_by as "frozenBy",
  frozen_at as "frozenAt", jsonb_array_length(points) as points, hash
`;
const toPeriod = (row: PeriodRow): FrozenPeriod => ({
  ...row,
  frozenAt: row.frozenAt.toISOString(),
});

export async function savePeriod(
  tx: Tx,
  period: FrozenPeriod,
  points: readonly FrozenPoint[],
): Promise<void> {
  await sql`
    insert into risk.coverage_period (id, from_day, to_day, frozen_by, frozen_at, hash, points)
    values (${period.id}, ${period.from}, ${period.to}, ${period.frozenBy}, ${period.frozenAt},
      ${period.hash}, ${JSON.stringify(points)}::jsonb)
  `.execute(tx);
}

/** Periods, the latest first. */
export async function listPeriods(db: Db): Promise<FrozenPeriod[]> {
  const { rows } = await sql<PeriodRow>`
    select ${PERIOD} from risk.coverage_period order by from_day desc
  `.execute(db);
  return rows.map(toPeriod);
}

export async function readFrozenPoints(db: Db, period: string): Promise<FrozenPoint[]> {
  const { rows } = await sql<{ points: FrozenPoint[] }>`
    select points from risk.coverage_period where id = ${period}
  `.execute(db);
  return rows[0]?.points ?? [];
}

/* ---------------------------------------------------------------- tests and reports */

export async function saveTests(
  tx: Tx,
  tests: readonly { readonly point: string; readonly test: PointTest }[],
): Promise<void> {
  await sql`
    insert into risk.point_test (point, at, body)
    select point, (test ->> 'at')::timestamptz, test
    from jsonb_to_recordset(${JSON.stringify(tests)}::jsonb) as row (point text, test jsonb)
  `.execute(tx);
}

export async function latestTests(db: Db): Promise<ReadonlyMap<string, PointTest>> {
  const { rows } = await sql<{ point: string; body: PointTest }>`
    select distinct on (point) point, body from risk.point_test order by point, seq desc
  `.execute(db);
  return new Map(rows.map(({ point, body }) => [point, body]));
}

export async function saveReport(tx: Tx, report: CoverageReport): Promise<void> {
  await sql`
    insert into risk.coverage_report (period, at, body)
    values (${report.period.id}, ${report.at}, ${JSON.stringify(report)}::jsonb)
  `.execute(tx);
}

/** The latest report of a period, or of the latest period that has one. */
export async function findReport(db: Db, period: string | null): Promise<CoverageReport | null> {
  const { rows } = await sql<{ body: CoverageReport }>`
    select body from risk.coverage_report join risk.coverage_period on id = period
    where ${period}::text is null or period = ${period}
    order by from_day desc, seq desc limit 1
  `.execute(db);
  return rows[0]?.body ?? null;
}

/* ---------------------------------------------------------------- the traffic of a period */

const PAGE = 2_000;

/** What was known of each consignment of a period when it was last decided about, page by page. */
export async function* readTraffic(
  db: Db,
  { from, to }: { from: LocalDate; to: LocalDate },
): AsyncGenerator<readonly Decision['facts'][]> {
  let after = '0';
  for (;;) {
    const { rows } = await sql<{ seq: string; facts: Decision['facts'] }>`
      select seq, facts from risk.decision as this
      where seq > ${after} and decided_on between ${from} and ${to} and not exists (
        select from risk.decision as later
        where later.subject = this.subject and later.seq > this.seq
      )
      order by seq limit ${PAGE}
    `.execute(db);
    yield rows.map(({ facts }) => facts);
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** Of what was released in a period: how much had been decided about, and scored by a model. */
export async function countReleased(
  db: Db,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<{ released: number; decided: number; scored: number }> {
  const { rows } = await sql<{ released: number; decided: number; scored: number }>`
    select count(*)::int as released, count(latest.subject)::int as decided,
      count(latest.harm)::int as scored
    from risk.outcome left join lateral (
      select subject, harm from risk.decision
      where decision.subject = outcome.subject order by seq desc limit 1
    ) as latest on true
    where released_at >= (${from}::date - interval '8 hours') at time zone 'UTC'
      and released_at < (${to}::date + interval '16 hours') at time zone 'UTC'
  `.execute(db);
  return rows[0] ?? { released: 0, decided: 0, scored: 0 };
}
