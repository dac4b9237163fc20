// The books are a function of the bill: whatever happens to a bill, in whatever order, its postings are
// balanced, its balances are the sums of its entries, and the fold of its events is its state.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { assess } from '../calculation/assess.ts';
import { latePaymentSurcharge, paymentDeadline } from '../calculation/clocks.ts';
import { requestOf } from '../calculation/fixtures.ts';
import { tariffOf } from '../tariff/testing.ts';
import * as acts from './acts.ts';
import { type Bill, creditOf, fold, outstandingOf, refundableOf } from './bill.ts';
import { balancesOf } from './books.ts';
import { type Cents, centsOf, least, sumOf, toCents, yuanOf } from './cents.ts';
import type { Entry } from './contract.ts';
import { envelopeAt } from './fixtures.ts';
import { refundInterest, surchargeThrough } from './late.ts';
import { Progress } from './progress.ts';

const law = tariffOf({ tariff: [{ code: '8482', mfn: '10', vat: '10', unit: '035' }] });
const START = '2026-07-01';
const assessmentOf = (value: number) => {
  const request = requestOf({ on: START }, { value: String(value) });
  const { assessment } = assess(request, law);
  if (!assessment) throw new Error('The request of a test can be assessed.');
  return { request, assessment };
};
const on = (day: number) => addDays(START, day);
const at = (day: number) => envelopeAt(`${on(day)}T04:00:00.000Z`);

function begun(value: number): Progress {
  const { request, assessment } = assessmentOf(value);
  const items = acts.itemsOf(assessment);
  const dueOn = items.length > 0 ? paymentDeadline(START, law) : null;
  const who = { payer: 'p', declarant: 'd', office: '2225' };
  const event = acts.assess({ ...who, request, assessment, items, dueOn, unsecured: null });
  return new Progress('D-1', null).push(at(0), event).settle(at(0), law);
}

type Step = { readonly days: number; readonly act: string; readonly amount: number };
const step: fc.Arbitrary<Step> = fc.record({
  days: fc.integer({ min: 0, max: 12 }),
  act: fc.constantFrom('pay', 'pay', 'reassess', 'guarantee', 'age', 'refund', 'answer', 'reverse'),
  amount: fc.integer({ min: 1, max: 30_000_00 }),
});

/** One act of a life; one that is refused does not happen. */
function perform(progress: Progress, { act, amount }: Step, day: number, n: number): void {
  const bill = progress.now;
  const cents = BigInt(amount);
  const said = { id: `X-${n}`, amount: yuanOf(cents), reference: 'bank' };
  const asked = bill.refunds.find(({ status }) => status === 'proposed');
  const granted = bill.refunds.find(({ status }) => status === 'approved');
  const push = (...events: Parameters<Progress['push']>[1][]) =>
    progress.push(at(day), ...events).settle(at(day), law);
  if (act === 'pay') push(...acts.pay(bill, said, on(day)));
  if (act === 'age') progress.charge(at(day), on(day), law);
  if (act === 'reverse' && amount % 5 === 0) push(...acts.reverse(bill, 'cancelled'));
  if (act === 'reassess') {
    const review = { id: said.id, basis: 'review', reason: 'r', dueOn: on(day + 15) } as const;
    push(...acts.review(bill, { ...review, ...assessmentOf(1 + (amount % 40_000)) }, on(day)));
  }
  if (act === 'guarantee' && outstandingOf(bill) > 0n) {
    const taken = yuanOf(outstandingOf(bill));
    push(acts.guarantee({ guarantee: `G-${n}`, amount: taken, period: null, dueOn: on(day + 9) }));
  }
  if (act === 'refund' && refundableOf(bill) > 0n) {
    const part = yuanOf(least(cents, refundableOf(bill)));
    const wish = { id: said.id, amount: part, reason: 'overAssessed', note: '' } as const;
    push(...acts.proposeRefund(bill, wish, on(day)));
  }
  if (act === 'answer' && granted) push(...acts.payOut(bill, granted.id, { reference: 't' }));
  else if (act === 'answer' && asked) {
    const approve = amount % 3 > 0;
    const interest = ({ cents: part }: { cents: Cents }) =>
      refundInterest(bill, part, on(day), law);
    push(...acts.answerRefund(bill, asked.id, { approve, note: '' }, 'another', interest));
  }
}

const net = (entries: readonly Entry[], by: (entry: Entry) => string) => {
  const sums = new Map<string, Cents>();
  for (const entry of entries) {
    const change = centsOf(entry.debit) - centsOf(entry.credit);
    sums.set(by(entry), (sums.get(by(entry)) ?? 0n) + change);
  }
  return new Map([...sums].filter(([, cents]) => cents !== 0n));
};
const placeOf = ({ account, item, guarantee }: Entry): string =>
  `${account}/${item ?? ''}/${guarantee ?? ''}`;

function expectBooksToAgree({ now, events }: Progress): void {
  for (const { payload } of events) {
    expect(sumOf(payload.entries.map(({ debit }) => centsOf(debit)))).toBe(
      sumOf(payload.entries.map(({ credit }) => centsOf(credit))),
    );
  }
  const entries = events.flatMap(({ payload }) => payload.entries);
  const balances = [...balancesOf(now)].filter(([, { cents }]) => cents !== 0n);
  expect(sumOf(balances.map(([, { cents }]) => cents))).toBe(0n);
  expect(net(entries, placeOf)).toEqual(
    new Map(balances.map(([place, { cents }]) => [place, cents])),
  );
  const accounts = net(entries, ({ account }) => account);
  expect(accounts.get('receivable') ?? 0n).toBe(outstandingOf(now));
  expect(-(accounts.get('credit') ?? 0n)).toBe(creditOf(now));
  expect(now.committed <= outstandingOf(now)).toBe(true);
  expect(fold(events)).toEqual(now);
}

describe('any life of a bill', () => {
  test('keeps its books, at every step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40_000 }),
        fc.array(step, { maxLength: 25 }),
        (value, steps) => {
          const progress = begun(value);
          let day = 0;
          steps.forEach((each, n) => {
            day += each.days;
            try {
              perform(progress, each, day, n);
            } catch (error) {
              if (!(error instanceof Refused)) throw error;
            }
            expectBooksToAgree(progress);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the surcharge does not depend on when it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 900_00 }))),
        (days, payments) => {
          const [often, once] = [begun(10_000), begun(10_000)];
          const last = 91;
          const todo = [
            ...days.map((day) => ({ day, cents: null })),
            ...payments.map(([day, cents]) => ({ day, cents })),
          ].sort((a, b) => a.day - b.day);
          todo.forEach(({ day, cents }, n) => {
            if (cents === null) {
              often.charge(at(day), on(day), law);
              return;
            }
            const said = { id: `P-${n}`, amount: yuanOf(BigInt(cents)), reference: 'b' };
            for (const each of [often, once]) {
              each.push(at(day), ...acts.pay(each.now, said, on(day)));
            }
          });
          for (const each of [often, once]) each.charge(at(last), on(last), law);
          expect(often.now.assessed).toEqual(once.now.assessed);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('for one tax that nobody touched it is what the calculation says', () => {
    const { now } = begun(1_000_000);
    const deadline = paymentDeadline(START, law);
    for (const day of [1, 15, 16, 17, 40, 400]) {
      const expected = sumOf(
        [...now.assessed.values()].map((cents) => {
          const amount = { coefficient: cents, scale: 2 };
          const late = latePaymentSurcharge({ amount, deadline, paidOn: on(day) }, law);
          return late ? toCents(late.amount) : 0n;
        }),
      );
      expect([day, surchargeThrough(now as Bill, on(day), law)]).toEqual([day, expected]);
    }
  });
});
