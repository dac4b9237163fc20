import { sql } from 'kysely';
import { decimal, toText } from '../../../../kernel/decimal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { StockBill } from '../contract.ts';
import type { BillLine } from '../crossing.ts';

/** A stock bill and its lines, as what passes is counted against them. */
export interface StoredBill {
  readonly id: string;
  readonly batch: string;
  readonly organisation: string;
  readonly office: string;
  readonly zone: string;
  readonly kind: 'draw' | 'return';
  readonly direction: 'in' | 'out';
  readonly status: StockBill['status'];
  readonly version: number;
  readonly contentHash: string;
  readonly issuedAt: string;
  readonly lines: readonly BillLine[];
}

interface BillRow {
  id: string;
  batch: string;
  organisation: string;
  office: string;
  zone: string;
  kind: StoredBill['kind'];
  direction: StoredBill['direction'];
  status: StoredBill['status'];
  version: number;
  content_hash: string;
  issued_at: Date;
}

interface LineRow {
  bill: string;
  line_no: number;
  quantity: string;
  net_mass_kg: string;
  gross_mass_kg: string;
  packages: number;
  passed: string;
  passed_net_mass_kg: string;
  passed_gross_mass_kg: string;
  passed_packages: number;
}

/** Writes new bills with their lines; the ids of those whose id was free. */
export async function insert(tx: Tx, bills: readonly StoredBill[]): Promise<Set<string>> {
  if (bills.length === 0) return new Set();
  const heads = bills.map(({ lines: _, ...head }) => head);
  const { rows } = await sql<{ id: string }>`
    insert into cargo.stock_bill (id, batch, organisation, office, zone, kind, direction, status,
      version, content_hash, issued_at)
    select id, batch, organisation, office, zone, kind, direction, status, version, "contentHash",
      "issuedAt"
    from json_to_recordset(${JSON.stringify(heads)}::json) as row(id text, batch text,
      organisation text, office text, zone text, kind text, direction text, status text, version int,
      "contentHash" text, "issuedAt" timestamptz)
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  const claimed = new Set(rows.map((row) => row.id));
  const lines = bills
    .filter(({ id }) => claimed.has(id))
    .flatMap(({ id, lines }) =>
      lines.map((line) => ({
        b: id,
        n: line.lineNo,
        q: toText(line.quantity),
        net: toText(line.netMassKg),
        gross: toText(line.grossMassKg),
        p: line.packages,
      })),
    );
  await sql`
    insert into cargo.stock_bill_line
      (bill, line_no, quantity, net_mass_kg, gross_mass_kg, packages)
    select b, n, q, net, gross, p
    from json_to_recordset(${JSON.stringify(lines)}::json)
      as row(b text, n int, q numeric, net numeric, gross numeric, p int)
  `.execute(tx);
  return claimed;
}

/** Brings bills and what of their lines has passed up to date; their applications are locked. */
export async function save(tx: Tx, bills: readonly StoredBill[]): Promise<void> {
  if (bills.length === 0) return;
  const heads = bills.map(({ id, status, version }) => ({ id, status, version }));
  await sql`
    update cargo.stock_bill as b set status = r.status, version = r.version
    from json_to_recordset(${JSON.stringify(heads)}::json) as r(id text, status text, version int)
    where b.id = r.id
  `.execute(tx);
  const lines = bills.flatMap(({ id, lines }) =>
    lines.map(({ lineNo, passed }) => ({
      b: id,
      n: lineNo,
      q: toText(passed.quantity),
      net: toText(passed.netMassKg),
      gross: toText(passed.grossMassKg),
      p: passed.packages,
    })),
  );
  await sql`
    update cargo.stock_bill_line as l set passed = v.q, passed_net_mass_kg = v.net,
      passed_gross_mass_kg = v.gross, passed_packages = v.p
    from json_to_recordset(${JSON.stringify(lines)}::json)
      as v(b text, n int, q numeric, net numeric, gross numeric, p int)
    where l.bill = v.b and l.line_no = v.n
  `.execute(tx);
}

/** The applications bills are drawn from; a bill that is not there is absent. */
export async function batchesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; batch: string }>`
    select id, batch from cargo.stock_bill where id = any(${[...ids]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row.batch]));
}

export async function find(db: Db, ids: readonly string[]): Promise<Map<string, StoredBill>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<BillRow>`
    select * from cargo.stock_bill where id = any(${[...ids]}::text[])
  `.execute(db);
  return withLines(db, rows);
}

/** Bills of an application, the newest first. */
export async function list(
  db: Db,
  batch: string,
  after: string | null,
  limit: number,
): Promise<StoredBill[]> {
  const { rows } = await sql<BillRow>`
    select * from cargo.stock_bill as b
    where batch = ${batch}
      and (${after}::text is null or (issued_at, id) <
        (select issued_at, id from cargo.stock_bill where id = ${after}))
    order by issued_at desc, id desc
    limit ${limit}
  `.execute(db);
  return [...(await withLines(db, rows)).values()];
}

/** Whether goods of an application are still on their way through a gate. */
export async function hasOpen(db: Db, batch: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cargo.stock_bill
    where batch = ${batch} and status in ('issued', 'passing') limit 1
  `.execute(db);
  return rows.length > 0;
}

async function withLines(db: Db, heads: readonly BillRow[]): Promise<Map<string, StoredBill>> {
  const { rows } = await sql<LineRow>`
    select * from cargo.stock_bill_line
    where bill = any(${heads.map(({ id }) => id)}::text[]) order by bill, line_no
  `.execute(db);
  const lines = new Map<string, BillLine[]>(heads.map(({ id }) => [id, []]));
  for (const row of rows) lines.get(row.bill)?.push(toLine(row));
  return new Map(heads.map((row) => [row.id, toBill(row, lines.get(row.id) ?? [])]));
}

function toLine(row: LineRow): BillLine {
  return {
    lineNo: row.line_no,
    quantity: decimal(row.quantity),
    netMassKg: decimal(row.net_mass_kg),
    grossMassKg: decimal(row.gross_mass_kg),
    packages: row.packages,
    passed: {
      quantity: decimal(row.passed),
      netMassKg: decimal(row.passed_net_mass_kg),
      grossMassKg: decimal(row.passed_gross_mass_kg),
      packages: row.passed_packages,
    },
  };
}

function toBill(row: BillRow, lines: readonly BillLine[]): StoredBill {
  return {
    id: row.id,
    batch: row.batch,
    organisation: row.organisation,
    office: row.office,
    zone: row.zone,
    kind: row.kind,
    direction: row.direction,
    status: row.status,
    version: row.version,
    contentHash: row.content_hash,
    issuedAt: row.issued_at.toISOString(),
    lines,
  };
}
