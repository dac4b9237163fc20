import { sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  appliedOf,
  assessedOf,
  type Bill,
  creditOf,
  dueOnOf,
  outstandingOf,
  statusOf,
} from '../bill.ts';
import { sumOf, yuanOf } from '../cents.ts';
import type { DutyEvent } from '../events.ts';

/** Holds bills until the end of the transaction, always in the same order; answers which there are. */
export async function lockBills(tx: Tx, declarations: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ declaration: string }>`
    select declaration from duty.bill where declaration = any(${[...declarations]}::text[])
    order by declaration for update
  `.execute(tx);
  return rows.map(({ declaration }) => declaration);
}

/** The columns of a bill as its state has them. */
export function toRow(bill: Bill) {
  const { items } = appliedOf(bill);
  return {
    declaration: bill.declaration,
    payer: bill.payer,
    declarant: bill.declarant,
    office: bill.office,
    ie_flag: bill.assessment.ieFlag,
    status: statusOf(bill),
    version: bill.version,
    law_on: bill.assessment.on,
    assessed_at: bill.assessedAt,
    due_on: dueOnOf(bill),
    period: bill.period,
    guarantee: bill.guarantee,
    assessed: yuanOf(assessedOf(bill)),
    paid: yuanOf(sumOf(items.map(({ paid }) => paid))),
    outstanding: yuanOf(outstandingOf(bill)),
    credit: yuanOf(creditOf(bill)),
    committed: yuanOf(bill.committed),
  };
}

export async function saveBills(tx: Tx, bills: readonly Bill[]): Promise<void> {
  if (bills.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into duty.bill
      select * from json_to_recordset(${JSON.stringify(bills.map(toRow))}::json) as row (
        declaration text, payer text, declarant text, office text, ie_flag text, status text,
        version integer, law_on date, assessed_at timestamptz, due_on date, period text,
        guarantee text, assessed numeric, paid numeric, outstanding numeric, credit numeric,
        committed numeric
      )
      on conflict (declaration) do update set
        status = excluded.status, version = excluded.version, law_on = excluded.law_on,
        due_on = excluded.due_on, period = excluded.period, guarantee = excluded.guarantee,
        assessed = excluded.assessed, paid = excluded.paid, outstanding = excluded.outstanding,
        credit = excluded.credit, committed = excluded.committed
    `,
  );
}

/** Bills with something due before a day, some at a time, after a declaration. */
export async function listLate(
  db: Db,
  before: LocalDate,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ declaration: string }>`
    select declaration from duty.bill
    where outstanding > 0 and due_on < ${before}::date and declaration > ${after}
    order by declaration limit ${limit}
  `.execute(db);
  return rows.map(({ declaration }) => declaration);
}

/** The bills of a payer's month, the oldest first. */
export async function listPeriod(db: Db, payer: string, period: string): Promise<string[]> {
  const { rows } = await sql<{ declaration: string }>`
    select declaration from duty.bill where payer = ${payer} and period = ${period}
    order by assessed_at, declaration
  `.execute(db);
  return rows.map(({ declaration }) => declaration);
}

/** Whose books an event is written in. */
export interface Posting {
  readonly event: DutyEvent;
  readonly payer: string;
  readonly office: string;
  readonly on: LocalDate;
}

/** Writes the entries of events: the postings, once and for good. */
export async function post(tx: Tx, postings: readonly Posting[]): Promise<void> {
  const rows = postings.flatMap(({ event, payer, office, on }) =>
    event.payload.entries.map((entry, index) => ({
      ...entry,
      posting: event.id,
      n: index + 1,
      kind: event.kind,
      subject: event.stream,
      payer,
      office,
      posted_on: on,
      posted_at: event.envelope.occurredAt,
    })),
  );
  if (rows.length === 0) return;
  await leaveTo(
    tx,
    sql`
      insert into duty.entry (posting, n, kind, subject, payer, office, account, item, guarantee,
        debit, credit, posted_on, posted_at)
      select posting, n, kind, subject, payer, office, account, item, guarantee,
        debit, credit, posted_on, posted_at
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (
        posting text, n smallint, kind text, subject text, payer text, office text, account text,
        item text, guarantee text, debit numeric, credit numeric, posted_on date,
        posted_at timestamptz
      )
    `,
  );
}
