import { type RawBuilder, sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import type { Claim, Paper } from '../contract.ts';
import { type Carrier, numbersOf } from './passports.ts';

export interface PaperKey {
  readonly kind: Claim['kind'];
  readonly no: string;
}

/** What is promised of one line of a paper to passports, and what of it has crossed. */
export interface ClaimedLine extends PaperKey {
  readonly lineNo: number;
  readonly claimed: string;
  readonly crossed: string;
}

/** Keeps papers as their owners tell them, in one order, so that two who keep many never deadlock. */
export async function save(tx: Tx, papers: readonly Paper[]): Promise<void> {
  if (papers.length === 0) return;
  const rows = papers.map((paper) => ({
    kind: paper.kind,
    no: paper.no,
    organisation: paper.organisation,
    declaration: paper.declaration,
    body: paper,
  }));
  await leaveTo(
    tx,
    sql`
      insert into cargo.gate_paper (kind, no, organisation, declaration, body)
      select kind, no, organisation, declaration, body
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as r (kind text, no text, organisation text, declaration text, body jsonb)
      order by kind, no
      on conflict (kind, no) do update set organisation = excluded.organisation,
        declaration = excluded.declaration, body = excluded.body
    `,
  );
}

export const list = (db: Db, keys: readonly PaperKey[]): Promise<Paper[]> =>
  read(db, these(keys), sql``);

/** Holds papers until the end of the transaction, always in the same order. */
export const lock = (tx: Tx, keys: readonly PaperKey[]): Promise<Paper[]> =>
  read(tx, these(keys), sql`for update of p`);

/** Holds the papers of passports on which carriers may pass a gate now. */
export const lockCarried = (tx: Tx, carriers: readonly Carrier[]): Promise<Paper[]> =>
  read(tx, carriedBy(carriers), sql`for update of p`);

/** A table `k` of the papers that are meant; `null` where none are, and nothing is asked. */
type Keys = RawBuilder<unknown> | null;

const these = (keys: readonly PaperKey[]): Keys =>
  keys.length === 0
    ? null
    : sql`json_to_recordset(${JSON.stringify(keys)}::json) as k (kind text, no text)`;

/** As an array, so that PostgreSQL expects few of them and looks each up. */
const carriedBy = (carriers: readonly Carrier[]): Keys => sql`
  (select split_part(key, ':', 1) as kind, substr(key, strpos(key, ':') + 1) as no
    from unnest(array(
      select distinct paper from cargo.passport as c, unnest(c.papers) as paper
      where c.number = any(array(${numbersOf(carriers)}))
        and c.state in ('approved', 'crossedFirstGate')
    )) as key) as k`;

async function read(db: Db, keys: Keys, holding: RawBuilder<unknown>): Promise<Paper[]> {
  if (!keys) return [];
  const { rows } = await sql<{ body: Paper }>`
    select p.body from cargo.gate_paper as p
    join ${keys} on k.kind = p.kind and k.no = p.no
    order by p.kind, p.no ${holding}
  `.execute(db);
  return rows.map(({ body }) => body);
}

/** What passports have taken of each line of these papers, `except` one passport's own part. */
export async function claimedOf(
  db: Db,
  keys: readonly PaperKey[],
  except: string | null = null,
): Promise<ClaimedLine[]> {
  const meant = these(keys);
  if (!meant) return [];
  const { rows } = await sql<ClaimedLine>`
    select c.kind, c.no, c.line_no as "lineNo", trim_scale(sum(c.quantity))::text as claimed,
      trim_scale(coalesce(sum(c.quantity) filter (where c.is_crossed), 0))::text as crossed
    from cargo.passport_claim as c
    join ${meant} on k.kind = c.kind and k.no = c.no
    where c.passport is distinct from ${except}
    group by c.kind, c.no, c.line_no
  `.execute(db);
  return rows;
}

export async function claim(tx: Tx, passport: string, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into cargo.passport_claim (passport, kind, no, line_no, quantity)
      select ${passport}, kind, no, "lineNo", quantity
      from json_to_recordset(${JSON.stringify(claims)}::json)
        as r (kind text, no text, "lineNo" integer, quantity numeric)
    `,
  );
}

/** Gives back what passports took and did not carry through. */
export async function giveBack(tx: Tx, passports: readonly string[]): Promise<void> {
  if (passports.length === 0) return;
  await leaveTo(
    tx,
    sql`
      delete from cargo.passport_claim where passport = any(${[...passports]}::text[])
    `,
  );
}

export type CrossedLine = Pick<ClaimedLine, 'kind' | 'no' | 'lineNo' | 'crossed'>;

/** What has crossed in each line of these papers. */
export const crossedOf = (db: Db, keys: readonly PaperKey[]): Promise<CrossedLine[]> =>
  crossed(db, these(keys));

/** The same for what `lockCarried` holds. */
export const crossedCarried = (db: Db, carriers: readonly Carrier[]): Promise<CrossedLine[]> =>
  crossed(db, carriedBy(carriers));

async function crossed(db: Db, keys: Keys): Promise<CrossedLine[]> {
  if (!keys) return [];
  const { rows } = await sql<CrossedLine>`
    select c.kind, c.no, c.line_no as "lineNo", trim_scale(sum(c.quantity))::text as crossed
    from cargo.passport_claim as c
    join ${keys} on k.kind = c.kind and k.no = c.no
    where c.is_crossed
    group by c.kind, c.no, c.line_no
  `.execute(db);
  return rows;
}

/** What these passports took has crossed. */
export async function cross(tx: Tx, passports: readonly string[]): Promise<void> {
  if (passports.length === 0) return;
  await leaveTo(
    tx,
    sql`
      update cargo.passport_claim set is_crossed = true
      where passport = any(${[...passports]}::text[])
    `,
  );
}
