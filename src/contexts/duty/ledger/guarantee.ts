import type { LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Guarantee, GuaranteeInput, Reason } from '../contract.ts';
import { guaranteeBalances, NO_BALANCES, posting } from './books.ts';
import { type Cents, centsOf, yuanOf } from './cents.ts';
import type { GuaranteeEvent, NewGuaranteeEvent } from './events.ts';

/** A guarantee by its own events; what bills hold of it is counted beside it. */
export interface GuaranteeState extends Omit<GuaranteeInput, 'limit' | 'occurredAt'> {
  readonly limit: Cents;
  readonly committed: Cents;
  readonly status: Guarantee['status'];
  readonly version: number;
  readonly appliedBy: string;
  readonly answeredBy: string | null;
  readonly note: string;
}

export function applyGuarantee(
  before: GuaranteeState | null,
  event: GuaranteeEvent,
): GuaranteeState {
  const { envelope, payload, seq: version } = event;
  if (event.kind === 'duty.guaranteeApplied') {
    const { limit, entries: _, ...said } = event.payload;
    return {
      ...said,
      limit: centsOf(limit),
      committed: 0n,
      status: 'applied',
      version,
      appliedBy: envelope.actor,
      answeredBy: null,
      note: '',
    };
  }
  if (!before) throw new Error(`${event.stream} begins with ${event.kind}.`);
  const note = 'note' in payload ? payload.note : before.note;
  switch (event.kind) {
    case 'duty.guaranteeApproved':
      return { ...before, version, note, status: 'approved', answeredBy: envelope.actor };
    case 'duty.guaranteeRejected':
      return { ...before, version, note, status: 'rejected', answeredBy: envelope.actor };
    case 'duty.guaranteeExpired':
      return { ...before, version, status: 'expired' };
    case 'duty.guaranteeClosed':
      return { ...before, version, note, status: 'closed' };
  }
}

/**
 * What a step of a guarantee posts: its limit when it comes into force, and the same back when it is
 * closed. An expired one is not used again, but still stands for what holds it.
 */
export function guaranteePosting({ kind }: NewGuaranteeEvent, state: GuaranteeState) {
  const whole = guaranteeBalances(state.id, state.limit, state.form === 'deposit');
  if (kind === 'duty.guaranteeApproved') return posting(NO_BALANCES, whole);
  if (kind === 'duty.guaranteeClosed') return posting(whole, NO_BALANCES);
  return [];
}

export function answerGuarantee(
  state: GuaranteeState,
  said: { readonly approve: boolean; readonly note: string },
  by: string,
): NewGuaranteeEvent {
  if (state.appliedBy === by) {
    throw new Refused('forbidden', { code: 'duty.another_account_answers', seen: state.id });
  }
  inStatus(state, ['applied']);
  const payload = { note: said.note };
  return said.approve
    ? { kind: 'duty.guaranteeApproved', legalBasis: '海关法 第六十八条', payload }
    : { kind: 'duty.guaranteeRejected', payload };
}

export function closeGuarantee(state: GuaranteeState, note: string): NewGuaranteeEvent {
  inStatus(state, ['approved', 'expired']);
  if (state.committed > 0n) {
    throw new Refused('conflict', {
      code: 'duty.guarantee_still_committed',
      seen: state.id,
      params: { committed: yuanOf(state.committed) },
    });
  }
  return { kind: 'duty.guaranteeClosed', payload: { note } };
}

function inStatus(state: GuaranteeState, wanted: readonly GuaranteeState['status'][]): void {
  if (wanted.includes(state.status)) return;
  throw new Refused('conflict', {
    code: 'duty.guarantee_not_in_this_state',
    seen: state.id,
    params: { status: state.status },
  });
}

const availableOf = ({ limit, committed }: GuaranteeState): Cents => limit - committed;

const isUsableOn = ({ status, validFrom, validTo }: GuaranteeState, on: LocalDate): boolean =>
  status === 'approved' && validFrom <= on && on <= validTo;

/**
 * A payer's guarantees while several uses are found a place: what one takes, the next does not find.
 * The guarantee given for a declaration comes first, then total ones, the first to end first.
 */
export class Guarantees {
  private readonly free: Map<string, Cents>;
  private readonly all: readonly GuaranteeState[];

  /** @param replaced bills that are assessed anew: what they hold counts as free. */
  constructor(
    all: readonly GuaranteeState[],
    replaced: readonly { readonly guarantee: string | null; readonly committed: Cents }[] = [],
  ) {
    this.all = [...all].sort((a, b) => order(a) - order(b) || compare(a, b));
    this.free = new Map(all.map((each) => [each.id, availableOf(each)]));
    for (const { guarantee, committed } of replaced) this.give(guarantee, committed);
  }

  private give(guarantee: string | null, cents: Cents): void {
    const free = guarantee === null ? undefined : this.free.get(guarantee);
    if (guarantee !== null && free !== undefined) this.free.set(guarantee, free + cents);
  }

  /** The guarantee that now carries the amount, or why none does; `null` when there is none at all. */
  take(
    payer: string,
    cents: Cents,
    on: LocalDate,
    declaration: string | null,
  ): { readonly guarantee: GuaranteeState } | { readonly unsecured: Reason | null } {
    const own = this.all.filter(
      (each) => each.payer === payer && (each.kind === 'total' || each.declaration === declaration),
    );
    const usable = own.filter((each) => isUsableOn(each, on));
    const found = usable.find((each) => (this.free.get(each.id) ?? 0n) >= cents);
    if (found) {
      this.give(found.id, -cents);
      return { guarantee: found };
    }
    return { unsecured: reasonOf(own, usable, cents, this.free) };
  }
}

const order = ({ kind }: GuaranteeState): number => (kind === 'single' ? 0 : 1);
const compare = (a: GuaranteeState, b: GuaranteeState): number =>
  `${a.validTo} ${a.id}` < `${b.validTo} ${b.id}` ? -1 : 1;

function reasonOf(
  own: readonly GuaranteeState[],
  usable: readonly GuaranteeState[],
  cents: Cents,
  free: ReadonlyMap<string, Cents>,
): Reason | null {
  const [first, ...others] = usable;
  if (first) {
    const room = (each: GuaranteeState): Cents => free.get(each.id) ?? 0n;
    const largest = others.reduce((a, b) => (room(b) > room(a) ? b : a), first);
    return {
      code: 'duty.guarantee_exhausted',
      params: {
        guarantee: largest.id,
        available: yuanOf(room(largest)),
        needed: yuanOf(cents),
      },
    };
  }
  const last = own.filter(({ status }) => status === 'approved' || status === 'expired').at(-1);
  if (!last) return null;
  const { id: guarantee, validFrom, validTo } = last;
  return { code: 'duty.guarantee_not_valid', params: { guarantee, validFrom, validTo } };
}
