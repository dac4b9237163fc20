import { listsOf, type Question, typesOf } from './ast.ts';
import type { Column, Columns } from './column.ts';
import { literalCode, type Names, questionCode } from './emit.ts';
import { listOf } from './interpret.ts';
import { codePoints } from './known.ts';
import { compileBits, loneFact } from './one-fact.ts';
import type { Lists } from './scope.ts';

/**
 * Answers a question for the rows of a block, a bit each. Where a fact of the question is missing
 * the answer means nothing, and the caller drops it.
 */
export type Asker = (columns: Columns, from: number, rows: number, answers: Int32Array) => void;

export function createAsker(question: Question, lists: Lists): Asker {
  const fact = loneFact(question);
  const type = fact === null ? null : typesOf(question).get(fact);
  return fact !== null && (type === 'text' || type === 'date')
    ? createLookup(fact, question, lists)
    : compileLoop(question, lists);
}

/** Asks about each text of the dictionary once, however many rows have it. */
function createLookup(fact: string, question: Question, lists: Lists): Asker {
  const ask = compileBits<string>([question], lists);
  const tables = new WeakMap<readonly string[], Uint8Array>();

  /** The answers by code, one place up: code −1, missing, is place 0. */
  const tableOf = (dictionary: readonly string[]): Uint8Array => {
    const made = tables.get(dictionary);
    if (made?.length === dictionary.length + 1) return made;
    const table = new Uint8Array(dictionary.length + 1);
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
    for (let row = 0; row < rows; ) {
      const word = row >>> 5;
      const end = Math.min(row + 32, rows);
      let bits = 0;
      for (; row < end; row += 1) bits |= (table[(codes[from + row] ?? -1) + 1] ?? 0) << (row & 31);
      answers[word] = bits;
    }
  };
}

/**
 * The same source as a live decision's, in a loop over the rows. The answer becomes a bit by
 * `Number`, not by a choice: no processor can foresee it, and a wrong guess costs ten rows.
 */
function compileLoop(question: Question, lists: Lists): Asker {
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

  return (columns, from, rows, answers) => {
    const found = facts.map(([fact]) => columns.get(fact));
    if (found.every((column) => column !== undefined))
      ask(...found.flatMap(partsOfColumn), from, rows, answers);
  };
}

const partsOfColumn = (column: Column): readonly unknown[] =>
  column.kind === 'text' ? [column.codes, column.dictionary] : [column.values, null];
