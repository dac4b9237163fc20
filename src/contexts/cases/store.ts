import { sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../platform/postgres/transaction.ts';
import type { Case } from './contract.ts';

export async function save(tx: Tx, item: Case): Promise<void> {
  await leaveTo(
    tx,
    sql`
      insert into cases.item (id, kind, about, consignment, owner, status, opened_at, closed_at, body)
      values (${item.id}, ${item.kind}, ${item.about}, ${item.consignment}, ${item.owners[0] ?? ''},
        ${item.status}, ${item.openedAt}, ${item.closedAt}, ${JSON.stringify(item)}::jsonb)
      on conflict (id) do update set owner = excluded.owner, status = excluded.status,
        closed_at = excluded.closed_at, body = excluded.body
    `,
  );
}

export async function find(db: Db, id: string): Promise<Case | null> {
  const { rows } = await sql<{ body: Case }>`
    select body from cases.item where id = ${id}
  `.execute(db);
  return rows[0]?.body ?? null;
}

/** Holds a case until the end of the transaction. */
export async function lock(tx: Tx, id: string): Promise<Case | null> {
  const { rows } = await sql<{ body: Case }>`
    select body from cases.item where id = ${id} for update
  `.execute(tx);
  return rows[0]?.body ?? null;
}

/** Cases that concern some owners (all of them for `null`), the newest first. */
export async function list(
  db: Db,
  wanted: { owners: readonly string[] | null; status: Case['status'] | null; limit: number },
): Promise<Case[]> {
  const { rows } = await sql<{ body: Case }>`
    select body from cases.item
    where (${wanted.owners === null} or body -> 'owners' ?| ${[...(wanted.owners ?? [])]}::text[])
      and (${wanted.status === null} or status = ${wanted.status})
    order by opened_at desc, id desc
    limit ${wanted.limit}
  `.execute(db);
  return rows.map((row) => row.body);
}

export async function countAbout(db: Db, about: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases.item where about = ${about}
  `.execute(db);
  return rows[0]?.n ?? 0;
}
