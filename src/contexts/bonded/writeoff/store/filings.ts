import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { FilingSearch } from '../contract.ts';
import type { FilingState } from '../filing.ts';

const isWaiting = ({ status }: FilingState): boolean =>
  status === 'atOfficer' || status === 'decided';

/** Claims the id of a new filing; false when it is taken (we waited for whoever took it). */
export async function insert(tx: Tx, state: FilingState): Promise<boolean> {
  const { rows } = await sql`
    insert into bonded.filing (id, ledger, enterprise, office, number, kind, status, version,
      through_day, last_seq, waits_for_officer, drafted_at, body)
    values (${state.id}, ${state.ledger}, ${state.enterprise}, ${state.office}, ${state.number},
      ${state.kind}, ${state.status}, ${state.version}, ${state.through}, ${state.lastSeq},
      ${isWaiting(state)}, ${state.draftedAt}, ${JSON.stringify(state)})
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return rows.length > 0;
}

/** Brings the row up to a new state; the caller holds the lock. */
export async function save(tx: Tx, state: FilingState): Promise<void> {
  await sql`
    update bonded.filing set status = ${state.status}, version = ${state.version},
      waits_for_officer = ${isWaiting(state)}, body = ${JSON.stringify(state)}
    where id = ${state.id}
  `.execute(tx);
}

/** Holds a filing until the end of the transaction; `false` for none of that id. */
export async function lock(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select id from bonded.filing where id = ${id} for update`.execute(tx);
  return rows.length > 0;
}

interface Row {
  body: FilingState;
}

export async function find(db: Db, id: string): Promise<FilingState | null> {
  const { rows } = await sql<Row>`select body from bonded.filing where id = ${id}`.execute(db);
  return rows[0]?.body ?? null;
}

/** The filing of a ledger that is neither written off nor given up. */
export async function findOpen(db: Db, ledger: string): Promise<FilingState | null> {
  const { rows } = await sql<Row>`
    select body from bonded.filing
    where ledger = ${ledger} and status in ('drafted', 'awaitingPayment', 'atOfficer', 'decided')
  `.execute(db);
  return rows[0]?.body ?? null;
}

/** The filing of a ledger that was written off last. */
export async function findLast(db: Db, ledger: string): Promise<FilingState | null> {
  const { rows } = await sql<Row>`
    select body from bonded.filing where ledger = ${ledger} and status = 'writtenOff'
    order by number desc limit 1
  `.execute(db);
  return rows[0]?.body ?? null;
}

/** The filing a written-off one followed on. */
export async function findBefore(
  db: Db,
  { ledger, number }: Pick<FilingState, 'ledger' | 'number'>,
): Promise<FilingState | null> {
  const { rows } = await sql<Row>`
    select body from bonded.filing
    where ledger = ${ledger} and status = 'writtenOff' and number = ${number - 1}
  `.execute(db);
  return rows[0]?.body ?? null;
}

export interface Visibility {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
}

/** The newest first; the cursor is the id after which to go on, under its time. */
export async function search(
  db: Db,
  visible: Visibility,
  { ledger, ...wanted }: FilingSearch & { readonly ledger: string | null },
): Promise<{ rows: FilingState[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select body from bonded.filing
    where (${ledger}::text is null or ledger = ${ledger})
      and (${visible.organisation}::text is null or enterprise = ${visible.organisation})
      and (${visible.offices === null} or office = any(${[...(visible.offices ?? [])]}::text[]))
      and (${wanted.status ?? null}::text is null or status = ${wanted.status ?? null})
      and (${wanted.waiting === 'false'} or waits_for_officer)
      and (${wanted.q ?? null}::text is null or starts_with(id, ${wanted.q ?? ''})
        or starts_with(ledger, ${wanted.q ?? ''}) or enterprise = ${wanted.q ?? null})
      and (${wanted.cursor ?? null}::text is null or (drafted_at, id) < (
        select drafted_at, id from bonded.filing where id = ${wanted.cursor ?? null}))
    order by drafted_at desc, id desc
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(({ body }) => body);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}
