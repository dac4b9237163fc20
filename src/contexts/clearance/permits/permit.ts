import assert from 'node:assert/strict';
import type { LocalDate } from '../../../kernel/dates.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  subtract,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { PermitStatus, PermitTerms, PermitUse } from './contract.ts';
import type { PermitEvent, Taking } from './events.ts';

/** What of a permit is taken: reserved and written down together. */
export interface Taken {
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly uses: number;
}
export const NOTHING: Taken = { quantity: ZERO, value: ZERO, uses: 0 };

/** A permit as its events tell it. */
export interface PermitState {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly issuer: string;
  readonly seq: number;
  /** How often its terms were set. */
  readonly version: number;
  readonly contentHash: string;
  readonly terms: PermitTerms;
  readonly revokedAt: string | null;
  readonly uses: ReadonlyMap<string, PermitUse>;
}

export const permitId = (kind: string, number: string): string => `${kind}-${number}`;

/** The state of a permit; `null` before it was issued. */
export const fold = (events: readonly PermitEvent[]): PermitState | null =>
  events.reduce<PermitState | null>(apply, null);

export function apply(state: PermitState | null, event: PermitEvent): PermitState {
  const { seq } = event;
  const at = event.envelope.occurredAt;
  if (event.kind === 'clearance.permitIssued') {
    const { kind, number, issuer, terms, contentHash } = event.payload;
    const id = permitId(kind, number);
    const uses = new Map<string, PermitUse>();
    const standing = { version: 1, revokedAt: null, uses };
    return { id, kind, number, issuer, seq, contentHash, terms, ...standing };
  }
  assert(state, 'A permit begins with being issued.');
  const use = (declaration: string, changed: Partial<PermitUse>): PermitState => {
    const before = state.uses.get(declaration);
    assert(before, 'Only what was reserved is written down or given back.');
    const uses = new Map(state.uses).set(declaration, { ...before, ...changed, since: at });
    return { ...state, seq, uses };
  };
  switch (event.kind) {
    case 'clearance.permitChanged':
      return { ...state, seq, version: state.version + 1, terms: event.payload.terms };
    case 'clearance.permitRevoked':
      return { ...state, seq, revokedAt: at };
    case 'clearance.permitReserved': {
      const { declaration, lines, quantity, value } = event.payload;
      const reserved = { declaration, status: 'reserved', lines: [...lines], quantity, value };
      const uses = new Map(state.uses);
      return {
        ...state,
        seq,
        uses: uses.set(declaration, { ...reserved, since: at } as PermitUse),
      };
    }
    case 'clearance.permitWrittenDown':
      return use(event.payload.declaration, { status: 'writtenDown' });
    case 'clearance.permitGivenBack':
      return use(event.payload.declaration, { status: 'givenBack' });
    case 'clearance.permitMatched':
      return { ...state, seq };
  }
}

/** What the uses of a permit come to. */
export function takenOf(uses: Iterable<PermitUse>): Taken {
  let taken = NOTHING;
  for (const use of uses) if (use.status !== 'givenBack') taken = plus(taken, use);
  return taken;
}

type Amounts = Pick<Taking, 'quantity' | 'value'>;

export const plus = (taken: Taken, { quantity, value }: Amounts): Taken => ({
  quantity: add(taken.quantity, decimal(quantity ?? '0')),
  value: add(taken.value, decimal(value ?? '0')),
  uses: taken.uses + 1,
});

export const minus = (taken: Taken, { quantity, value }: Amounts): Taken => ({
  quantity: subtract(taken.quantity, decimal(quantity ?? '0')),
  value: subtract(taken.value, decimal(value ?? '0')),
  uses: taken.uses - 1,
});

/** What is left of a bound; `null` where there is none. */
export const leftOf = (bound: string | null, taken: Decimal): Decimal | null =>
  bound === null ? null : subtract(decimal(bound), taken);

/** Never over: whether the terms allow what is taken. */
export const isWithin = (terms: PermitTerms, taken: Taken): boolean =>
  [leftOf(terms.quantity, taken.quantity), leftOf(terms.value, taken.value)].every(
    (left) => left === null || compare(left, ZERO) >= 0,
  ) &&
  (terms.uses === null || taken.uses <= terms.uses);

/** How a permit stands on a day, as a page shows it. */
export function standingOf(
  { terms, revokedAt, taken }: { terms: PermitTerms; revokedAt: string | null; taken: Taken },
  on: LocalDate,
): PermitStatus {
  if (revokedAt !== null) return 'revoked';
  if (on < terms.validFrom) return 'notYetValid';
  if (on > terms.validUntil) return 'expired';
  const isUp = (bound: string | null, of: Decimal) => {
    const left = leftOf(bound, of);
    return left !== null && compare(left, ZERO) <= 0;
  };
  const usedUp =
    (terms.uses !== null && taken.uses >= terms.uses) ||
    isUp(terms.quantity, taken.quantity) ||
    isUp(terms.value, taken.value);
  return usedUp ? 'usedUp' : 'valid';
}

export const textOf = (amount: Decimal | null): string | null =>
  amount === null ? null : toText(amount);
