import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { BatchState } from '../application.ts';
import type { BatchRow, BatchSearch, BatchStatus } from '../contract.ts';
import type { Balance } from '../drawing.ts';

/** What drawing and crossing need to know of an application; its row is locked while they do. */
export interface Head {
  readonly id: string;
  readonly organisation: string;
  readonly domestic: string | null;
  readonly office: string;
  readonly zone: string;
  readonly direction: 'in' | 'out';
  readonly regime: 'generalTrade' | 'bonded';
  readonly status: BatchStatus;
  readonly version: number;
  readonly contentHash: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate;
  readonly deposit: string;
}

interface HeadRow {
  id: string;
  organisation: string;
  domestic: string | null;
  office: string;
  zone: string;
  direction: Head['direction'];
  regime: Head['regime'];
  status: BatchStatus;
  version: number;
  content_hash: string;
  valid_from: string;
  valid_to: string;
  deposit: string;
  lines: number;
  change_pending: boolean;
  applied_at: Date;
}

/** Claims the id of a new application; false when it is taken (we waited for whoever took it). */
export async function insert(tx: Tx, state: BatchState): Promise<boolean> {
  const { content } = state;
  const { rows } = await sql`
    insert into cargo.batch (id, organisation, domestic, office, zone, direction, regime, status,
      version, content_hash, valid_from, valid_to, deposit, lines, change_pending, applied_at)
    values (${state.id}, ${state.organisation}, ${content.head.domestic.uscc}, ${content.office},
      ${content.zone}, ${content.direction}, ${content.regime}, ${state.status}, ${state.version},
      ${state.contentHash}, ${content.validFrom}, ${content.validTo}, ${state.deposit},
      ${content.lines.length}, false, ${state.appliedAt})
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return rows.length > 0;
}

/** Brings the row, and the lines with their caps, up to a new state; the caller holds the lock. */
export async function save(tx: Tx, state: BatchState): Promise<void> {
  const { content } = state;
  await sql`
    update cargo.batch set status = ${state.status}, version = ${state.version},
      domestic = ${content.head.domestic.uscc}, valid_from = ${content.validFrom},
      valid_to = ${content.validTo}, deposit = ${state.deposit}, lines = ${content.lines.length},
      change_pending = ${state.change !== null}
    where id = ${state.id}
  `.execute(tx);
}

/** The lines as the application in force has them; what is in use of each stays as it is. */
export async function saveLines(tx: Tx, state: BatchState): Promise<void> {
  const rows = state.content.lines.map((line) => ({
    n: line.lineNo,
    part: line.partNo,
    description: line.description,
    hs: line.hsCode,
    unit: line.unit,
    cap: line.cap,
    security: line.securityPerUnit ?? '0',
  }));
  await sql`
    delete from cargo.batch_line
    where batch = ${state.id} and not line_no = any(${rows.map((row) => row.n)}::int[])
  `.execute(tx);
  await sql`
    insert into cargo.batch_line
      (batch, line_no, part_no, description, hs_code, unit, cap, security_per_unit)
    select ${state.id}, n, part, description, hs, unit, cap, security
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(n int, part text, description text, hs text, unit text, cap numeric, security numeric)
    on conflict (batch, line_no) do update set part_no = excluded.part_no,
      description = excluded.description, hs_code = excluded.hs_code, unit = excluded.unit,
      cap = excluded.cap, security_per_unit = excluded.security_per_unit
  `.execute(tx);
}

/** Writes how far statuses and versions have come, for many at once. */
export async function saveVersions(
  tx: Tx,
  heads: readonly Pick<Head, 'id' | 'version' | 'status'>[],
): Promise<void> {
  if (heads.length === 0) return;
  await sql`
    update cargo.batch as b set version = r.version, status = r.status
    from json_to_recordset(${JSON.stringify(heads)}::json)
      as r(id text, version int, status text)
    where b.id = r.id
  `.execute(tx);
}

/** Holds applications until the end of the transaction, in the order of their ids. */
export async function lock(tx: Tx, ids: readonly string[]): Promise<Map<string, Head>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<HeadRow>`
    select * from cargo.batch where id = any(${[...ids]}::text[]) order by id for update
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, toHead(row)]));
}

export async function find(db: Db, ids: readonly string[]): Promise<Map<string, Head>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<HeadRow>`
    select * from cargo.batch where id = any(${[...ids]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, toHead(row)]));
}

/** Applications that live: the ones a day can change. */
export async function listAlive(db: Db): Promise<Head[]> {
  const { rows } = await sql<HeadRow>`
    select * from cargo.batch where status in ('open', 'suspended', 'expired') order by id
  `.execute(db);
  return rows.map(toHead);
}

export interface Visibility {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
}

export async function search(
  db: Db,
  visible: Visibility,
  wanted: BatchSearch,
): Promise<{ rows: BatchRow[]; next: string | null }> {
  const { rows } = await sql<HeadRow>`
    select * from cargo.batch
    where (${visible.organisation}::text is null
        or organisation = ${visible.organisation} or domestic = ${visible.organisation})
      and (${visible.offices === null} or office = any(${[...(visible.offices ?? [])]}::text[]))
      and (${wanted.status ?? null}::text is null or status = ${wanted.status ?? null})
      and (${wanted.waiting === 'false'} or status = 'applied' or change_pending)
      and (${wanted.q ?? null}::text is null or id ilike ${`${escapeLike(wanted.q ?? '')}%`}
        or organisation = ${wanted.q ?? null})
      and id > ${wanted.cursor ?? ''}
    order by id
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(toRow);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

/* ------------------------------------------------------------------------------ balances */

/** An application's line as a stock bill speaks of it. */
export interface Line extends Balance {
  readonly batch: string;
  readonly partNo: string;
  readonly description: string;
  readonly hsCode: string;
  readonly unit: string;
}

interface LineRow {
  batch: string;
  line_no: number;
  part_no: string;
  description: string;
  hs_code: string;
  unit: string;
  cap: string;
  security_per_unit: string;
  reserved: string;
  returning_quantity: string;
  crossed: string;
  declared: string;
}

/** The lines of applications, by application and number. Whoever will change them holds the lock. */
export async function linesOf(
  db: Db,
  batches: readonly string[],
): Promise<Map<string, Map<number, Line>>> {
  const found = new Map<string, Map<number, Line>>(batches.map((batch) => [batch, new Map()]));
  if (batches.length === 0) return found;
  const { rows } = await sql<LineRow>`
    select * from cargo.batch_line where batch = any(${[...batches]}::text[])
    order by batch, line_no
  `.execute(db);
  for (const row of rows) found.get(row.batch)?.set(row.line_no, toLine(row));
  return found;
}

/** Writes balances, all in one statement; the caller holds the locks of their applications. */
export async function saveBalances(
  tx: Tx,
  balances: readonly (Balance & { readonly batch: string })[],
): Promise<void> {
  if (balances.length === 0) return;
  const rows = balances.map((balance) => ({
    b: balance.batch,
    n: balance.lineNo,
    r: toText(balance.reserved),
    q: toText(balance.returning),
    c: toText(balance.crossed),
    d: toText(balance.declared),
  }));
  await sql`
    update cargo.batch_line as l
    set reserved = v.r, returning_quantity = v.q, crossed = v.c, declared = v.d
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as v(b text, n int, r numeric, q numeric, c numeric, d numeric)
    where l.batch = v.b and l.line_no = v.n
  `.execute(tx);
}

function toLine(row: LineRow): Line {
  return {
    batch: row.batch,
    lineNo: row.line_no,
    partNo: row.part_no,
    description: row.description,
    hsCode: row.hs_code,
    unit: row.unit,
    cap: decimal(row.cap),
    securityPerUnit: decimal(row.security_per_unit),
    reserved: decimal(row.reserved),
    returning: decimal(row.returning_quantity),
    crossed: decimal(row.crossed),
    declared: decimal(row.declared),
  };
}

function toHead(row: HeadRow): Head {
  return {
    id: row.id,
    organisation: row.organisation,
    domestic: row.domestic,
    office: row.office,
    zone: row.zone,
    direction: row.direction,
    regime: row.regime,
    status: row.status,
    version: row.version,
    contentHash: row.content_hash,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    deposit: toText(decimal(row.deposit)),
  };
}

function toRow(row: HeadRow): BatchRow {
  return {
    id: row.id,
    organisation: row.organisation,
    status: row.status,
    zone: row.zone,
    office: row.office,
    direction: row.direction,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    lines: row.lines,
    changePending: row.change_pending,
    appliedAt: row.applied_at.toISOString(),
  };
}
