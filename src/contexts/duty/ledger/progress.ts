import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import type { TariffTables } from '../tariff/tables.ts';
import { apply, assessedOf, type Bill, creditOf, outstandingOf, receivedOf } from './bill.ts';
import { balancesOf, NO_BALANCES, posting } from './books.ts';
import { type Cents, yuanOf } from './cents.ts';
import { type BillEvent, billStream, type NewBillEvent, placePosted } from './events.ts';
import { surchargeThrough } from './late.ts';

/**
 * A bill on its way through one transaction: its state so far and the events to be written, each with
 * what it posts.
 */
export class Progress {
  bill: Bill | null;
  readonly events: BillEvent[] = [];
  readonly declaration: string;
  readonly before: Bill | null;

  constructor(declaration: string, bill: Bill | null) {
    this.declaration = declaration;
    this.before = bill;
    this.bill = bill;
  }

  get now(): Bill {
    if (!this.bill) throw new Error(`${this.declaration} has no duty bill.`);
    return this.bill;
  }

  push(envelope: Envelope, ...events: readonly NewBillEvent[]): this {
    const stream = billStream(this.declaration);
    for (const event of events) {
      const seq = (this.bill?.version ?? 0) + 1;
      const bare = placePosted(stream, seq, event, envelope, []) as BillEvent;
      const next = apply(this.bill, bare);
      const entries = posting(this.bill ? balancesOf(this.bill) : NO_BALANCES, balancesOf(next));
      this.events.push({ ...bare, payload: { ...bare.payload, entries } } as BillEvent);
      this.bill = next;
    }
    return this;
  }

  /**
   * What follows from an act by itself: the surcharge is brought up to the day, as the bill's whole
   * life has it, and a bill that needs nothing more is settled.
   */
  settle(envelope: Envelope, law: TariffTables): this {
    this.charge(envelope, localDateOf(envelope.occurredAt), law);
    const { now } = this;
    const everOwed = now.demands.length > 0;
    const isOpen = everOwed && now.settledAt === null && now.reversedAt === null;
    if (!isOpen || outstandingOf(now) > 0n) return this;
    return this.push(envelope, {
      kind: 'duty.settled',
      payload: {
        assessed: yuanOf(assessedOf(now)),
        paid: yuanOf(receivedOf(now) - creditOf(now)),
      },
    });
  }

  /** Posts the surcharge as of a day, if that differs from what is posted. */
  charge(envelope: Envelope, day: LocalDate, law: TariffTables): this {
    const { now } = this;
    const through =
      now.surchargedThrough && now.surchargedThrough > day ? now.surchargedThrough : day;
    const due = surchargeThrough(now, through, law);
    if (due === (now.assessed.get('latePaymentSurcharge') ?? 0n)) return this;
    return this.push(envelope, {
      kind: 'duty.surcharged',
      legalBasis: '关税法 第四十三条',
      payload: { through, amount: yuanOf(due) },
    });
  }

  /** What the act took from a guarantee, or gave back (negative). */
  get commitments(): { readonly guarantee: string; readonly cents: Cents }[] {
    const held = (bill: Bill | null) =>
      bill?.guarantee ? [{ guarantee: bill.guarantee, cents: bill.committed }] : [];
    const [before] = held(this.before);
    const [after] = held(this.bill);
    if (before && after && before.guarantee === after.guarantee) {
      return [{ guarantee: after.guarantee, cents: after.cents - before.cents }];
    }
    return [...(before ? [{ ...before, cents: -before.cents }] : []), ...(after ? [after] : [])];
  }
}
