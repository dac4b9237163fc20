import { type Expression, listsOf, type Question, readsOf } from './ast.ts';
import { literalCode, type Names, plainCode, questionsOf } from './emit.ts';
import { listOf } from './interpret.ts';
import { codePoints } from './known.ts';
import type { Lists } from './scope.ts';

/**
 * The fact that alone decides a condition, because each question in it reads that fact and no other.
 * Such a condition has one answer for each value of the fact, and is unknown just where it is missing.
 */
export function loneFact(condition: Expression): string | null {
  const [fact, ...others] = new Set(questionsOf(condition).map(readAlone));
  return fact === undefined || others.length > 0 ? null : fact;
}

function readAlone(question: Question): string | null {
  const [fact, ...others] = readsOf(question);
  return fact === undefined || others.length > 0 || question.kind === 'has' ? null : fact;
}

/** Compiles at most 32 conditions on one fact into a function that gives a bit for each. */
export function compileBits<Value>(
  conditions: readonly Expression[],
  lists: Lists,
): (value: Value) => number {
  const asked = [...new Set(conditions.flatMap(listsOf))];
  const names: Names = {
    fact: () => 'value',
    list: (name) => `list${asked.indexOf(name)}`,
    literal: literalCode,
    known: () => 'true',
  };
  const bits = conditions.map((each, bit) => `(${plainCode(each, names)} ? ${1 << bit} : 0)`);
  const source = `'use strict'; return (value) => ${bits.join(' | ')};`;
  const make = new Function('size', ...asked.map((_, nth) => `list${nth}`), source);
  return make(codePoints, ...asked.map((name) => listOf(lists, name)));
}
