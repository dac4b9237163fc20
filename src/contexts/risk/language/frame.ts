import type { FactSet, FactType } from '../../facts/index.ts';
import { isKnown } from './known.ts';
import type { AnswerText } from './text-answers.ts';

/** Where a fact lies while a decision is made. */
export interface Slot {
  readonly name: string;
  readonly type: FactType;
  /** Its place in `numbers` or `texts`, and its bit in `missing`. */
  readonly index: number;
  /** Who answers the questions about this text alone, and the word where the answers begin. */
  readonly answers: { readonly ask: AnswerText; readonly word: number } | null;
}

/** What one decision works with; where a fact is missing its other places hold what was there before. */
export interface Frame {
  /** Numbers, integers, and flags as 1 and 0. */
  readonly numbers: Float64Array;
  /** Texts and days. */
  readonly texts: string[];
  /** A bit for each fact that is missing. */
  readonly missing: Int32Array;
  /** A bit for each question about a single text. */
  readonly answers: Int32Array;
}

export const wordOf = (bit: number): number => bit >>> 5;
export const maskOf = (bit: number): number => 1 << (bit & 31);

export const createFrame = (slots: number, answerWords: number): Frame => ({
  numbers: new Float64Array(slots),
  texts: Array.from({ length: slots }, () => ''),
  missing: new Int32Array(wordOf(slots + 31)),
  answers: new Int32Array(answerWords),
});

/**
 * Reads every fact once. It walks what is there and looks its slot up, since a walk costs the same
 * whatever is missing: asking an object for each name in turn is ten times slower as soon as
 * declarations differ in which facts they have.
 */
export function loadFrame(frame: Frame, slots: ReadonlyMap<string, Slot>, facts: FactSet): void {
  const { numbers, texts, missing, answers } = frame;
  missing.fill(-1);
  for (const name in facts) {
    const slot = slots.get(name);
    if (slot === undefined) continue;
    const value = facts[name];
    const { type, index } = slot;
    if (value === undefined || !isKnown(type, value)) continue;
    missing[wordOf(index)] = (missing[wordOf(index)] ?? 0) & ~maskOf(index);
    if (typeof value === 'string') {
      texts[index] = value;
      if (slot.answers) {
        const given = slot.answers.ask(value);
        for (let nth = 0; nth < given.length; nth += 1)
          answers[slot.answers.word + nth] = given[nth] ?? 0;
      }
    } else {
      numbers[index] = Number(value);
    }
  }
}
