import type { FactType } from '../../facts/index.ts';
import { type Expression, type Question, readsOf, typesOf } from './ast.ts';
import type { Column, Columns } from './column.ts';
import { compileLoop, createLookup, LOOKUP_QUESTIONS, loneText } from './column-questions.ts';
import { isKnown } from './known.ts';
import { printRule } from './print.ts';
import type { Lists } from './scope.ts';

export type { Column, Columns };

/** What each rule says of each row: row `r` is bit `r & 31` of word `r >>> 5`. */
export interface ColumnVerdicts {
  readonly hits: readonly Int32Array[];
  readonly hitCounts: readonly number[];
  /** Rows the rule could not be evaluated on. */
  readonly unknown: readonly Int32Array[];
  readonly unknownCounts: readonly number[];
}

export interface ColumnProgram {
  evaluate(columns: Columns, rows: number): ColumnVerdicts;
}

/** Rows taken together: what every part of the rules says of them stays in the processor's cache. */
export const BLOCK_ROWS = 4_096;
const BLOCK_WORDS = BLOCK_ROWS / 32;

/** A part of the rules, and what it says of the rows of a block: neither bit is set where unknown. */
interface Part {
  readonly isTrue: Int32Array;
  readonly isFalse: Int32Array;
  /** Fills the bits, from the bits of its own parts; absent where they are another part's. */
  readonly ask?: Ask;
}

type Ask = (columns: Columns, from: number, rows: number) => void;

/** Questions that the same text decides. */
interface Lookup {
  readonly fact: string;
  readonly reads: readonly Part[];
  readonly asked: { readonly question: Question; readonly part: Part }[];
}

/**
 * Compiles rules to run over columns, as a back-test does. Every part that the rules share, down to
 * the single question, is asked once for all of them, and Kleene's logic is then done on 32 rows at
 * a time: a conjunction is true where all are true and false where any is false.
 */
export function compileColumns(rules: readonly Expression[], lists: Lists): ColumnProgram {
  // What is asked comes after what it is asked of: a map keeps the order in which parts were made.
  const known = new Map<string, Part>();
  const lookups: Lookup[] = [];
  const parts = new Map<string, Part>();

  const add = (into: Map<string, Part>, key: string, part: Part): Part => {
    into.set(key, part);
    return part;
  };
  const knownPart = (fact: string, type: FactType): Part =>
    known.get(fact) ?? add(known, fact, createKnown(fact, type));
  const partOf = (expression: Expression): Part => {
    const key = printRule(expression);
    return parts.get(key) ?? add(parts, key, create(expression));
  };
  function create(expression: Expression): Part {
    switch (expression.kind) {
      case 'not': {
        const { isTrue, isFalse } = partOf(expression.operand);
        return { isTrue: isFalse, isFalse: isTrue };
      }
      case 'and':
      case 'or':
        return createJunction(expression.kind, expression.operands.map(partOf));
      case 'has': {
        const { isTrue, isFalse } = knownPart(expression.fact, expression.type);
        return { isTrue, isFalse };
      }
      default: {
        const types = typesOf(expression);
        const reads = readsOf(expression).map((fact) => knownPart(fact, types.get(fact) ?? 'text'));
        const part = emptyBits();
        const text = loneText(expression);
        if (text !== null) {
          lookupFor(text, reads).asked.push({ question: expression, part });
          return part;
        }
        const asker = compileLoop(expression, lists);
        const answers = [part.isTrue];
        return {
          ...part,
          ask(columns, from, rows) {
            asker(columns, from, rows, answers);
            decide(part, reads);
          },
        };
      }
    }
  }
  function lookupFor(fact: string, reads: readonly Part[]): Lookup {
    const open = lookups.find(
      (lookup) => lookup.fact === fact && lookup.asked.length < LOOKUP_QUESTIONS,
    );
    if (open) return open;
    const lookup: Lookup = { fact, reads, asked: [] };
    lookups.push(lookup);
    return lookup;
  }

  const roots = rules.map(partOf);
  const order = [
    ...known.values(),
    ...lookups.map((each) => createTexts(each, lists)),
    ...parts.values(),
  ];
  return {
    evaluate(columns, rows) {
      const words = Math.ceil(rows / 32);
      const hits = roots.map(() => new Int32Array(words));
      const unknown = roots.map(() => new Int32Array(words));
      for (let from = 0; from < rows; from += BLOCK_ROWS) {
        const inBlock = Math.min(BLOCK_ROWS, rows - from);
        for (const part of order) part.ask?.(columns, from, inBlock);
        roots.forEach((root, index) => {
          keep(root, inBlock, from >>> 5, hits[index], unknown[index]);
        });
      }
      const counts = (bits: readonly Int32Array[]): number[] => bits.map(countBits);
      return { hits, hitCounts: counts(hits), unknown, unknownCounts: counts(unknown) };
    },
  };
}

const emptyBits = (): { isTrue: Int32Array; isFalse: Int32Array } => ({
  isTrue: new Int32Array(BLOCK_WORDS),
  isFalse: new Int32Array(BLOCK_WORDS),
});

/** Takes the answers to a question as given for known facts, and drops those where one is missing. */
function decide({ isTrue, isFalse }: Part, reads: readonly Part[]): void {
  for (let word = 0; word < BLOCK_WORDS; word += 1) {
    let known = -1;
    for (const read of reads) known &= read.isTrue[word] ?? 0;
    const answer = isTrue[word] ?? 0;
    isTrue[word] = answer & known;
    isFalse[word] = ~answer & known;
  }
}

function createTexts({ fact, reads, asked }: Lookup, lists: Lists): { readonly ask: Ask } {
  const asker = createLookup(
    fact,
    asked.map(({ question }) => question),
    lists,
  );
  const answers = asked.map(({ part }) => part.isTrue);
  return {
    ask(columns, from, rows) {
      asker(columns, from, rows, answers);
      for (const { part } of asked) decide(part, reads);
    },
  };
}

function createJunction(kind: 'and' | 'or', operands: readonly Part[]): Part {
  const { isTrue, isFalse } = emptyBits();
  const isAnd = kind === 'and';
  return {
    isTrue,
    isFalse,
    ask() {
      const [all, any] = isAnd ? [isTrue, isFalse] : [isFalse, isTrue];
      all.fill(-1);
      any.fill(0);
      for (const operand of operands) {
        const must = isAnd ? operand.isTrue : operand.isFalse;
        const may = isAnd ? operand.isFalse : operand.isTrue;
        for (let word = 0; word < BLOCK_WORDS; word += 1) {
          all[word] = (all[word] ?? 0) & (must[word] ?? 0);
          any[word] = (any[word] ?? 0) | (may[word] ?? 0);
        }
      }
    },
  };
}

/** Where a fact is known. */
function createKnown(fact: string, type: FactType): Part {
  const { isTrue, isFalse } = emptyBits();
  return {
    isTrue,
    isFalse,
    ask(columns, from, rows) {
      const column = columns.get(fact);
      isTrue.fill(0);
      if (column) markKnown(column, type, from, rows, isTrue);
      for (let word = 0; word < BLOCK_WORDS; word += 1) isFalse[word] = ~(isTrue[word] ?? 0);
    },
  };
}

/** The same notion of missing as everywhere, for each kind of column. */
function markKnown(
  column: Column,
  type: FactType,
  from: number,
  rows: number,
  bits: Int32Array,
): void {
  for (let row = 0; row < rows; ) {
    const word = row >>> 5;
    const end = Math.min(row + 32, rows);
    let known = 0;
    if (column.kind === 'number' && type === 'integer')
      for (; row < end; row += 1)
        known |= Number(Number.isSafeInteger(column.values[from + row])) << (row & 31);
    else if (column.kind === 'number')
      for (; row < end; row += 1) {
        const value = column.values[from + row] ?? Number.NaN;
        known |= Number(value - value === 0) << (row & 31);
      }
    else if (column.kind === 'text' && type === 'date')
      for (; row < end; row += 1) {
        const day = column.dictionary[column.codes[from + row] ?? -1];
        known |= Number(isKnown(type, day)) << (row & 31);
      }
    else {
      const codes = column.kind === 'text' ? column.codes : column.values;
      for (; row < end; row += 1) known |= Number((codes[from + row] ?? -1) >= 0) << (row & 31);
    }
    bits[word] = known;
  }
}

/** Copies what a rule says of a block to its place; rows after the last are neither hit nor unknown. */
function keep(
  { isTrue, isFalse }: Part,
  rows: number,
  at: number,
  hits: Int32Array | undefined,
  unknown: Int32Array | undefined,
): void {
  if (!hits || !unknown) return;
  const words = Math.ceil(rows / 32);
  for (let word = 0; word < words; word += 1) {
    const left = rows - word * 32;
    const mask = left >= 32 ? -1 : (1 << left) - 1;
    const yes = isTrue[word] ?? 0;
    hits[at + word] = yes & mask;
    unknown[at + word] = ~(yes | (isFalse[word] ?? 0)) & mask;
  }
}

/** How many bits are set, by adding neighbours in parallel (Hacker’s Delight, 5–1). */
function countBits(words: Int32Array): number {
  let count = 0;
  for (let word of words) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    word = (word + (word >>> 4)) & 0x0f0f0f0f;
    count += Math.imul(word, 0x01010101) >>> 24;
  }
  return count;
}
