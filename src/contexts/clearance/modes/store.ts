import { sql } from 'kysely';
import type { LocalDate } from '../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import type { ClockRow, ModePreview } from './contract.ts';

/** A clock as the daily look finds it. */
export interface KeptClock {
  readonly declaration: string;
  readonly kind: string;
  readonly owner: string;
  readonly organisation: string;
  readonly office: string | null;
  readonly due_on: LocalDate;
  readonly next_on: LocalDate | null;
  readonly paused: boolean;
  readonly overdue: boolean;
}

/** Brings the clocks of some declarations up to what they are now; those that have been kept go. */
export async function saveClocks(
  tx: Tx,
  declarations: readonly string[],
  clocks: readonly KeptClock[],
): Promise<void> {
  const rows = JSON.stringify(clocks);
  await leaveTo(
    tx,
    sql`
      with now as (
        select * from json_to_recordset(${rows}::json) as row (declaration text, kind text,
          owner text, organisation text, office text, due_on date, next_on date, paused boolean,
          overdue boolean)
      ), gone as (
        delete from clearance.clock as c where c.declaration = any(${[...declarations]}::text[])
          and not exists (select 1 from now where now.declaration = c.declaration and now.kind = c.kind)
      )
      insert into clearance.clock (declaration, kind, owner, organisation, office, due_on, next_on,
        paused, overdue)
      select declaration, kind, owner, organisation, office, due_on, next_on, paused, overdue from now
      on conflict (declaration, kind) do update set owner = excluded.owner,
        organisation = excluded.organisation, office = excluded.office, due_on = excluded.due_on,
        next_on = excluded.next_on, paused = excluded.paused, overdue = excluded.overdue
    `,
  );
}

/**
 * Declarations with a clock that has something to say by a day, or that was told to have expired and
 * by today's date has not; after an id, in the order of ids.
 */
export async function listDue(
  db: Db,
  { on, today }: { readonly on: LocalDate; readonly today: LocalDate },
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ declaration: string }>`
    select distinct declaration from clearance.clock
    where (next_on <= ${on}::date or (overdue and due_on >= ${today}::date))
      and declaration > ${after}
    order by declaration
    limit ${limit}
  `.execute(db);
  return rows.map(({ declaration }) => declaration);
}

export interface ClockFilter {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
  readonly overdue: boolean | null;
  /** A clock that ended before it is overdue, told or not yet. */
  readonly today: LocalDate;
  readonly after: {
    readonly dueOn: string;
    readonly declaration: string;
    readonly kind: string;
  } | null;
  readonly limit: number;
}

/** Clocks that run, the next to end first. */
export async function listClocks(db: Db, wanted: ClockFilter): Promise<ClockRow[]> {
  const { organisation, offices, overdue, today, after, limit } = wanted;
  const isOverdue = sql`(overdue or (not paused and due_on < ${today}::date))`;
  const from = after
    ? sql`and (due_on, declaration, kind) > (${after.dueOn}::date, ${after.declaration}, ${after.kind})`
    : sql``;
  const { rows } = await sql<ClockRow>`
    select declaration, kind, owner, organisation, office, to_char(due_on, 'YYYY-MM-DD') as "dueOn",
      paused, ${isOverdue} as overdue
    from clearance.clock
    where (${organisation}::text is null or organisation = ${organisation})
      and (${offices === null} or office = any(${[...(offices ?? [])]}::text[]))
      and (${overdue}::boolean is null or ${isOverdue} = ${overdue}) ${from}
    order by due_on, declaration, kind
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Goods looked at for how long they waited, and how far back. */
const LIKE_THESE = 500;
const DAYS_BACK = 30;

/** How long goods filed the same way at the same office waited lately, from filing to release. */
export async function waitingLately(
  db: Db,
  like: { readonly filing: string; readonly ieFlag: string; readonly office: string | null },
  on: LocalDate,
): Promise<ModePreview['waiting']> {
  const { rows } = await sql<{ n: number; median: number | null; p95: number | null }>`
    select count(*)::int as n,
      percentile_cont(0.5) within group (order by hours) as median,
      percentile_cont(0.95) within group (order by hours) as p95
    from (
      select extract(epoch from released_at - filed_at)::float8 / 3600 as hours
      from clearance.declaration
      where filed_at >= ${on}::date - ${DAYS_BACK}::int and filed_at < ${on}::date + 1
        and released_at is not null and filing = ${like.filing} and ie_flag = ${like.ieFlag}
        and (${like.office}::text is null or border_office = ${like.office})
      order by filed_at desc
      limit ${LIKE_THESE}
    ) as lately
  `.execute(db);
  const row = rows[0];
  if (!row || row.n === 0 || row.median === null || row.p95 === null) return null;
  return { consignments: row.n, medianHours: rounded(row.median), p95Hours: rounded(row.p95) };
}

const rounded = (hours: number): number => Math.round(hours * 100) / 100;
