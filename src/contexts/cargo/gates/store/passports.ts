import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { keyOf } from '../application.ts';
import type { PassportPage, PassportRow, PassportSearch } from '../contract.ts';
import type { State } from '../passport.ts';

/** A vehicle's passports a gate looks at: more would be years old. */
const OF_ONE_VEHICLE_MAX = 8;

/** Whose passports may be seen: all, or those of an organisation or of some offices. */
export interface Visibility {
  readonly any: boolean;
  readonly organisations: readonly string[];
  readonly offices: readonly string[];
}

export async function nextSerial(tx: Tx): Promise<string> {
  const { rows } = await sql<{ serial: string }>`
    select lpad(nextval('cargo.passport_serial')::text, 12, '0') as serial
  `.execute(tx);
  return rows[0]?.serial ?? '';
}

const columns = (state: State) => ({
  number: state.number,
  id: state.id,
  organisation: state.organisation,
  office: state.office,
  zone: state.content.zone,
  direction: state.content.direction,
  type: state.content.type,
  state: state.state,
  approval: state.approval,
  plate: state.content.vehicle.plate,
  version: state.version,
  content_hash: state.contentHash,
  papers: state.content.papers.map(keyOf),
  body: state,
  applied_at: state.appliedAt,
  valid_until: state.validUntil,
  completed_at: state.completedAt,
});

/** Claims the id; false when another passport has it already. */
export async function insert(tx: Tx, state: State): Promise<boolean> {
  const { rows } = await sql`
    insert into cargo.passport (number, id, organisation, office, zone, direction, type, state,
      approval, plate, version, content_hash, papers, body, applied_at, valid_until, completed_at)
    select number, id, organisation, office, zone, direction, type, state, approval, plate, version,
      content_hash, papers, body, applied_at, valid_until, completed_at
    from json_to_record(${JSON.stringify(columns(state))}::json) as r (number text, id text,
      organisation text, office text, zone text, direction text, type text, state text,
      approval text, plate text, version integer, content_hash text, papers text[], body jsonb,
      applied_at timestamptz, valid_until timestamptz, completed_at timestamptz)
    on conflict (id) do nothing
    returning number
  `.execute(tx);
  return rows.length > 0;
}

/** Brings a row up to its new state; the caller holds its lock. */
export async function update(tx: Tx, state: State): Promise<void> {
  await sql`
    update cargo.passport set state = ${state.state}, approval = ${state.approval},
      version = ${state.version}, body = ${JSON.stringify(state)}::jsonb,
      valid_until = ${state.validUntil}, completed_at = ${state.completedAt}
    where number = ${state.number}
  `.execute(tx);
}

export const find = (db: Db, number: string): Promise<State | null> =>
  one(db, sql`where number = ${number}`);
export const findById = (db: Db, id: string): Promise<State | null> =>
  one(db, sql`where id = ${id}`);
/** Holds one passport until the end of the transaction. */
export const lock = (tx: Tx, number: string): Promise<State | null> =>
  one(tx, sql`where number = ${number} for update`);

async function one(db: Db, where: ReturnType<typeof sql>): Promise<State | null> {
  const { rows } = await sql<{ body: State }>`select body from cargo.passport ${where}`.execute(db);
  return rows[0]?.body ?? null;
}

/** Holds a vehicle's latest passports as of a moment, and the one a reading names, the newest first. */
export async function lockOfVehicle(
  tx: Tx,
  plate: string,
  number: string | null,
  at: string,
): Promise<State[]> {
  const { rows } = await sql<{ body: State }>`
    select body from cargo.passport
    where number in (
      (select number from cargo.passport where plate = ${plate} and applied_at <= ${at}
        order by applied_at desc limit ${OF_ONE_VEHICLE_MAX})
      union all select ${number}::text)
    order by applied_at desc, number desc
    for update
  `.execute(tx);
  return rows.map(({ body }) => body);
}

/** Another open passport of the vehicle in this zone and direction. */
export async function findOpen(
  tx: Tx,
  { content, number }: State,
  now: string,
): Promise<string | null> {
  const { rows } = await sql<{ number: string }>`
    select number from cargo.passport
    where plate = ${content.vehicle.plate} and zone = ${content.zone}
      and direction = ${content.direction} and number <> ${number}
      and state in ('approved', 'crossedFirstGate') and valid_until >= ${now}
    limit 1
  `.execute(tx);
  return rows[0]?.number ?? null;
}

/** Passports whose conditions may have changed with these papers or declarations. */
export async function listPendingOn(
  db: Db,
  papers: readonly string[],
  declarations: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from cargo.passport
    where state = 'applied' and approval in ('pending', 'manualPost')
      and papers && (${[...papers]}::text[] || array(
        select kind || ':' || no from cargo.gate_paper
        where declaration = any(${[...declarations]}::text[])))
    order by number
  `.execute(db);
  return rows.map(({ number }) => number);
}

/**
 * Expired passports on a paper that never crossed: whoever wants the quantity may have it. One that is
 * being dealt with elsewhere is left alone: papers are held before passports here, and after them there.
 */
export async function lockExpiredOn(
  tx: Tx,
  papers: readonly string[],
  now: string,
): Promise<State[]> {
  const { rows } = await sql<{ body: State }>`
    select body from cargo.passport
    where papers && ${[...papers]}::text[] and state = 'approved' and valid_until < ${now}
    order by number
    for update skip locked
  `.execute(tx);
  return rows.map(({ body }) => body);
}

/** What may pass the gates of a zone at a moment. */
export async function listOpen(db: Db, zone: string, now: string): Promise<State[]> {
  const { rows } = await sql<{ body: State }>`
    select body from cargo.passport
    where zone = ${zone} and state in ('approved', 'crossedFirstGate') and valid_until >= ${now}
    order by number
  `.execute(db);
  return rows.map(({ body }) => body);
}

export async function search(
  db: Db,
  visible: Visibility,
  wanted: PassportSearch,
): Promise<PassportPage> {
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const parts = [
    seenBy(visible),
    wanted.zone && sql`zone = ${wanted.zone}`,
    wanted.type && sql`type = ${wanted.type}`,
    wanted.state && sql`state = any(${wanted.state.split(',')}::text[])`,
    wanted.paper &&
      sql`papers && array['list:' || ${wanted.paper}::text, 'stockBill:' || ${wanted.paper}::text,
        'bill:' || ${wanted.paper}::text]`,
    wanted.q && sql`(number = ${wanted.q} or id = ${wanted.q} or plate = upper(${wanted.q}))`,
    after && sql`(applied_at, number) < (${after[0]}::timestamptz, ${after[1]})`,
  ].filter((part) => typeof part === 'object' && part !== null);
  const { rows } = await sql<StoredRow>`
    ${ROW} where ${sql.join(parts, sql` and `)}
    order by applied_at desc, number desc
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    rows: page.map(toRow),
    next: rows.length > page.length && last ? encodeCursor(last) : null,
  };
}

/** What waits at the manual post, the longest first. */
export async function listAtManualPost(
  db: Db,
  visible: Visibility,
  limit: number,
): Promise<PassportRow[]> {
  const { rows } = await sql<StoredRow>`
    ${ROW} where state = 'applied' and approval = 'manualPost' and ${seenBy(visible)}
    order by applied_at, number
    limit ${limit}
  `.execute(db);
  return rows.map(toRow);
}

const seenBy = ({ any, organisations, offices }: Visibility) =>
  any
    ? sql`true`
    : sql`(organisation = any(${[...organisations]}::text[])
        or office = any(${[...offices]}::text[]))`;

const ROW = sql`select number, id, type, state, approval, zone, direction, plate, organisation,
  applied_at, valid_until, completed_at from cargo.passport`;

interface StoredRow {
  number: string;
  id: string;
  type: string;
  state: string;
  approval: string;
  zone: string;
  direction: string;
  plate: string;
  organisation: string;
  applied_at: Date;
  valid_until: Date | null;
  completed_at: Date | null;
}

const toRow = ({ applied_at, valid_until, completed_at, ...row }: StoredRow): PassportRow => ({
  ...row,
  type: row.type as PassportRow['type'],
  state: row.state as PassportRow['state'],
  direction: row.direction as PassportRow['direction'],
  appliedAt: applied_at.toISOString(),
  validUntil: valid_until?.toISOString() ?? null,
  completedAt: completed_at?.toISOString() ?? null,
});

const encodeCursor = ({ applied_at, number }: StoredRow): string =>
  Buffer.from(`${applied_at.toISOString()} ${number}`).toString('base64url');

/** A cursor that is not ours begins at the beginning. */
function decodeCursor(cursor: string): readonly [string, string] | null {
  const [at = '', number = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  return Number.isNaN(Date.parse(at)) ? null : [at, number];
}
