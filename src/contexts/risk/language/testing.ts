import { addDays } from '../../../kernel/dates.ts';
import type { Fact, FactSet, FactType, FactValue } from '../../facts/index.ts';
import type { Comparison, ComparisonOperator, Expression, Literal, Value } from './ast.ts';
import type { Column } from './column.ts';
import { printRule } from './print.ts';
import type { Lists, Scope } from './scope.ts';

/** Random numbers that are the same for the same seed, on every machine. */
export interface Dice {
  /** A whole number from 0 up to, and not including, `sides`. */
  roll(sides: number): number;
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
  chance(share: number): boolean;
}

/** mulberry32: small, quick, and good enough to choose test cases with. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    roll,
    chance: (share) => next() < share,
    pick(items) {
      if (items.length === 0) throw new Error('Nothing to pick from.');
      return items[roll(items.length)] as (typeof items)[number];
    },
  };
}

const fact = (name: string, type: FactType): Fact => ({
  name,
  type,
  unit: type === 'number' ? 'kg' : null,
  label: { zh: `事实${name}`, en: `fact ${name}` },
  source: 'testing',
});

const TYPES: readonly FactType[] = ['number', 'integer', 'text', 'boolean', 'date'];
const FACTS_PER_TYPE = 4;

const factNames = (type: FactType): readonly string[] =>
  Array.from({ length: FACTS_PER_TYPE }, (_, index) => `${type}.f${index}`);

/** Numbers at which implementations part: boundaries, last bits, overflow, both zeros. */
const NUMBERS = [
  0,
  1,
  -1,
  0.1,
  0.2,
  0.3,
  0.30000000000000004,
  0.21,
  0.21000000000000002,
  2.5,
  100,
  1e21,
  1e-7,
  5e-324,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  9007199254740991,
  1 / 3,
];
const INTEGERS = [0, 1, -1, 2, 3, 10, 100, 2147483648, 9007199254740991, -9007199254740991];
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'CN',
  'cn',
  '8471',
  '847130',
  '甲苯',
  '甲苯𠀀',
  '𠀀',
  '𠀁',
  '\ue000',
  'é',
  'e\u0301',
  "it's",
  'say "hi"',
  '%_',
  'back\\slash',
  'line\nbreak',
  '\u2028',
  '🚢🚢',
  ' a',
];
const DAYS = ['1900-01-01', '1999-12-31', '2024-02-29', '2026-11-01', '2026-11-02', '9999-12-31'];
/** What a careless caller may send in place of any fact; all of it is missing. */
const NOTHINGS: readonly (FactValue | undefined)[] = [
  undefined,
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];

export const testingLists: Lists = new Map([
  ['texts', { version: '1', values: new Set(['CN', '8471', '甲苯', '𠀀', "it's", '']) }],
  ['numbers', { version: '1', values: new Set([0, 1, 0.1, 100, 1e21]) }],
]);

/** Four facts of each type and two lists: little enough that random rules meet random rows. */
export const testingScope: Scope = {
  facts: new Map(
    TYPES.flatMap((type) => factNames(type).map((name) => [name, fact(name, type)] as const)),
  ),
  lists: new Map([
    ['texts', 'text'],
    ['numbers', 'number'],
  ]),
};

/** A row over `testingScope`: about a tenth of its facts missing, in every way a fact can be. */
export function randomRow(dice: Dice): FactSet {
  const row: Record<string, FactValue> = {};
  for (const type of TYPES)
    for (const name of factNames(type)) {
      const value = dice.chance(0.12) ? randomNothing(dice, type) : randomValue(dice, type);
      if (value !== undefined) row[name] = value;
    }
  return row;
}

function randomNothing(dice: Dice, type: FactType): FactValue | undefined {
  if (dice.chance(0.1)) return type === 'number' || type === 'integer' ? '1' : 1.5;
  return dice.pick([...NOTHINGS]);
}

function randomValue(dice: Dice, type: FactType): string | number | boolean {
  switch (type) {
    case 'number':
      return dice.chance(0.7) ? dice.pick(NUMBERS) : (dice.roll(2001) - 1000) / 8;
    case 'integer':
      return dice.chance(0.5) ? dice.pick(INTEGERS) : dice.roll(20) - 5;
    case 'text':
      return dice.chance(0.8) ? dice.pick(TEXTS) : dice.pick(TEXTS) + dice.pick(TEXTS);
    case 'boolean':
      return dice.chance(0.5);
    case 'date':
      return dice.chance(0.5) ? dice.pick(DAYS) : addDays('2026-10-20', dice.roll(30));
  }
}

/** A rule over `testingScope` that the checker would accept: its divisions are guarded. */
export function randomRule(dice: Dice, depth = 4): Expression {
  if (depth > 0 && dice.chance(0.55)) {
    const kind = dice.pick(['and', 'or', 'not', 'guarded'] as const);
    if (kind === 'not') return { kind: 'not', operand: randomRule(dice, depth - 1) };
    if (kind === 'guarded') return randomGuarded(dice);
    const operands = Array.from({ length: 2 + dice.roll(2) }, () => randomRule(dice, depth - 1));
    return join(kind, operands);
  }
  return randomQuestion(dice);
}

/** Junctions of one kind are one node, as the checker makes them. */
function join(kind: 'and' | 'or', operands: readonly Expression[]): Expression {
  return {
    kind,
    operands: operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand])),
  };
}

function randomGuarded(dice: Dice): Expression {
  const divisor = randomNumber(dice, 1);
  const isCertain = divisor.kind === 'literal';
  const right = isCertain
    ? { ...divisor, value: divisor.value === 0 ? 2 : divisor.value }
    : divisor;
  const ratio: Value = {
    kind: 'arithmetic',
    type: 'number',
    operator: '/',
    left: randomNumber(dice, 1),
    right: right as Value,
  };
  const question: Comparison = {
    kind: 'compare',
    operator: randomOperator(dice),
    left: ratio,
    right: randomNumber(dice, 1),
  };
  const asked: Expression = dice.chance(0.2) ? { kind: 'not', operand: question } : question;
  if (isCertain) return asked;
  const isOr = dice.chance(0.3);
  const guard: Comparison = {
    kind: 'compare',
    operator: isOr ? '==' : dice.pick(['!=', '>', '<'] as const),
    left: divisor,
    right: { kind: 'literal', type: 'number', value: 0 },
  };
  return join(isOr ? 'or' : 'and', [guard, asked]);
}

function randomQuestion(dice: Dice): Expression {
  const factOf = (type: FactType): string => dice.pick(factNames(type));
  switch (dice.roll(9)) {
    case 0: {
      if (dice.chance(0.1)) return { kind: 'constant', value: dice.chance(0.5) };
      return { kind: 'flag', fact: factOf('boolean') };
    }
    case 1: {
      const type = dice.pick(TYPES);
      return { kind: 'has', type, fact: factOf(type) };
    }
    case 2:
      return {
        kind: 'textTest',
        test: dice.pick(['startsWith', 'endsWith', 'contains'] as const),
        text: randomText(dice, 0.95),
        part: randomText(dice, 0.3),
      };
    case 3:
      return dice.chance(0.6)
        ? { kind: 'inList', value: randomText(dice, 0.95), list: 'texts' }
        : { kind: 'inList', value: randomNumeric(dice), list: 'numbers' };
    case 4: {
      const isText = dice.chance(0.6);
      const values = Array.from({ length: 1 + dice.roll(4) }, () =>
        isText
          ? literalOf('text', dice.pick(TEXTS))
          : literalOf('number', Math.abs(dice.pick(NUMBERS))),
      );
      return {
        kind: 'oneOf',
        value: isText ? randomText(dice, 0.95) : randomNumeric(dice),
        values,
      };
    }
    case 5:
      return {
        kind: 'compare',
        operator: dice.pick(['==', '!='] as const),
        left: randomText(dice, 0.9),
        right: randomText(dice, 0.3),
      };
    case 6: {
      const left: Value = { kind: 'fact', type: 'date', fact: factOf('date') };
      const right: Value = dice.chance(0.7)
        ? literalOf('date', dice.pick(DAYS))
        : { kind: 'fact', type: 'date', fact: factOf('date') };
      return { kind: 'compare', operator: randomOperator(dice), left, right };
    }
    case 7: {
      const left = randomInteger(dice);
      const right = dice.chance(0.8)
        ? randomLiteral(dice, dice.chance(0.7) ? 'integer' : 'number')
        : randomInteger(dice);
      return { kind: 'compare', operator: randomOperator(dice), left, right };
    }
    default: {
      const left = randomNumber(dice, 2);
      const right = dice.chance(0.3) ? randomLiteral(dice, 'integer') : randomNumber(dice, 1);
      return { kind: 'compare', operator: randomOperator(dice), left, right };
    }
  }
}

const randomOperator = (dice: Dice): ComparisonOperator =>
  dice.pick(['==', '!=', '<', '<=', '>', '>='] as const);

const randomNumeric = (dice: Dice): Value =>
  dice.chance(0.5) ? randomInteger(dice) : randomNumber(dice, 1);

function randomText(dice: Dice, factShare: number): Value {
  if (dice.chance(factShare))
    return { kind: 'fact', type: 'text', fact: dice.pick(factNames('text')) };
  return literalOf('text', dice.pick(TEXTS));
}

function randomInteger(dice: Dice): Value {
  if (dice.chance(0.25)) return { kind: 'size', type: 'integer', text: randomText(dice, 0.95) };
  return { kind: 'fact', type: 'integer', fact: dice.pick(factNames('integer')) };
}

function randomNumber(dice: Dice, depth: number): Value {
  if (depth > 0 && dice.chance(0.4)) {
    if (dice.chance(0.2)) {
      const operand = randomNumber(dice, depth - 1);
      return operand.kind === 'literal' ? operand : { kind: 'negate', type: 'number', operand };
    }
    return {
      kind: 'arithmetic',
      type: 'number',
      operator: dice.pick(['+', '-', '*'] as const),
      left: randomNumber(dice, depth - 1),
      right: randomNumber(dice, depth - 1),
    };
  }
  if (dice.chance(0.25)) return randomLiteral(dice, 'number');
  if (dice.chance(0.2)) return { kind: 'toNumber', type: 'number', operand: randomInteger(dice) };
  return { kind: 'fact', type: 'number', fact: dice.pick(factNames('number')) };
}

function randomLiteral(dice: Dice, type: 'number' | 'integer'): Literal {
  return literalOf(type, type === 'number' ? dice.pick(NUMBERS) : dice.pick(INTEGERS));
}

function literalOf(type: 'number' | 'integer', value: number): Literal;
function literalOf(type: 'text' | 'date', value: string): Literal;
function literalOf(type: 'number' | 'integer' | 'text' | 'date', value: string | number): Literal {
  return { kind: 'literal', type, value } as Literal;
}

/** For a failing test: what to paste into the editor. */
export const describeCase = (rule: Expression, row: FactSet): string =>
  `${printRule(rule)}\n${JSON.stringify(row)}`;

/** Rows as columns, with dictionaries of their texts; a value of another type has no place there. */
export function columnsOf(rows: readonly FactSet[]): ReadonlyMap<string, Column> {
  return new Map(
    [...testingScope.facts.values()].map(({ name, type }) => [name, columnOf(name, type, rows)]),
  );
}

function columnOf(name: string, type: FactType, rows: readonly FactSet[]): Column {
  const values = rows.map((row) => row[name]);
  if (type === 'boolean')
    return {
      kind: 'flag',
      values: Int8Array.from(values, (value) => (typeof value === 'boolean' ? Number(value) : -1)),
    };
  if (type === 'number' || type === 'integer')
    return {
      kind: 'number',
      values: Float64Array.from(values, (value) =>
        typeof value === 'number' ? value : Number.NaN,
      ),
    };
  const dictionary = [...new Set(values.filter((value) => typeof value === 'string'))];
  const codes = Int32Array.from(values, (value) =>
    typeof value === 'string' ? dictionary.indexOf(value) : -1,
  );
  return { kind: 'text', codes, dictionary };
}
