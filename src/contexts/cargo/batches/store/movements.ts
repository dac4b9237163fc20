import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { type Decimal, decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Movement, MovementSearch } from '../contract.ts';

/** One line of one bill that really crossed; what came back is negative. */
export interface StoredMovement {
  readonly id: string;
  readonly batch: string;
  readonly bill: string;
  readonly lineNo: number;
  readonly passport: string;
  readonly crossedAt: string;
  /** The day it crossed; of goods that came back, the day of what they reverse. */
  readonly countsOn: LocalDate;
  readonly quantity: Decimal;
  readonly netMassKg: Decimal;
  readonly grossMassKg: Decimal;
  readonly packages: number;
  readonly state: Movement['state'];
  readonly consolidation: string | null;
  readonly declaration: string | null;
}

interface Row {
  id: string;
  batch: string;
  bill: string;
  line_no: number;
  passport: string;
  crossed_at: Date;
  counts_on: string;
  quantity: string;
  net_mass_kg: string;
  gross_mass_kg: string;
  packages: number;
  state: Movement['state'];
  consolidation: string | null;
  declaration: string | null;
}

/** Which crossings of bills are counted already, as `passport bill`. */
export async function countedCrossings(tx: Tx, passports: readonly string[]): Promise<Set<string>> {
  if (passports.length === 0) return new Set();
  const { rows } = await sql<{ passport: string; bill: string }>`
    select distinct passport, bill from cargo.batch_movement
    where passport = any(${[...passports]}::text[])
  `.execute(tx);
  return new Set(rows.map(({ passport, bill }) => `${passport} ${bill}`));
}

export async function insert(tx: Tx, movements: readonly StoredMovement[]): Promise<void> {
  if (movements.length === 0) return;
  const rows = movements.map((movement) => ({
    ...movement,
    quantity: toText(movement.quantity),
    netMassKg: toText(movement.netMassKg),
    grossMassKg: toText(movement.grossMassKg),
  }));
  await sql`
    insert into cargo.batch_movement (id, batch, bill, line_no, passport, crossed_at, counts_on,
      quantity, net_mass_kg, gross_mass_kg, packages, state)
    select id, batch, bill, "lineNo", passport, "crossedAt", "countsOn", quantity, "netMassKg",
      "grossMassKg", packages, state
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id text, batch text, bill text,
      "lineNo" int, passport text, "crossedAt" timestamptz, "countsOn" date, quantity numeric,
      "netMassKg" numeric, "grossMassKg" numeric, packages int, state text)
  `.execute(tx);
}

/** What of an application crossed up to a day and stands on no consolidation, the oldest first. */
export async function undeclared(
  db: Db,
  batch: string,
  through: LocalDate,
): Promise<StoredMovement[]> {
  const { rows } = await sql<Row>`
    select * from cargo.batch_movement
    where batch = ${batch} and state = 'undeclared' and counts_on <= ${through}
    order by crossed_at, id
  `.execute(db);
  return rows.map(toStored);
}

/** The movements that declarations stand for. */
export async function ofDeclarations(
  db: Db,
  declarations: readonly string[],
): Promise<StoredMovement[]> {
  if (declarations.length === 0) return [];
  const { rows } = await sql<Row>`
    select * from cargo.batch_movement where declaration = any(${[...declarations]}::text[])
    order by id
  `.execute(db);
  return rows.map(toStored);
}

export interface Standing {
  readonly id: string;
  readonly state: Movement['state'];
  readonly consolidation: string | null;
  readonly declaration: string | null;
}

/** What of some lines crossed and stands on no declaration, as `batch lineNo`. */
export async function undeclaredOfLines(
  tx: Tx,
  batches: readonly string[],
): Promise<Map<string, StoredMovement[]>> {
  const found = new Map<string, StoredMovement[]>();
  if (batches.length === 0) return found;
  const { rows } = await sql<Row>`
    select * from cargo.batch_movement
    where batch = any(${[...batches]}::text[]) and state = 'undeclared'
    order by counts_on, id
  `.execute(tx);
  for (const row of rows) {
    const key = `${row.batch} ${row.line_no}`;
    const own = found.get(key);
    if (own) own.push(toStored(row));
    else found.set(key, [toStored(row)]);
  }
  return found;
}

/** Binds movements to a consolidation, declares them, or frees them; their application is locked. */
export async function place(tx: Tx, standings: readonly Standing[]): Promise<void> {
  if (standings.length === 0) return;
  const rows = standings.map(({ id, state, consolidation, declaration }) => {
    return { id, state, consolidation, declaration };
  });
  await sql`
    update cargo.batch_movement as m
    set state = r.state, consolidation = r.consolidation, declaration = r.declaration
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id text, state text, consolidation text, declaration text)
    where m.id = r.id
  `.execute(tx);
}

/** Months of applications with something that no accepted declaration covers, the oldest first. */
export async function openMonths(
  db: Db,
  batches: readonly string[],
): Promise<{ batch: string; month: string; movements: number }[]> {
  if (batches.length === 0) return [];
  const { rows } = await sql<{ batch: string; month: string; movements: number }>`
    select batch, to_char(counts_on, 'YYYY-MM') as month, count(*)::int as movements
    from cargo.batch_movement
    where batch = any(${[...batches]}::text[]) and state <> 'declared'
    group by batch, month
    order by batch, month
  `.execute(db);
  return rows;
}

export async function list(
  db: Db,
  batch: string,
  wanted: MovementSearch,
): Promise<{ rows: Movement[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select * from cargo.batch_movement
    where batch = ${batch}
      and (${wanted.state ?? null}::text is null or state = ${wanted.state ?? null})
      and (${wanted.from ?? null}::date is null or counts_on >= ${wanted.from ?? null}::date)
      and (${wanted.to ?? null}::date is null or counts_on <= ${wanted.to ?? null}::date)
      and (${wanted.cursor ?? null}::text is null or (crossed_at, id) <
        (select crossed_at, id from cargo.batch_movement where id = ${wanted.cursor ?? null}))
    order by crossed_at desc, id desc
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map((row) => shown(toStored(row)));
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

export function shown(movement: StoredMovement): Movement {
  const { batch, crossedAt, quantity, netMassKg, grossMassKg, ...rest } = movement;
  return {
    ...rest,
    application: batch,
    at: crossedAt,
    quantity: toText(quantity),
    netMassKg: toText(netMassKg),
    grossMassKg: toText(grossMassKg),
  };
}

function toStored(row: Row): StoredMovement {
  return {
    id: row.id,
    batch: row.batch,
    bill: row.bill,
    lineNo: row.line_no,
    passport: row.passport,
    crossedAt: row.crossed_at.toISOString(),
    countsOn: row.counts_on,
    quantity: decimal(row.quantity),
    netMassKg: decimal(row.net_mass_kg),
    grossMassKg: decimal(row.gross_mass_kg),
    packages: row.packages,
    state: row.state,
    consolidation: row.consolidation,
    declaration: row.declaration,
  };
}
