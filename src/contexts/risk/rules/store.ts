import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import { type BookIndex, type BookRule, EMPTY_INDEX } from './book.ts';
import type { ListHead, RuleHead } from './contract.ts';

/** Serialises publishing at every server of the port: whoever comes second builds on the first. */
const BOOK_LOCK = 7_203_001;

/* ---------------------------------------------------------------- rules */

/** Claims an id for a new rule; false when it is taken, and then its row is held like `lockRule`. */
export async function claimRule(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    insert into risk.rule (id, seq, head) values (${id}, 0, '{}')
    on conflict (id) do nothing returning id
  `.execute(tx);
  if (rows.length > 0) return true;
  await lockRule(tx, id);
  return false;
}

/** Holds one rule until the end of the transaction; false when there is none of this id. */
export async function lockRule(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from risk.rule where id = ${id} for update`.execute(tx);
  return rows.length > 0;
}

export async function saveRule(tx: Tx, seq: number, head: RuleHead): Promise<void> {
  await sql`
    update risk.rule set seq = ${seq}, head = ${JSON.stringify(head)}::jsonb where id = ${head.id}
  `.execute(tx);
}

export async function listRules(db: Db): Promise<RuleHead[]> {
  const { rows } = await sql<{ head: RuleHead }>`
    select head from risk.rule where seq > 0 order by id collate "C"
  `.execute(db);
  return rows.map(({ head }) => head);
}

/** Keeps a version that enters a book; a version never changes, so it is written once. */
export async function keepVersion(
  tx: Tx,
  rule: string,
  version: number,
  content: KeptVersion,
): Promise<void> {
  await sql`
    insert into risk.rule_version (rule, version, content)
    values (${rule}, ${version}, ${JSON.stringify(content)}::json)
    on conflict (rule, version) do nothing
  `.execute(tx);
}

/** Everything a version says, whatever its standing. */
export type KeptVersion = Omit<BookRule, 'id' | 'version' | 'standing' | 'snoozes'>;

export async function findVersions(
  db: Db,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<(KeptVersion & { readonly id: string; readonly version: number })[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ id: string; version: number; content: KeptVersion }>`
    select kept.rule as id, kept.version, kept.content
    from json_to_recordset(${JSON.stringify(wanted)}::json) as wanted (id text, version integer)
      join risk.rule_version as kept on kept.rule = wanted.id and kept.version = wanted.version
  `.execute(db);
  return rows.map(({ content, ...place }) => ({ ...content, ...place }));
}

/* ---------------------------------------------------------------- books */

export interface StoredBook {
  readonly seq: string;
  readonly version: string;
  readonly index: BookIndex;
}

export async function lockBooks(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${BOOK_LOCK})`.execute(tx);
}

/** The book in force; before anything was published, the empty one. */
export async function findHeadBook(db: Db): Promise<StoredBook> {
  const { rows } = await sql<StoredBook>`
    select seq, version, content as index from risk.rule_book order by seq desc limit 1
  `.execute(db);
  return rows[0] ?? { seq: '0', version: '', index: EMPTY_INDEX };
}

/** The number of the book in force, for servers that ask whether another has published. */
export async function headBookSeq(db: Db): Promise<string> {
  const { rows } = await sql<{ seq: string }>`
    select coalesce(max(seq), 0)::text as seq from risk.rule_book
  `.execute(db);
  return rows[0]?.seq ?? '0';
}

export async function findBook(db: Db, version: string): Promise<BookIndex | null> {
  const { rows } = await sql<{ index: BookIndex }>`
    select content as index from risk.rule_book where version = ${version} limit 1
  `.execute(db);
  return rows[0]?.index ?? null;
}

export async function saveBook(
  tx: Tx,
  book: { version: string; index: BookIndex; by: string; at: Instant },
): Promise<void> {
  await sql`
    insert into risk.rule_book (version, content, made_by, made_at)
    values (${book.version}, ${JSON.stringify(book.index)}::json, ${book.by}, ${book.at})
  `.execute(tx);
}

/* ---------------------------------------------------------------- lists */

export async function claimList(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql`
    insert into risk.list (name, seq, head) values (${name}, 0, '{}')
    on conflict (name) do nothing returning name
  `.execute(tx);
  if (rows.length > 0) return true;
  await lockList(tx, name);
  return false;
}

export async function lockList(tx: Tx, name: string): Promise<boolean> {
  const { rows } = await sql`select from risk.list where name = ${name} for update`.execute(tx);
  return rows.length > 0;
}

export type StoredListHead = Omit<ListHead, 'isExpired' | 'usedBy'>;

export async function saveList(tx: Tx, seq: number, head: StoredListHead): Promise<void> {
  await sql`
    update risk.list set seq = ${seq}, head = ${JSON.stringify(head)}::jsonb
    where name = ${head.name}
  `.execute(tx);
}

export async function listLists(db: Db): Promise<StoredListHead[]> {
  const { rows } = await sql<{ head: StoredListHead }>`
    select head from risk.list where seq > 0 order by name collate "C"
  `.execute(db);
  return rows.map(({ head }) => head);
}

export interface StoredList {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly type: 'text' | 'number';
  readonly until: LocalDate | null;
  /** As `entries.ts` packs them. */
  readonly entries: Buffer;
}

export async function keepList(tx: Tx, list: StoredList): Promise<void> {
  await sql`
    insert into risk.list_version (list, version, hash, type, ends_on, entries)
    values (${list.name}, ${list.version}, ${list.hash}, ${list.type}, ${list.until},
      ${list.entries})
  `.execute(tx);
}

export async function findList(db: Db, name: string, version: number): Promise<StoredList | null> {
  const { rows } = await sql<StoredList>`
    select list as name, version, hash, type, ends_on::text as until, entries
    from risk.list_version where list = ${name} and version = ${version}
  `.execute(db);
  return rows[0] ?? null;
}

/* ---------------------------------------------------------------- outcomes */

export interface OutcomeCount {
  readonly rule: string;
  readonly version: string;
  readonly aside: boolean;
  readonly hits: number;
  readonly examined: number;
  readonly found: number;
}

/** How often each rule hit since a day, how often that was looked into, and what was found. */
export async function countOutcomes(db: Db, since: LocalDate): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`
    select rule, version, aside, count(*)::int as hits, count(examined_at)::int as examined,
      (count(*) filter (where found))::int as found
    from risk.rule_outcome where decided_on >= ${since}
    group by rule, version, aside
  `.execute(db);
  return rows;
}
