import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Consumption } from '../../contract.ts';
import { rate, rateText } from '../../quantity.ts';
import type { ConsumptionSearch, RecordedConsumption } from '../contract.ts';

interface Row {
  seq: number;
  product: string;
  version: string;
  part: string;
  net: string;
  tangible_loss_rate: string;
  intangible_loss_rate: string;
  evidence: string;
  effective_from: string;
  effective_to: string | null;
  recorded_at: Date;
  recorded_by: string;
}

/** What is recorded of some products, in the order it was. Whoever will add to it holds the ledger. */
export async function ofProducts(
  db: Db,
  ledger: string,
  products: readonly string[],
): Promise<RecordedConsumption[]> {
  const { rows } = await sql<Row>`
    select * from bonded.consumption
    where ledger = ${ledger} and product = any(${[...products]}::text[])
    order by seq
  `.execute(db);
  return rows.map(toConsumption);
}

/** All of a ledger, in the order it was recorded: what the engine begins with. */
export async function allConsumption(db: Db, ledger: string): Promise<RecordedConsumption[]> {
  const { rows } = await sql<Row>`
    select * from bonded.consumption where ledger = ${ledger} order by seq
  `.execute(db);
  return rows.map(toConsumption);
}

/** Adds lines behind the `count` that are there. Nothing recorded is ever changed. */
export async function addConsumption(
  tx: Tx,
  ledger: string,
  count: number,
  lines: readonly Consumption[],
  recorded: { readonly at: Instant; readonly by: string },
): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((line, index) => ({ ...line, seq: count + index + 1 }));
  await sql`
    insert into bonded.consumption (ledger, seq, product, version, part, net, tangible_loss_rate,
      intangible_loss_rate, evidence, effective_from, effective_to, recorded_at, recorded_by)
    select ${ledger}, seq, product, version, part, net, "tangibleLossRate", "intangibleLossRate",
      evidence, "from", "to", ${recorded.at}, ${recorded.by}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (seq int, product text,
      version text, part text, net numeric, "tangibleLossRate" numeric,
      "intangibleLossRate" numeric, evidence text, "from" date, "to" date)
  `.execute(tx);
}

export async function listConsumption(
  db: Db,
  ledger: string,
  { product, part, on, cursor, limit }: ConsumptionSearch,
): Promise<{ rows: RecordedConsumption[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.consumption
    where ledger = ${ledger} and seq > ${cursor ?? 0}
      and (${product ?? null}::text is null or product = ${product ?? null})
      and (${part ?? null}::text is null or part = ${part ?? null})
      and (${on ?? null}::date is null or (effective_from <= ${on ?? null}::date
        and (effective_to is null or effective_to > ${on ?? null}::date)))
    order by seq
    limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(toConsumption);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.seq ?? null) : null };
}

const toConsumption = (row: Row): RecordedConsumption => ({
  ...{ seq: row.seq, product: row.product, version: row.version, part: row.part },
  net: rateText(rate(row.net)),
  tangibleLossRate: rateText(rate(row.tangible_loss_rate)),
  intangibleLossRate: rateText(rate(row.intangible_loss_rate)),
  ...{ evidence: row.evidence, from: row.effective_from, to: row.effective_to },
  ...{ recordedAt: row.recorded_at.toISOString(), recordedBy: row.recorded_by },
});
