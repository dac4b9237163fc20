import { type RawBuilder, sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
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

/** Brings rows up to their new states, one for each passport; the caller holds their locks. */
export async function update(tx: Tx, states: readonly State[]): Promise<void> {
  if (states.length === 0) return;
  await leaveTo(
    tx,
    sql`
      update cargo.passport as p set state = r.state, approval = r.approval, version = r.version,
        body = r.body, valid_until = r.valid_until, completed_at = r.completed_at
      from json_to_recordset(${JSON.stringify(states.map(columns))}::json) as r (number text,
        state text, approval text, version integer, body jsonb, valid_until timestamptz,
        completed_at timestamptz)
      where p.number = r.number
    `,
  );
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

/** Whose passports are asked for: of a vehicle, as of a moment, and one that may be named besides. */
export interface Carrier {
  readonly plate: string;
  readonly passport: string | null;
  readonly at: string;
}

/** Holds vehicles' latest passports as of a moment each, and those that are named, in one order. */
export async function lockOf(tx: Tx, carriers: readonly Carrier[]): Promise<State[]> {
  const { rows } = await sql<{ body: State }>`
    select body from cargo.passport
    where number = any(array(${numbersOf(carriers)}))
    order by number
    for update
  `.execute(tx);
  return rows.map(({ body }) => body);
}

/** A question for the numbers of those passports. */
export const numbersOf = (carriers: readonly Carrier[]): RawBuilder<unknown> => sql`
  with c as (
    select * from json_to_recordset(${JSON.stringify(carriers)}::json)
      as c (plate text, passport text, at timestamptz)
  )
  select latest.number from c, lateral (
    select number from cargo.passport where plate = c.plate and applied_at <= c.at
    order by applied_at desc limit ${OF_ONE_VEHICLE_MAX}
  ) as latest
  union all select passport from c`;

/** Of passports, those a gate looks at for one carrier: the newest first. */
export function ofCarrier(states: Iterable<State>, { plate, passport, at }: Carrier): State[] {
  const newest = [...states].sort((a, b) =>
    a.appliedAt === b.appliedAt
      ? compareText(b.number, a.number)
      : compareText(b.appliedAt, a.appliedAt),
  );
  const own = newest.filter((state) => state.content.vehicle.plate === plate);
  const latest = new Set(
    own.filter(({ appliedAt }) => appliedAt <= at).slice(0, OF_ONE_VEHICLE_MAX),
  );
  return newest.filter((state) => latest.has(state) || state.number === passport);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
