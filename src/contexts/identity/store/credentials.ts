import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor, ApiKey, Role } from '../contract.ts';

/** What stands behind a credential: who acts, and when it was made and last used. */
export interface Credential {
  readonly actor: Actor;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

interface CredentialRow {
  person_id: string;
  name: string;
  post_id: string;
  organisation_id: string;
  roles: Role[];
  offices: string[];
  may_backdate: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

const toCredential = (row: CredentialRow, via: Actor['via']): Credential => ({
  actor: {
    personId: row.person_id,
    name: row.name,
    postId: row.post_id,
    organisationId: row.organisation_id,
    roles: row.roles,
    offices: row.offices,
    mayBackdate: row.may_backdate,
    via,
  },
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

/** A credential is good only while its person holds the post. */
const heldOn = (on: LocalDate) => sql`exists (
  select 1 from identity.holding
  where holding.post_id = post.id and holding.person_id = person.id
    and holding.valid_from <= ${on} and (holding.valid_to is null or holding.valid_to > ${on}))`;

export async function findSession(
  db: Db,
  tokenHash: Buffer,
  on: LocalDate,
): Promise<Credential | null> {
  const { rows } = await sql<CredentialRow>`
    select person.id as person_id, person.name, post.id as post_id, post.organisation_id,
      post.roles, post.offices, post.may_backdate,
      session.created_at, session.last_seen_at as last_used_at
    from identity.session
    join identity.person on person.id = session.person_id
    join identity.post on post.id = session.post_id
    where session.token_hash = ${tokenHash} and ${heldOn(on)}
  `.execute(db);
  return rows[0] ? toCredential(rows[0], 'session') : null;
}

export async function saveSession(
  tx: Tx,
  session: {
    readonly tokenHash: Buffer;
    readonly personId: string;
    readonly postId: string;
    readonly createdAt: Instant;
    readonly lastSeenAt: Instant;
  },
): Promise<void> {
  await sql`
    insert into identity.session (token_hash, person_id, post_id, created_at, last_seen_at)
    values (${session.tokenHash}, ${session.personId}, ${session.postId},
      ${session.createdAt}, ${session.lastSeenAt})
  `.execute(tx);
}

export async function touchSession(db: Db, tokenHash: Buffer, at: Instant): Promise<void> {
  await sql`
    update identity.session set last_seen_at = ${at} where token_hash = ${tokenHash}
  `.execute(db);
}

export async function deleteSession(db: Db, tokenHash: Buffer): Promise<void> {
  await sql`delete from identity.session where token_hash = ${tokenHash}`.execute(db);
}

export async function deleteSessionsOf(tx: Tx, personIds: readonly string[]): Promise<void> {
  await sql`
    delete from identity.session where person_id = any(${personIds}::text[])
  `.execute(tx);
}

/** Forgets sessions that have ended anyway. */
export async function deleteEndedSessions(
  tx: Tx,
  createdBefore: Instant,
  lastSeenBefore: Instant,
): Promise<void> {
  await sql`
    delete from identity.session
    where created_at < ${createdBefore} or last_seen_at < ${lastSeenBefore}
  `.execute(tx);
}

export async function findApiKey(
  db: Db,
  keyHash: Buffer,
  on: LocalDate,
): Promise<Credential | null> {
  const { rows } = await sql<CredentialRow>`
    select person.id as person_id, person.name, post.id as post_id, post.organisation_id,
      post.roles, post.offices, post.may_backdate, api_key.created_at, api_key.last_used_at
    from identity.api_key
    join identity.person on person.id = api_key.person_id
    join identity.post on post.id = api_key.post_id
    where api_key.key_hash = ${keyHash} and api_key.revoked_at is null and ${heldOn(on)}
  `.execute(db);
  return rows[0] ? toCredential(rows[0], 'apiKey') : null;
}

export async function touchApiKey(db: Db, keyHash: Buffer, at: Instant): Promise<void> {
  await sql`
    update identity.api_key set last_used_at = ${at} where key_hash = ${keyHash}
  `.execute(db);
}

interface ApiKeyRow {
  id: string;
  prefix: string;
  label: string;
  post_id: string;
  person_id: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  prefix: row.prefix,
  label: row.label,
  postId: row.post_id,
  personId: row.person_id,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

export async function saveApiKey(
  tx: Tx,
  key: Pick<ApiKey, 'prefix' | 'label' | 'postId' | 'personId' | 'createdAt'> & {
    readonly keyHash: Buffer;
  },
): Promise<ApiKey> {
  const { rows } = await sql<ApiKeyRow>`
    insert into identity.api_key (key_hash, prefix, label, post_id, person_id, created_at)
    values (${key.keyHash}, ${key.prefix}, ${key.label}, ${key.postId}, ${key.personId},
      ${key.createdAt})
    returning id, prefix, label, post_id, person_id, created_at, last_used_at, revoked_at
  `.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('An insert that returns its row returned none.');
  return toApiKey(row);
}

export async function findApiKeyById(db: Db, id: string): Promise<ApiKey | null> {
  const { rows } = await sql<ApiKeyRow>`
    select id, prefix, label, post_id, person_id, created_at, last_used_at, revoked_at
    from identity.api_key where id = ${id}
  `.execute(db);
  return rows[0] ? toApiKey(rows[0]) : null;
}

/** Keys, the newest first; of one post unless `postId` is null. */
export async function listApiKeys(db: Db, postId: string | null): Promise<ApiKey[]> {
  const { rows } = await sql<ApiKeyRow>`
    select id, prefix, label, post_id, person_id, created_at, last_used_at, revoked_at
    from identity.api_key
    where ${postId}::text is null or post_id = ${postId}
    order by id desc
    limit 1000
  `.execute(db);
  return rows.map(toApiKey);
}

/** Withdraws a key; one withdrawn before keeps its first date. */
export async function revokeApiKey(tx: Tx, id: string, at: Instant): Promise<void> {
  await sql`
    update identity.api_key set revoked_at = coalesce(revoked_at, ${at}) where id = ${id}
  `.execute(tx);
}
