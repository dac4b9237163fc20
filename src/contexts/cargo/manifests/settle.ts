import {
  add,
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  subtract,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { State } from './bill.ts';
import type { Claim, Quantity } from './contract.ts';
import type { NewBillEvent } from './events.ts';

/** Packages, and gross mass in kilograms: what a bill has, and what is taken of it. */
export interface Amount {
  readonly packages: number;
  readonly grossMass: Decimal;
}
export const NOTHING: Amount = { packages: 0, grossMass: ZERO };
/** What a claim states; `null` is not stated yet. */
interface Stated {
  readonly packages: number | null;
  readonly grossMassKg: string | null;
}

/**
 * How much may be claimed of a bill; `null` while nobody knows. It is what the manifest says, or what
 * was counted where that is more and within the tolerance. Of a consolidation it is nothing: its goods
 * are claimed on the houses.
 */
export function capacityOf(state: State): Amount | null {
  const { content, houses, tally, status } = state;
  if (status !== 'manifested' || !content) return null;
  if (houses.length > 0) return NOTHING;
  const stated = {
    packages: content.packages ?? 0,
    grossMass: decimal(content.grossMassKg ?? '0'),
  };
  if (!tally?.agrees) return stated;
  return {
    packages: Math.max(stated.packages, tally.packages),
    grossMass: greater(stated.grossMass, decimal(tally.grossMassKg ?? '0')),
  };
}

const greater = (a: Decimal, b: Decimal): Decimal => (compare(a, b) < 0 ? b : a);

/** What the matched claims have taken, together. */
export function takenOf(claims: readonly Claim[]): Amount {
  return claims
    .filter((claim) => claim.status === 'matched')
    .map(amountOf)
    .reduce(plus, NOTHING);
}

export const amountOf = ({ packages, grossMassKg }: Stated): Amount => ({
  packages: packages ?? 0,
  grossMass: decimal(grossMassKg ?? '0'),
});
export const plus = (a: Amount, b: Amount): Amount => ({
  packages: a.packages + b.packages,
  grossMass: add(a.grossMass, b.grossMass),
});
export const minus = (a: Amount, b: Amount): Amount => ({
  packages: a.packages - b.packages,
  grossMass: subtract(a.grossMass, b.grossMass),
});
export const covers = (a: Amount, b: Amount): boolean =>
  a.packages >= b.packages && compare(a.grossMass, b.grossMass) >= 0;

/**
 * What a claim would take of what is left, or `null` when there is not as much. A quantity it does not
 * state takes all that is left: until it is stated nobody else can be given the same goods.
 */
export function take(left: Amount, stated: Stated): Amount | null {
  const wanted: Amount = {
    packages: stated.packages ?? left.packages,
    grossMass: stated.grossMassKg === null ? left.grossMass : decimal(stated.grossMassKg),
  };
  const nothing =
    wanted.packages <= 0 && (isZero(wanted.grossMass) || isNegative(wanted.grossMass));
  return nothing || !covers(left, wanted) ? null : wanted;
}

export const toQuantity = ({ packages, grossMass }: Amount): Quantity => ({
  packages,
  grossMassKg: toText(grossMass),
});

/** What nobody has claimed yet; `null` while the manifest is awaited. */
export function leftOf(state: State): Amount | null {
  const capacity = capacityOf(state);
  return capacity && minus(capacity, takenOf(state.claims));
}

/**
 * Gives what is left to the claims that wait for it, the oldest first. One that does not fit is told
 * so once and goes on waiting, for an amendment or for what another gives back.
 */
export function settle(state: State): NewBillEvent[] {
  let left = leftOf(state);
  if (!left) return [];
  const events: NewBillEvent[] = [];
  const waiting = state.claims.filter((claim) => claim.status !== 'matched');
  for (const claim of waiting.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    const { declaration } = claim;
    const taken = take(left, claim);
    if (taken) {
      left = minus(left, taken);
      const payload = { declaration, bill: state.number, ...toQuantity(taken) };
      events.push({ kind: 'cargo.billMatched', payload });
    } else if (claim.status === 'waiting') {
      events.push({ kind: 'cargo.claimExceeds', payload: { declaration } });
    }
  }
  return events;
}
