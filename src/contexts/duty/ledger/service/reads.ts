import { localDateOf } from '../../../../kernel/dates.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { readStream } from '../../../../platform/event-log/event-log.ts';
import {
  type Actor,
  authorise,
  isPermitted,
  type Permission,
  reachOf,
} from '../../../identity/index.ts';
import { assess } from '../../calculation/assess.ts';
import { paymentDeadline } from '../../calculation/clocks.ts';
import type {
  BillAct,
  BillPage,
  BillRow,
  BillSearch,
  DutyBill,
  Quote,
  QuoteInput,
  Refund,
  Statement,
  StatementSearch,
} from '../../contract.ts';
import * as permission from '../../permissions.ts';
import * as acts from '../acts.ts';
import { appliedOf, type Bill, fold, isOverdueOn, outstandingOf, refundableOf } from '../bill.ts';
import { type Cents, centsOf, least, notBelowZero, yuanOf } from '../cents.ts';
import type {
  DutyStatistics,
  JournalPage,
  JournalSearch,
  LedgerCheck,
  TrialBalance,
} from '../contract.ts';
import { type BillEvent, billStream } from '../events.ts';
import { Guarantees } from '../guarantee.ts';
import { toRow } from '../store/bills.ts';
import { guaranteesOf } from '../store/guarantees.ts';
import * as reading from '../store/reading.ts';
import { type LedgerDeps, noBill } from './deps.ts';
import { concerns } from './reviews.ts';

/** After every posting there will be. */
const END_OF_DAYS = '9999-12-31';

/** Reading bills and books, each reader within its reach. */
export function createReads(deps: LedgerDeps) {
  const today = () => localDateOf(deps.clock.now());

  const bills = (actor: Actor, wanted: BillSearch): Promise<BillPage> =>
    reading.searchBills(deps.db, reachOf(actor, permission.readBills), wanted, today());

  return {
    bills,

    /** All pages of a search, up to a number of rows. */
    async allBills(actor: Actor, wanted: BillSearch, rowsMax: number): Promise<BillRow[]> {
      const rows: BillRow[] = [];
      let cursor: string | null = null;
      do {
        const page: BillPage = await bills(actor, {
          ...wanted,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor && rows.length < rowsMax);
      return rows.slice(0, rowsMax);
    },

    async bill(actor: Actor, declaration: string): Promise<DutyBill> {
      const events = (await readStream(deps.db, billStream(declaration))) as BillEvent[];
      const bill = fold(events);
      if (!bill) throw noBill(declaration);
      authorise(actor, permission.readBills, concerns(bill));
      return {
        ...rowOf(bill, today()),
        basis: bill.basis,
        items: appliedOf(bill).items.map(({ item, assessed, paid }) => ({
          item,
          assessed: yuanOf(assessed),
          paid: yuanOf(paid),
          outstanding: yuanOf(assessed - paid),
        })),
        assessment: bill.assessment,
        request: bill.request,
        unsecured: bill.unsecured,
        payments: paymentsOf(events),
        refunds: bill.refunds.map(toRefund),
        refundable: yuanOf(refundableOf(bill)),
        events: events.map(({ id, kind, envelope, payload }) => ({
          id,
          kind,
          at: envelope.occurredAt,
          actor: envelope.actor,
          legalBasis: envelope.legalBasis,
          entries: [...payload.entries],
        })),
        allowed: allowedOf(actor, bill, today()),
      };
    },

    /** What a declaration would owe today, and who would stand for it; writes nothing. */
    async quote(actor: Actor, { payer, request }: QuoteInput): Promise<Quote> {
      authorise(actor, permission.quoteDuty);
      const { assessment, refusals } = assess(request, deps.tariff);
      if (!assessment) throw new Refused('invalid', refusals);
      const items = acts.itemsOf(assessment);
      const total = acts.totalOf(items);
      const whose = payer ?? actor.organisationId;
      const mayTell = isPermitted(actor, permission.readBills, {
        organisations: [whose],
        offices: actor.offices,
      });
      const guarantees = new Guarantees(mayTell ? await guaranteesOf(deps.db, [whose]) : []);
      const found =
        total > 0n
          ? guarantees.take(whose, total, today(), request.declaration)
          : { unsecured: null };
      const carrier = 'guarantee' in found ? found.guarantee : null;
      return {
        assessment,
        items,
        total: yuanOf(total),
        dueOn: total > 0n ? paymentDeadline(today(), deps.tariff) : null,
        guarantee: carrier?.id ?? null,
        unsecured: 'unsecured' in found ? found.unsecured : null,
        consolidated: carrier?.consolidated ?? false,
      };
    },

    statements: (actor: Actor, wanted: StatementSearch): Promise<Statement[]> =>
      reading.listStatements(
        deps.db,
        reachOf(actor, permission.readBills),
        { payer: wanted.payer ?? null, period: wanted.period ?? null, limit: wanted.limit },
        today(),
      ),

    async journal(actor: Actor, wanted: JournalSearch): Promise<JournalPage> {
      authorise(actor, permission.readLedger);
      return reading.journal(deps.db, wanted);
    },

    async trialBalance(actor: Actor, on: string | null): Promise<TrialBalance> {
      authorise(actor, permission.readLedger);
      return reading.trialBalance(deps.db, on ?? today());
    },

    /** Compares the rows with the books; for auditors, since it reads all of them. */
    async check(actor: Actor): Promise<LedgerCheck> {
      authorise(actor, permission.readLedger);
      const on = today();
      const { balanced } = await reading.trialBalance(deps.db, END_OF_DAYS);
      return { on, balanced, ...(await reading.disagreements(deps.db)) };
    },

    async statistics(actor: Actor, from: string, to: string): Promise<DutyStatistics> {
      authorise(actor, permission.readStatistics);
      return reading.statistics(deps.db, from, to);
    },
  };
}

function rowOf(bill: Bill, today: string): BillRow {
  const { ie_flag: ieFlag, law_on: on, assessed_at: assessedAt, ...row } = toRow(bill);
  const { due_on: dueOn, version: _, ...rest } = row;
  const isOverdue = outstandingOf(bill) > 0n && dueOn !== null && dueOn < today;
  return { ...rest, ieFlag, on, assessedAt, dueOn, isOverdue };
}

/** Each payment with what of it paid something then, told from the life of the bill. */
function paymentsOf(events: readonly BillEvent[]): DutyBill['payments'] {
  return events.flatMap((event) => {
    if (event.kind !== 'duty.paid') return [];
    const { payment: id, amount, reference, entries } = event.payload;
    const credit = entries.find(({ account }) => account === 'credit');
    const unapplied: Cents = credit ? centsOf(credit.credit) : 0n;
    const applied = yuanOf(notBelowZero(centsOf(amount) - least(unapplied, centsOf(amount))));
    return [{ id, amount, reference, applied, at: event.envelope.occurredAt }];
  });
}

function toRefund({ cents, interest, answeredOn: _, ...refund }: Bill['refunds'][number]): Refund {
  return {
    ...refund,
    reason: refund.reason as Refund['reason'],
    amount: yuanOf(cents),
    interest: yuanOf(interest),
  };
}

const NEEDED: Readonly<Record<BillAct, Permission>> = {
  pay: permission.pay,
  secure: permission.pay,
  proposeRefund: permission.proposeRefund,
  answerRefund: permission.answerRefund,
  payOutRefund: permission.payOutRefund,
  reassess: permission.reassess,
};

function allowedOf(actor: Actor, bill: Bill, today: string): BillAct[] {
  const owed = outstandingOf(bill);
  const asked = bill.refunds.filter(({ status }) => status === 'proposed');
  const makesSense: Readonly<Record<BillAct, boolean>> = {
    pay: owed > 0n,
    secure: owed > 0n && bill.committed < owed && !isOverdueOn(bill, today),
    proposeRefund: refundableOf(bill) > 0n,
    answerRefund: asked.some(({ proposedBy }) => proposedBy !== actor.personId),
    payOutRefund: bill.refunds.some(({ status }) => status === 'approved'),
    reassess: bill.reversedAt === null && bill.assessedBy !== actor.personId,
  };
  const acts = Object.keys(NEEDED) as BillAct[];
  return acts.filter((act) => makesSense[act] && isPermitted(actor, NEEDED[act], concerns(bill)));
}
