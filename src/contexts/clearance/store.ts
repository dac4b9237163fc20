import { sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../platform/postgres/transaction.ts';
import type { DeclarationPage, DeclarationRow, DeclarationSearch, WorkItem } from './contract.ts';
import type { State } from './declaration.ts';
import { mainLine } from './facts.ts';
import { taskOf } from './task.ts';

/** Counting stops here: an exact count of millions would slow filings down. */
const COUNT_MAX = 10_000;

/** Who may see which declarations: all of them, or those of an organisation, or of some offices. */
export interface Visibility {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
}

interface Row {
  id: string;
  organisation: string;
  status: string;
  version: number;
  content_hash: string;
  number: string | null;
  ie_flag: string;
  declaration_office: string | null;
  border_office: string | null;
  examination_office: string | null;
  domestic_uscc: string | null;
  domestic_name: string | null;
  hs_code: string | null;
  description: string | null;
  origin_country: string | null;
  partner_country: string | null;
  lines: number;
  total_value: string | null;
  currency: string | null;
  lane: string | null;
  score: number | null;
  selected_by: string | null;
  filed_at: string | null;
  released_at: string | null;
  task: string | null;
  task_since: string | null;
  task_office: string | null;
  filing: string;
}

/** The columns of a declaration as its state has them; the test of integrity compares with this. */
export function toRow(state: State, score: number | null): Row {
  const main = mainLine(state.content.lines);
  const task = taskOf(state);
  return {
    id: state.id,
    organisation: state.organisation,
    status: state.status,
    version: state.version,
    content_hash: state.contentHash,
    number: state.number,
    ie_flag: state.content.ieFlag,
    declaration_office: state.content.declarationOffice,
    border_office: state.content.borderOffice,
    examination_office: state.content.examinationOffice,
    domestic_uscc: state.content.parties.domestic?.uscc ?? null,
    domestic_name: state.content.parties.domestic?.name ?? null,
    hs_code: main?.hsCode ?? null,
    description: main?.description ?? null,
    origin_country: main?.originCountry ?? null,
    partner_country: state.content.transport.partnerCountry,
    lines: state.content.lines.length,
    total_value: storable(state.content.totalValue),
    currency: state.content.currency,
    lane: state.lane,
    score,
    selected_by: state.selectedBy,
    filed_at: state.filedAt,
    released_at: state.releasedAt,
    task: task?.task ?? null,
    task_since: task?.since ?? null,
    task_office: task?.office ?? null,
    filing: state.content.filing,
  };
}

/** A returned declaration may hold anything as its total; only a number can be sorted by. */
const storable = (total: string | null): string | null =>
  total && /^-?\d{1,28}(\.\d{1,10})?$/.test(total) ? total : null;

const RECORD = sql`(id text, organisation text, status text, version integer, content_hash text,
  number text, ie_flag text, declaration_office text, border_office text, examination_office text,
  domestic_uscc text, domestic_name text, hs_code text, description text, origin_country text,
  partner_country text, lines integer, total_value numeric, currency text, lane text, score integer,
  selected_by text, filed_at timestamptz, released_at timestamptz, task text, task_since timestamptz,
  task_office text, filing text)`;

/** Holds one declaration until the end of the transaction; false when there is none of this id. */
export async function lock(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from clearance.declaration where id = ${id} for update
  `.execute(tx);
  return rows.length > 0;
}

/** Holds many, always in the same order, so that two who hold many never wait for each other in a ring. */
export async function lockMany(tx: Tx, ids: readonly string[]): Promise<void> {
  await leaveTo(
    tx,
    sql`
      select 1 from clearance.declaration where id = any(${[...ids]}::text[]) order by id for update
    `,
  );
}

/** Of some ids, those that stand for a declaration already. */
export async function findTaken(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from clearance.declaration where id = any(${[...ids]}::text[])
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Writes new declarations. Where another transaction has taken an id meanwhile, this one fails by
 * `ID_KEY`; the other has committed by then, so that `findTaken` finds it.
 */
export async function insertNew(tx: Tx, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into clearance.declaration
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as row${RECORD}
    `,
  );
}
export const ID_KEY = 'declaration_pkey';

/** Brings rows up to their new state; the caller holds their locks. */
export async function update(tx: Tx, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await leaveTo(
    tx,
    sql`
      update clearance.declaration as d set
        status = r.status, version = r.version, content_hash = r.content_hash, number = r.number,
        organisation = r.organisation, ie_flag = r.ie_flag, declaration_office = r.declaration_office,
        border_office = r.border_office, examination_office = r.examination_office,
        domestic_uscc = r.domestic_uscc, domestic_name = r.domestic_name, hs_code = r.hs_code,
        description = r.description, origin_country = r.origin_country,
        partner_country = r.partner_country, lines = r.lines, total_value = r.total_value,
        currency = r.currency, lane = r.lane, score = coalesce(r.score, d.score),
        selected_by = r.selected_by, filed_at = r.filed_at, released_at = r.released_at,
        task = r.task, task_since = r.task_since, task_office = r.task_office,
        filing = r.filing
      from json_to_recordset(${JSON.stringify(rows)}::json) as r${RECORD}
      where d.id = r.id
    `,
  );
}

/** As many blocks of serial numbers as asked for, each by its first number; a block is drawn once, ever. */
export async function drawSerialBlocks(db: Db, blocks: number): Promise<number[]> {
  const { rows } = await sql<{ first: number }>`
    select nextval('clearance.declaration_serial')::int as first
    from generate_series(1, ${blocks}::int)
  `.execute(db);
  return rows.map((row) => row.first);
}

const SELECT = sql`select id, organisation, status, number, ie_flag, declaration_office, border_office,
  examination_office, domestic_uscc, domestic_name, hs_code, description, origin_country,
  partner_country, lines, total_value, currency, lane, score, filed_at, released_at, task, task_since,
  task_office, filing`;

/** The order of a list and how its cursor continues: a value and, among equals, the id. */
const SORTS = {
  '-filedAt': { column: sql`filed_at`, type: sql`timestamptz`, descending: true },
  filedAt: { column: sql`filed_at`, type: sql`timestamptz`, descending: false },
  '-score': { column: sql`coalesce(score, -1)`, type: sql`integer`, descending: true },
  '-totalValue': { column: sql`coalesce(total_value, -1)`, type: sql`numeric`, descending: true },
} as const;

export async function search(
  db: Db,
  visible: Visibility,
  wanted: DeclarationSearch,
  ids: readonly string[] | null,
): Promise<DeclarationPage> {
  const where = filter(visible, wanted, ids);
  const sort = SORTS[wanted.sort];
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const compare = sort.descending ? sql`<` : sql`>`;
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const from = after
    ? sql`and (${sort.column}, id) ${compare} (${after[0]}::${sort.type}, ${after[1]})`
    : sql``;
  const { rows } = await sql<SelectedRow>`
    ${SELECT}, ${sort.column}::text as sort_value from clearance.declaration
    where ${where} ${from}
    order by ${sort.column} ${direction}, id ${direction}
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    rows: page.map(toDeclarationRow),
    next: rows.length > page.length && last ? encodeCursor(last.sort_value, last.id) : null,
    total: after ? null : await count(db, where),
  };
}

async function count(db: Db, where: ReturnType<typeof sql>): Promise<number | null> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from clearance.declaration where ${where} limit ${COUNT_MAX + 1}
    ) as counted
  `.execute(db);
  const n = rows[0]?.n ?? 0;
  return n > COUNT_MAX ? null : n;
}

function filter(visible: Visibility, wanted: DeclarationSearch, ids: readonly string[] | null) {
  const list = (text: string) => text.split(',').filter(Boolean);
  const parts = [
    visible.organisation &&
      sql`(organisation = ${visible.organisation} or domestic_uscc = ${visible.organisation})`,
    visible.offices &&
      sql`(declaration_office = any(${[...visible.offices]}::text[])
        or border_office = any(${[...visible.offices]}::text[])
        or examination_office = any(${[...visible.offices]}::text[]))`,
    ids && sql`id = any(${[...ids]}::text[])`,
    wanted.status && sql`status = any(${list(wanted.status)}::text[])`,
    wanted.lane && sql`lane = any(${list(wanted.lane)}::text[])`,
    wanted.filing && sql`filing = any(${list(wanted.filing)}::text[])`,
    wanted.ieFlag && sql`ie_flag = ${wanted.ieFlag}`,
    wanted.office &&
      sql`${wanted.office} in (declaration_office, border_office, examination_office)`,
    wanted.hs && sql`hs_code like ${`${escapeLike(wanted.hs)}%`}`,
    wanted.origin && sql`origin_country = ${wanted.origin}`,
    wanted.party &&
      sql`(domestic_uscc = ${wanted.party} or organisation = ${wanted.party}
        or domestic_name ilike ${`%${escapeLike(wanted.party)}%`})`,
    wanted.filedFrom && sql`filed_at >= ${`${wanted.filedFrom}T00:00:00+08:00`}::timestamptz`,
    wanted.filedTo &&
      sql`filed_at < ${`${wanted.filedTo}T00:00:00+08:00`}::timestamptz + interval '1 day'`,
    wanted.q &&
      sql`(id = ${wanted.q} or number = ${wanted.q} or hs_code = ${wanted.q}
        or id ilike ${`${escapeLike(wanted.q)}%`}
        or description ilike ${`%${escapeLike(wanted.q)}%`}
        or domestic_name ilike ${`%${escapeLike(wanted.q)}%`})`,
  ].filter((part) => part !== null && part !== undefined && part !== '');
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

const encodeCursor = (value: string | null, id: string): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');

function decodeCursor(cursor: string): [string, string] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(parsed) &&
      parsed.length === 2 &&
      parsed.every((p) => typeof p === 'string')
    ) {
      return parsed as [string, string];
    }
  } catch {
    // A cursor that is not ours begins at the beginning.
  }
  return null;
}

/** The tasks of some offices (all of them for `null`), the longest waiting first. */
export async function listTasks(
  db: Db,
  offices: readonly string[] | null,
  task: string | null,
  limit: number,
): Promise<Omit<WorkItem, 'reasons'>[]> {
  const { rows } = await sql<SelectedRow>`
    ${SELECT} from clearance.declaration
    where task is not null
      and (${offices === null} or task_office = any(${[...(offices ?? [])]}::text[]))
      and (${task === null} or task = ${task})
    order by task_since, id
    limit ${limit}
  `.execute(db);
  return rows.map((row) => ({
    ...toDeclarationRow(row),
    task: row.task as WorkItem['task'],
    since: toIso(row.task_since) ?? '',
  }));
}

export async function findRow(db: Db, id: string): Promise<DeclarationRow | null> {
  const { rows } = await sql<SelectedRow>`
    ${SELECT} from clearance.declaration where id = ${id}
  `.execute(db);
  return rows[0] ? toDeclarationRow(rows[0]) : null;
}

type SelectedRow = Omit<Row, 'filed_at' | 'released_at' | 'task_since'> & {
  filed_at: Date | null;
  released_at: Date | null;
  task_since: Date | null;
  sort_value: string;
};

const toIso = (at: Date | null): string | null => at?.toISOString() ?? null;

function toDeclarationRow(row: SelectedRow): DeclarationRow {
  return {
    id: row.id,
    number: row.number,
    status: row.status as DeclarationRow['status'],
    filing: row.filing as DeclarationRow['filing'],
    ieFlag: row.ie_flag as DeclarationRow['ieFlag'],
    declarationOffice: row.declaration_office,
    borderOffice: row.border_office,
    examinationOffice: row.examination_office,
    organisation: row.organisation,
    domesticUscc: row.domestic_uscc,
    domesticName: row.domestic_name,
    hsCode: row.hs_code,
    description: row.description,
    originCountry: row.origin_country,
    partnerCountry: row.partner_country,
    lines: row.lines,
    totalValue: plain(row.total_value),
    currency: row.currency,
    lane: row.lane as DeclarationRow['lane'],
    score: row.score,
    filedAt: toIso(row.filed_at),
    releasedAt: toIso(row.released_at),
  };
}

/** `numeric` comes back with all its places: 12.5000000000 is 12.5, and 1200 stays 1200. */
const plain = (amount: string | null): string | null =>
  amount?.includes('.') ? amount.replace(/0+$/, '').replace(/\.$/, '') : amount;
