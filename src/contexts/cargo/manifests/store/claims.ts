import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import type { Direction } from '../contract.ts';
import type { ClaimRow } from './bills.ts';

/** What a filing needs of a bill, held, and of what the asking declarations have taken already. */
export interface Holding {
  readonly number: string;
  readonly status: 'awaited' | 'manifested' | 'deleted';
  readonly version: number;
  readonly direction: Direction | null;
  readonly manifest: string | null;
  readonly carrier: string | null;
  readonly is_consolidated: boolean;
  readonly containers: readonly string[];
  readonly capacity_packages: number | null;
  readonly capacity_gross_mass_kg: string | null;
  readonly claimed_packages: number;
  readonly claimed_gross_mass_kg: string;
  readonly claims: number;
  readonly arrived_at: Date | null;
  readonly premises: string | null;
  readonly own: readonly ClaimRow[] | null;
}

/** Holds the bills that declarations ask for, and those they have claimed before, in one statement. */
export async function holdForClaims(
  tx: Tx,
  numbers: readonly string[],
  declarations: readonly string[],
): Promise<Map<string, Holding>> {
  const { rows } = await sql<Holding>`
    select b.number, b.status, b.version, b.direction, b.manifest, b.carrier, b.is_consolidated,
      b.containers, b.capacity_packages, trim_scale(b.capacity_gross_mass_kg)::text as capacity_gross_mass_kg,
      b.claimed_packages, trim_scale(b.claimed_gross_mass_kg)::text as claimed_gross_mass_kg, b.claims,
      b.arrived_at, b.premises,
      (select json_agg(json_build_object('declaration', c.declaration, 'bill', c.bill,
          'status', c.status, 'packages', c.packages,
          'gross_mass_kg', trim_scale(c.gross_mass_kg)::text))
        from cargo.claim as c
        where c.bill = b.number and c.declaration = any(${[...declarations]}::text[])) as own
    from cargo.bill as b
    where b.number = any(array(
      select unnest(${[...numbers]}::text[])
      union select bill from cargo.claim where declaration = any(${[...declarations]}::text[])))
    order by b.number
    for update of b
  `.execute(tx);
  return new Map(rows.map((row) => [row.number, row]));
}

/** Declarations that have taken of some bills, a few for each: to show both when a bill is claimed twice. */
export async function listClaimants(
  db: Db,
  bills: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ bill: string; declarations: string[] }>`
    select bill, (array_agg(declaration order by declaration))[1:5] as declarations
    from cargo.claim where bill = any(${[...bills]}::text[]) and status = 'matched'
    group by bill
  `.execute(db);
  return new Map(rows.map(({ bill, declarations }) => [bill, declarations]));
}

interface TakenRow {
  readonly number: string;
  readonly version: number;
  readonly claimed_packages: number;
  readonly claimed_gross_mass_kg: string;
  readonly claims: number;
  /** Organisations that claimed and were not among the bill's parties, perhaps. */
  readonly organisations: readonly string[];
}

/** Writes new claims on held bills and counts them, in one statement. */
export async function takeClaims(
  tx: Tx,
  bills: readonly TakenRow[],
  claims: readonly ClaimRow[],
): Promise<void> {
  await leaveTo(
    tx,
    sql`
      with taken as (
        insert into cargo.claim (declaration, bill, status, packages, gross_mass_kg)
        select * from json_to_recordset(${JSON.stringify(claims)}::json)
          as c(declaration text, bill text, status text, packages integer, gross_mass_kg numeric)
      )
      update cargo.bill as b set
        version = r.version, claimed_packages = r.claimed_packages,
        claimed_gross_mass_kg = r.claimed_gross_mass_kg, claims = r.claims,
        parties = (select coalesce(array_agg(distinct party collate "C" order by party collate "C"), '{}')
          from unnest(b.parties || r.organisations) as party)
      from json_to_recordset(${JSON.stringify(bills)}::json)
        as r(number text, version integer, claimed_packages integer, claimed_gross_mass_kg numeric,
          claims integer, organisations text[])
      where b.number = r.number
    `,
  );
}

/** The goods a declaration claims, as its bill has them: what a release or a passport says of them. */
export interface CarriedGoods {
  readonly declaration: string;
  readonly bill: string;
  readonly containers: readonly string[];
  /** What it takes of the bill; `null` while not stated. */
  readonly packages: number | null;
  readonly grossMassKg: string | null;
  /** The organisation whose premises the goods come to, and where they were reported to be. */
  readonly terminal: string | null;
  readonly premises: string | null;
}

export async function findCarriedGoods(
  db: Db,
  declarations: readonly string[],
): Promise<Map<string, CarriedGoods>> {
  if (declarations.length === 0) return new Map();
  const { rows } = await sql<CarriedGoods>`
    select c.declaration, c.bill, b.containers, c.packages,
      trim_scale(c.gross_mass_kg)::text as "grossMassKg", b.terminal, b.premises
    from cargo.claim as c join cargo.bill as b on b.number = c.bill
    where c.declaration = any(${[...declarations]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.declaration, row]));
}

/** The bills that declarations claim of, by declaration. */
export async function billsOf(
  db: Db,
  declarations: readonly string[],
): Promise<Map<string, string>> {
  if (declarations.length === 0) return new Map();
  const { rows } = await sql<{ declaration: string; bill: string }>`
    select declaration, bill from cargo.claim where declaration = any(${[...declarations]}::text[])
  `.execute(db);
  return new Map(rows.map(({ declaration, bill }) => [declaration, bill]));
}

/** The day the entry of each bill's conveyance was declared; bills whose manifest is awaited are left out. */
export async function declaredEntryOf(
  db: Db,
  bills: readonly string[],
): Promise<Map<string, LocalDate>> {
  if (bills.length === 0) return new Map();
  const { rows } = await sql<{ number: string; date: LocalDate }>`
    select number, date::text as date from cargo.bill
    where number = any(${[...bills]}::text[]) and direction = 'I' and date is not null
  `.execute(db);
  return new Map(rows.map(({ number, date }) => [number, date]));
}
