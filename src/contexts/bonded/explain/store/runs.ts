import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { escapeLike } from '../../ledgers/store/ledgers.ts';
import type { ExplanationRow, ExplanationRun, ExplanationSearch } from '../contract.ts';
import type { ExplanationKept } from '../shown.ts';

interface Row {
  run: number;
  heads: ExplanationRun['heads'];
  evidence_hash: string;
  result_hash: string;
  figures: ExplanationRun['figures'];
  explained_at: Date;
  explained_by: string;
}

const toRun = (row: Row): ExplanationRun => ({
  ...{ run: row.run, heads: row.heads, figures: row.figures },
  ...{ evidenceHash: row.evidence_hash, resultHash: row.result_hash },
  ...{ explainedAt: row.explained_at.toISOString(), explainedBy: row.explained_by },
});

/** A run of a count; the last where none is named, `null` where there is none. */
export async function findRun(
  db: Db,
  ledger: string,
  stocktake: string,
  run?: number,
): Promise<ExplanationRun | null> {
  const { rows } = await sql<Row>`
    select * from bonded.explanation
    where ledger = ${ledger} and stocktake = ${stocktake}
      and (${run ?? null}::integer is null or run = ${run ?? null})
    order by run desc limit 1
  `.execute(db);
  return rows[0] ? toRun(rows[0]) : null;
}

/** Keeps a run with what it says of every difference; the caller holds the ledger. */
export async function insert(
  tx: Tx,
  ledger: string,
  stocktake: string,
  run: ExplanationRun,
  explained: readonly ExplanationKept[],
): Promise<void> {
  await sql`
    insert into bonded.explanation (ledger, stocktake, run, heads, evidence_hash, result_hash,
      figures, explained_at, explained_by)
    values (${ledger}, ${stocktake}, ${run.run}, ${JSON.stringify(run.heads)}::json,
      ${run.evidenceHash}, ${run.resultHash}, ${JSON.stringify(run.figures)}::json,
      ${run.explainedAt}::timestamptz, ${run.explainedBy})
  `.execute(tx);
  const rows = explained.map((content) => ({ number: content.number, content }));
  await sql`
    insert into bonded.explained_difference (ledger, stocktake, run, number, content)
    select ${ledger}, ${stocktake}, ${run.run}, number, content
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, content json)
  `.execute(tx);
}

/** What a run says of each spot of its count, in the order of their numbers. */
export async function listExplained(
  db: Db,
  ledger: string,
  stocktake: string,
  wanted: Omit<ExplanationSearch, 'run'> & { readonly run: number },
): Promise<{ rows: ExplanationRow[]; next: number | null }> {
  const { run, q, cause, cursor, limit } = wanted;
  const { rows } = await sql<{
    number: number;
    content: ExplanationKept;
    description: string;
    unit: string;
  }>`
    select e.number, e.content, p.description, p.unit
    from bonded.explained_difference as e
      join bonded.stock_difference as d using (ledger, stocktake, number)
      join bonded.part as p on p.ledger = d.ledger and p.part = d.part
    where e.ledger = ${ledger} and e.stocktake = ${stocktake} and e.run = ${run}
      and e.number > ${cursor ?? 0}
      and (${q ?? null}::text is null or d.part ilike ${`${escapeLike(q ?? '')}%`})
      and (${cause ?? null}::text is null or exists (
        select from jsonb_path_query(e.content::jsonb, '$.**.cause') as named
        where named #>> '{}' = ${cause ?? null}))
    order by e.number limit ${limit + 1}
  `.execute(db);
  const page = rows
    .slice(0, limit)
    .map(({ content, description, unit }) => ({ ...content, description, unit }));
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null };
}

/** When what a paper saw happened; `null` where there is no such paper. */
export async function paperAt(db: Db, ledger: string, id: string): Promise<string | null> {
  const { rows } = await sql<{ at: string }>`
    select content ->> 'at' as at from bonded.paper where ledger = ${ledger} and id = ${id}
  `.execute(db);
  return rows[0]?.at ?? null;
}

/** When a spot of a count was counted; `null` where it was not. */
export async function countedAt(
  db: Db,
  { ledger, stocktake, number }: { ledger: string; stocktake: string; number: number },
): Promise<string | null> {
  const { rows } = await sql<{ counted_at: Date | null }>`
    select counted_at from bonded.stock_difference
    where ledger = ${ledger} and stocktake = ${stocktake} and number = ${number}
  `.execute(db);
  return rows[0]?.counted_at?.toISOString() ?? null;
}
