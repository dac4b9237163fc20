import { type Expression, type Question, typesOf, type Value } from './ast.ts';
import { clearBit } from './bits.ts';
import { questionsOf } from './emit.ts';
import { listOf } from './interpret.ts';
import { compileBits, loneFact } from './one-fact.ts';
import { printRule } from './print.ts';
import type { Lists } from './scope.ts';

/** The value of a fact that is known. */
type Known = string | number | boolean;

/**
 * Takes out, of rules of a bit each, those that a known value of one fact makes false: they need a
 * condition on it that does not hold, whatever else may be missing.
 */
export type Sieve = (value: Known, standing: Int32Array) => void;

export interface Sifted {
  /** By the fact. */
  readonly sieves: ReadonlyMap<string, Sieve>;
  /** The rules, by index, in the order of their bits. */
  readonly order: readonly number[];
  /** Of each rule, the facts whose sieves it has to pass. */
  readonly sieved: readonly (readonly string[])[];
  /** What must hold of each rule besides; `null` for nothing. */
  readonly rests: readonly (Expression | null)[];
}

/** A condition on one fact, and the places of the rules that cannot hold without it. */
interface Need {
  readonly condition: Expression;
  readonly places: number[];
}

/**
 * Makes a sieve for each fact, of the conditions that it alone decides. One laid over another, they
 * leave few rules to look at, for a single `&` over 32 rules and a fact. So are packets classified
 * by thousands of rules: Lakshman and Stiliadis, High-Speed Policy-Based Packet Forwarding Using
 * Efficient Multi-Dimensional Range Matching, SIGCOMM 1998.
 */
export function sift(rules: readonly Expression[], lists: Lists): Sifted {
  const split = rules.map((rule) => {
    const needed: { fact: string; condition: Expression }[] = [];
    const rest: Expression[] = [];
    for (const condition of rule.kind === 'and' ? rule.operands : [rule]) {
      const fact = questionsOf(condition).every(isLookup) ? loneFact(condition) : null;
      if (fact === null) rest.push(condition);
      else needed.push({ fact, condition });
    }
    const sieved = [...new Set(needed.map(({ fact }) => fact))].sort();
    return { needed, sieved, rest: allOf(rest), group: sieved.join() };
  });
  // Rules of the same facts stand side by side: a fact then touches the words of few other rules.
  const order = [...rules.keys()].sort((one, other) =>
    compareTexts(split[one]?.group, split[other]?.group),
  );

  const needs = new Map<string, Map<string, Need>>();
  order.forEach((index, place) => {
    for (const { fact, condition } of split[index]?.needed ?? []) {
      const ofFact = needs.get(fact) ?? new Map<string, Need>();
      const text = printRule(condition);
      const need = ofFact.get(text) ?? { condition, places: [] };
      need.places.push(place);
      needs.set(fact, ofFact.set(text, need));
    }
  });
  const sieves = [...needs].map(
    ([fact, ofFact]) => [fact, createSieve([...ofFact.values()], lists)] as const,
  );
  return {
    sieves: new Map(sieves),
    order,
    sieved: split.map((each) => each.sieved),
    rests: split.map(({ rest }) => rest),
  };
}

function allOf(conditions: readonly Expression[]): Expression | null {
  const [first, ...others] = conditions;
  return others.length > 0 ? { kind: 'and', operands: conditions } : (first ?? null);
}

const compareTexts = (one = '', other = ''): number => Number(one > other) - Number(one < other);

/**
 * Whether a question holds the fact itself against literals, and so is worth asking of each value
 * once, before anything else. What calculates or searches is not: its values, weights and
 * descriptions, do not repeat, and most rules have fallen before it is their turn.
 */
function isLookup(question: Question): boolean {
  switch (question.kind) {
    case 'flag':
      return true;
    case 'compare':
      return isItself(question.left)
        ? question.right.kind === 'literal'
        : question.left.kind === 'literal' && isItself(question.right);
    case 'oneOf':
    case 'inList':
      return isItself(question.value);
    case 'textTest':
      return question.test === 'startsWith' && isItself(question.text);
    default:
      return false;
  }
}

const isItself = (value: Value): boolean =>
  value.kind === 'fact' || (value.kind === 'toNumber' && value.operand.kind === 'fact');

function isNumeric(question: Question): boolean {
  const [type] = typesOf(question).values();
  return type === 'number' || type === 'integer';
}

function createSieve(needs: readonly Need[], lists: Lists): Sieve {
  const words = Int32Array.from(
    new Set(needs.flatMap(({ places }) => places.map((place) => place >>> 5))),
  ).sort();
  const ask = compileNeeds(needs, words, lists);
  const questions = needs.flatMap(({ condition }) => questionsOf(condition));
  const leftBy = questions.every(isNumeric)
    ? keepByInterval(
        ask,
        questions.flatMap((question) => boundsOf(question, lists)),
      )
    : keepByValue(ask);
  return (value, standing) => {
    const left = leftBy(value);
    for (let nth = 0; nth < words.length; nth += 1) {
      const word = words[nth] ?? 0;
      standing[word] = (standing[word] ?? 0) & (left[nth] ?? 0);
    }
  };
}

/** What a value leaves of the words in which the fact has rules. */
type LeftBy = (value: Known) => Int32Array;

/** Asks every condition on the fact, and takes out the rules that need one which does not hold. */
function compileNeeds(needs: readonly Need[], words: Int32Array, lists: Lists): LeftBy {
  const groups: { needs: readonly Need[]; ask: (value: Known) => number }[] = [];
  for (let from = 0; from < needs.length; from += 32) {
    const group = needs.slice(from, from + 32);
    const conditions = group.map(({ condition }) => condition);
    groups.push({ needs: group, ask: compileBits(conditions, lists) });
  }
  const nthOf = new Map([...words].map((word, nth) => [word, nth]));
  return (value) => {
    const left = new Int32Array(words.length).fill(-1);
    for (const group of groups) {
      const held = group.ask(value);
      group.needs.forEach(({ places }, bit) => {
        if (((held >>> bit) & 1) === 1) return;
        for (const place of places)
          clearBit(left, (nthOf.get(place >>> 5) ?? 0) * 32 + (place & 31));
      });
    }
    return left;
  };
}

/** Texts whose answers are kept; a fact that never repeats, a number of a seal, starts over when full. */
const KEPT_TEXTS = 4_096;

/** Texts, days and flags repeat, so each value is asked about when it is first seen. */
function keepByValue(ask: LeftBy): LeftBy {
  const kept = new Map<Known, Int32Array>();
  return (value) => {
    const before = kept.get(value);
    if (before) return before;
    const left = ask(value);
    if (kept.size >= KEPT_TEXTS) kept.clear();
    kept.set(value, left);
    return left;
  };
}

/** Numbers do not repeat, but all of those between two neighbouring bounds have the same answers. */
function keepByInterval(ask: LeftBy, literals: readonly number[]): LeftBy {
  const sorted = Float64Array.from(new Set(literals)).sort();
  // Filled up to a power of two by what no number reaches.
  const bounds = new Float64Array(2 ** Math.ceil(Math.log2(sorted.length + 1))).fill(
    Number.POSITIVE_INFINITY,
  );
  bounds.set(sorted);
  const kept: (Int32Array | undefined)[] = Array.from({ length: 2 * bounds.length + 1 });
  return (value) => {
    const place = placeOf(Number(value), bounds);
    const before = kept[place];
    if (before) return before;
    const left = ask(value);
    kept[place] = left;
    return left;
  };
}

/**
 * Bounds have odd places, and what lies between them even ones. Each step adds half or nothing and
 * never chooses: no processor can foresee where a number lies, and a wrong guess costs a step or two.
 */
function placeOf(value: number, bounds: Float64Array): number {
  let from = 0;
  for (let half = bounds.length >>> 1; half > 0; half >>>= 1)
    from += Number((bounds[from + half - 1] as number) < value) * half;
  return 2 * from + Number(bounds[from] === value);
}

/** The numbers at which the answer to such a question can change. */
function boundsOf(question: Question, lists: Lists): readonly number[] {
  switch (question.kind) {
    case 'compare':
      return [question.left, question.right].flatMap((side) =>
        side.kind === 'literal' ? Number(side.value) : [],
      );
    case 'oneOf':
      return question.values.map(({ value }) => Number(value));
    case 'inList':
      return Array.from(listOf(lists, question.list), Number);
    default:
      return [];
  }
}
