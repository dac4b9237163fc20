import { sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import { escapeLike } from '../../ledgers/store/ledgers.ts';
import { quantityText } from '../../quantity.ts';
import type { ListSearch } from '../contract.ts';
import { type ListState, objection, purposeOf } from '../list.ts';

const isWaiting = (state: ListState): boolean => objection(state, 'answer') === null;

/** Claims the number of a list; false when it is taken (we waited for whoever took it). */
export async function insert(tx: Tx, state: ListState): Promise<boolean> {
  const { content } = state;
  const { rows } = await sql`
    insert into bonded.list (no, ledger, enterprise, office, status, posting, version, purpose,
      declaration, other_side, posted_at, waits_for_officer, body)
    values (${state.no}, ${state.ledger}, ${state.enterprise}, ${state.office}, ${state.status},
      ${state.posting}, ${state.version}, ${purposeOf(content)}, ${content.declaration},
      ${content.otherSide}, ${state.postedAt}, ${isWaiting(state)}, ${JSON.stringify(state)})
    on conflict (no) do nothing
    returning no
  `.execute(tx);
  return rows.length > 0;
}

/** What of a list's lines shortages are valued by; quantities in the units of their parts. */
export async function insertLines(
  tx: Tx,
  { no, ledger, content }: ListState,
  quantities: readonly number[],
): Promise<void> {
  const lines = content.lines.map(({ lineNo, part, value, currency, origin }, index) => ({
    ...{ line_no: lineNo, part, value, currency, origin },
    quantity: quantityText(quantities[index] ?? 0),
  }));
  await leaveTo(
    tx,
    sql`
      insert into bonded.list_line
        (list, line_no, ledger, part, quantity, value, currency, origin, is_in)
      select ${no}, line_no, ${ledger}, part, quantity, value, currency, origin,
        ${content.direction === 'in' && content.mode === 'add'}
      from json_to_recordset(${JSON.stringify(lines)}::json) as line (line_no integer, part text,
        quantity numeric, value numeric, currency text, origin text)
    `,
  );
}

/** Brings the row up to a new state; the caller holds the lock. */
export async function save(tx: Tx, state: ListState): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update bonded.list set status = ${state.status}, posting = ${state.posting},
        version = ${state.version}, posted_at = ${state.postedAt},
        waits_for_officer = ${isWaiting(state)}, body = ${JSON.stringify(state)}
      where no = ${state.no}
    `,
  );
}

interface Row {
  body: ListState;
}

export async function find(db: Db, no: string): Promise<ListState | null> {
  const { rows } = await sql<Row>`select body from bonded.list where no = ${no}`.execute(db);
  return rows[0]?.body ?? null;
}

/** Holds lists until the end of the transaction, always in the same order. */
export async function lock(tx: Tx, numbers: readonly string[]): Promise<ListState[]> {
  const { rows } = await sql<Row>`
    select body from bonded.list where no = any(${[...numbers]}::text[]) order by no for update
  `.execute(tx);
  return rows.map(({ body }) => body);
}

/**
 * Who files or answers a list, and its other side, does so one after the other; and never while a follower tells lists
 * what happened, so that neither misses the other.
 */
export async function inTurn(tx: Tx, numbers: readonly string[]): Promise<void> {
  await leaveTo(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended('bonded-lists', 0))`);
  for (const no of [...new Set(numbers)].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`bonded-list ${no}`}, 0))`.execute(
      tx,
    );
}

/** For a follower: nobody files or answers a list until the end of the transaction. */
export async function alone(tx: Tx): Promise<void> {
  await leaveTo(tx, sql`select pg_advisory_xact_lock(hashtextextended('bonded-lists', 0))`);
}

/** The lists of each of these declarations. */
export async function ofDeclarations(
  tx: Tx,
  declarations: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (declarations.length === 0) return new Map();
  const { rows } = await sql<{ declaration: string; numbers: string[] }>`
    select declaration, array_agg(no order by no) as numbers from bonded.list
    where declaration = any(${[...declarations]}::text[]) group by declaration
  `.execute(tx);
  return new Map(rows.map(({ declaration, numbers }) => [declaration, numbers]));
}

/** Lists of a ledger that are posted and whose goods moved before a moment. */
export async function postedBefore(tx: Tx, ledger: string, before: string): Promise<string[]> {
  const { rows } = await sql<{ no: string }>`
    select no from bonded.list
    where ledger = ${ledger} and posting = 'posted' and posted_at < ${before} order by no
  `.execute(tx);
  return rows.map(({ no }) => no);
}

export interface Crossing {
  readonly passport: string;
  readonly isComplete: boolean;
  readonly event: string;
  readonly at: string;
}

/** Keeps what a gate reported under a list's number; false for what is known. */
export async function keepCrossing(tx: Tx, list: string, crossing: Crossing): Promise<boolean> {
  const { rows } = await sql`
    insert into bonded.list_crossing (list, passport, is_complete, event, crossed_at)
    values (${list}, ${crossing.passport}, ${crossing.isComplete}, ${crossing.event}, ${crossing.at})
    on conflict (list, passport) do nothing
    returning list
  `.execute(tx);
  return rows.length > 0;
}

export async function crossingsOf(tx: Tx, list: string): Promise<Crossing[]> {
  const { rows } = await sql<{
    passport: string;
    is_complete: boolean;
    event: string;
    crossed_at: Date;
  }>`
    select passport, is_complete, event, crossed_at from bonded.list_crossing
    where list = ${list} order by crossed_at, passport
  `.execute(tx);
  return rows.map(({ passport, is_complete, event, crossed_at }) => ({
    ...{ passport, isComplete: is_complete, event, at: crossed_at.toISOString() },
  }));
}

export async function search(
  db: Db,
  ledger: string,
  wanted: ListSearch,
): Promise<{ rows: ListState[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select body from bonded.list
    where ledger = ${ledger} and no > ${wanted.cursor ?? ''}
      and (${wanted.posting ?? null}::text is null or posting = ${wanted.posting ?? null})
      and (${wanted.waiting === 'false'} or waits_for_officer)
      and (${wanted.q ?? null}::text is null or no ilike ${`${escapeLike(wanted.q ?? '')}%`})
    order by no
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(({ body }) => body);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.no ?? null) : null };
}
