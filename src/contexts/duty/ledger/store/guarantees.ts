import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Cents, centsOf, yuanOf } from '../cents.ts';
import type { GuaranteeState } from '../guarantee.ts';

interface GuaranteeRow extends Omit<GuaranteeState, 'limit' | 'committed'> {
  readonly limit: string;
  readonly committed: string;
}

const GUARANTEE = sql`select id, payer, office, kind, form, status, version, declaration,
  consolidated, limit_amount as "limit", committed, valid_from as "validFrom",
  valid_to as "validTo", guarantor, reference, applied_by as "appliedBy",
  answered_by as "answeredBy", note from duty.guarantee`;

const toGuarantee = ({ limit, committed, ...rest }: GuaranteeRow): GuaranteeState => ({
  ...rest,
  limit: centsOf(limit),
  committed: centsOf(committed),
});

/** The guarantees of some payers; inside a transaction they are held, always in the same order. */
export async function guaranteesOf(db: Db, payers: readonly string[]): Promise<GuaranteeState[]> {
  const hold = db.isTransaction ? sql`for update` : sql``;
  const { rows } = await sql<GuaranteeRow>`
    ${GUARANTEE} where payer = any(${[...payers]}::text[]) and status in ('approved', 'expired')
    order by id ${hold}
  `.execute(db);
  return rows.map(toGuarantee);
}

export async function lockGuarantee(tx: Tx, id: string): Promise<GuaranteeState | null> {
  const { rows } = await sql<GuaranteeRow>`${GUARANTEE} where id = ${id} for update`.execute(tx);
  return rows[0] ? toGuarantee(rows[0]) : null;
}

/** A new guarantee; false when its id is taken. */
export async function insertGuarantee(tx: Tx, state: GuaranteeState): Promise<boolean> {
  const { rows } = await sql`
    insert into duty.guarantee (id, payer, office, kind, form, status, version, declaration,
      consolidated, limit_amount, committed, valid_from, valid_to, guarantor, reference,
      applied_by, answered_by, note)
    values (${state.id}, ${state.payer}, ${state.office}, ${state.kind}, ${state.form},
      ${state.status}, ${state.version}, ${state.declaration}, ${state.consolidated},
      ${yuanOf(state.limit)}, 0, ${state.validFrom}, ${state.validTo}, ${state.guarantor},
      ${state.reference}, ${state.appliedBy}, ${state.answeredBy}, ${state.note})
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return rows.length > 0;
}

export async function saveGuarantee(tx: Tx, state: GuaranteeState): Promise<void> {
  await leaveTo(
    tx,
    sql`
      update duty.guarantee set status = ${state.status}, version = ${state.version},
        answered_by = ${state.answeredBy}, note = ${state.note}
      where id = ${state.id}
    `,
  );
}

/** Takes from guarantees, or gives back; each is held first, in the same order everywhere. */
export async function commit(tx: Tx, taken: ReadonlyMap<string, Cents>): Promise<void> {
  const changes = [...taken].flatMap(([id, cents]) =>
    cents === 0n ? [] : [{ id, change: yuanOf(cents) }],
  );
  if (changes.length === 0) return;
  await leaveTo(
    tx,
    sql`
      with change as (
        select * from json_to_recordset(${JSON.stringify(changes)}::json)
          as row (id text, change numeric)
      ), held as (
        select id from duty.guarantee where id in (select id from change) order by id for update
      )
      update duty.guarantee as g set committed = g.committed + change.change
      from change join held using (id) where g.id = change.id
    `,
  );
}

/** Approved guarantees whose last day has passed. */
export async function lockEnded(tx: Tx, on: LocalDate): Promise<GuaranteeState[]> {
  const { rows } = await sql<GuaranteeRow>`
    ${GUARANTEE} where status = 'approved' and valid_to < ${on}::date order by id for update
  `.execute(tx);
  return rows.map(toGuarantee);
}

export async function findGuarantee(db: Db, id: string): Promise<GuaranteeState | null> {
  const { rows } = await sql<GuaranteeRow>`${GUARANTEE} where id = ${id}`.execute(db);
  return rows[0] ? toGuarantee(rows[0]) : null;
}

export async function listGuarantees(
  db: Db,
  wanted: {
    readonly payers: readonly string[] | null;
    readonly offices: readonly string[] | null;
    readonly payer: string | null;
    readonly status: string | null;
    readonly limit: number;
  },
): Promise<GuaranteeState[]> {
  const { payers, offices, payer, status, limit } = wanted;
  const { rows } = await sql<GuaranteeRow>`
    ${GUARANTEE}
    where (${payers === null && offices === null}
        or payer = any(${[...(payers ?? [])]}::text[])
        or office = any(${[...(offices ?? [])]}::text[]))
      and (${payer}::text is null or payer = ${payer})
      and (${status}::text is null or status = ${status})
    order by (status = 'applied') desc, valid_to desc, id limit ${limit}
  `.execute(db);
  return rows.map(toGuarantee);
}

export interface StoredDeposit {
  readonly id: string;
  readonly payer: string;
  readonly office: string;
  readonly guarantee: string;
  readonly amount: string;
  readonly secures: string;
  readonly version: number;
  readonly freed: boolean;
}

export async function lockDeposit(tx: Tx, id: string): Promise<StoredDeposit | null> {
  const { rows } = await sql<StoredDeposit>`
    select id, payer, office, guarantee, amount, secures, version, freed
    from duty.deposit where id = ${id} for update
  `.execute(tx);
  return rows[0] ?? null;
}

export async function saveDeposit(tx: Tx, deposit: StoredDeposit): Promise<void> {
  const { id, payer, office, guarantee, amount, secures, version, freed } = deposit;
  await leaveTo(
    tx,
    sql`
      insert into duty.deposit (id, payer, office, guarantee, amount, secures, version, freed)
      values (${id}, ${payer}, ${office}, ${guarantee}, ${amount}, ${secures}, ${version}, ${freed})
      on conflict (id) do update set version = excluded.version, freed = excluded.freed
    `,
  );
}
