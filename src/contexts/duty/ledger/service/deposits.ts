import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { committedBalances, NO_BALANCES, posting } from '../books.ts';
import { centsOf, yuanOf } from '../cents.ts';
import { depositStream, type NewDepositEvent, placePosted } from '../events.ts';
import { Guarantees } from '../guarantee.ts';
import { post } from '../store/bills.ts';
import * as store from '../store/guarantees.ts';

interface DepositWanted {
  /** Chosen by who takes it: taking it again changes nothing. */
  readonly id: string;
  readonly payer: string;
  readonly office: string;
  /** Yuan, at most two decimals. */
  readonly amount: string;
  /** What it secures: `batch:<id>`. */
  readonly secures: string;
}

/**
 * Takes a deposit (保证金) out of the payer's total guarantees, cash or not, in the caller's transaction.
 *
 * @returns the guarantee it came from; refused when none has room, saying how much is free.
 */
export async function takeDeposit(
  tx: Tx,
  wanted: DepositWanted,
  envelope: Envelope,
): Promise<{ readonly guarantee: string }> {
  const { id, payer, office, secures } = wanted;
  const cents = centsOf(wanted.amount);
  const amount = yuanOf(cents);
  const known = await store.lockDeposit(tx, id);
  if (known) {
    const isSame = known.payer === payer && known.secures === secures && !known.freed;
    if (isSame && centsOf(known.amount) === cents) return { guarantee: known.guarantee };
    throw new Refused('conflict', { code: 'duty.deposit_id_taken', seen: id });
  }
  const guarantees = new Guarantees(await store.guaranteesOf(tx, [payer]));
  const found = guarantees.take(payer, cents, localDateOf(envelope.occurredAt), null);
  if (!('guarantee' in found)) {
    const none = { code: 'duty.no_guarantee', params: { needed: amount } };
    throw new Refused('conflict', found.unsecured ?? none);
  }
  const guarantee = found.guarantee.id;
  const payload = { payer, office, guarantee, amount, secures };
  const taken: NewDepositEvent = { kind: 'duty.depositTaken', payload };
  const deposit = { id, payer, office, guarantee, amount, secures, version: 1, freed: false };
  await keep(tx, deposit, taken, envelope);
  return { guarantee };
}

/** Gives a deposit back, in the caller's transaction; one that is not held changes nothing. */
export async function freeDeposit(
  tx: Tx,
  id: string,
  note: string,
  envelope: Envelope,
): Promise<void> {
  const known = await store.lockDeposit(tx, id);
  if (!known || known.freed) return;
  const { guarantee, amount } = known;
  const freed: NewDepositEvent = {
    kind: 'duty.depositFreed',
    payload: { guarantee, amount: yuanOf(centsOf(amount)), note },
  };
  await keep(tx, { ...known, version: known.version + 1, freed: true }, freed, envelope);
}

async function keep(
  tx: Tx,
  deposit: store.StoredDeposit,
  said: NewDepositEvent,
  envelope: Envelope,
): Promise<void> {
  const { id, guarantee, payer, office, version, freed } = deposit;
  const cents = centsOf(deposit.amount);
  const held = committedBalances(guarantee, cents);
  const entries = freed ? posting(held, NO_BALANCES) : posting(NO_BALANCES, held);
  const event = placePosted(depositStream(id), version, said, envelope, entries);
  await append(tx, [event]);
  await post(tx, [{ event, payer, office, on: localDateOf(envelope.occurredAt) }]);
  await store.commit(tx, new Map([[guarantee, freed ? -cents : cents]]));
  await store.saveDeposit(tx, deposit);
}
