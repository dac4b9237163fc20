import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Decision } from '../contract.ts';
import type { Budget, Consumption, LeakageStratum } from './contract.ts';

/* ---------------------------------------------------------------- what became of a subject */

/** What an examination of a subject found, and when. */
export interface Examination {
  readonly subject: string;
  readonly found: boolean;
  /** The kinds of its findings; none where nothing was found, or where nobody said. */
  readonly kinds?: readonly string[];
  readonly at: Instant;
}

/** A laboratory that differs later turns nothing found into something, never back. */
export async function saveExamination(
  tx: Tx,
  { subject, found, kinds = [], at }: Examination,
): Promise<void> {
  await leaveTo(
    tx,
    sql`
      insert into risk.outcome (subject, examined_at, found, kinds)
      values (${subject}, ${at}::timestamptz, ${found}, ${[...new Set(kinds)].sort()}::text[])
      on conflict (subject) do update set examined_at = excluded.examined_at,
        found = coalesce(outcome.found, false) or excluded.found,
        kinds = array(
          select kind from unnest(outcome.kinds || excluded.kinds) as kind group by kind order by kind
        )
    `,
  );
}

export interface Release {
  readonly subject: string;
  readonly at: Instant;
  /** No person acted on it. */
  readonly untouched: boolean;
  /** From complete filing to release. */
  readonly seconds: number;
}

/** Writes releases in one statement, inside the transaction that releases. */
export async function recordReleases(tx: Tx, releases: readonly Release[]): Promise<void> {
  if (releases.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into risk.outcome (subject, released_at, untouched, seconds)
      select subject, at, untouched, seconds
      from json_to_recordset(${JSON.stringify(releases)}::json) as row (
        subject text, at timestamptz, untouched boolean, seconds integer
      )
      on conflict (subject) do update set released_at = excluded.released_at,
        untouched = excluded.untouched, seconds = excluded.seconds
    `,
  );
}

/* ---------------------------------------------------------------- budgets */

const BUDGET = sql`
  office, per_day as "perDay", explore_share::double precision as "exploreShare",
  effective_from::text as "effectiveFrom", reason, set_by as "setBy", set_at as "setAt"
`;
type BudgetRow = Omit<Budget, 'setAt'> & { readonly setAt: Date };
const toBudget = (row: BudgetRow): Budget => ({ ...row, setAt: row.setAt.toISOString() });

/** All budgets, by office and day; of two from the same day the later set one comes last. */
export async function listBudgets(db: Db): Promise<Budget[]> {
  const { rows } = await sql<BudgetRow>`
    select ${BUDGET} from risk.examination_budget order by office, effective_from, seq
  `.execute(db);
  return rows.map(toBudget);
}

export async function findBudget(db: Db, id: string): Promise<Budget | null> {
  const { rows } = await sql<BudgetRow>`
    select ${BUDGET} from risk.examination_budget where id = ${id}
  `.execute(db);
  return rows[0] ? toBudget(rows[0]) : null;
}

export async function saveBudget(tx: Tx, id: string, budget: Budget): Promise<void> {
  await leaveTo(
    tx,
    sql`
      insert into risk.examination_budget
        (id, office, per_day, explore_share, effective_from, reason, set_by, set_at)
      values (${id}, ${budget.office}, ${budget.perDay}, ${budget.exploreShare},
        ${budget.effectiveFrom}, ${budget.reason}, ${budget.setBy}, ${budget.setAt})
    `,
  );
}

/* ---------------------------------------------------------------- figures */

/** Each subject by its latest decision: what an amendment decided is what counts. */
const LATEST = sql`
  risk.decision as this where not exists (
    select from risk.decision as later where later.subject = this.subject and later.seq > this.seq
  )
`;
/** Red is examined; a lighter lane spends no examination. */
const CONSUMPTION = sql`
  count(*)::int as decided,
  count(*) filter (where selected_by = 'mandatory' and lane = 'red')::int as mandatory,
  count(*) filter (where selected_by = 'score' and lane = 'red')::int as score,
  count(*) filter (where selected_by = 'model' and lane = 'red')::int as model,
  count(*) filter (where drawn_as = 'sample' and lane = 'red')::int as sample,
  count(*) filter (where drawn_as = 'explore' and lane = 'red')::int as explore
`;
export type ConsumptionRow = Consumption & { readonly decided: number };

export async function consumptionByOffice(
  db: Db,
  on: LocalDate,
): Promise<(ConsumptionRow & { readonly office: string })[]> {
  const { rows } = await sql<ConsumptionRow & { office: string }>`
    select office, ${CONSUMPTION} from ${LATEST} and decided_on = ${on} and office is not null
    group by office order by office
  `.execute(db);
  return rows;
}

export interface DayRow extends ConsumptionRow {
  readonly on: string;
  readonly threshold: number | null;
  readonly examined: number;
  readonly found: number;
}

export async function consumptionByDay(
  db: Db,
  { office, from, to }: { office: string | null; from: LocalDate; to: LocalDate },
): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select decided_on::text as "on", ${CONSUMPTION}, max(threshold) as threshold,
      count(examined_at)::int as examined, count(*) filter (where found)::int as found
    from (
      select this.* from ${LATEST} and decided_on between ${from} and ${to}
        and (${office}::text is null or office = ${office})
    ) as decided left join risk.outcome using (subject)
    group by decided_on order by decided_on
  `.execute(db);
  return rows;
}

export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly office: string | null;
}

/** The release lane by logged probability: how many were eligible, drawn, examined, found. */
export async function releaseLaneStrata(
  db: Db,
  { from, to, office }: Period,
): Promise<LeakageStratum[]> {
  const { rows } = await sql<LeakageStratum>`
    select sampling_rate as rate, count(*)::int as eligible, count(drawn_as)::int as drawn,
      count(*) filter (where drawn_as is not null and examined_at is not null)::int as examined,
      count(*) filter (where drawn_as is not null and found)::int as found
    from (
      select this.* from ${LATEST} and decided_on between ${from} and ${to}
        and sampling_rate is not null and (${office}::text is null or office = ${office})
    ) as decided left join risk.outcome using (subject)
    group by sampling_rate order by sampling_rate
  `.execute(db);
  return rows;
}

export interface Examined {
  readonly examined: number;
  readonly found: number;
}

/** Examinations and findings of draws, exploration and the model. */
export async function findingsBySource(
  db: Db,
  { from, to, office }: Period,
): Promise<ReadonlyMap<string, Examined>> {
  const { rows } = await sql<Examined & { source: string }>`
    select coalesce(drawn_as, selected_by) as source,
      count(examined_at)::int as examined, count(*) filter (where found)::int as found
    from (
      select this.* from ${LATEST} and decided_on between ${from} and ${to}
        and (drawn_as is not null or selected_by = 'model')
        and (${office}::text is null or office = ${office})
    ) as decided left join risk.outcome using (subject)
    group by source
  `.execute(db);
  return new Map(rows.map(({ source, examined, found }) => [source, { examined, found }]));
}

export interface Releases {
  readonly released: number;
  readonly untouched: number;
  readonly median: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export async function readReleases(db: Db, { from, to, office }: Period): Promise<Releases> {
  const { rows } = await sql<Releases>`
    select count(*)::int as released, count(*) filter (where untouched)::int as untouched,
      percentile_cont(0.5) within group (order by seconds) filter (where untouched) as median,
      percentile_cont(0.95) within group (order by seconds) filter (where untouched) as p95,
      percentile_cont(0.99) within group (order by seconds) filter (where untouched) as p99
    from (
      select this.* from ${LATEST} and decided_on between ${from} and ${to}
        and (${office}::text is null or office = ${office})
    ) as decided join risk.outcome using (subject)
    where released_at is not null
  `.execute(db);
  return rows[0] ?? { released: 0, untouched: 0, median: null, p95: null, p99: null };
}

/* ---------------------------------------------------------------- rebuilding the capacity */

const PAGE = 5_000;
type Observed = Pick<Decision, 'decidedOn' | 'lane' | 'selectedBy'> & {
  readonly office: string;
  readonly harm: number | null;
};

/** First decisions since a day, as they were observed while the server ran. */
export async function* readSelections(db: Db, since: LocalDate): AsyncGenerator<Observed> {
  let after = '0';
  for (;;) {
    const { rows } = await sql<Observed & { seq: string }>`
      select seq, decided_on::text as "decidedOn", lane, selected_by as "selectedBy", office, harm
      from risk.decision as this
      where seq > ${after} and decided_on >= ${since} and office is not null and not exists (
        select from risk.decision as earlier
        where earlier.subject = this.subject and earlier.seq < this.seq
      )
      order by seq limit ${PAGE}
    `.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** The latest day an examination was spent on, and where none was, the latest anything was decided for. */
export async function latestSpentDay(db: Db): Promise<LocalDate | null> {
  const { rows } = await sql<{ day: string | null }>`
    select decided_on::text as day from risk.decision where lane = 'red'
    order by decided_on desc limit 1
  `.execute(db);
  return rows[0]?.day ?? latestDay(db);
}

/** The latest day anything was decided for: a port that replays the past lives on that day. */
export async function latestDay(db: Db): Promise<LocalDate | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(decided_on)::text as day from risk.decision
  `.execute(db);
  return rows[0]?.day ?? null;
}
