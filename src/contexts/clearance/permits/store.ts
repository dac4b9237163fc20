import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { decimal } from '../../../kernel/decimal.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import type { Problem } from '../contract.ts';
import type { PermitSearch, PermitTerms, PermitUse } from './contract.ts';
import type { Ask, Balance } from './cover.ts';
import type { PermitState, Taken } from './permit.ts';

/**
 * Issuing and naming an unknown permit are put in order by one lock: either the filing sees the
 * permit, or the authority sees that somebody waits for it. Filings share it and so never wait for
 * one another.
 */
const ISSUING_LOCK = 7_203_031;

export async function lockIssuing(tx: Tx): Promise<void> {
  await leaveTo(tx, sql`select pg_advisory_xact_lock(${ISSUING_LOCK})`);
}
export async function shareIssuing(tx: Tx): Promise<void> {
  await leaveTo(tx, sql`select pg_advisory_xact_lock_shared(${ISSUING_LOCK})`);
}

/* ---------------------------------------------------------------- balances */

export interface StoredPermit extends Balance {
  readonly number: string;
  readonly seq: number;
  readonly version: number;
}

interface PermitRecord {
  id: string;
  kind: string;
  number: string;
  issuer: string;
  seq: number;
  version: number;
  terms: PermitTerms;
  quantity_taken: string;
  value_taken: string;
  uses_taken: number;
  revoked_at: Date | null;
}
const COLUMNS = sql`id, kind, number, issuer, seq, version, terms, quantity_taken, value_taken,
  uses_taken, revoked_at`;

const toPermit = (row: PermitRecord): StoredPermit => ({
  ...{ id: row.id, kind: row.kind, number: row.number, issuer: row.issuer },
  ...{ seq: row.seq, version: row.version, terms: row.terms },
  revokedAt: row.revoked_at?.toISOString() ?? null,
  taken: takenOf(row),
});

const takenOf = (row: PermitRecord): Taken => ({
  quantity: decimal(row.quantity_taken),
  value: decimal(row.value_taken),
  uses: row.uses_taken,
});

/** Holds permits in the order of their ids: those named, and those some declarations take of already. */
export async function lockPermits(
  tx: Tx,
  named: readonly string[],
  takenBy: readonly string[],
): Promise<Map<string, StoredPermit>> {
  const { rows } = await sql<PermitRecord>`
    select ${COLUMNS} from clearance.permit
    where id = any(${[...named]}::text[]) or id in (
      select permit from clearance.permit_use
      where declaration = any(${[...takenBy]}::text[]) and status <> 'givenBack'
    )
    order by id for update
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, toPermit(row)]));
}

export interface StoredUse extends PermitUse {
  readonly permit: string;
}

/** What declarations take, of any permit; given back, they take nothing. */
export async function listUses(db: Db, declarations: readonly string[]): Promise<StoredUse[]> {
  const { rows } = await sql<Omit<StoredUse, 'since'> & { since: Date }>`
    select permit, declaration, status, lines, trim_scale(quantity)::text as quantity,
      trim_scale(value)::text as value, since
    from clearance.permit_use where declaration = any(${[...declarations]}::text[])
    order by permit
  `.execute(db);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** One permit's part in a write: how its taken amounts move, and how many events tell of it. */
export interface Movement {
  readonly permit: string;
  readonly quantity: string;
  readonly value: string;
  readonly uses: number;
  readonly events: number;
}

/**
 * Moves what is taken of permits and keeps the uses, in one statement; answers each permit's new
 * sequence number. The caller holds the permits.
 */
export async function move(
  tx: Tx,
  movements: readonly Movement[],
  uses: readonly StoredUse[],
): Promise<ReadonlyMap<string, number>> {
  if (movements.length === 0) return new Map();
  const { rows } = await sql<{ id: string; seq: number }>`
    with moved as (
      update clearance.permit as p set
        quantity_taken = p.quantity_taken + m.quantity, value_taken = p.value_taken + m.value,
        uses_taken = p.uses_taken + m.uses, seq = p.seq + m.events
      from json_to_recordset(${JSON.stringify(movements)}::json)
        as m(permit text, quantity numeric, value numeric, uses integer, events integer)
      where p.id = m.permit
      returning p.id, p.seq
    ), kept as (
      insert into clearance.permit_use (permit, declaration, status, lines, quantity, value, since)
      select permit, declaration, status, lines, quantity, value, since
      from json_to_recordset(${JSON.stringify(uses)}::json) as u(permit text, declaration text,
        status text, lines jsonb, quantity numeric, value numeric, since timestamptz)
      on conflict (permit, declaration) do update set status = excluded.status,
        lines = excluded.lines, quantity = excluded.quantity, value = excluded.value,
        since = excluded.since
    )
    select id, seq from moved
  `.execute(tx);
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/* ---------------------------------------------------------------- waiting */

export interface Wait {
  readonly permit: string;
  readonly declaration: string;
  readonly ask: Ask;
  readonly reason: Problem;
  readonly since: Instant;
}

export async function addWaits(tx: Tx, waits: readonly Wait[]): Promise<void> {
  if (waits.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into clearance.permit_wait (permit, declaration, ask, reason, since)
      select permit, declaration, ask, reason, since
      from json_to_recordset(${JSON.stringify(waits)}::json)
        as w(permit text, declaration text, ask jsonb, reason jsonb, since timestamptz)
      on conflict (permit, declaration) do update set ask = excluded.ask, reason = excluded.reason
    `,
  );
}

/** Holds those that wait, the longest waiting first; before any permit is held. */
export async function lockWaits(
  tx: Tx,
  of: { readonly permits?: readonly string[]; readonly declarations?: readonly string[] },
): Promise<Wait[]> {
  return waits(tx, of, sql`for update`);
}
export const listWaits = (db: Db, of: Parameters<typeof lockWaits>[1]): Promise<Wait[]> =>
  waits(db, of, sql``);

async function waits(
  db: Db,
  { permits = [], declarations = [] }: Parameters<typeof lockWaits>[1],
  locking: ReturnType<typeof sql>,
): Promise<Wait[]> {
  const { rows } = await sql<Omit<Wait, 'since'> & { since: Date }>`
    select permit, declaration, ask, reason, since from clearance.permit_wait
    where permit = any(${[...permits]}::text[]) or declaration = any(${[...declarations]}::text[])
    order by since, declaration, permit ${locking}
  `.execute(db);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

export async function endWaits(
  tx: Tx,
  ended: readonly { readonly permit: string; readonly declaration: string }[],
): Promise<void> {
  if (ended.length === 0) return;
  await leaveTo(
    tx,
    sql`
      delete from clearance.permit_wait as w
      using json_to_recordset(${JSON.stringify(ended)}::json) as e(permit text, declaration text)
      where w.permit = e.permit and w.declaration = e.declaration
    `,
  );
}

/* ---------------------------------------------------------------- the register */

export async function findHashes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; hash: string }>`
    select id, issuer || ' ' || content_hash as hash from clearance.permit
    where id = any(${[...ids]}::text[])
  `.execute(tx);
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

/** Enters permits or their new terms; what is taken of them is moved elsewhere. */
export async function saveTerms(tx: Tx, permits: readonly PermitState[]): Promise<void> {
  if (permits.length === 0) return;
  const rows = permits.map(({ terms, ...state }) => ({
    ...{ id: state.id, kind: state.kind, number: state.number, issuer: state.issuer },
    ...{ seq: state.seq, version: state.version, content_hash: state.contentHash },
    ...{ holder: terms.holder, terms, revoked_at: state.revokedAt },
    ...{ quantity_limit: terms.quantity, value_limit: terms.value, uses_limit: terms.uses },
    ...{ valid_from: terms.validFrom, valid_until: terms.validUntil },
  }));
  await leaveTo(
    tx,
    sql`
      insert into clearance.permit (id, kind, number, issuer, holder, seq, version, content_hash,
        terms, quantity_limit, value_limit, uses_limit, valid_from, valid_until, revoked_at)
      select id, kind, number, issuer, holder, seq, version, content_hash, terms, quantity_limit,
        value_limit, uses_limit, valid_from, valid_until, revoked_at
      from json_to_recordset(${JSON.stringify(rows)}::json) as row(id text, kind text, number text,
        issuer text, holder text, seq integer, version integer, content_hash text, terms jsonb,
        quantity_limit numeric, value_limit numeric, uses_limit integer, valid_from date,
        valid_until date, revoked_at timestamptz)
      on conflict (id) do update set seq = excluded.seq, version = excluded.version,
        holder = excluded.holder, terms = excluded.terms, quantity_limit = excluded.quantity_limit,
        value_limit = excluded.value_limit, uses_limit = excluded.uses_limit,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until,
        revoked_at = excluded.revoked_at
    `,
  );
}

export async function findPermits(db: Db, ids: readonly string[]): Promise<StoredPermit[]> {
  const { rows } = await sql<PermitRecord>`
    select ${COLUMNS} from clearance.permit where id = any(${[...ids]}::text[])
  `.execute(db);
  return rows.map(toPermit);
}

/** Whose permits a reader sees: everybody's (`null`), or those an organisation issued or holds. */
type PermitReach = string | null;

export async function searchPermits(
  db: Db,
  reach: PermitReach,
  wanted: Omit<PermitSearch, 'cursor' | 'limit'>,
  { on, after, limit }: { on: LocalDate; after: string | null; limit: number },
): Promise<StoredPermit[]> {
  const isUsedUp = sql`(quantity_taken >= quantity_limit or value_taken >= value_limit
    or uses_taken >= uses_limit) is true`;
  const standing = {
    revoked: sql`revoked_at is not null`,
    notYetValid: sql`revoked_at is null and ${on}::date < valid_from`,
    expired: sql`revoked_at is null and ${on}::date > valid_until`,
    usedUp: sql`revoked_at is null and ${on}::date between valid_from and valid_until and ${isUsedUp}`,
    valid: sql`revoked_at is null and ${on}::date between valid_from and valid_until
      and not ${isUsedUp}`,
  };
  const { rows } = await sql<PermitRecord>`
    select ${COLUMNS} from clearance.permit
    where (${reach}::text is null or issuer = ${reach} or holder = ${reach})
      and (${wanted.kind ?? null}::text is null or kind = ${wanted.kind ?? null})
      and (${wanted.holder ?? null}::text is null or holder = ${wanted.holder ?? null})
      and (${wanted.q ?? null}::text is null or strpos(number, ${wanted.q ?? ''}) > 0
        or id = ${wanted.q ?? ''} or strpos(terms ->> 'holderName', ${wanted.q ?? ''}) > 0)
      and ${wanted.status ? standing[wanted.status] : sql`true`}
      and (${after}::text is null or id > ${after})
    order by id limit ${limit}
  `.execute(db);
  return rows.map(toPermit);
}
