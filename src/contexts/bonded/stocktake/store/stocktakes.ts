import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type {
  Stocktake,
  StocktakeFigures,
  StocktakeInput,
  StocktakeSearch,
  StocktakeStatus,
} from '../contract.ts';

/** A count as it is kept, with what the contract does not tell. */
export interface KeptStocktake {
  readonly stocktake: Stocktake;
  readonly number: number;
  readonly version: number;
  readonly contentHash: string;
}

interface Row {
  ledger: string;
  id: string;
  number: number;
  status: StocktakeStatus;
  version: number;
  content: StocktakeInput;
  content_hash: string;
  tags: number;
  as_of: string | null;
  figures: StocktakeFigures | null;
  explanations: number;
  opened_at: Date;
  opened_by: string;
  closed_at: Date | null;
  closed_by: string | null;
}

const toKept = (row: Row): KeptStocktake => ({
  stocktake: {
    ...row.content,
    ...{ ledger: row.ledger, status: row.status, tags: row.tags, figures: row.figures },
    ...{ openedAt: row.opened_at.toISOString(), openedBy: row.opened_by },
    ...{ closedAt: row.closed_at?.toISOString() ?? null, closedBy: row.closed_by },
    asOf: row.as_of === null ? null : Number(row.as_of),
    explanations: row.explanations,
  },
  ...{ number: row.number, version: row.version, contentHash: row.content_hash },
});

export async function find(db: Db, ledger: string, id: string): Promise<KeptStocktake | null> {
  const { rows } = await sql<Row>`
    select * from bonded.stocktake where ledger = ${ledger} and id = ${id}
  `.execute(db);
  return rows[0] ? toKept(rows[0]) : null;
}

/** Begins a count behind those that are there; the caller holds the ledger. */
export async function insert(
  tx: Tx,
  ledger: string,
  content: StocktakeInput,
  { hash, at, by }: { readonly hash: string; readonly at: string; readonly by: string },
): Promise<void> {
  await sql`
    insert into bonded.stocktake
      (ledger, id, number, status, version, content, content_hash, opened_at, opened_by)
    select ${ledger}, ${content.id}, coalesce(max(number), 0) + 1, 'open', 1,
      ${JSON.stringify(content)}::json, ${hash}, ${at}::timestamptz, ${by}
    from bonded.stocktake where ledger = ${ledger}
  `.execute(tx);
}

/** What changes of a count; the caller holds the ledger. */
export async function save(
  tx: Tx,
  { stocktake, version }: Pick<KeptStocktake, 'stocktake' | 'version'>,
): Promise<void> {
  const { figures } = stocktake;
  await sql`
    update bonded.stocktake set status = ${stocktake.status}, version = ${version},
      tags = ${stocktake.tags}, as_of = ${stocktake.asOf},
      figures = ${figures === null ? null : JSON.stringify(figures)}::json,
      explanations = ${stocktake.explanations}, closed_at = ${stocktake.closedAt}::timestamptz,
      closed_by = ${stocktake.closedBy}
    where ledger = ${stocktake.ledger} and id = ${stocktake.id}
  `.execute(tx);
}

/** The newest first. */
export async function list(
  db: Db,
  ledger: string,
  { status, cursor, limit }: StocktakeSearch,
): Promise<{ rows: Stocktake[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.stocktake
    where ledger = ${ledger} and (${cursor ?? null}::integer is null or number < ${cursor ?? null})
      and (${status ?? null}::text is null or status = ${status ?? null})
    order by number desc limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => toKept(row).stocktake),
    next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null,
  };
}
