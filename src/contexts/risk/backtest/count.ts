import assert from 'node:assert/strict';
import { type Expression, factsOf, readsOf } from '../language/ast.ts';
import { type Columns, compileColumns } from '../language/columns.ts';
import type { Lists } from '../language/scope.ts';
import { addAll, type Bits, countBits, countBoth, noBits } from './bits.ts';
import type { BacktestExample, BacktestRequest } from './contract.ts';
import { createRows } from './part-rows.ts';
import { openPartReader } from './store/part.ts';
import { MARK, type Part, type RelationFact } from './store/snapshot.ts';
import { emptyTally, type RuleTally, readsOfAll, type Tally } from './tally.ts';

/** What a process is to count. */
export interface Job {
  readonly rules: readonly Expression[];
  readonly live: readonly Expression[];
  readonly lists: Lists;
  readonly facts: readonly RelationFact[];
  readonly period: BacktestRequest['period'];
  /** The file with the marks of rows. */
  readonly marks: string;
}

/** Counts what rules do to the rows of one part after another. */
export async function createCounter(job: Job) {
  const { rules, live, lists, period } = job;
  const reader = await openPartReader(job.marks);
  const program = compileColumns(rules, lists);
  const liveProgram = compileColumns(live, lists);
  const factsFor = (expressions: readonly Expression[]) => {
    const names = new Set(expressions.flatMap(factsOf));
    return job.facts.filter(({ fact }) => names.has(fact));
  };
  const asked = factsFor(rules);
  const compared = factsFor(live);

  /** Of the hits of each rule, those of the live rules. */
  async function compare(part: Part, hits: readonly Bits[], tally: Tally): Promise<void> {
    const { facts } = await reader.read(part, compared);
    const others = liveProgram.evaluate(facts, part.rows).hits;
    const [first, ...rest] = others;
    if (!first) return;
    const any = first.slice();
    for (const other of rest) addAll(any, other);
    hits.forEach((own, index) => {
      const rule = tally.rules[index] as RuleTally;
      others.forEach((other, place) => {
        rule.both[place] = countBoth(own, other);
      });
      rule.onlyThis = rule.hits - countBoth(own, any);
    });
  }

  return {
    async count(part: Part): Promise<Tally> {
      const { rows, facts } = await reader.read(part, asked);
      const { hits, unknown } = program.evaluate(facts, part.rows);
      const counting = createRows(part, rows, period);
      const missing = missingIn(facts);
      const tally = emptyTally(readsOfAll(rules), live.length);
      counting.addTo(tally);
      rules.forEach((rule, index) => {
        const own = tally.rules[index] as RuleTally;
        const unjudged = counting.counted(given(unknown, index));
        counting.addHits(own, counting.counted(given(hits, index)));
        own.unknown = countBits(unjudged);
        readsOf(rule).forEach((fact, place) => {
          const lacking = missing.get(fact);
          own.missing[place] = lacking ? countBoth(unjudged, lacking) : own.unknown;
        });
      });
      if (live.length > 0) await compare(part, hits, tally);
      return tally;
    },

    async examples(part: Part, rows: readonly (readonly number[])[]): Promise<BacktestExample[][]> {
      const { marks } = (await reader.read(part, [])).rows;
      const shown: BacktestExample[][] = [];
      for (const [index, own] of rows.entries()) {
        const rule = rules[index];
        const found = await reader.show(part, own, rule ? factsFor([rule]) : []);
        shown.push(
          found.map((row, place) => ({ ...row, found: foundOf(marks[own[place] ?? -1]) })),
        );
      }
      return shown;
    },
  };
}

function given(bits: readonly Bits[], rule: number): Bits {
  const own = bits[rule];
  assert(own, 'Every rule that was compiled has its verdict.');
  return own;
}

/** The rows in which a fact is missing, for each fact that was read. */
const missingIn = (facts: Columns): Map<string, Bits> =>
  new Map(
    [...facts].map(([fact, column]) => [
      fact,
      column.kind === 'number'
        ? missingNumbers(column.values)
        : missingCodes(column.kind === 'text' ? column.codes : column.values),
    ]),
  );

// Two loops rather than one that is told what missing means: each then knows what it walks over.
function missingNumbers(values: Float64Array): Bits {
  const bits = noBits(values.length);
  for (let row = 0; row < values.length; ) {
    const word = row >>> 5;
    const end = Math.min(row + 32, values.length);
    let missing = 0;
    for (; row < end; row += 1) missing |= Number(Number.isNaN(values[row])) << (row & 31);
    bits[word] = missing;
  }
  return bits;
}

function missingCodes(codes: Int32Array | Int8Array): Bits {
  const bits = noBits(codes.length);
  for (let row = 0; row < codes.length; ) {
    const word = row >>> 5;
    const end = Math.min(row + 32, codes.length);
    let missing = 0;
    for (; row < end; row += 1) missing |= Number(codes[row] === -1) << (row & 31);
    bits[word] = missing;
  }
  return bits;
}

const foundOf = (mark = 0): boolean | null =>
  (mark & MARK.examined) === 0 ? null : (mark & MARK.found) !== 0;
