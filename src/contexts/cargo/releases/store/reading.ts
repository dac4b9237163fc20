import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type {
  Acknowledged,
  OfflineReleases,
  Release,
  ReleaseFeed,
  ReleaseNotice,
  ReleaseSearch,
  RevocationList,
} from '../contract.ts';
import { COLUMNS, type Row, type StoredRelease, toRelease } from './releases.ts';

/** What a terminal has still to acknowledge and was sent after a place in the order of sending. */
export async function readFeed(
  db: Db,
  terminal: string,
  { since, limit }: { readonly since: string; readonly limit: number },
): Promise<ReleaseFeed> {
  const { rows } = await sql<{
    id: string;
    of: Acknowledged;
    signed: string;
    attempts: number;
    sent_number: string;
  }>`
    select id, case when revoked_at is null then 'notice' else 'revocation' end as of,
      coalesce(signed_revocation, signed) as signed, attempts, sent_number
    from cargo.release
    where next_attempt_at is not null and sent_number > ${since}::bigint
      and (terminal = ${terminal} or terminal is null)
    order by sent_number
    limit ${limit}
  `.execute(db);
  return {
    items: rows.map((row) => ({
      release: row.id,
      signed: row.signed,
      toAcknowledge: row.of,
      attempt: row.attempts,
    })),
    next: rows.at(-1)?.sent_number ?? since,
  };
}

/** Whose releases a reader sees: everybody's, or those of an organisation, or of some offices. */
export interface Visibility {
  readonly any: boolean;
  readonly organisations: readonly string[];
  /** A terminal also sees what nobody is known to hold. */
  readonly isTerminal: boolean;
  readonly offices: readonly string[];
}

export async function searchReleases(
  db: Db,
  visible: Visibility,
  wanted: ReleaseSearch & { readonly declaration?: string },
): Promise<{ releases: Release[]; next: string | null }> {
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const parts = [
    !visible.any &&
      sql`(organisation = any(${[...visible.organisations]}::text[])
        or terminal = any(${[...visible.organisations]}::text[])
        or (${visible.isTerminal} and terminal is null)
        or office = any(${[...visible.offices]}::text[]))`,
    wanted.declaration && sql`declaration = ${wanted.declaration}`,
    wanted.status && sql`status = ${wanted.status}`,
    wanted.awaiting === 'true' && sql`next_attempt_at is not null`,
    wanted.q &&
      sql`(id = ${wanted.q} or declaration = ${wanted.q} or bill = ${wanted.q}
        or notice ->> 'declarationNumber' = ${wanted.q} or notice -> 'containers' ? ${wanted.q})`,
    after && sql`(issued_at, id) < (${after.at}::timestamptz, ${after.id})`,
  ].filter((part) => typeof part === 'object' && part !== null);
  const { rows } = await sql<Row & { issued: string }>`
    select ${COLUMNS}, issued_at::text as issued from cargo.release
    where ${parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)}
    order by issued_at desc, id desc
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  const releases = page.map(toRelease).map(shown);
  return {
    releases,
    next: rows.length > page.length && last ? encodeCursor(last.issued, last.id) : null,
  };
}

function shown({ version: _version, cause: _cause, ...release }: StoredRelease): Release {
  return release;
}

const encodeCursor = (at: string, id: string): string =>
  Buffer.from(JSON.stringify([at, id])).toString('base64url');

/** A cursor that is not ours begins at the beginning. */
function decodeCursor(cursor: string): { at: string; id: string } | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(read)) return null;
    const [at, id] = read as unknown[];
    if (typeof at !== 'string' || typeof id !== 'string') return null;
    return Number.isNaN(Date.parse(at)) ? null : { at, id };
  } catch {
    return null;
  }
}

export async function findRelease(db: Db, id: string): Promise<Release | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from cargo.release where id = ${id}
  `.execute(db);
  return rows[0] ? shown(toRelease(rows[0])) : null;
}

/** Everything that may leave and has not: the offline list. `null` for all terminals. */
export async function listOffline(
  db: Db,
  terminal: string | null,
  at: Instant,
): Promise<OfflineReleases['entries']> {
  const { rows } = await sql<{ notice: ReleaseNotice }>`
    select notice from cargo.release
    where revoked_at is null and left_at is null and valid_until > ${at}::timestamptz
      and (${terminal}::text is null or terminal is null or terminal = ${terminal})
    order by id
  `.execute(db);
  return rows.map(({ notice }) => ({
    id: notice.id,
    declaration: notice.declaration,
    declarationNumber: notice.declarationNumber,
    bill: notice.bill,
    containers: notice.containers,
    packages: notice.packages,
    grossMassKg: notice.grossMassKg,
    validUntil: notice.validUntil,
    conditional: notice.conditional,
  }));
}

export async function countRevoked(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cargo.release where revoked_at is not null
  `.execute(db);
  return rows[0]?.n ?? 0;
}

/** In one statement, so that the number belongs to the entries. */
export async function readRevocations(db: Db, at: Instant): Promise<RevocationList> {
  const { rows } = await sql<{ id: string; revoked_at: Date; holds: boolean }>`
    select id, revoked_at, valid_until > ${at}::timestamptz as holds
    from cargo.release where revoked_at is not null order by id
  `.execute(db);
  return {
    number: rows.length,
    issuedAt: at,
    entries: rows
      .filter((row) => row.holds)
      .map((row) => ({ release: row.id, revokedAt: row.revoked_at.toISOString() })),
  };
}
