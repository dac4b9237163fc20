import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Downtime } from '../contract.ts';

interface Row {
  id: string;
  began_at: Date;
  ended_at: Date | null;
  gate: string | null;
  reason: string;
  declared_by: string;
  note: string | null;
}

const toDowntime = (row: Row): Downtime => ({
  id: row.id,
  from: row.began_at.toISOString(),
  to: row.ended_at?.toISOString() ?? null,
  gate: row.gate,
  reason: row.reason,
  declaredBy: row.declared_by,
  note: row.note,
});

const COLUMNS = sql`id, began_at, ended_at, gate, reason, declared_by, note`;

/** False when there is one of this id, or one of the same gate, or of all, that has not ended. */
export async function insertDowntime(tx: Tx, downtime: Downtime): Promise<boolean> {
  const { rows } = await sql`
    insert into cargo.downtime (id, began_at, gate, reason, declared_by)
    values (${downtime.id}, ${downtime.from}::timestamptz, ${downtime.gate}, ${downtime.reason},
      ${downtime.declaredBy})
    on conflict do nothing
    returning 1
  `.execute(tx);
  return rows.length === 1;
}

export async function lockDowntime(tx: Tx, id: string): Promise<Downtime | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from cargo.downtime where id = ${id} for update
  `.execute(tx);
  return rows[0] ? toDowntime(rows[0]) : null;
}

export async function endDowntime(tx: Tx, id: string, at: Instant, note: string): Promise<void> {
  await sql`
    update cargo.downtime set ended_at = ${at}::timestamptz, note = ${note} where id = ${id}
  `.execute(tx);
}

/** The declared downtime of a gate, or of all of them, at a moment; of several the one that lasted longest. */
export async function findDowntimeAt(db: Db, gate: string, at: Instant): Promise<Downtime | null> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from cargo.downtime
    where began_at <= ${at}::timestamptz and (ended_at is null or ended_at > ${at}::timestamptz)
      and (gate is null or gate = ${gate})
    order by ended_at desc nulls first, id limit 1
  `.execute(db);
  return rows[0] ? toDowntime(rows[0]) : null;
}

export async function listDowntimes(db: Db, limit: number): Promise<Downtime[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from cargo.downtime order by ended_at is null desc, began_at desc limit ${limit}
  `.execute(db);
  return rows.map(toDowntime);
}
