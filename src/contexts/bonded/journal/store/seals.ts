import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Seal } from '../seal.ts';

/** Any constant of our own: programs that share a database let one of them seal at a time. */
const SEALER_LOCK = 6_340_912_771;

/** True for one transaction at a time, until it ends. */
export async function becomeSealer(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${SEALER_LOCK}) as mine
  `.execute(tx);
  return rows[0]?.mine ?? false;
}

/** Ledgers whose journal goes on behind its last link; each journal is found by one step in the index. */
export async function listUnsealed(db: Db): Promise<string[]> {
  const { rows } = await sql<{ ledger: string }>`
    with recursive step as (
      (select ledger from bonded.journal order by ledger limit 1)
      union all
      select (select ledger from bonded.journal where ledger > step.ledger order by ledger limit 1)
      from step where step.ledger is not null
    )
    select ledger from step
    where ledger is not null
      and (select seq from bonded.journal where ledger = step.ledger order by seq desc limit 1)
        > coalesce(
          (select last_seq from bonded.seal where ledger = step.ledger order by batch desc limit 1), 0)
    order by ledger
  `.execute(db);
  return rows.map(({ ledger }) => ledger);
}

export async function saveSeal(tx: Tx, seal: Seal): Promise<void> {
  await sql`
    insert into bonded.seal
      (ledger, batch, first_seq, last_seq, row_hashes, previous_hash, hash, sealed_at)
    values (${seal.ledger}, ${seal.batch}, ${seal.firstSeq}, ${seal.lastSeq},
      ${Buffer.from(seal.rowHashes.join(''), 'hex')}, ${Buffer.from(seal.previousHash, 'hex')},
      ${Buffer.from(seal.hash, 'hex')}, ${seal.sealedAt})
  `.execute(tx);
}

interface StoredSeal {
  ledger: string;
  batch: string;
  first_seq: string;
  last_seq: string;
  row_hashes: Buffer;
  previous_hash: Buffer;
  hash: Buffer;
  sealed_at: Date;
}

const HASH_CHARACTERS = /.{1,64}/g;

const toSeal = (row: StoredSeal): Seal => ({
  ledger: row.ledger,
  batch: Number(row.batch),
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
  rowHashes: row.row_hashes.toString('hex').match(HASH_CHARACTERS) ?? [],
  previousHash: row.previous_hash.toString('hex'),
  hash: row.hash.toString('hex'),
  sealedAt: row.sealed_at.toISOString(),
});

export async function findLastSeal(db: Db, ledger: string): Promise<Seal | null> {
  const { rows } = await sql<StoredSeal>`
    select * from bonded.seal where ledger = ${ledger} order by batch desc limit 1
  `.execute(db);
  return rows[0] ? toSeal(rows[0]) : null;
}

/** The next link after a batch, in order; `null` at the end of the chain. */
export async function findSealAfter(db: Db, ledger: string, batch: number): Promise<Seal | null> {
  const { rows } = await sql<StoredSeal>`
    select * from bonded.seal where ledger = ${ledger} and batch > ${batch} order by batch limit 1
  `.execute(db);
  return rows[0] ? toSeal(rows[0]) : null;
}
