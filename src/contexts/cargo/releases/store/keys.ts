import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { PublicKey } from '../contract.ts';

export interface KeyRow {
  readonly number: number;
  readonly kid: string;
  readonly x: string;
  readonly signsFrom: Instant;
  readonly signsTo: Instant | null;
}

interface Row {
  number: number;
  kid: string;
  x: string;
  signs_from: Date;
  signs_to: Date | null;
}

const toKeyRow = (row: Row): KeyRow => ({
  number: row.number,
  kid: row.kid,
  x: row.x,
  signsFrom: row.signs_from.toISOString(),
  signsTo: row.signs_to?.toISOString() ?? null,
});

export const toPublicKey = ({ kid, x, signsFrom, signsTo }: KeyRow): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  use: 'sig',
  alg: 'EdDSA',
  kid,
  x,
  signsFrom,
  signsTo,
});

/** Two who begin a key do so one after the other. */
export async function lockKeys(tx: Tx): Promise<void> {
  await sql`lock table cargo.release_key in share row exclusive mode`.execute(tx);
}

export async function lastKey(tx: Tx): Promise<KeyRow | null> {
  const { rows } = await sql<Row>`
    select number, kid, x, signs_from, signs_to from cargo.release_key order by number desc limit 1
  `.execute(tx);
  return rows[0] ? toKeyRow(rows[0]) : null;
}

/** The last key, which is not retired before this transaction has ended. */
export async function holdKey(tx: Tx): Promise<KeyRow | null> {
  const { rows } = await sql<Row>`
    select number, kid, x, signs_from, signs_to from cargo.release_key
    order by number desc limit 1 for share
  `.execute(tx);
  return rows[0] ? toKeyRow(rows[0]) : null;
}

export async function insertKey(tx: Tx, key: Omit<KeyRow, 'signsTo'>): Promise<void> {
  await sql`
    insert into cargo.release_key (number, kid, x, signs_from)
    values (${key.number}, ${key.kid}, ${key.x}, ${key.signsFrom}::timestamptz)
  `.execute(tx);
}

export async function retireKey(tx: Tx, number: number, at: Instant): Promise<void> {
  await sql`
    update cargo.release_key set signs_to = ${at}::timestamptz where number = ${number}
  `.execute(tx);
}

export async function listKeys(db: Db): Promise<PublicKey[]> {
  const { rows } = await sql<Row>`
    select number, kid, x, signs_from, signs_to from cargo.release_key order by number
  `.execute(db);
  return rows.map((row) => toPublicKey(toKeyRow(row)));
}
