import { contentHash } from '../../../../kernel/canonical.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { PaymentInput, PaymentResult } from '../../contract.ts';
import * as permission from '../../permissions.ts';
import * as acts from '../acts.ts';
import { creditOf, outstandingOf } from '../bill.ts';
import { type Cents, centsOf, least, sumOf, yuanOf } from '../cents.ts';
import { billStream } from '../events.ts';
import type { Progress } from '../progress.ts';
import { listPeriod } from '../store/bills.ts';
import * as store from '../store/payments.ts';
import { keepBills, lockBills } from './bills.ts';
import { dayOf, type LedgerDeps, noBill, refusalsOf } from './deps.ts';

/** A payment and what it pays: one bill, or a payer's month in the order the bills were assessed. */
interface Paying {
  readonly said: PaymentInput;
  readonly target: string;
  readonly declarations: readonly string[];
}

type DeclarationPayment = PaymentInput & { readonly declaration: string };

/** Money that arrives: once for each id, on one bill, on many, or on a month. */
export function createPayments(deps: LedgerDeps) {
  /**
   * Every payment has an answer, in the order they came; one that is refused stops nobody. Ids are
   * claimed first, then bills are held, each in one order everywhere.
   */
  async function receive(
    tx: Tx,
    actor: Actor,
    payments: readonly Paying[],
  ): Promise<PaymentResult[]> {
    const hashes = payments.map(hashOf);
    const at = deps.clock.now();
    const first = new Map<string, number>();
    payments.forEach(({ said }, index) => {
      if (!first.has(said.id)) first.set(said.id, index);
    });
    const claimed = await store.claimPayments(
      tx,
      [...first].map(([id, index]) => {
        const target = payments[index]?.target ?? '';
        return { id, target, hash: hashes[index] ?? '', at };
      }),
    );
    const isFirst = (index: number): boolean => {
      const id = payments[index]?.said.id ?? '';
      return claimed.has(id) && first.get(id) === index;
    };
    const bills = await lockBills(
      tx,
      payments.flatMap(({ declarations }, index) => (isFirst(index) ? declarations : [])),
    );
    const fresh = new Map<number, PaymentResult>();
    payments.forEach((payment, index) => {
      if (isFirst(index)) fresh.set(index, attempt(actor, payment, bills));
    });
    await keepBills(tx, bills.values());
    await keepAnswers(tx, [...fresh.values()]);
    return again(tx, payments, hashes, fresh);
  }

  function attempt(
    actor: Actor,
    payment: Paying,
    bills: ReadonlyMap<string, Progress>,
  ): PaymentResult {
    try {
      return apply(actor, payment, bills);
    } catch (error) {
      return refused(payment, refusalsOf(error));
    }
  }

  /** The oldest bill first, each what it needs; what is left over is a credit of the last. */
  function apply(
    actor: Actor,
    { said, target, declarations }: Paying,
    bills: ReadonlyMap<string, Progress>,
  ): PaymentResult {
    const open = declarations.flatMap((declaration) => bills.get(declaration) ?? []);
    const last = open.at(-1);
    if (!last) throw noBill(target);
    const envelope = envelopeOf(deps, actor, { ...said, consignment: last.declaration });
    const on = dayOf(envelope);
    for (const { now } of open) {
      authorise(actor, permission.pay, { organisations: [now.payer, now.declarant] });
      if (envelope.occurredAt < now.assessedAt) {
        throw new Refused('invalid', { code: 'duty.paid_before_assessed', path: 'occurredAt' });
      }
    }
    let left: Cents = centsOf(said.amount);
    for (const progress of open) {
      const own = { ...envelope, consignment: progress.declaration };
      progress.charge(own, on, deps.tariff);
      const part = progress === last ? left : least(left, outstandingOf(progress.now));
      left -= part;
      if (part === 0n) continue;
      const paying = { ...said, amount: yuanOf(part) };
      progress.push(own, ...acts.pay(progress.now, paying, on)).settle(own, deps.tariff);
    }
    return resultOf(said, target, open);
  }

  const billPayment = (payment: DeclarationPayment): Paying => {
    const { declaration, ...said } = payment;
    return { said, target: declaration, declarations: [declaration] };
  };

  async function audited(actor: Actor, payments: readonly Paying[]): Promise<PaymentResult[]> {
    authorise(actor, permission.pay);
    return inTransaction(deps.db, async (tx) => {
      const results = await receive(tx, actor, payments);
      await recordAudit(tx, {
        actor,
        operation: permission.pay.operation,
        subjects: payments.map(({ target }) => billStream(target)),
        outcome: 'done',
        detail: { payments: results.map(({ payment, outcome }) => [payment, outcome]) },
        at: deps.clock.now(),
      });
      return results;
    });
  }

  return {
    /** One payment; refused, it is an error to its sender. */
    async pay(actor: Actor, payment: DeclarationPayment): Promise<PaymentResult> {
      return theOne(await audited(actor, [billPayment(payment)]));
    },
    /** Many payments in one transaction, each with its own answer. */
    payMany: (actor: Actor, payments: readonly DeclarationPayment[]): Promise<PaymentResult[]> =>
      audited(actor, payments.map(billPayment)),
    /** A month's consolidated payment (汇总征税). */
    async payStatement(
      actor: Actor,
      payer: string,
      period: string,
      said: PaymentInput,
    ): Promise<PaymentResult> {
      authorise(actor, permission.pay, { organisations: [payer] });
      const declarations = await listPeriod(deps.db, payer, period);
      return theOne(await audited(actor, [{ said, target: `${payer}/${period}`, declarations }]));
    },
  };
}

function theOne([result]: readonly PaymentResult[]): PaymentResult {
  if (!result) throw new Error('A payment was left without an answer.');
  if (result.outcome !== 'refused') return result;
  const refusals = result.refusals as unknown as readonly Refusal[];
  const codes = refusals.map(({ code }) => code);
  if (codes.includes('identity.not_permitted')) throw new Refused('forbidden', refusals);
  if (codes.includes('duty.bill_not_found')) throw new Refused('not_found', refusals);
  if (codes.includes('duty.payment_id_taken')) throw new Refused('conflict', refusals);
  throw new Refused('invalid', refusals);
}

const hashOf = ({ said, target }: Paying): string =>
  contentHash({ target, amount: yuanOf(centsOf(said.amount)), reference: said.reference });

async function keepAnswers(tx: Tx, results: readonly PaymentResult[]): Promise<void> {
  const isRefused = ({ outcome }: PaymentResult): boolean => outcome === 'refused';
  await store.answerPayments(
    tx,
    results
      .filter((result) => !isRefused(result))
      .map((answer) => ({ id: answer.payment, answer })),
    results.filter(isRefused).map(({ payment }) => payment),
  );
}

/** What was received before is answered as it was then; another content under its id is refused. */
async function again(
  tx: Tx,
  payments: readonly Paying[],
  hashes: readonly string[],
  fresh: ReadonlyMap<number, PaymentResult>,
): Promise<PaymentResult[]> {
  const repeated = payments.flatMap(({ said }, index) => (fresh.has(index) ? [] : [said.id]));
  const known = await store.findPayments(tx, repeated);
  return payments.map((payment, index) => {
    const own = fresh.get(index);
    if (own) return own;
    const before = known.get(payment.said.id);
    // The same payment in this request was refused: so is its repetition.
    if (!before) return refused(payment, [{ code: 'duty.payment_refused_before' }]);
    const hash = hashes[index] ?? '';
    if (before.hash === hash) return { ...(before.answer as PaymentResult), repeated: true };
    const params = { received: before.hash.slice(0, 12), now: hash.slice(0, 12) };
    return refused(payment, [
      { code: 'duty.payment_id_taken', path: 'id', seen: payment.said.id, params },
    ]);
  });
}

function resultOf(said: PaymentInput, target: string, bills: readonly Progress[]): PaymentResult {
  const outstanding = sumOf(bills.map(({ now }) => outstandingOf(now)));
  const credit = sumOf(bills.map(({ now }) => creditOf(now)));
  const before = sumOf(bills.map((each) => (each.before ? creditOf(each.before) : 0n)));
  return {
    payment: said.id,
    target,
    outcome: outstanding > 0n ? 'paidShort' : credit > before ? 'overpaid' : 'settled',
    repeated: false,
    applied: yuanOf(centsOf(said.amount) - (credit - before)),
    outstanding: yuanOf(outstanding),
    credit: yuanOf(credit),
    refusals: [],
  };
}

const refused = ({ said, target }: Paying, refusals: readonly Refusal[]): PaymentResult => ({
  payment: said.id,
  target,
  outcome: 'refused',
  repeated: false,
  applied: '0.00',
  outstanding: '0.00',
  credit: '0.00',
  refusals: refusals.map((refusal) => ({ ...refusal })),
});
