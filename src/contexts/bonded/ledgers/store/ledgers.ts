import { sql } from 'kysely';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { WriteOffMode } from '../../contract.ts';
import type { LedgerRow, LedgerSearch, LedgerStatus } from '../contract.ts';
import type { LedgerState } from '../ledger.ts';

/** What acts on parts and consumption need to know of a ledger. */
export interface LedgerHead {
  readonly id: string;
  readonly enterprise: string;
  readonly office: string;
  readonly status: LedgerStatus;
  readonly version: number;
  readonly parts: number;
  readonly consumption: number;
}

interface Row {
  id: string;
  enterprise: string;
  name: string;
  office: string;
  mode: WriteOffMode;
  status: LedgerStatus;
  version: number;
  content_hash: string;
  opens_on: string;
  closes_on: string | null;
  change_pending: boolean;
  parts: number;
  consumption: number;
}

/** Claims the id of a new ledger; false when it is taken (we waited for whoever took it). */
export async function insert(tx: Tx, { content, ...state }: LedgerState): Promise<boolean> {
  const { rows } = await sql`
    insert into bonded.ledger (id, enterprise, name, office, mode, status, version, content_hash,
      opens_on, closes_on, change_pending)
    values (${state.id}, ${content.enterprise}, ${content.name}, ${content.office},
      ${content.mode}, ${state.status}, ${state.version}, ${state.contentHash},
      ${content.opensOn}, ${content.closesOn}, false)
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return rows.length > 0;
}

/** Brings the row up to a new state; the caller holds the lock. */
export async function save(tx: Tx, { content, ...state }: LedgerState): Promise<void> {
  await sql`
    update bonded.ledger set status = ${state.status}, version = ${state.version},
      name = ${content.name}, closes_on = ${content.closesOn},
      change_pending = ${state.change !== null}
    where id = ${state.id}
  `.execute(tx);
}

/** Writes how far a ledger and its lists have come; the caller holds the lock. */
export async function saveCounts(
  tx: Tx,
  { id, version, parts, consumption }: Pick<LedgerHead, 'id' | 'version' | 'parts' | 'consumption'>,
): Promise<void> {
  await sql`
    update bonded.ledger set version = ${version}, parts = ${parts}, consumption = ${consumption}
    where id = ${id}
  `.execute(tx);
}

/** Holds a ledger until the end of the transaction. */
export async function lock(tx: Tx, id: string): Promise<LedgerHead | null> {
  const { rows } = await sql<Row>`
    select * from bonded.ledger where id = ${id} for update
  `.execute(tx);
  return rows[0] ? toHead(rows[0]) : null;
}

export async function find(db: Db, id: string): Promise<LedgerHead | null> {
  const { rows } = await sql<Row>`select * from bonded.ledger where id = ${id}`.execute(db);
  return rows[0] ? toHead(rows[0]) : null;
}

export interface Visibility {
  readonly organisation: string | null;
  readonly offices: readonly string[] | null;
}

export async function search(
  db: Db,
  visible: Visibility,
  wanted: LedgerSearch,
): Promise<{ rows: LedgerRow[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.ledger
    where (${visible.organisation}::text is null or enterprise = ${visible.organisation})
      and (${visible.offices === null} or office = any(${[...(visible.offices ?? [])]}::text[]))
      and (${wanted.status ?? null}::text is null or status = ${wanted.status ?? null})
      and (${wanted.waiting === 'false'} or status = 'registered' or change_pending)
      and (${wanted.q ?? null}::text is null or id ilike ${`${escapeLike(wanted.q ?? '')}%`}
        or name ilike ${`%${escapeLike(wanted.q ?? '')}%`} or enterprise = ${wanted.q ?? null})
      and id > ${wanted.cursor ?? ''}
    order by id
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(toRow);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

function toHead({ id, enterprise, office, status, version, parts, consumption }: Row): LedgerHead {
  return { id, enterprise, office, status, version, parts, consumption };
}

function toRow(row: Row): LedgerRow {
  const { id, name, enterprise, office, mode, status, parts } = row;
  return {
    ...{ id, name, enterprise, office, mode, status, parts },
    ...{ changePending: row.change_pending, opensOn: row.opens_on, closesOn: row.closes_on },
  };
}
