import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { type BillPage, type BillRow, BillSearch, type StageCounts } from '../contract.ts';
import type { BillColumns } from './bills.ts';
import { decodeCursor, encodeCursor, escapeLike } from './cursor.ts';

/** Who may see which bills: all of them, or those of an organisation, or of some offices. */
export interface Visibility {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
}

const SELECT = sql`select number, master, status, direction, manifest, carrier, office, terminal,
  conveyance, voyage_no, date, description, consignee, packages,
  trim_scale(gross_mass_kg)::text as gross_mass_kg, claimed_packages,
  trim_scale(claimed_gross_mass_kg)::text as claimed_gross_mass_kg, claims, stage, stage_at,
  do_not_load, task, task_since, manifested_at`;

/** Tasks come the longest waiting first, everything else the newest first. */
export async function search(db: Db, visible: Visibility, wanted: BillSearch): Promise<BillPage> {
  const isTasks = wanted.task !== undefined;
  const column = isTasks ? sql`task_since` : sql`coalesce(manifested_at, '-infinity')`;
  const direction = isTasks ? sql`asc` : sql`desc`;
  const where = filter(visible, wanted);
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const from = after
    ? sql`and (${column}, number) ${isTasks ? sql`>` : sql`<`} (${after[0]}::timestamptz, ${after[1]})`
    : sql``;
  const { rows } = await sql<SelectedRow>`
    ${SELECT}, ${column}::text as sort_value from cargo.bill
    where ${where} ${from}
    order by ${column} ${direction}, number ${direction}
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    rows: page.map(toBillRow),
    next: rows.length > page.length && last ? encodeCursor(last.sort_value, last.number) : null,
    total: after ? null : await count(db, where),
  };
}

/** Counting stops here: an exact count of millions would slow filings down. */
const COUNT_MAX = 10_000;

async function count(db: Db, where: ReturnType<typeof sql>): Promise<number | null> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select 1 from cargo.bill where ${where} limit ${COUNT_MAX + 1}
    ) as counted
  `.execute(db);
  const n = rows[0]?.n ?? 0;
  return n > COUNT_MAX ? null : n;
}

function filter(visible: Visibility, wanted: BillSearch) {
  const like = (text: string) => `${escapeLike(text)}%`;
  const parts = [
    visible.organisation && sql`parties @> array[${visible.organisation}]::text[]`,
    visible.offices && sql`office = any(${[...visible.offices]}::text[])`,
    wanted.manifest && sql`manifest = ${wanted.manifest}`,
    wanted.direction && sql`direction = ${wanted.direction}`,
    wanted.status && sql`status = ${wanted.status}`,
    wanted.stage && sql`stage = ${wanted.stage}`,
    wanted.task && sql`task = ${wanted.task}`,
    wanted.office && sql`office = ${wanted.office}`,
    wanted.terminal && sql`(terminal = ${wanted.terminal} or terminal is null)`,
    wanted.doNotLoad && sql`do_not_load = ${wanted.doNotLoad === 'true'}`,
    wanted.q &&
      sql`(number like ${like(wanted.q.toUpperCase())} or ${wanted.q.toUpperCase()} = any(containers)
        or description ilike ${`%${like(wanted.q)}`} or consignee ilike ${`%${like(wanted.q)}`}
        or conveyance ilike ${like(wanted.q)} or voyage_no = ${wanted.q})`,
  ].filter((part) => part !== null && part !== undefined && part !== '');
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** The houses of a master, as rows of a list. */
export async function listHouses(db: Db, master: string): Promise<HouseRow[]> {
  const { rows } = await sql<HouseRow>`
    select number, packages, trim_scale(gross_mass_kg)::text as "grossMassKg", claims,
      capacity_packages - claimed_packages as "packagesLeft",
      trim_scale(capacity_gross_mass_kg - claimed_gross_mass_kg)::text as "grossMassLeftKg"
    from cargo.bill where master = ${master} and status <> 'deleted' order by number
  `.execute(db);
  return rows;
}
export interface HouseRow {
  readonly number: string;
  readonly packages: number | null;
  readonly grossMassKg: string | null;
  readonly claims: number;
  readonly packagesLeft: number | null;
  readonly grossMassLeftKg: string | null;
}

type SelectedRow = Omit<BillColumns, 'stage_at' | 'task_since' | 'manifested_at'> & {
  stage_at: Date | null;
  task_since: Date | null;
  manifested_at: Date | null;
  sort_value: string;
};
const toIso = (at: Date | null): string | null => at?.toISOString() ?? null;

const toBillRow = (row: SelectedRow): BillRow => ({
  number: row.number,
  master: row.master,
  status: row.status,
  direction: row.direction,
  manifest: row.manifest,
  carrier: row.carrier,
  office: row.office,
  terminal: row.terminal,
  conveyance: row.conveyance,
  voyageNo: row.voyage_no,
  date: row.date,
  description: row.description,
  consignee: row.consignee,
  packages: row.packages,
  grossMassKg: row.gross_mass_kg,
  claimedPackages: row.claimed_packages,
  claimedGrossMassKg: row.claimed_gross_mass_kg,
  claims: row.claims,
  stage: row.stage,
  stageAt: toIso(row.stage_at),
  doNotLoad: row.do_not_load,
  task: row.task,
  taskSince: toIso(row.task_since),
  manifestedAt: toIso(row.manifested_at),
});

/** How many bills stand at each stage; goods that left are history, and only the last days of it are counted. */
export async function countStages(
  db: Db,
  visible: Visibility,
  leftSince: string,
): Promise<StageCounts['rows']> {
  const { rows } = await sql<StageCounts['rows'][number]>`
    select direction, stage, count(*)::int as bills from cargo.bill
    where ${filter(visible, BillSearch.parse({ status: 'manifested' }))}
      and not is_consolidated and stage is not null
      and (stage not in ('out', 'aboard') or direction = 'I' and stage = 'aboard'
        or stage_at >= ${leftSince}::timestamptz)
    group by direction, stage order by direction desc, stage
  `.execute(db);
  return rows;
}
