import type { FactSet } from '../../facts/index.ts';
import { type Expression, listsOf, readsOf, typesOf } from './ast.ts';
import { noBits, setBit, takeBits } from './bits.ts';
import { type Names, truthCode } from './emit.ts';
import { createFrame, createReader, type Frame, type Slot } from './frame.ts';
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
  /** The first step to what it lacks. */
  readonly root: Step;
}

/** For each fact read, known or missing, one step; at the last stands what is missing. */
interface Step {
  known?: Step;
  missing?: Step;
  lack?: Lack;
}

/** What is missing of the facts a pattern reads. */
interface Lack {
  /** Whether the facts that are sieved are all there. */
  readonly isSieveKnown: boolean;
  readonly missing: readonly string[];
  /** By the rule, so that equal ones are one. */
  readonly records: Map<number, NotEvaluated>;
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
  const found = new Int32Array(rules.length);
  const inOrder = noBits(rules.length);
  const recordAt: (NotEvaluated | null)[] = rules.map(() => null);
  const read = createReader(frame, slots);

  /** Asks the rules left standing; those not false are in `inOrder`, with a record where unknown. */
  const askStanding = (): void => {
    const standing = takeBits(frame.standing, found);
    let last: Pattern | undefined;
    let lack: Lack | undefined;
    for (let nth = 0; nth < standing; nth += 1) {
      const rule = ruleAt[found[nth] ?? 0] ?? 0;
      const pattern = patterns[patternOf[rule] ?? 0];
      if (pattern === undefined) continue;
      // Rules of one pattern stand mostly side by side.
      if (pattern !== last || lack === undefined) lack = lackOf(pattern, frame.missing);
      last = pattern;
      const outcome = pattern.ask === null || pattern.ask(literalsOf[rule] ?? []);
      if (outcome === false) continue;
      setBit(inOrder, rule);
      recordAt[rule] = outcome && lack.isSieveKnown ? null : recordOf(rule, lack);
    }
  };

  return {
    evaluate(facts) {
      const hits: number[] = [];
      const notEvaluated: NotEvaluated[] = [];
      read(facts);
      askStanding();
      const left = takeBits(inOrder, found);
      for (let nth = 0; nth < left; nth += 1) {
        const rule = found[nth] ?? 0;
        const record = recordAt[rule];
        if (record) notEvaluated.push(record);
        else hits.push(rule);
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
      root: {},
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

function lackOf({ reads, sieved, root }: Pattern, missing: Uint8Array): Lack {
  let step = root;
  for (const { index } of reads) {
    const branch = missing[index] === 0 ? 'known' : 'missing';
    step[branch] ??= {};
    step = step[branch];
  }
  step.lack ??= {
    isSieveKnown: sieved.every(({ index }) => missing[index] === 0),
    missing: reads.filter(({ index }) => missing[index] !== 0).map(({ name }) => name),
    records: new Map(),
  };
  return step.lack;
}

function recordOf(rule: number, { missing, records }: Lack): NotEvaluated {
  const made = records.get(rule);
  if (made) return made;
  const record = { rule, missing };
  records.set(rule, record);
  return record;
}
