import { sql } from 'kysely';
import { toText } from '../../../../kernel/decimal.ts';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type State, whereIs } from '../bill.ts';
import type { ClaimStatus } from '../contract.ts';
import { capacityOf, takenOf } from '../settle.ts';
import { taskOf } from '../task.ts';

/** The columns of a bill as its state has them; the test of integrity compares with this. */
export function toRow(state: State) {
  const { content, claims } = state;
  const capacity = capacityOf(state);
  const taken = takenOf(claims);
  const stage = whereIs(state);
  const task = taskOf(state);
  return {
    number: state.number,
    master: state.master,
    status: state.status,
    version: state.version,
    direction: state.direction,
    manifest: state.manifest,
    carrier: state.carrier,
    office: state.office,
    terminal: state.terminal,
    conveyance: state.conveyance,
    voyage_no: state.voyageNo,
    date: state.date,
    description: content?.description ?? null,
    consignee: content?.consignee?.name ?? null,
    parties: partiesOf(state),
    containers: content?.containers.flatMap(({ number }) => number ?? []) ?? [],
    is_consolidated: state.houses.length > 0,
    packages: content?.packages ?? null,
    gross_mass_kg: content?.grossMassKg ?? null,
    capacity_packages: capacity?.packages ?? null,
    capacity_gross_mass_kg: capacity && toText(capacity.grossMass),
    claimed_packages: taken.packages,
    claimed_gross_mass_kg: toText(taken.grossMass),
    claims: claims.length,
    arrived_at: state.arrived?.at ?? null,
    premises: state.arrived?.premises ?? null,
    stage: stage?.stage ?? null,
    stage_at: stage?.at ?? null,
    do_not_load: state.doNotLoad !== null,
    task: task?.task ?? null,
    task_since: task?.since ?? null,
    manifested_at: state.manifestedAt,
  };
}
export type BillColumns = ReturnType<typeof toRow>;

/** Organisations a bill concerns: its carrier, shipper and consignee, and whoever claims of it. */
export function partiesOf({ carrier, content, claims }: State): string[] {
  const all = [
    carrier,
    content?.shipper?.uscc,
    content?.consignee?.uscc,
    ...claims.map(({ organisation }) => organisation),
  ];
  return [...new Set(all.filter((each): each is string => Boolean(each)))].sort();
}

const RECORD = sql`(number text, master text, status text, version integer, direction text,
  manifest text, carrier text, office text, terminal text, conveyance text, voyage_no text,
  date text, description text, consignee text, parties text[], containers text[],
  is_consolidated boolean, packages integer, gross_mass_kg numeric, capacity_packages integer,
  capacity_gross_mass_kg numeric, claimed_packages integer, claimed_gross_mass_kg numeric,
  claims integer, arrived_at timestamptz, premises text, stage text, stage_at timestamptz,
  do_not_load boolean, task text, task_since timestamptz, manifested_at timestamptz)`;

/**
 * Holds bills until the end of the transaction, those that are not there yet as awaited ones. Those
 * that are there are held first and in the order of their numbers, so that two who hold many never
 * wait for each other in a ring. Answers those that were not there.
 */
export async function hold(tx: Tx, numbers: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(numbers)].sort();
  const held = await lock(tx, wanted);
  const missing = wanted.filter((number) => !held.has(number));
  if (missing.length === 0) return new Set();
  const { rows } = await sql<{ number: string }>`
    insert into cargo.bill (number, master)
    select number, nullif(split_part(number, '*', 1), number)
    from unnest(${missing}::text[]) as number
    on conflict (number) do nothing
    returning number
  `.execute(tx);
  if (rows.length < missing.length) await lock(tx, missing);
  return new Set(rows.map(({ number }) => number));
}

async function lock(tx: Tx, numbers: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`
    select number from cargo.bill where number = any(${[...numbers]}::text[])
    order by number for update
  `.execute(tx);
  return new Set(rows.map(({ number }) => number));
}

/** Brings bills up to their new states; the caller holds them. */
export async function save(tx: Tx, states: readonly State[]): Promise<void> {
  if (states.length === 0) return;
  await leaveTo(
    tx,
    sql`
      update cargo.bill as b set
        master = r.master, status = r.status, version = r.version, direction = r.direction,
        manifest = r.manifest, carrier = r.carrier, office = r.office, terminal = r.terminal,
        conveyance = r.conveyance, voyage_no = r.voyage_no, date = r.date,
        description = r.description, consignee = r.consignee, parties = r.parties,
        containers = r.containers, is_consolidated = r.is_consolidated, packages = r.packages,
        gross_mass_kg = r.gross_mass_kg, capacity_packages = r.capacity_packages,
        capacity_gross_mass_kg = r.capacity_gross_mass_kg, claimed_packages = r.claimed_packages,
        claimed_gross_mass_kg = r.claimed_gross_mass_kg, claims = r.claims,
        arrived_at = r.arrived_at, premises = r.premises, stage = r.stage, stage_at = r.stage_at,
        do_not_load = r.do_not_load, task = r.task, task_since = r.task_since,
        manifested_at = r.manifested_at
      from json_to_recordset(${JSON.stringify(states.map(toRow))}::json) as r${RECORD}
      where b.number = r.number
    `,
  );
}

/** Writes the claims of some bills as their states have them; the caller holds the bills. */
export async function saveClaims(tx: Tx, states: readonly State[]): Promise<void> {
  if (states.length === 0) return;
  const claims = states.flatMap(({ number, claims: own }) =>
    own.map(({ declaration, status, packages, grossMassKg }) => ({
      ...{ declaration, bill: number, status, packages },
      gross_mass_kg: grossMassKg,
    })),
  );
  const over = sql`
    delete from cargo.claim
    where bill = any(${states.map(({ number }) => number)}::text[])
      and declaration <> all(${claims.map(({ declaration }) => declaration)}::text[])
  `;
  const held = sql`
    insert into cargo.claim (declaration, bill, status, packages, gross_mass_kg)
    select * from json_to_recordset(${JSON.stringify(claims)}::json)
      as r(declaration text, bill text, status text, packages integer, gross_mass_kg numeric)
    on conflict (declaration) do update set bill = excluded.bill, status = excluded.status,
      packages = excluded.packages, gross_mass_kg = excluded.gross_mass_kg
  `;
  await Promise.all([over.execute(tx), held.execute(tx)]);
}

export interface ClaimRow {
  readonly declaration: string;
  readonly bill: string;
  readonly status: ClaimStatus;
  readonly packages: number | null;
  readonly gross_mass_kg: string | null;
}

/** The houses of some masters, by number. */
export async function housesOf(db: Db, masters: readonly string[]): Promise<string[]> {
  if (masters.length === 0) return [];
  const { rows } = await sql<{ number: string }>`
    select number from cargo.bill
    where master = any(${[...masters]}::text[]) and status = 'manifested'
    order by number
  `.execute(db);
  return rows.map(({ number }) => number);
}

export async function exists(db: Db, number: string): Promise<boolean> {
  return (await existing(db, [number])).size > 0;
}

export async function existing(db: Db, numbers: readonly string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const { rows } = await sql<{ number: string }>`
    select number from cargo.bill where number = any(${[...numbers]}::text[])
  `.execute(db);
  return new Set(rows.map(({ number }) => number));
}
