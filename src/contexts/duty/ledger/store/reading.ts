import { type RawBuilder, sql } from 'kysely';
import type { LocalDate } from '../../../../kernel/dates.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { BillPage, BillRow, BillSearch, Statement } from '../../contract.ts';
import { centsOf, sumOf, yuanOf } from '../cents.ts';
import type {
  DutyStatistics,
  JournalEntry,
  JournalPage,
  JournalSearch,
  LedgerCheck,
  TrialBalance,
} from '../contract.ts';

/** Who may see which bills: all, or those that concern these organisations or offices. */
export interface Visibility {
  readonly any: boolean;
  readonly organisations: readonly string[];
  readonly offices: readonly string[];
}

type Found = Omit<BillRow, 'assessedAt'> & { readonly assessedAt: Date };

const columns = (
  today: LocalDate,
) => sql`declaration, payer, declarant, office, ie_flag as "ieFlag",
  status, law_on as "on", assessed_at as "assessedAt", due_on as "dueOn",
  coalesce(outstanding > 0 and due_on < ${today}::date, false) as "isOverdue", period, guarantee,
  assessed, paid, outstanding, credit, committed`;

const toRow = ({ assessedAt, ...row }: Found): BillRow => ({
  ...row,
  assessedAt: assessedAt.toISOString(),
});

export async function findBill(
  db: Db,
  declaration: string,
  today: LocalDate,
): Promise<BillRow | null> {
  const { rows } = await sql<Found>`
    select ${columns(today)} from duty.bill where declaration = ${declaration}
  `.execute(db);
  return rows[0] ? toRow(rows[0]) : null;
}

export async function searchBills(
  db: Db,
  visible: Visibility,
  wanted: BillSearch,
  today: LocalDate,
): Promise<BillPage> {
  const where = billsWhere(visible, wanted, today);
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const from = after
    ? sql`and (assessed_at, declaration) < (${after[0]}::timestamptz, ${after[1]})`
    : sql``;
  const { rows } = await sql<Found>`
    select ${columns(today)} from duty.bill where ${where} ${from}
    order by assessed_at desc, declaration desc limit ${wanted.limit + 1}
  `.execute(db);
  const { rows: sums } = await sql<BillPage['totals']>`
    select count(*)::int as bills, coalesce(sum(assessed), 0)::numeric(20, 2) as assessed,
      coalesce(sum(paid), 0)::numeric(20, 2) as paid,
      coalesce(sum(outstanding), 0)::numeric(20, 2) as outstanding
    from duty.bill where ${where}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map(toRow);
  const last = page.at(-1);
  const nothing = { bills: 0, assessed: '0.00', paid: '0.00', outstanding: '0.00' };
  return {
    rows: page,
    next:
      rows.length > page.length && last ? encodeCursor(last.assessedAt, last.declaration) : null,
    totals: sums[0] ?? nothing,
  };
}

function billsWhere(visible: Visibility, wanted: BillSearch, today: LocalDate) {
  const parts: (RawBuilder<unknown> | false | '' | undefined)[] = [
    !visible.any &&
      sql`(payer = any(${[...visible.organisations]}::text[])
        or declarant = any(${[...visible.organisations]}::text[])
        or office = any(${[...visible.offices]}::text[]))`,
    wanted.q && sql`(starts_with(declaration, ${wanted.q}) or payer = ${wanted.q})`,
    wanted.status && sql`status = ${wanted.status}`,
    wanted.overdue &&
      sql`coalesce(outstanding > 0 and due_on < ${today}::date, false) = ${wanted.overdue === 'true'}`,
    wanted.payer && sql`payer = ${wanted.payer}`,
    wanted.office && sql`office = ${wanted.office}`,
    wanted.period && sql`period = ${wanted.period}`,
    wanted.credit && sql`(credit > 0) = ${wanted.credit === 'true'}`,
    wanted.from && sql`assessed_at >= ${startOf(wanted.from)}`,
    wanted.to && sql`assessed_at < ${startOf(wanted.to)} + interval '1 day'`,
  ];
  const stated = parts.filter((part) => typeof part === 'object');
  return stated.length === 0 ? sql`true` : sql.join(stated, sql` and `);
}

/** Midnight at the port. */
const startOf = (day: LocalDate) => sql`${`${day}T00:00:00+08:00`}::timestamptz`;

const encodeCursor = (...place: readonly string[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** A cursor that is not ours begins at the beginning. */
function decodeCursor(cursor: string): [string, string] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const isOurs = Array.isArray(parsed) && parsed.every((part) => typeof part === 'string');
    return isOurs && parsed.length === 2 ? (parsed as [string, string]) : null;
  } catch {
    return null;
  }
}

/** Months of consolidated payment, the newest first; the day each is due is that of its bills. */
export async function listStatements(
  db: Db,
  visible: Visibility,
  wanted: { readonly payer: string | null; readonly period: string | null; readonly limit: number },
  today: LocalDate,
): Promise<Statement[]> {
  const month = today.slice(0, 7);
  const { rows } = await sql<Statement>`
    select payer, period, max(due_on) as "dueOn", count(*)::int as bills,
      sum(assessed) as assessed, sum(paid) as paid, sum(outstanding) as outstanding,
      case
        when period >= ${month} then 'open'
        when sum(outstanding) = 0 then 'settled'
        when max(due_on) < ${today}::date then 'overdue'
        else 'due'
      end as status
    from duty.bill
    where period is not null
      and (${visible.any} or payer = any(${[...visible.organisations]}::text[])
        or declarant = any(${[...visible.organisations]}::text[])
        or office = any(${[...visible.offices]}::text[]))
      and (${wanted.payer}::text is null or payer = ${wanted.payer})
      and (${wanted.period}::text is null or period = ${wanted.period})
    group by payer, period
    order by period desc, payer limit ${wanted.limit}
  `.execute(db);
  return rows;
}

/* ---------------------------------------------------------------- the ledger */

export async function journal(db: Db, wanted: JournalSearch): Promise<JournalPage> {
  const after = wanted.cursor ? decodeCursor(wanted.cursor) : null;
  const { rows } = await sql<Omit<JournalEntry, 'at'> & { at: Date; n: number }>`
    select posting, n, kind, subject, payer, office, account, item, guarantee, debit, credit,
      posted_on as "on", posted_at as at
    from duty.entry
    where (${wanted.subject ?? null}::text is null or subject = ${wanted.subject ?? null})
      and (${wanted.payer ?? null}::text is null or payer = ${wanted.payer ?? null})
      and (${wanted.account ?? null}::text is null or account = ${wanted.account ?? null})
      and (${wanted.from ?? null}::date is null or posted_on >= ${wanted.from ?? null}::date)
      and (${wanted.to ?? null}::date is null or posted_on <= ${wanted.to ?? null}::date)
      and (${after === null}
        or (posted_at, posting, n) > (select posted_at, posting, n from duty.entry
          where posting = ${after?.[0] ?? ''} and n = ${Number(after?.[1] ?? 0)}))
    order by posted_at, posting, n limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit);
  const last = page.at(-1);
  return {
    entries: page.map(({ at, n: _, ...entry }) => ({ ...entry, at: at.toISOString() })),
    next: rows.length > page.length && last ? encodeCursor(last.posting, String(last.n)) : null,
  };
}

/** Every account's balance, of the postings up to and including a day. */
export async function trialBalance(db: Db, on: LocalDate): Promise<TrialBalance> {
  const { rows } = await sql<TrialBalance['rows'][number]>`
    select account, item, sum(debit) as debit, sum(credit) as credit,
      sum(debit - credit) as balance
    from duty.entry where posted_on <= ${on}::date
    group by account, item order by account, item
  `.execute(db);
  const debit = sumOf(rows.map((row) => centsOf(row.debit)));
  const credit = sumOf(rows.map((row) => centsOf(row.credit)));
  return { on, rows, debit: yuanOf(debit), credit: yuanOf(credit), balanced: debit === credit };
}

/** Most disagreements told of each kind: one is too many already. */
const DISAGREEMENTS_MAX = 100;

/** Compares postings with themselves, and the rows of bills and guarantees with their entries. */
export async function disagreements(
  db: Db,
): Promise<Pick<LedgerCheck, 'postings' | 'bills' | 'guarantees'>> {
  const ids = async (query: RawBuilder<{ id: string }>): Promise<string[]> =>
    (await query.execute(db)).rows.map(({ id }) => id);
  return {
    postings: await ids(sql`
      select posting as id from duty.entry group by posting having sum(debit) <> sum(credit)
      order by posting limit ${DISAGREEMENTS_MAX}
    `),
    bills: await ids(sql`
      select b.declaration as id from duty.bill as b
      left join (
        select subject,
          sum(debit - credit) filter (where account = 'receivable') as outstanding,
          sum(debit - credit) filter (where account = 'treasury') as paid,
          sum(credit - debit) filter (where account = 'credit') as credit,
          sum(debit - credit) filter (where account = 'guaranteeCommitted') as committed
        from duty.entry group by subject
      ) as e on e.subject = 'duty:' || b.declaration
      where (b.outstanding, b.paid, b.credit, b.committed) is distinct from
        (coalesce(e.outstanding, 0), coalesce(e.paid, 0), coalesce(e.credit, 0),
          coalesce(e.committed, 0))
      order by b.declaration limit ${DISAGREEMENTS_MAX}
    `),
    guarantees: await ids(sql`
      select g.id from duty.guarantee as g
      left join (
        select guarantee, sum(debit - credit) as committed from duty.entry
        where account = 'guaranteeCommitted' group by guarantee
      ) as e on e.guarantee = g.id
      where g.committed <> coalesce(e.committed, 0)
      order by g.id limit ${DISAGREEMENTS_MAX}
    `),
  };
}

/** By month, item and office: what was assessed and what was collected. */
export async function statistics(db: Db, from: LocalDate, to: LocalDate): Promise<DutyStatistics> {
  const { rows } = await sql<DutyStatistics['rows'][number]>`
    select to_char(posted_on, 'YYYY-MM') as month, item, office,
      coalesce(sum(credit - debit) filter (where account = 'revenue'), 0)::numeric(20, 2)
        as assessed,
      coalesce(sum(debit - credit) filter (where account = 'treasury'), 0)::numeric(20, 2)
        as collected,
      coalesce(sum(debit - credit) filter (where account = 'receivable'), 0)::numeric(20, 2)
        as outstanding
    from duty.entry
    where item is not null and posted_on between ${from}::date and ${to}::date
    group by month, item, office order by month, office, item
  `.execute(db);
  return {
    rows,
    assessed: yuanOf(sumOf(rows.map(({ assessed }) => centsOf(assessed)))),
    collected: yuanOf(sumOf(rows.map(({ collected }) => centsOf(collected)))),
  };
}
