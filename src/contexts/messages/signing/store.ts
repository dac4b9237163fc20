import { sql } from 'kysely';
import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { ConnectionTerms, PortKey } from '../contract.ts';
import type { KnownKey } from './judge.ts';

export interface KeptTerms extends ConnectionTerms {
  readonly partner: string;
}

/** What was set for a partner; `null` where nothing was. */
export async function findTerms(db: Db, partner: string): Promise<KeptTerms | null> {
  const [terms] = await termsWhere(db, sql`partner = ${partner}`);
  return terms ?? null;
}

/** Partners that have a folder, by their ids. */
export const listFolders = (db: Db): Promise<KeptTerms[]> =>
  termsWhere(db, sql`folder_post is not null`);

/** Every partner something was set for, or of these only. */
export const listTerms = (db: Db, partners: readonly string[] | null): Promise<KeptTerms[]> =>
  termsWhere(db, partners === null ? sql`true` : sql`partner = any(${[...partners]}::text[])`);

async function termsWhere(db: Db, condition: ReturnType<typeof sql>): Promise<KeptTerms[]> {
  const { rows } = await sql<KeptTerms>`
    select partner, must_sign as "mustSign", answers_signed_with as "answersSignedWith",
      folder_post as "folderPost"
    from messages.connection where ${condition} order by partner limit 1000
  `.execute(db);
  return rows;
}

export async function saveTerms(
  tx: Tx,
  { partner, mustSign, answersSignedWith, folderPost }: KeptTerms,
  by: string,
  at: Instant,
): Promise<void> {
  await sql`
    insert into messages.connection
      (partner, must_sign, answers_signed_with, folder_post, set_by, set_at)
    values (${partner}, ${mustSign}, ${answersSignedWith}, ${folderPost}, ${by}, ${at}::timestamptz)
    on conflict (partner) do update set must_sign = excluded.must_sign,
      answers_signed_with = excluded.answers_signed_with, folder_post = excluded.folder_post,
      set_by = excluded.set_by, set_at = excluded.set_at
  `.execute(tx);
}

/* ---------------------------------------------------------------- keys of partners */

type KeyStored = Omit<KnownKey, 'registeredAt'> & {
  readonly partner: string;
  readonly registeredAt: Date;
};
export type PartnersKey = KnownKey & { readonly partner: string };

/** The keys of these partners, the newest first. */
export async function listKeys(db: Db, partners: readonly string[]): Promise<PartnersKey[]> {
  const { rows } = await sql<KeyStored>`
    select partner, id, algorithm, pem, valid_from::text as "validFrom", valid_to::text as "validTo",
      revoked_from::text as "revokedFrom", revoked_because as "revokedBecause",
      registered_by as "registeredBy", registered_at as "registeredAt"
    from messages.partner_key where partner = any(${[...partners]}::text[])
    order by registered_at desc, id
  `.execute(db);
  return rows.map((row) => ({ ...row, registeredAt: row.registeredAt.toISOString() }));
}

/** Held until the transaction ends, so that keys of one partner are counted and written one by one. */
export async function lockPartner(tx: Tx, partner: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`messages ${partner}`}, 0))`.execute(
    tx,
  );
}

export async function insertKey(tx: Tx, key: PartnersKey): Promise<void> {
  await sql`
    insert into messages.partner_key
      (partner, id, algorithm, pem, valid_from, valid_to, registered_by, registered_at)
    values (${key.partner}, ${key.id}, ${key.algorithm}, ${key.pem}, ${key.validFrom}, ${key.validTo},
      ${key.registeredBy}, ${key.registeredAt}::timestamptz)
  `.execute(tx);
}

/** Revokes a key, for whatever algorithm it is registered. */
export async function revokeKey(
  tx: Tx,
  { partner, id }: { readonly partner: string; readonly id: string },
  from: LocalDate,
  reason: string,
): Promise<void> {
  await sql`
    update messages.partner_key set revoked_from = ${from}, revoked_because = ${reason}
    where partner = ${partner} and id = ${id}
  `.execute(tx);
}

/* ---------------------------------------------------------------- keys of the port */

export interface PortKeyRow extends PortKey {
  readonly number: number;
}
type PortKeyStored = Omit<PortKeyRow, 'signsFrom' | 'signsTo'> & {
  readonly signsFrom: Date;
  readonly signsTo: Date | null;
};

/** Two who begin a key do so one after the other. */
export async function lockPortKeys(tx: Tx): Promise<void> {
  await sql`lock table messages.port_key in share row exclusive mode`.execute(tx);
}

/** Every key that ever signed answers, the first one first. */
export async function listPortKeys(db: Db): Promise<PortKeyRow[]> {
  const { rows } = await sql<PortKeyStored>`
    select algorithm, number, id, pem, signs_from as "signsFrom", signs_to as "signsTo"
    from messages.port_key order by algorithm, number
  `.execute(db);
  return rows.map((row) => ({
    ...row,
    signsFrom: row.signsFrom.toISOString(),
    signsTo: row.signsTo?.toISOString() ?? null,
  }));
}

/** Begins a key; the one that signed until now signs no more. */
export async function insertPortKey(tx: Tx, key: Omit<PortKeyRow, 'signsTo'>): Promise<void> {
  await sql`
    update messages.port_key set signs_to = ${key.signsFrom}::timestamptz
    where algorithm = ${key.algorithm} and signs_to is null
  `.execute(tx);
  await sql`
    insert into messages.port_key (algorithm, number, id, pem, signs_from)
    values (${key.algorithm}, ${key.number}, ${key.id}, ${key.pem}, ${key.signsFrom}::timestamptz)
  `.execute(tx);
}
