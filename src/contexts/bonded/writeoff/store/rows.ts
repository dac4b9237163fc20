import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Account } from '../../accounts.ts';
import { quantityText } from '../../quantity.ts';
import type { FilingRow, RowSearch } from '../contract.ts';
import type { CountedSpot } from '../counts.ts';

/** A row of a filing, under the number of its part. */
export interface NumberedRow {
  readonly number: number;
  readonly row: FilingRow;
}

export async function insertRows(
  tx: Tx,
  filing: string,
  rows: readonly NumberedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ number, row }) => ({
    ...{ number, part: row.part, is_different: row.difference !== '0' },
    ...{ is_short: row.shortage !== '0', is_material: row.kind === 'material', body: row },
  }));
  await sql`
    insert into bonded.filing_row
      (filing, number, part, is_different, is_short, is_material, body)
    select ${filing}, number, part, is_different, is_short, is_material, body
    from json_to_recordset(${JSON.stringify(given)}::json) as given (number integer, part text,
      is_different boolean, is_short boolean, is_material boolean, body json)
  `.execute(tx);
}

/** Rows whose duty became known; the caller holds the filing. */
export async function saveRows(
  tx: Tx,
  filing: string,
  rows: readonly NumberedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ number, row: body }) => ({ number, body }));
  await sql`
    update bonded.filing_row as r set body = given.body
    from json_to_recordset(${JSON.stringify(given)}::json) as given (number integer, body json)
    where r.filing = ${filing} and r.number = given.number
  `.execute(tx);
}

interface Row {
  number: number;
  body: FilingRow;
}
const toRow = ({ number, body }: Row): NumberedRow => ({ number, row: body });

/** All rows of a filing, in the order of their parts. */
export async function allRows(db: Db, filing: string): Promise<NumberedRow[]> {
  const { rows } = await sql<Row>`
    select number, body from bonded.filing_row where filing = ${filing} order by number
  `.execute(db);
  return rows.map(toRow);
}

/** The row of one part; `null` where the filing has none. */
export async function findRow(db: Db, filing: string, part: string): Promise<NumberedRow | null> {
  const { rows } = await sql<Row>`
    select number, body from bonded.filing_row where filing = ${filing} and part = ${part}
  `.execute(db);
  return rows[0] ? toRow(rows[0]) : null;
}

export async function listRows(
  db: Db,
  filing: string,
  { q, only, kind, cursor, limit }: RowSearch,
): Promise<{ rows: FilingRow[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select number, body from bonded.filing_row
    where filing = ${filing} and number > ${cursor ?? -1}
      and (${q ?? null}::text is null or starts_with(part, ${q ?? ''}))
      and (${only !== 'different'} or is_different) and (${only !== 'short'} or is_short)
      and (${kind ?? null}::text is null or is_material = ${kind === 'material'})
    order by number
    limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map(({ body }) => body),
    next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null,
  };
}

/** What a filing brings the book to, place by place. */
export type Adjustment = Pick<CountedSpot, 'part' | 'account' | 'site' | 'unexplained'>;

export async function insertAdjustments(
  tx: Tx,
  filing: string,
  adjustments: readonly Adjustment[],
): Promise<void> {
  if (adjustments.length === 0) return;
  const given = adjustments.map(({ part, account, site, unexplained }, index) => ({
    ...{ number: index + 1, part, account, site, quantity: quantityText(unexplained) },
  }));
  await sql`
    insert into bonded.filing_adjustment (filing, number, part, account, site, quantity)
    select ${filing}, number, part, account, site, quantity
    from json_to_recordset(${JSON.stringify(given)}::json) as given (number integer, part text,
      account text, site text, quantity numeric)
  `.execute(tx);
}

export interface StoredAdjustment {
  readonly number: number;
  readonly part: string;
  readonly account: Account;
  readonly site: string;
  /** Decimal text, signed. */
  readonly quantity: string;
}

export async function adjustmentsOf(db: Db, filing: string): Promise<StoredAdjustment[]> {
  const { rows } = await sql<StoredAdjustment>`
    select number, part, account, site, trim_scale(quantity)::text as quantity
    from bonded.filing_adjustment where filing = ${filing} order by number
  `.execute(db);
  return rows;
}
