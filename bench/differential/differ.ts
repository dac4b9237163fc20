import {
  createDice,
  describeCase,
  randomRow,
  randomRule,
  testingLists,
  testingScope,
} from '../../src/contexts/risk/language/testing.ts';
import type { Batch, Judge } from './judges.ts';

export interface Extent {
  readonly rules: number;
  readonly rows: number;
  readonly batches: number;
}

/** How often each verdict was given: a comparison of nothing but falses would prove little. */
export interface Compared {
  readonly pairs: number;
  readonly isTrue: number;
  readonly isUnknown: number;
}

/**
 * Asks every judge about the same random rules and rows, and throws the first case in which two of
 * them differ. The same seed makes the same cases on every machine.
 */
export async function differ(
  judges: Readonly<Record<string, Judge>>,
  { rules, rows, batches }: Extent,
  seed: number,
  onBatch: (pairs: number) => void = () => undefined,
): Promise<Compared> {
  const counts = [0, 0, 0];
  let pairs = 0;
  for (let number = 0; number < batches; number += 1) {
    const batch = randomBatch(rules, rows, seed + number);
    const verdicts = await judge(batch, judges);
    for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
    pairs += verdicts.length;
    onBatch(pairs);
  }
  const [, isTrue = 0, isUnknown = 0] = counts;
  return { pairs, isTrue, isUnknown };
}

function randomBatch(rules: number, rows: number, seed: number): Batch {
  const dice = createDice(seed);
  return {
    rules: Array.from({ length: rules }, () => randomRule(dice)),
    rows: Array.from({ length: rows }, () => randomRow(dice)),
    scope: testingScope,
    lists: testingLists,
  };
}

async function judge(batch: Batch, judges: Readonly<Record<string, Judge>>): Promise<Uint8Array> {
  let first: { name: string; verdicts: Uint8Array } | null = null;
  for (const [name, ask] of Object.entries(judges)) {
    const verdicts = await ask(batch);
    first ??= { name, verdicts };
    if (Buffer.compare(first.verdicts, verdicts) !== 0)
      throw new Error(difference(batch, first, { name, verdicts }));
  }
  if (!first) throw new Error('Nobody was asked.');
  return first.verdicts;
}

interface Opinion {
  readonly name: string;
  readonly verdicts: Uint8Array;
}

const WORDS = ['false', 'true', 'unknown'];

function difference({ rules, rows }: Batch, one: Opinion, other: Opinion): string {
  const at = one.verdicts.findIndex((verdict, index) => verdict !== other.verdicts[index]);
  const rule = rules[Math.floor(at / rows.length)];
  const row = rows[at % rows.length];
  const say = ({ name, verdicts }: Opinion) => `${name} says ${WORDS[verdicts[at] ?? 0]}`;
  const told = rule && row ? describeCase(rule, row) : 'a verdict too few or too many';
  return `${say(one)}, ${say(other)} of\n${told}`;
}
