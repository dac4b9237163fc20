import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { ElectronicBill } from '../contract.ts';

export interface StoredBill extends ElectronicBill {
  readonly contentHash: string;
}

const COLUMNS = sql`id, bill, kind, issuer, reference, digest, content_hash as "contentHash",
  beneficiary, holder, status, version`;

/** False when there is one of this id, or another document of the bill is held. */
export async function insertBill(tx: Tx, bill: StoredBill): Promise<boolean> {
  const { rows } = await sql`
    insert into cargo.electronic_bill (id, bill, kind, issuer, reference, digest, content_hash,
      beneficiary, holder, status, version)
    values (${bill.id}, ${bill.bill}, ${bill.kind}, ${bill.issuer}, ${bill.reference}, ${bill.digest},
      ${bill.contentHash}, ${bill.beneficiary}, ${bill.holder}, ${bill.status}, ${bill.version})
    on conflict do nothing
    returning 1
  `.execute(tx);
  return rows.length === 1;
}

export async function lockBill(tx: Tx, id: string): Promise<StoredBill | null> {
  const { rows } = await sql<StoredBill>`
    select ${COLUMNS} from cargo.electronic_bill where id = ${id} for update
  `.execute(tx);
  return rows[0] ?? null;
}

/** The document of a bill that somebody holds. */
export async function findHeld(db: Db, bill: string): Promise<StoredBill | null> {
  const { rows } = await sql<StoredBill>`
    select ${COLUMNS} from cargo.electronic_bill where bill = ${bill} and status = 'held'
  `.execute(db);
  return rows[0] ?? null;
}

export async function saveBill(tx: Tx, bill: ElectronicBill): Promise<void> {
  await sql`
    update cargo.electronic_bill set beneficiary = ${bill.beneficiary}, holder = ${bill.holder},
      status = ${bill.status}, version = ${bill.version}
    where id = ${bill.id}
  `.execute(tx);
}

/** Those an organisation has a part in, or everybody's (`null`); of one bill, or of all. */
export async function listBills(
  db: Db,
  organisation: string | null,
  bill: string | null,
  limit: number,
): Promise<StoredBill[]> {
  const { rows } = await sql<StoredBill>`
    select ${COLUMNS} from cargo.electronic_bill
    where (${organisation}::text is null or holder = ${organisation} or beneficiary = ${organisation})
      and (${bill}::text is null or bill = ${bill})
    order by status, id
    limit ${limit}
  `.execute(db);
  return rows;
}
