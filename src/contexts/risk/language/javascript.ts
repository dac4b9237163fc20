import type { FactSet } from '../../facts/index.ts';
import { type Expression, listsOf, type Question, readsOf, sizeOf, typesOf } from './ast.ts';
import { certainCode, type Names, plainCode, questionsOf } from './emit.ts';
import { createFrame, type Frame, loadFrame, maskOf, type Slot, wordOf } from './frame.ts';
import { listOf } from './interpret.ts';
import { codePoints } from './known.ts';
import { printRule } from './print.ts';
import type { Lists } from './scope.ts';
import { compileAnswers, loneText } from './text-answers.ts';

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

/** Everything the rules read, laid out once for all of them. */
interface Layout {
  readonly slots: ReadonlyMap<string, Slot>;
  /** The place of a question's answer in bits, by the question's text. */
  readonly answerBits: ReadonlyMap<string, number>;
  readonly answerWords: number;
}

type Chunk = (frame: Frame, hits: number[], unknown: number[]) => void;

/**
 * V8 stops optimising a function that is too large, and a decision over 2,000 rules in one function
 * is many times slower than over a hundred functions. Some twenty ordinary rules have this many
 * nodes.
 */
const NODES_PER_CHUNK = 240;

/**
 * Compiles rules to JavaScript. The source is written from checked expressions alone: names of facts
 * and literals enter it as JSON, lists as values handed to the function, and nothing an author typed
 * in any other way.
 *
 * Each fact is read once a decision, and questions about a text are answered once for each value it
 * takes; what is left for the rules is comparing numbers and testing bits. A rule none of whose facts
 * is missing is an ordinary condition. Only one that lacks a fact is asked twice, whether it is
 * certainly true and whether it is certainly false, as Kleene's logic demands.
 */
export function compileRules(rules: readonly Expression[], lists: Lists): RuleProgram {
  const layout = layOut(rules, lists);
  const { slots, answerWords } = layout;
  const chunks = chunksOf(rules).map((chunk) => compileChunk(chunk, rules, layout, lists));
  const records = rules.map((rule, index) => createRecords(index, readsOf(rule), layout));
  const frame = createFrame(slots.size, answerWords);

  return {
    evaluate(facts) {
      loadFrame(frame, slots, facts);
      const hits: number[] = [];
      const unknown: number[] = [];
      for (const chunk of chunks) chunk(frame, hits, unknown);
      const notEvaluated = unknown.map((rule) => recordOf(at(records, rule), frame.missing));
      return { hits, notEvaluated };
    },
  };
}

function layOut(rules: readonly Expression[], lists: Lists): Layout {
  const types = new Map(rules.flatMap((rule) => [...typesOf(rule)]));
  const asked = questionsByText(rules);
  const slots = new Map<string, Slot>();
  const answerBits = new Map<string, number>();
  let word = 0;
  for (const [name, type] of types) {
    const questions = asked.get(name);
    const answers = questions && { ask: compileAnswers([...questions.values()], lists), word };
    slots.set(name, { name, type, index: slots.size, answers: answers ?? null });
    if (!questions) continue;
    let bit = word * 32;
    for (const text of questions.keys()) {
      answerBits.set(text, bit);
      bit += 1;
    }
    word = wordOf(bit + 31);
  }
  return { slots, answerBits, answerWords: word };
}

/** For each text, the questions it alone decides, by their own texts: rules often ask the same. */
function questionsByText(rules: readonly Expression[]): Map<string, Map<string, Question>> {
  const asked = new Map<string, Map<string, Question>>();
  for (const question of rules.flatMap(questionsOf)) {
    const text = loneText(question);
    if (text === null) continue;
    const questions = asked.get(text) ?? new Map<string, Question>();
    asked.set(text, questions.set(printRule(question), question));
  }
  return asked;
}

function chunksOf(rules: readonly Expression[]): number[][] {
  const chunks: number[][] = [];
  let room = 0;
  rules.forEach((rule, index) => {
    const size = sizeOf(rule);
    if (size > room || chunks.length === 0) {
      chunks.push([]);
      room = NODES_PER_CHUNK;
    }
    chunks.at(-1)?.push(index);
    room -= size;
  });
  return chunks;
}

function compileChunk(
  chunk: readonly number[],
  rules: readonly Expression[],
  layout: Layout,
  lists: Lists,
): Chunk {
  const asked = [...new Set(chunk.flatMap((index) => listsOf(at(rules, index))))];
  const { names, declarations } = createNames(layout, asked);
  const lines = chunk.map((index) => {
    const rule = at(rules, index);
    const reads = readsOf(rule);
    const plainly = `if (${plainCode(rule, names)}) hits.push(${index});`;
    if (reads.length === 0) return plainly;
    return `if (${names.known(reads)}) { ${plainly} }
  else if (${certainCode(rule, true, names)}) hits.push(${index});
  else if (!${certainCode(rule, false, names)}) unknown.push(${index});`;
  });
  const source = `'use strict';
return function chunk(frame, hits, unknown) {
  const numbers = frame.numbers, texts = frame.texts, missing = frame.missing;
  const answers = frame.answers;
  ${[...declarations].join(' ')}
  ${lines.join('\n  ')}
};`;
  const make = new Function('size', ...asked.map((_, nth) => `list${nth}`), source);
  return make(codePoints, ...asked.map((name) => listOf(lists, name)));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`There is no rule ${index}.`);
  return item;
}

/** Names for one chunk: each thing it uses is taken from the frame once, by a declaration. */
function createNames(
  { slots, answerBits }: Layout,
  lists: readonly string[],
): { names: Names; declarations: Set<string> } {
  const declarations = new Set<string>();
  const declare = (name: string, from: string): string => {
    declarations.add(`const ${name} = ${from};`);
    return name;
  };
  const slotOf = (name: string): Slot => {
    const slot = slots.get(name);
    if (!slot) throw new Error(`The fact ${name} has no slot.`);
    return slot;
  };
  const names: Names = {
    list: (name) => `list${lists.indexOf(name)}`,
    fact(name) {
      const { type, index } = slotOf(name);
      if (type === 'text' || type === 'date') return declare(`t${index}`, `texts[${index}]`);
      const number = declare(`n${index}`, `numbers[${index}]`);
      return type === 'boolean' ? `(${number} === 1)` : number;
    },
    known(reads) {
      const masks = masksOf(reads.map((name) => slotOf(name).index));
      const tests = [...masks].map(
        ([word, mask]) => `(${declare(`m${word}`, `missing[${word}]`)} & ${mask})`,
      );
      return `((${tests.join(' | ')}) === 0)`;
    },
    answer(question) {
      const bit = answerBits.get(printRule(question));
      if (bit === undefined) return null;
      const word = declare(`a${wordOf(bit)}`, `answers[${wordOf(bit)}]`);
      return `((${word} & ${maskOf(bit)}) !== 0)`;
    },
  };
  return { names, declarations };
}

/** The bits as one mask for each word they lie in. */
function masksOf(bits: readonly number[]): ReadonlyMap<number, number> {
  const masks = new Map<number, number>();
  for (const bit of bits) masks.set(wordOf(bit), (masks.get(wordOf(bit)) ?? 0) | maskOf(bit));
  return masks;
}

/** The records of one rule: one for each set of its facts that has ever been missing. */
interface Records {
  readonly rule: number;
  readonly reads: readonly Slot[];
  /** The bits of those facts, by word; nearly always one or two words. */
  readonly masks: readonly (readonly [word: number, mask: number])[];
  readonly made: Map<number | string, NotEvaluated>;
}

function createRecords(rule: number, reads: readonly string[], { slots }: Layout): Records {
  const own = reads.flatMap((name) => slots.get(name) ?? []);
  const masks = [...masksOf(own.map(({ index }) => index))];
  return { rule, reads: own, masks, made: new Map() };
}

function recordOf({ rule, reads, masks, made }: Records, missing: Int32Array): NotEvaluated {
  const [first, ...others] = masks;
  const low = first ? (missing[first[0]] ?? 0) & first[1] : 0;
  const key =
    others.length === 0
      ? low
      : `${low},${others.map(([word, mask]) => (missing[word] ?? 0) & mask).join()}`;
  const found = made.get(key);
  if (found) return found;
  const lacking = reads.filter(
    ({ index }) => ((missing[wordOf(index)] ?? 0) & maskOf(index)) !== 0,
  );
  const record = { rule, missing: lacking.map(({ name }) => name) };
  made.set(key, record);
  return record;
}
