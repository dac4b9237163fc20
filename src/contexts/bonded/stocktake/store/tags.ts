import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { quantity, quantityText } from '../../quantity.ts';
import type { CountedStock, CountLine, TagEnd, TagRow, TagSearch } from '../contract.ts';

interface Row {
  number: number;
  tag: string;
  part: string;
  stock: CountedStock;
  site: string;
  quantity: string;
  counted_at: Date;
  lot: string | null;
  bin: string | null;
  ends: TagEnd | null;
}

const toTag = (row: Row): TagRow => ({
  ...{ number: row.number, tag: row.tag, part: row.part, stock: row.stock, site: row.site },
  quantity: quantityText(quantity(row.quantity)),
  countedAt: row.counted_at.toISOString(),
  ...{ lot: row.lot, bin: row.bin, end: row.ends },
});

/** The tags of some numbers that a count has. */
export async function findTags(
  db: Db,
  ledger: string,
  stocktake: string,
  tags: readonly string[],
): Promise<Map<string, TagRow>> {
  const { rows } = await sql<Row>`
    select * from bonded.count_tag
    where ledger = ${ledger} and stocktake = ${stocktake} and tag = any(${[...tags]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.tag, toTag(row)]));
}

/** Adds tags behind the `count` that are there; the caller holds the ledger. */
export async function addTags(
  tx: Tx,
  ledger: string,
  stocktake: string,
  count: number,
  tags: readonly CountLine[],
): Promise<void> {
  const rows = tags.map((tag, index) => ({ ...tag, number: count + index + 1 }));
  await sql`
    insert into bonded.count_tag
      (ledger, stocktake, number, tag, part, stock, site, quantity, counted_at, lot, bin)
    select ${ledger}, ${stocktake}, number, tag, part, stock, site, quantity, "countedAt", lot, bin
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, tag text, part text,
      stock text, site text, quantity numeric, "countedAt" timestamptz, lot text, bin text)
  `.execute(tx);
}

/** All of a count, in the order they came. */
export async function allTags(db: Db, ledger: string, stocktake: string): Promise<TagRow[]> {
  const { rows } = await sql<Row>`
    select * from bonded.count_tag where ledger = ${ledger} and stocktake = ${stocktake}
    order by number
  `.execute(db);
  return rows.map(toTag);
}

/** Writes where each tag ended, the first being that of tag 1. */
export async function saveEnds(
  tx: Tx,
  ledger: string,
  stocktake: string,
  ends: readonly TagEnd[],
): Promise<void> {
  await sql`
    update bonded.count_tag as tag set ends = row.ends
    from unnest(${[...ends]}::text[]) with ordinality as row (ends, number)
    where tag.ledger = ${ledger} and tag.stocktake = ${stocktake} and tag.number = row.number
  `.execute(tx);
}

export async function listTags(
  db: Db,
  ledger: string,
  stocktake: string,
  { end, part, cursor, limit }: TagSearch,
): Promise<{ rows: TagRow[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.count_tag
    where ledger = ${ledger} and stocktake = ${stocktake} and number > ${cursor ?? 0}
      and (${end ?? null}::text is null or ends = ${end ?? null})
      and (${part ?? null}::text is null or part = ${part ?? null})
    order by number limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(toTag);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null };
}
