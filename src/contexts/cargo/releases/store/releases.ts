import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import type { Acknowledged, Release, ReleaseNotice, RevocationNotice } from '../contract.ts';
import { notDue } from '../resending.ts';

/** A notice about to be kept, with the first event of its stream. */
export interface NewRelease {
  readonly notice: ReleaseNotice;
  readonly signed: string;
  readonly cause: string;
  readonly organisation: string;
}

/** A row as PostgreSQL gives it. */
export interface Row {
  id: string;
  cause: string;
  version: number;
  status: Release['status'];
  notice: ReleaseNotice;
  signed: string;
  revocation: RevocationNotice | null;
  signed_revocation: string | null;
  organisation: string;
  terminal: string | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  revocation_acknowledged_at: Date | null;
  left_at: Date | null;
  attempts: number;
  last_attempt_at: Date | null;
  last_outcome: Release['delivery']['lastOutcome'];
  next_attempt_at: Date | null;
}

/** A release with its place in its stream, and the event it is the notice of. */
export interface StoredRelease extends Release {
  readonly version: number;
  readonly cause: string;
}

export const COLUMNS = sql`id, cause, version, status, notice, signed, revocation, signed_revocation, organisation,
  terminal, acknowledged_at, acknowledged_by, revocation_acknowledged_at, left_at, attempts,
  last_attempt_at, last_outcome, next_attempt_at`;

const iso = (at: Date | null): Instant | null => at?.toISOString() ?? null;

export const toRelease = (row: Row): StoredRelease => ({
  id: row.id,
  cause: row.cause,
  version: row.version,
  status: row.status,
  notice: row.notice,
  signed: row.signed,
  revocation: row.revocation,
  signedRevocation: row.signed_revocation,
  organisation: row.organisation,
  acknowledgedAt: iso(row.acknowledged_at),
  acknowledgedBy: row.acknowledged_by,
  revocationAcknowledgedAt: iso(row.revocation_acknowledged_at),
  leftAt: iso(row.left_at),
  delivery: {
    attempts: row.attempts,
    lastAt: iso(row.last_attempt_at),
    lastOutcome: row.last_outcome,
    nextAt: iso(row.next_attempt_at),
  },
});

/** The notices some declarations have already, by cause. */
export async function findCauses(
  tx: Tx,
  declarations: readonly string[],
): Promise<{ declaration: string; cause: string }[]> {
  const { rows } = await sql<{ declaration: string; cause: string }>`
    select declaration, cause from cargo.release where declaration = any(${[...declarations]}::text[])
  `.execute(tx);
  return rows;
}

export async function insertReleases(tx: Tx, releases: readonly NewRelease[]): Promise<void> {
  const rows = releases.map(({ notice, signed, cause, organisation }) => ({
    ...{ id: notice.id, declaration: notice.declaration, cause, organisation, notice, signed },
    ...{ terminal: notice.terminal, office: notice.office, bill: notice.bill },
    ...{ issued_at: notice.issuedAt, valid_until: notice.validUntil },
  }));
  await leaveTo(
    tx,
    sql`
      insert into cargo.release (id, declaration, cause, organisation, terminal, office, bill, version,
        notice, signed, issued_at, valid_until, next_attempt_at)
      select id, declaration, cause, organisation, terminal, office, bill, 1, notice, signed, issued_at,
        valid_until, issued_at
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (id text, declaration text, cause text,
        organisation text, terminal text, office text, bill text, notice jsonb, signed text,
        issued_at timestamptz, valid_until timestamptz)
    `,
  );
}

/** What somebody asks for releases by. */
export interface Subjects {
  readonly ids?: readonly string[];
  readonly declarations?: readonly string[];
  readonly bills?: readonly string[];
}

const about = ({ ids = [], declarations = [], bills = [] }: Subjects) =>
  sql`(id = any(${[...ids]}::text[]) or declaration = any(${[...declarations]}::text[])
    or bill = any(${[...bills]}::text[]))`;

/** Releases held until the end of the transaction, always in the same order. */
export async function lockReleases(tx: Tx, subjects: Subjects): Promise<StoredRelease[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from cargo.release where ${about(subjects)} order by id for update
  `.execute(tx);
  return rows.map(toRelease);
}

/** What may leave at a moment: nobody takes it back before the transaction ends. */
export async function holdInForce(
  tx: Tx,
  subjects: Subjects,
  at: Instant,
): Promise<ReleaseNotice[]> {
  const { rows } = await sql<{ notice: ReleaseNotice }>`
    select notice from cargo.release
    where ${about(subjects)} and revoked_at is null and valid_until > ${at}::timestamptz
    order by id for share
  `.execute(tx);
  return rows.map((row) => row.notice);
}

/** Writes down what the terminal knows; nothing is left to deliver when it knows the last message. */
export async function acknowledge(
  tx: Tx,
  known: readonly { readonly id: string; readonly of: Acknowledged }[],
  terminal: string,
  at: Instant,
): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update cargo.release as r set
        version = r.version + 1,
        acknowledged_at = case when k.of = 'notice' then ${at}::timestamptz else r.acknowledged_at end,
        acknowledged_by = coalesce(r.acknowledged_by, ${terminal}),
        revocation_acknowledged_at =
          case when k.of = 'revocation' then ${at}::timestamptz else r.revocation_acknowledged_at end,
        next_attempt_at =
          case when (k.of = 'revocation') = (r.revoked_at is not null) then null else r.next_attempt_at end,
        last_outcome =
          case when (k.of = 'revocation') = (r.revoked_at is not null) then 'acknowledged'
            else r.last_outcome end
      from json_to_recordset(${JSON.stringify(known)}::json) as k (id text, of text)
      where r.id = k.id
    `,
  );
}

/** Takes a release back; its terminal is told anew, from the first attempt. */
export async function revoke(tx: Tx, revocation: RevocationNotice, signed: string): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update cargo.release set
        version = version + 1, revocation = ${JSON.stringify(revocation)}::jsonb,
        signed_revocation = ${signed}, revoked_at = ${revocation.revokedAt}::timestamptz,
        attempts = 0, last_attempt_at = null, last_outcome = null,
        next_attempt_at = ${revocation.revokedAt}::timestamptz, sent_number = nextval('cargo.release_sent')
      where id = ${revocation.release}
    `,
  );
}

/** The goods have left: nobody need be told any more that they may. */
export async function markLeft(tx: Tx, id: string, at: Instant): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update cargo.release set version = version + 1, left_at = ${at}::timestamptz, next_attempt_at = null
      where id = ${id}
    `,
  );
}

/** A message that is due to be sent, once more. */
export interface Due {
  readonly id: string;
  readonly terminal: string | null;
  readonly attempts: number;
  readonly of: Acknowledged;
  readonly signed: string;
}

/** Everything due, the longest waiting first, out of other processes' reach until the transaction ends. */
export async function takeDue(tx: Tx, now: Instant, limit: number): Promise<Due[]> {
  const { after, until } = notDue(now);
  const { rows } = await sql<Due>`
    select id, terminal, attempts,
      case when revoked_at is null then 'notice' else 'revocation' end as of,
      coalesce(signed_revocation, signed) as signed
    from cargo.release
    where next_attempt_at is not null
      and (next_attempt_at <= ${after}::timestamptz or next_attempt_at > ${until}::timestamptz)
      and valid_until > ${now}::timestamptz
    order by next_attempt_at
    limit ${limit}
    for update skip locked
  `.execute(tx);
  return rows;
}

/**
 * Counts the attempt before the terminal is told: a process killed in between has delayed one
 * attempt, and never sends the same thing without end.
 */
export async function saveAttempts(
  tx: Tx,
  attempts: readonly { readonly id: string; readonly attempts: number; readonly nextAt: Instant }[],
  now: Instant,
): Promise<void> {
  const rows = attempts.map(({ id, attempts: made, nextAt }) => ({ id, made, next_at: nextAt }));
  await leaveTo(
    tx,
    sql`
      update cargo.release as r set
        attempts = a.made, last_attempt_at = ${now}::timestamptz, last_outcome = 'listed',
        next_attempt_at = a.next_at, sent_number = nextval('cargo.release_sent')
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as a (id text, made integer, next_at timestamptz)
      where r.id = a.id
    `,
  );
}

/** What came of a push; an acknowledgement that came meanwhile stands. */
export async function saveOutcome(
  db: Db,
  ids: readonly string[],
  outcome: NonNullable<Release['delivery']['lastOutcome']>,
): Promise<void> {
  await sql`
    update cargo.release set last_outcome = ${outcome}
    where id = any(${[...ids]}::text[]) and next_attempt_at is not null
  `.execute(db);
}
