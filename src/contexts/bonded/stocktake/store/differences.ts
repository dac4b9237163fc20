import { sql } from 'kysely';
import { decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Account, PartKind } from '../../contract.ts';
import { escapeLike } from '../../ledgers/store/ledgers.ts';
import { quantityText, rate, rateText, signedQuantity } from '../../quantity.ts';
import type { DifferenceKept } from '../compared.ts';
import type { DifferenceRow, DifferenceSearch, RateBase } from '../contract.ts';
import type { Spot } from '../differences.ts';

interface Row {
  number: number;
  part: string;
  kind: PartKind;
  description: string;
  unit: string;
  account: Account;
  site: string;
  book: string;
  counted: string;
  counted_at: Date;
  base: string | null;
  rate: string | null;
  value: string | null;
  currency: string | null;
  duty_rate: string | null;
  duty: string | null;
  tags: string[];
}

const amount = (text: string): string => quantityText(signedQuantity(text));
const exact = (text: string | null): string | null =>
  text === null ? null : toText(decimal(text));

const toRow = (row: Row, rateBase: RateBase): DifferenceRow => ({
  ...{ number: row.number, part: row.part, kind: row.kind, description: row.description },
  ...{ unit: row.unit, account: row.account, site: row.site, rateBase, tags: row.tags },
  ...{ book: amount(row.book), counted: amount(row.counted) },
  difference: quantityText(signedQuantity(row.counted) - signedQuantity(row.book)),
  countedAt: row.counted_at.toISOString(),
  rate: row.rate === null ? null : rateText(rate(row.rate)),
  base: row.base === null ? null : amount(row.base),
  ...{ value: exact(row.value), currency: row.currency },
  ...{ dutyRate: exact(row.duty_rate), duty: exact(row.duty) },
});

/** Keeps what a count came to: its differences, and behind them what nobody counted. */
export async function insert(
  tx: Tx,
  ledger: string,
  stocktake: string,
  differences: readonly DifferenceKept[],
  notCounted: readonly (Spot & { readonly number: number; readonly book: string })[],
): Promise<void> {
  const rows = [...differences, ...notCounted];
  await sql`
    insert into bonded.stock_difference (ledger, stocktake, number, part, account, site, book,
      counted, counted_at, base, rate, value, currency, duty_rate, duty, tags)
    select ${ledger}, ${stocktake}, number, part, account, site, book, counted, "countedAt", base,
      rate, value, currency, "dutyRate", duty, coalesce(tags, '[]'::json)
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, part text,
      account text, site text, book numeric, counted numeric, "countedAt" timestamptz,
      base numeric, rate numeric, value numeric, currency text, "dutyRate" numeric,
      duty numeric, tags json)
  `.execute(tx);
}

export async function list(
  db: Db,
  of: { readonly ledger: string; readonly id: string; readonly rateBase: RateBase },
  { show, q, cursor, limit }: Omit<DifferenceSearch, 'limit'> & { readonly limit: number },
): Promise<{ rows: DifferenceRow[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select d.*, p.kind, p.description, p.unit
    from bonded.stock_difference as d
      join bonded.part as p on p.ledger = d.ledger and p.part = d.part
    where d.ledger = ${of.ledger} and d.stocktake = ${of.id} and d.number > ${cursor ?? 0}
      and d.counted is not null and (${show === 'all'} or d.counted <> d.book)
      and (${q ?? null}::text is null or d.part ilike ${`${escapeLike(q ?? '')}%`})
    order by d.number limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map((row) => toRow(row, of.rateBase));
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null };
}

export async function listNotCounted(
  db: Db,
  ledger: string,
  stocktake: string,
  page: { readonly cursor?: number | undefined; readonly limit: number },
): Promise<{ rows: (Spot & { number: number; book: string })[]; next: number | null }> {
  const { rows } = await sql<Spot & { number: number; book: string }>`
    select number, part, account, site, book from bonded.stock_difference
    where ledger = ${ledger} and stocktake = ${stocktake} and counted is null
      and number > ${page.cursor ?? 0}
    order by number limit ${page.limit + 1}
  `.execute(db);
  const found = rows.slice(0, page.limit).map((row) => ({ ...row, book: amount(row.book) }));
  return { rows: found, next: rows.length > found.length ? (found.at(-1)?.number ?? null) : null };
}

/** Every counted spot of a count, with its number. */
export async function spotsOf(
  db: Db,
  ledger: string,
  stocktake: string,
): Promise<(Spot & { readonly number: number })[]> {
  const { rows } = await sql<Spot & { number: number }>`
    select number, part, account, site from bonded.stock_difference
    where ledger = ${ledger} and stocktake = ${stocktake} and counted is not null
    order by number
  `.execute(db);
  return rows;
}
