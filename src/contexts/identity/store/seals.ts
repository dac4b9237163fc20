import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { AuditRow } from '../contract.ts';
import type { Seal } from '../seal.ts';
import { type StoredAudit, toAuditRow } from './audit.ts';

/** Any constant of our own: programs that share a database let one of them seal at a time. */
const SEALER_LOCK = 4_081_266_319;

/** True for one transaction at a time, until it ends. */
export async function becomeSealer(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${SEALER_LOCK}) as mine
  `.execute(tx);
  return rows[0]?.mine ?? false;
}

export async function readUnsealed(tx: Tx, limit: number): Promise<AuditRow[]> {
  const { rows } = await sql<StoredAudit>`
    select * from identity.audit where sealed_in is null order by id limit ${limit}
  `.execute(tx);
  return rows.map(toAuditRow);
}

/** Writes the link and marks its rows: the only change the audit's triggers let pass. */
export async function saveSeal(tx: Tx, seal: Seal): Promise<void> {
  await sql`
    insert into identity.audit_seal (batch, row_ids, row_hashes, previous_hash, hash, sealed_at)
    values (${seal.batch}, ${seal.rowIds}::bigint[],
      array(select decode(hash, 'hex') from unnest(${seal.rowHashes}::text[])
        with ordinality as given (hash, place) order by place),
      decode(${seal.previousHash}, 'hex'), decode(${seal.hash}, 'hex'), ${seal.sealedAt})
  `.execute(tx);
  await sql`
    update identity.audit set sealed_in = ${seal.batch} where id = any(${seal.rowIds}::bigint[])
  `.execute(tx);
}

interface StoredSeal {
  batch: string;
  row_ids: string[];
  row_hashes: string[];
  previous_hash: string;
  hash: string;
  sealed_at: Date;
}

const toSeal = (row: StoredSeal): Seal => ({
  batch: Number(row.batch),
  rowIds: row.row_ids,
  rowHashes: row.row_hashes,
  previousHash: row.previous_hash,
  hash: row.hash,
  sealedAt: row.sealed_at.toISOString(),
});

const SEAL = sql`
  batch, row_ids, encode(previous_hash, 'hex') as previous_hash, encode(hash, 'hex') as hash,
  array(select encode(row_hash, 'hex') from unnest(row_hashes)
    with ordinality as kept (row_hash, place) order by place) as row_hashes,
  sealed_at`;

export async function findLastSeal(db: Db): Promise<Seal | null> {
  const { rows } = await sql<StoredSeal>`
    select ${SEAL} from identity.audit_seal order by batch desc limit 1
  `.execute(db);
  return rows[0] ? toSeal(rows[0]) : null;
}

/** The next link after a batch, in order; `null` at the end of the chain. */
export async function findSealAfter(db: Db, batch: number): Promise<Seal | null> {
  const { rows } = await sql<StoredSeal>`
    select ${SEAL} from identity.audit_seal where batch > ${batch} order by batch limit 1
  `.execute(db);
  return rows[0] ? toSeal(rows[0]) : null;
}

/**
 * The rows a link speaks of, and any that claim it without being named in it, within the span of
 * its numbers. Claims outside every span are found by `findStrayClaim`.
 */
export async function readSealedRows(db: Db, seal: Seal): Promise<AuditRow[]> {
  const { rows } = await sql<StoredAudit>`
    select * from identity.audit
    where id between ${seal.rowIds[0]} and ${seal.rowIds.at(-1)}
      and (id = any(${seal.rowIds}::bigint[]) or sealed_in = ${seal.batch})
    order by id
  `.execute(db);
  return rows.map(toAuditRow);
}

/** The first row that claims a seal whose numbers do not reach it, or that does not exist. */
export async function findStrayClaim(db: Db): Promise<{ id: string; batch: number } | null> {
  const { rows } = await sql<{ id: string; sealed_in: string }>`
    select audit.id, audit.sealed_in
    from identity.audit
    left join identity.audit_seal as seal
      on seal.batch = audit.sealed_in
      and audit.id between seal.row_ids[1] and seal.row_ids[cardinality(seal.row_ids)]
    where audit.sealed_in is not null and seal.batch is null
    order by audit.id
    limit 1
  `.execute(db);
  return rows[0] ? { id: rows[0].id, batch: Number(rows[0].sealed_in) } : null;
}
