import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Part, PartKind } from '../../contract.ts';
import type { NumberedPart, PartSearch } from '../contract.ts';
import { escapeLike } from './ledgers.ts';

interface Row {
  number: number;
  part: string;
  kind: PartKind;
  description: string;
  hs_code: string | null;
  unit: string;
  unit_value: string | null;
  currency: string | null;
  is_used: boolean;
}

/** The parts of some names, by name. Whoever will change them holds the ledger. */
export async function findParts(
  db: Db,
  ledger: string,
  names: readonly string[],
): Promise<Map<string, NumberedPart>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select * from bonded.part where ledger = ${ledger} and part = any(${[...names]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.part, toPart(row)]));
}

/** All parts of a ledger, the number of each being its place: what the engine begins with. */
export async function allParts(db: Db, ledger: string): Promise<NumberedPart[]> {
  const { rows } = await sql<Row>`
    select * from bonded.part where ledger = ${ledger} order by number
  `.execute(db);
  return rows.map(toPart);
}

/** Adds parts behind the `count` that are there, in the order they were sent; the caller holds the lock. */
export async function addParts(
  tx: Tx,
  ledger: string,
  count: number,
  parts: readonly Part[],
): Promise<void> {
  if (parts.length === 0) return;
  const rows = parts.map((part, index) => ({ ...part, number: count + index }));
  await sql`
    insert into bonded.part
      (ledger, number, part, kind, description, hs_code, unit, unit_value, currency, is_used)
    select ${ledger}, number, part, kind, description, "hsCode", unit, "unitValue", currency, false
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, part text, kind text,
      description text, "hsCode" text, unit text, "unitValue" text, currency text)
  `.execute(tx);
}

/** Brings parts to what was said last of them; their numbers stay. */
export async function changeParts(tx: Tx, ledger: string, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return;
  await sql`
    update bonded.part as p set kind = row.kind, description = row.description,
      hs_code = row."hsCode", unit = row.unit, unit_value = row."unitValue", currency = row.currency
    from json_to_recordset(${JSON.stringify(parts)}::json) as row (part text, kind text,
      description text, "hsCode" text, unit text, "unitValue" text, currency text)
    where p.ledger = ${ledger} and p.part = row.part
  `.execute(tx);
}

/** Notes that something is counted in the units of these parts: from here on they stay. */
export async function markUsed(tx: Tx, ledger: string, parts: readonly string[]): Promise<void> {
  if (parts.length === 0) return;
  await sql`
    update bonded.part set is_used = true
    where ledger = ${ledger} and part = any(${[...parts]}::text[]) and not is_used
  `.execute(tx);
}

export async function listParts(
  db: Db,
  ledger: string,
  { q, kind, cursor, limit }: PartSearch,
): Promise<{ rows: NumberedPart[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.part
    where ledger = ${ledger} and number > ${cursor ?? -1}
      and (${q ?? null}::text is null or part like ${`${escapeLike(q ?? '')}%`})
      and (${kind ?? null}::text is null or kind = ${kind ?? null})
    order by number
    limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(toPart);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null };
}

const toPart = (row: Row): NumberedPart => ({
  ...{ number: row.number, part: row.part, kind: row.kind, description: row.description },
  ...{ hsCode: row.hs_code, unit: row.unit, unitValue: row.unit_value, currency: row.currency },
  isUsed: row.is_used,
});
