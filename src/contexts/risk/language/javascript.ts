import type { FactSet } from '../../facts/index.ts';
import { type Expression, listsOf, readsOf, typesOf } from './ast.ts';
import { noBits, setBit, takeBits } from './bits.ts';
import { type Names, truthCode } from './emit.ts';
import { createFrame, type Frame, loadFrame, type Slot } from './frame.ts';
import { listOf, type Truth } from './interpret.ts';
import { codePoints } from './known.ts';
import type { Lists } from './scope.ts';
import { type Sieve, type Sifted, sift } from './sieve.ts';

/** Rules compiled together. It keeps the lists it was made with: a later edit cannot reach it. */
export interface RuleProgram {
  evaluate(facts: FactSet): Outcome;
}

/** Rules are named by their index in what was compiled, and come in that order. */
export interface Outcome {
  readonly hits: readonly number[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** A rule left unknown, and the facts it reads that were missing. Equal ones are one object. */
export interface NotEvaluated {
  readonly rule: number;
  readonly missing: readonly string[];
}

type Slots = ReadonlyMap<string, Slot>;
type Literals = readonly (string | number)[];

/**
 * What rules have in common that differ in their literals only: officers write many after one
 * pattern. They share a function, so that few functions are called often and V8 optimises them all,
 * and what it takes to decide them stays in the processor's cache.
 */
interface Pattern {
  /** Facts that did not make the rule false; one that is missing leaves it unknown. */
  readonly sieved: readonly Slot[];
  readonly reads: readonly Slot[];
  /** What must hold besides; `null` for nothing. */
  readonly ask: ((literals: Literals) => Truth) | null;
  /** The first step to its records. */
  readonly root: Step;
}

/** For each fact read, known or missing, one step; the last has the records, so that equal ones are one. */
interface Step {
  known?: Step;
  missing?: Step;
  /** By the rule. */
  readonly records: NotEvaluated[];
}

/**
 * Compiles rules to JavaScript. The source is written from checked expressions alone: literals enter
 * it as JSON or are handed to it as values, as lists are; facts are places in arrays, and nothing an
 * author typed enters in any other way.
 *
 * Each fact is read once a decision, and takes out the rules it alone makes false. Of a rule that
 * stands, every condition so asked holds or is unknown; what it asks besides is compiled.
 */
export function compileRules(rules: readonly Expression[], lists: Lists): RuleProgram {
  const sifted = sift(rules, lists);
  const slots = layOut(rules, sifted.sieves);
  const frame = createFrame(slots.size, rules.length);
  const { patterns, patternOf, literalsOf } = compilePatterns(rules, sifted, frame, slots, lists);
  const ruleAt = Int32Array.from(sifted.order);
  const inOrder = noBits(rules.length);
  const found = new Int32Array(rules.length);

  /** The rules left standing by what `frame` has read, as the first so many of `found`. */
  const findStanding = (): number => {
    const standing = takeBits(frame.standing, found);
    for (let nth = 0; nth < standing; nth += 1) setBit(inOrder, ruleAt[found[nth] ?? 0] ?? 0);
    return takeBits(inOrder, found);
  };

  return {
    evaluate(facts) {
      const hits: number[] = [];
      const notEvaluated: NotEvaluated[] = [];
      const { missing } = frame;
      loadFrame(frame, slots, facts);
      const standing = findStanding();
      for (let nth = 0; nth < standing; nth += 1) {
        const index = found[nth] ?? 0;
        const pattern = patterns[patternOf[index] ?? 0];
        if (pattern === undefined) continue;
        const outcome = pattern.ask === null || pattern.ask(literalsOf[index] ?? []);
        if (outcome === false) continue;
        if (outcome && areKnown(pattern.sieved, missing)) hits.push(index);
        else notEvaluated.push(recordOf(index, pattern, missing));
      }
      return { hits, notEvaluated };
    },
  };
}

function layOut(rules: readonly Expression[], sieves: ReadonlyMap<string, Sieve>): Slots {
  const types = new Map(rules.flatMap((rule) => [...typesOf(rule)]));
  return new Map(
    [...types].map(([name, type], index) => {
      const sieve = sieves.get(name) ?? null;
      return [name, { name, type, index, sieve }];
    }),
  );
}

function slotOf(name: string, slots: Slots): Slot {
  const slot = slots.get(name);
  if (!slot) throw new Error(`The fact ${name} has no slot.`);
  return slot;
}

const slotsOf = (names: readonly string[], slots: Slots): readonly Slot[] =>
  names.map((name) => slotOf(name, slots));

/** Finds the patterns of rules and compiles each once. */
function compilePatterns(
  rules: readonly Expression[],
  { sieved, rests }: Sifted,
  frame: Frame,
  slots: Slots,
  lists: Lists,
): { patterns: Pattern[]; patternOf: Int32Array; literalsOf: Literals[] } {
  const asked = [...new Set(rests.flatMap((rest) => (rest ? listsOf(rest) : [])))];
  const written = new Map<string, Omit<Pattern, 'ask'> & { code: string; place: number }>();
  const literalsOf: Literals[] = [];
  const patternOf = Int32Array.from(rules, (rule, index) => {
    const literals: (string | number)[] = [];
    const rest = rests[index] ?? null;
    const code = rest
      ? `(literals) => ${truthCode(rest, createNames(literals, asked, slots))}`
      : 'null';
    literalsOf.push(literals);
    const key = JSON.stringify([readsOf(rule), sieved[index], code]);
    const pattern = written.get(key) ?? {
      sieved: slotsOf(sieved[index] ?? [], slots),
      reads: slotsOf(readsOf(rule), slots),
      root: { records: [] },
      code,
      place: written.size,
    };
    written.set(key, pattern);
    return pattern.place;
  });
  const codes = [...written.values()].map(({ code }) => code);
  const source = `'use strict'; return [\n${codes.join(',\n')}\n];`;
  const handed = asked.map((_, nth) => `list${nth}`);
  const make = new Function('numbers', 'texts', 'missing', 'size', ...handed, source);
  const { numbers, texts, missing } = frame;
  const sets = asked.map((name) => listOf(lists, name));
  const asks = make(numbers, texts, missing, codePoints, ...sets);
  const patterns = [...written.values()].map(({ sieved, reads, root, place }) => ({
    ...{ sieved, reads, root },
    ask: asks[place],
  }));
  return { patterns, patternOf, literalsOf };
}

/** Names for one rule, whose literals are gathered and not written out. */
function createNames(literals: (string | number)[], lists: readonly string[], slots: Slots): Names {
  const placeOf = (name: string): number => slotOf(name, slots).index;
  return {
    list: (name) => `list${lists.indexOf(name)}`,
    known: (reads) => `((${reads.map((name) => `missing[${placeOf(name)}]`).join(' | ')}) === 0)`,
    literal(value) {
      if (!literals.includes(value)) literals.push(value);
      return `literals[${literals.indexOf(value)}]`;
    },
    fact(name) {
      const { type, index } = slotOf(name, slots);
      if (type === 'text' || type === 'date') return `texts[${index}]`;
      return type === 'boolean' ? `(numbers[${index}] === 1)` : `numbers[${index}]`;
    },
  };
}

function recordOf(rule: number, { reads, root }: Pattern, missing: Uint8Array): NotEvaluated {
  let step = root;
  for (const { index } of reads) {
    if (missing[index] === 0) step = step.known ??= { records: [] };
    else step = step.missing ??= { records: [] };
  }
  const made = step.records[rule];
  if (made) return made;
  const lacking = reads.filter(({ index }) => missing[index] !== 0);
  const record = { rule, missing: lacking.map(({ name }) => name) };
  step.records[rule] = record;
  return record;
}

function areKnown(facts: readonly Slot[], missing: Uint8Array): boolean {
  for (const { index } of facts) if (missing[index] !== 0) return false;
  return true;
}
