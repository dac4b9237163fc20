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

/**
 * Reads every fact once. It walks what is there and looks its slot up, since a walk costs the same
 * whatever is missing: asking an object for each name in turn is ten times slower as soon as
 * declarations differ in which facts they have.
 */
export function loadFrame(frame: Frame, slots: ReadonlyMap<string, Slot>, facts: FactSet): void {
  const { numbers, texts, missing, standing } = frame;
  missing.fill(1);
  standing.set(frame.all);
  for (const name in facts) {
    const slot = slots.get(name);
    if (slot === undefined) continue;
    const value = facts[name];
    const { type, index, sieve } = slot;
    if (value === undefined || value === null || !isKnown(type, value)) continue;
    missing[index] = 0;
    if (typeof value === 'string') texts[index] = value;
    else numbers[index] = Number(value);
    sieve?.(value, standing);
  }
}
