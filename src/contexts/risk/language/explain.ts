import type { FactSet, Label } from '../../facts/index.ts';
import { type Expression, partsOf, type Value } from './ast.ts';
import { resolve, type Truth, truthOf } from './interpret.ts';
import { printRule } from './print.ts';
import type { Lists, Scope } from './scope.ts';
import { sentenceOf } from './sentence.ts';

/** One step of the way to a rule's outcome, with the steps it was made of. */
export interface Step {
  /** The part of the rule, as its text. */
  readonly text: string;
  /** The same, read aloud. */
  readonly sentence: Label;
  /** `null` is unknown: a fact it needs is missing. */
  readonly outcome: Truth;
  /** What was seen: the facts it asks about, then what was calculated from them. */
  readonly seen: readonly Seen[];
  readonly children: readonly Step[];
}

export interface Seen {
  readonly text: string;
  readonly sentence: Label;
  /** `null` when it is missing, or was calculated from something missing. */
  readonly value: string | number | boolean | null;
}

/**
 * Why a rule came out as it did, condition by condition, with the values seen. All conditions are
 * shown, those too that did not matter any more: an officer wants to know them as well.
 */
export function explain(expression: Expression, facts: FactSet, lists: Lists, scope: Scope): Step {
  const isMade = expression.kind === 'and' || expression.kind === 'or' || expression.kind === 'not';
  const children = isMade
    ? (partsOf(expression) as readonly Expression[]).map((part) =>
        explain(part, facts, lists, scope),
      )
    : [];
  return {
    text: printRule(expression),
    sentence: sentenceOf(expression, scope),
    outcome: truthOf(expression, facts, lists),
    seen: isMade ? [] : seenBy(expression, facts, lists, scope),
    children,
  };
}

function seenBy(question: Expression, facts: FactSet, lists: Lists, scope: Scope): readonly Seen[] {
  if (question.kind === 'has' || question.kind === 'flag') {
    const type = question.kind === 'flag' ? 'boolean' : question.type;
    const sentence = scope.facts.get(question.fact)?.label ?? {
      zh: question.fact,
      en: question.fact,
    };
    const isThere = truthOf({ kind: 'has', type, fact: question.fact }, facts, lists);
    return [
      { text: question.fact, sentence, value: isThere ? (facts[question.fact] ?? null) : null },
    ];
  }
  const seen = new Map<string, Seen>();
  const visit = (value: Value): void => {
    (partsOf(value) as readonly Value[]).forEach(visit);
    if (value.kind === 'literal' || value.kind === 'toNumber') return;
    const text = printRule(value);
    seen.set(text, {
      text,
      sentence: sentenceOf(value, scope),
      value: readable(resolve(value, facts)),
    });
  };
  (partsOf(question) as readonly Value[]).forEach(visit);
  return [...seen.values()];
}

/** A calculation may run over; JSON has no number for that, so it is shown in words. */
const readable = (value: string | number | null): string | number | null =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
