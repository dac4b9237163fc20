import { listsOf, type Question, readsOf, typesOf } from './ast.ts';
import { type Names, questionCode } from './emit.ts';
import { listOf } from './interpret.ts';
import { codePoints } from './known.ts';
import type { Lists } from './scope.ts';

/**
 * The fact that alone decides a question, when it is a text or a day. Such a question has one answer
 * for each value, and values repeat: a port sees few countries, offices and headings.
 */
export function loneText(question: Question): string | null {
  if (question.kind === 'has') return null;
  const [fact, ...others] = readsOf(question);
  if (fact === undefined || others.length > 0) return null;
  const type = typesOf(question).get(fact);
  return type === 'text' || type === 'date' ? fact : null;
}

/** Answers questions about one text, 32 to a word: the first question is the lowest bit. */
export type AnswerText = (text: string) => Int32Array;

/** Texts whose answers are kept; a fact that never repeats, a description, starts over when full. */
const KEPT_VALUES = 4_096;

/** Compiles questions about one text into a function that remembers what it said of each value. */
export function compileAnswers(questions: readonly Question[], lists: Lists): AnswerText {
  const words = Array.from({ length: Math.ceil(questions.length / 32) }, (_, word) =>
    compileBits(questions.slice(word * 32, word * 32 + 32), lists),
  );
  const kept = new Map<string, Int32Array>();
  return (text) => {
    const before = kept.get(text);
    if (before) return before;
    const answers = Int32Array.from(words, (word) => word(text));
    if (kept.size >= KEPT_VALUES) kept.clear();
    kept.set(text, answers);
    return answers;
  };
}

/** Compiles at most 32 questions about one text into a function that gives a bit for each. */
export function compileBits(
  questions: readonly Question[],
  lists: Lists,
): (text: string) => number {
  const asked = [...new Set(questions.flatMap(listsOf))];
  const names: Names = {
    fact: () => 'text',
    list: (name) => `list${asked.indexOf(name)}`,
    known: () => 'true',
    answer: () => null,
  };
  const bits = questions.map(
    (question, bit) => `(${questionCode(question, names)} ? ${1 << bit} : 0)`,
  );
  const source = `'use strict'; return (text) => ${bits.join(' | ')};`;
  const make = new Function('size', ...asked.map((_, nth) => `list${nth}`), source);
  return make(codePoints, ...asked.map((name) => listOf(lists, name)));
}
