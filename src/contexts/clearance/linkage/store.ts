import { sql } from 'kysely';
import type { Instant } from '../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../platform/postgres/transaction.ts';
import type { CheckPage, CheckSearch, CheckWork } from './contract.ts';
import type { CheckState, OrderState } from './order.ts';

/** Holds the orders of some declarations, in the order of their ids; answers those there are. */
export async function lockOrders(tx: Tx, declarations: readonly string[]): Promise<string[]> {
  if (declarations.length === 0) return [];
  const { rows } = await sql<{ declaration: string }>`
    select declaration from clearance.joint_order
    where declaration = any(${[...declarations]}::text[]) order by declaration for update
  `.execute(tx);
  return rows.map(({ declaration }) => declaration);
}

/** Brings orders and their checks up to their new state, in one statement; the caller holds them. */
export async function saveOrders(tx: Tx, orders: readonly OrderState[]): Promise<void> {
  if (orders.length === 0) return;
  const heads = orders.map(({ declaration, seq, examination }) => ({
    declaration,
    seq,
    examination,
  }));
  const checks = orders.flatMap((order) =>
    order.checks.map((check) => ({
      ...{ id: check.id, declaration: order.declaration, owner: check.owner, status: check.status },
      ...{ due_at: check.dueAt, is_paused: check.pause !== null, is_overdue: check.overdue },
      content: check,
    })),
  );
  await leaveTo(
    tx,
    sql`
      with heads as (
        insert into clearance.joint_order (declaration, seq, examination)
        select declaration, seq, examination from json_to_recordset(${JSON.stringify(heads)}::json)
          as row(declaration text, seq integer, examination text)
        on conflict (declaration) do update set seq = excluded.seq, examination = excluded.examination
      )
      insert into clearance.joint_check
        (id, declaration, owner, status, due_at, is_paused, is_overdue, content)
      select id, declaration, owner, status, due_at, is_paused, is_overdue, content
      from json_to_recordset(${JSON.stringify(checks)}::json) as row(id text, declaration text,
        owner text, status text, due_at timestamptz, is_paused boolean, is_overdue boolean,
        content jsonb)
      on conflict (id) do update set owner = excluded.owner, status = excluded.status,
        due_at = excluded.due_at, is_paused = excluded.is_paused, is_overdue = excluded.is_overdue,
        content = excluded.content
    `,
  );
}

export async function findDeclarationOf(db: Db, check: string): Promise<string | null> {
  const { rows } = await sql<{ declaration: string }>`
    select declaration from clearance.joint_check where id = ${check}
  `.execute(db);
  return rows[0]?.declaration ?? null;
}

/** Declarations with a check whose day has passed and nobody has been told. */
export async function findLate(db: Db, at: Instant, limit: number): Promise<string[]> {
  const { rows } = await sql<{ declaration: string }>`
    select distinct declaration from clearance.joint_check
    where status = 'pending' and not is_paused and not is_overdue and due_at < ${at}::timestamptz
    order by declaration limit ${limit}
  `.execute(db);
  return rows.map(({ declaration }) => declaration);
}

/** A work list: the check due first on top. `owners` narrows it to whose turn it is; `null`: everybody's. */
export async function searchChecks(
  db: Db,
  owners: readonly string[] | null,
  { owner, status, overdue, cursor, limit }: CheckSearch,
): Promise<CheckPage> {
  const after = cursor ? decode(cursor) : null;
  const { rows } = await sql<Row>`
    select c.content, c.due_at, o.examination, d.number, d.description, d.hs_code,
      d.origin_country, d.domestic_name
    from clearance.joint_check as c
      join clearance.joint_order as o using (declaration)
      left join clearance.declaration as d on d.id = c.declaration
    where c.status = ${status ?? 'pending'}
      and (${owners === null} or c.owner = any(${[...(owners ?? [])]}::text[]))
      and (${owner ?? null}::text is null or c.owner = ${owner ?? null})
      and (${overdue ?? null}::text is null or c.is_overdue = ${overdue === 'true'})
      and (${after?.[0] ?? null}::timestamptz is null
        or (c.due_at, c.id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? ''}))
    order by c.due_at, c.id limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toWork),
    next:
      rows.length > page.length && last ? `${last.due_at.toISOString()} ${last.content.id}` : null,
  };
}

interface Row {
  content: CheckState;
  due_at: Date;
  examination: string | null;
  number: string | null;
  description: string | null;
  hs_code: string | null;
  origin_country: string | null;
  domestic_name: string | null;
}

function toWork(row: Row): CheckWork {
  const { goods: _, ...check } = row.content;
  return {
    ...check,
    ...{ number: row.number, description: row.description, hsCode: row.hs_code },
    ...{ originCountry: row.origin_country, domesticName: row.domestic_name },
    examination: row.examination,
  };
}

/** A cursor that is not ours begins at the beginning. */
function decode(cursor: string): [string, string] | null {
  const [at = '', id = ''] = cursor.split(' ');
  return Number.isNaN(Date.parse(at)) || id === '' ? null : [at, id];
}
