import { listsOf, type Question, typesOf } from './ast.ts';
import type { Column, Columns } from './column.ts';
import { literalCode, type Names, questionCode } from './emit.ts';
import { listOf } from './interpret.ts';
import { codePoints } from './known.ts';
import { compileBits, loneFact } from './one-fact.ts';
import type { Lists } from './scope.ts';

/**
 * Answers questions for the rows of a block: of each an array, of each row a bit. Where a fact of the
 * question is missing the answer means nothing, and the caller drops it.
 */
export type Asker = (
  columns: Columns,
  from: number,
  rows: number,
  answers: readonly Int32Array[],
) => void;

/** The text or day that alone decides a question: such questions are asked together, by `createLookup`. */
export function loneText(question: Question): string | null {
  const fact = loneFact(question);
  const type = fact === null ? null : typesOf(question).get(fact);
  return type === 'text' || type === 'date' ? fact : null;
}

/** How many questions a lookup can answer: a bit of a word for each. */
export const LOOKUP_QUESTIONS = 32;

/**
 * Asks each text of the dictionary once, however many rows have it. A row then looks all its answers
 * up at once, and 32 rows of answers are turned into answers of 32 rows.
 */
export function createLookup(fact: string, questions: readonly Question[], lists: Lists): Asker {
  const ask = compileBits<string>(questions, lists);
  const tables = new WeakMap<readonly string[], Int32Array>();
  const square = new Int32Array(32);

  /** The answers by code, one place up: code −1, missing, is place 0. */
  const tableOf = (dictionary: readonly string[]): Int32Array => {
    const made = tables.get(dictionary);
    if (made?.length === dictionary.length + 1) return made;
    const table = new Int32Array(dictionary.length + 1);
    if (made) table.set(made);
    for (let place = made?.length ?? 1; place < table.length; place += 1)
      table[place] = ask(dictionary[place - 1] ?? '');
    tables.set(dictionary, table);
    return table;
  };

  return (columns, from, rows, answers) => {
    const column = columns.get(fact);
    if (column?.kind !== 'text') return;
    const { codes, dictionary } = column;
    const table = tableOf(dictionary);
    for (let row = 0; row < rows; row += 32) {
      const end = Math.min(32, rows - row);
      for (let nth = 0; nth < end; nth += 1)
        square[nth] = table[(codes[from + row + nth] ?? -1) + 1] ?? 0;
      transpose(square);
      for (let nth = 0; nth < answers.length; nth += 1) {
        const own = answers[nth];
        if (own) own[row >>> 5] = square[nth] ?? 0;
      }
    }
  };
}

/** Makes bit `b` of word `w` bit `w` of word `b`, by swapping ever smaller squares (Hacker’s Delight, 7–3). */
function transpose(square: Int32Array): void {
  for (let side = 16, mask = 0xffff; side > 0; side >>>= 1, mask ^= mask << side) {
    for (let word = 0; word < 32; word = (word + side + 1) & ~side) {
      const one = square[word] as number;
      const other = square[word + side] as number;
      const swapped = ((one >>> side) ^ other) & mask;
      square[word] = one ^ (swapped << side);
      square[word + side] = other ^ swapped;
    }
  }
}

/**
 * The same source as a live decision's, in a loop over the rows. The answer becomes a bit by
 * `Number`, not by a choice: no processor can foresee it, and a wrong guess costs ten rows.
 */
export function compileLoop(question: Question, lists: Lists): Asker {
  const facts = [...typesOf(question)];
  const asked = listsOf(question);
  const names: Names = {
    fact(name) {
      const at = facts.findIndex(([fact]) => fact === name);
      const type = facts[at]?.[1];
      if (type === 'boolean') return `(c${at}[i] === 1)`;
      return type === 'text' || type === 'date' ? `(d${at}[c${at}[i]] ?? '')` : `c${at}[i]`;
    },
    list: (name) => `list${asked.indexOf(name)}`,
    literal: literalCode,
    known: () => 'true',
  };
  const columnNames = facts.flatMap((_, at) => [`c${at}`, `d${at}`]);
  const source = `'use strict';
return function ask(${[...columnNames, 'from', 'rows', 'answers'].join(', ')}) {
  for (let row = 0, i = from; row < rows; ) {
    const word = row >>> 5, end = Math.min(row + 32, rows);
    let bits = 0;
    for (; row < end; row += 1, i += 1) bits |= Number(${questionCode(question, names)}) << (row & 31);
    answers[word] = bits;
  }
};`;
  const make = new Function('size', ...asked.map((_, nth) => `list${nth}`), source);
  const ask = make(codePoints, ...asked.map((name) => listOf(lists, name)));

  return (columns, from, rows, [answers]) => {
    const found = facts.map(([fact]) => columns.get(fact));
    if (found.every((column) => column !== undefined))
      ask(...found.flatMap(partsOfColumn), from, rows, answers);
  };
}

const partsOfColumn = (column: Column): readonly unknown[] =>
  column.kind === 'text' ? [column.codes, column.dictionary] : [column.values, null];
