import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { StoredContainer, YardConflict, YardEventAnswer, YardInput } from './contract.ts';

export interface KeptYard {
  readonly version: number;
  readonly layout: YardInput;
}
interface YardRecord {
  version: number;
  layout: YardInput;
}

export async function findYard(db: Db, id: string): Promise<KeptYard | null> {
  const { rows } = await sql<YardRecord>`
    select version, layout from chemicals.yard where id = ${id}
  `.execute(db);
  return rows[0] ?? null;
}

/** Holds a yard for the rest of the transaction: changes of one yard are made one after another. */
export async function lockYard(tx: Tx, id: string): Promise<KeptYard | null> {
  const { rows } = await sql<YardRecord>`
    select version, layout from chemicals.yard where id = ${id} for update
  `.execute(tx);
  return rows[0] ?? null;
}

export async function listYards(
  db: Db,
  reach: {
    readonly any: boolean;
    readonly organisations: readonly string[];
    readonly offices: readonly string[];
  },
): Promise<YardInput[]> {
  const { rows } = await sql<{ layout: YardInput }>`
    select layout from chemicals.yard
    where ${reach.any} or terminal = any(${[...reach.organisations]}::text[])
      or office = any(${[...reach.offices]}::text[])
    order by id
    limit 500
  `.execute(db);
  return rows.map(({ layout }) => layout);
}

export async function saveYard(tx: Tx, { version, layout }: KeptYard): Promise<void> {
  await sql`
    insert into chemicals.yard (id, terminal, office, version, layout)
    values (${layout.id}, ${layout.terminal}, ${layout.office}, ${version},
      ${JSON.stringify(layout)}::jsonb)
    on conflict (id) do update set terminal = excluded.terminal, office = excluded.office,
      version = excluded.version, layout = excluded.layout
  `.execute(tx);
}

export async function listContainers(db: Db, yard: string): Promise<StoredContainer[]> {
  const { rows } = await sql<Omit<StoredContainer, 'since'> & { since: Date }>`
    select container, slot, since, goods, papers from chemicals.stored_container
    where yard = ${yard} order by container
  `.execute(db);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** Names under which the goods of a consignment stand in yards, by the papers its containers came with. */
export async function listGoodsOf(
  db: Db,
  { declaration, bill }: { readonly declaration: string; readonly bill: string | null },
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct item ->> 'name' as name
    from chemicals.stored_container, jsonb_array_elements(goods) as one (item)
    where papers ->> 'declaration' = ${declaration} or papers ->> 'bill' = ${bill}
    order by name
    limit 50
  `.execute(db);
  return rows.map(({ name }) => name);
}

export async function saveContainer(tx: Tx, yard: string, unit: StoredContainer): Promise<void> {
  await sql`
    insert into chemicals.stored_container (yard, container, slot, since, goods, papers)
    values (${yard}, ${unit.container}, ${unit.slot}, ${unit.since},
      ${JSON.stringify(unit.goods)}::jsonb, ${JSON.stringify(unit.papers)}::jsonb)
    on conflict (yard, container) do update set slot = excluded.slot
  `.execute(tx);
}

export async function dropContainer(tx: Tx, yard: string, container: string): Promise<void> {
  await sql`
    delete from chemicals.stored_container where yard = ${yard} and container = ${container}
  `.execute(tx);
}

export async function findAnswers(
  tx: Tx,
  yard: string,
  events: readonly string[],
): Promise<Map<string, { hash: string; answer: YardEventAnswer }>> {
  const { rows } = await sql<{ event: string; content_hash: string; answer: YardEventAnswer }>`
    select event, content_hash, answer from chemicals.yard_answer
    where yard = ${yard} and event = any(${[...events]}::text[])
  `.execute(tx);
  return new Map(rows.map((row) => [row.event, { hash: row.content_hash, answer: row.answer }]));
}

export async function saveAnswers(
  tx: Tx,
  yard: string,
  answers: readonly { readonly hash: string; readonly answer: YardEventAnswer }[],
): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ hash, answer }) => ({ event: answer.id, hash, answer }));
  await sql`
    insert into chemicals.yard_answer (yard, event, content_hash, answer)
    select ${yard}, event, hash, answer from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (event text, hash text, answer jsonb)
  `.execute(tx);
}

export interface KeptConflict {
  readonly conflict: YardConflict;
  readonly since: Instant;
  readonly caseId: string | null;
}

export async function listConflicts(db: Db, yard: string): Promise<Map<string, KeptConflict>> {
  const { rows } = await sql<{ conflict: YardConflict; since: Date; case_id: string | null }>`
    select conflict, since, case_id from chemicals.yard_conflict where yard = ${yard} order by key
  `.execute(db);
  return new Map(
    rows.map(({ conflict, since, case_id }) => [
      conflict.key,
      { conflict, since: since.toISOString(), caseId: case_id },
    ]),
  );
}

export async function saveConflict(tx: Tx, yard: string, kept: KeptConflict): Promise<void> {
  const { conflict, since, caseId } = kept;
  await sql`
    insert into chemicals.yard_conflict (yard, key, since, case_id, conflict)
    values (${yard}, ${conflict.key}, ${since}, ${caseId}, ${JSON.stringify(conflict)}::jsonb)
    on conflict (yard, key) do update set conflict = excluded.conflict
  `.execute(tx);
}

export async function dropConflict(tx: Tx, yard: string, key: string): Promise<void> {
  await sql`delete from chemicals.yard_conflict where yard = ${yard} and key = ${key}`.execute(tx);
}
