import type { FactSet, FactType } from '../../facts/index.ts';
import { noBits, setBit } from './bits.ts';
import { isKnown } from './known.ts';
import type { Sieve } from './sieve.ts';

/** Where a fact lies while a decision is made. */
export interface Slot {
  readonly name: string;
  readonly type: FactType;
  /** Its place in `numbers`, `texts` and `missing`. */
  readonly index: number;
  /** `null` where no rule needs a condition on this fact alone. */
  readonly sieve: Sieve | null;
}

/** What one decision works with; where a fact is missing, its value is what was there before. */
export interface Frame {
  /** Numbers, integers, and flags as 1 and 0. */
  readonly numbers: Float64Array;
  /** Texts and days. */
  readonly texts: string[];
  /** 1 for each fact that is missing, else 0. */
  readonly missing: Uint8Array;
  /** A bit for each rule that no known fact alone makes false. */
  readonly standing: Int32Array;
  /** A bit for each rule. */
  readonly all: Int32Array;
}

export function createFrame(slots: number, rules: number): Frame {
  const all = noBits(rules);
  for (let rule = 0; rule < rules; rule += 1) setBit(all, rule);
  return {
    numbers: new Float64Array(slots),
    texts: Array.from({ length: slots }, () => ''),
    missing: new Uint8Array(slots),
    standing: noBits(rules),
    all,
  };
}

/** A name met in a declaration, and the one that came after it last time. */
interface Place {
  readonly name: string;
  /** `null` where no rule reads the fact. */
  readonly slot: Slot | null;
  next: Place | null;
}

/** Names whose places are kept: far more than there are facts. */
const KEPT_NAMES = 4_096;

/**
 * Makes what reads every fact of a declaration into the frame, once. It walks what is there, since a
 * walk costs the same whatever is missing: asking an object for each name in turn is ten times slower
 * as soon as declarations differ in which facts they have. Most state theirs in the order of the one
 * before, so the next name is guessed, and looked up only where the guess fails.
 */
export function createReader(
  { numbers, texts, missing, standing, all }: Frame,
  slots: ReadonlyMap<string, Slot>,
): (facts: FactSet) => void {
  const places = new Map<string, Place>();
  const start: Place = { name: '', slot: null, next: null };

  const placeOf = (name: string): Place => {
    const known = places.get(name);
    if (known) return known;
    if (places.size >= KEPT_NAMES) places.clear();
    const place = { name, slot: slots.get(name) ?? null, next: null };
    places.set(name, place);
    return place;
  };

  return (facts) => {
    missing.fill(1);
    standing.set(all);
    let before = start;
    for (const name in facts) {
      let place = before.next;
      if (place?.name !== name) {
        place = placeOf(name);
        before.next = place;
      }
      before = place;
      const { slot } = place;
      if (slot === null) continue;
      const value = facts[name];
      const { type, index, sieve } = slot;
      if (value === undefined || value === null || !isKnown(type, value)) continue;
      missing[index] = 0;
      if (typeof value === 'string') texts[index] = value;
      else numbers[index] = Number(value);
      sieve?.(value, standing);
    }
  };
}
