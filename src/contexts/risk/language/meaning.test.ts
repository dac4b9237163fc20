// One meaning: the plain interpreter, the compiled program and the columns agree on every rule and row.
import { describe, expect, test } from 'vitest';
import type { FactSet } from '../../facts/index.ts';
import { compileColumns } from './columns.ts';
import { evaluateRule } from './interpret.ts';
import { compileRules } from './javascript.ts';
import { readRule } from './read.ts';
import {
  columnsOf,
  createDice,
  describeCase,
  randomRow,
  randomRule,
  testingLists,
  testingScope,
} from './testing.ts';

const read = (text: string) => {
  const { expression, problems } = readRule(text, testingScope);
  expect(problems).toEqual([]);
  if (!expression) throw new Error(`Not read: ${text}`);
  return expression;
};

const verdictOf = (text: string, facts: FactSet) =>
  evaluateRule(read(text), facts, testingLists).outcome;

describe('missing is unknown', () => {
  test.each([
    ['number.f0 > 1.0', {}, null],
    ['!(number.f0 > 1.0)', {}, null],
    ['number.f0 == number.f0', {}, null],
    ['!(text.f0 in lists.texts)', {}, null],
    // An unknown operand leaves the whole unknown, unless the other decides.
    ['number.f0 > 1.0 && true', {}, null],
    ['number.f0 > 1.0 && false', {}, false],
    ['number.f0 > 1.0 || true', {}, true],
    ['number.f0 > 1.0 || false', {}, null],
    ['boolean.f0 && !boolean.f0', {}, null],
    // Only has() looks at whether something is there.
    ['has(number.f0)', {}, false],
    ['!has(number.f0) || number.f0 > 1.0', {}, true],
    // Null, NaN, what has no end, and a value of another type are no facts.
    ['has(number.f0)', { 'number.f0': null }, false],
    ['has(number.f0)', { 'number.f0': Number.NaN }, false],
    ['number.f0 > 1.0', { 'number.f0': Number.POSITIVE_INFINITY }, null],
    ['number.f0 > 1.0', { 'number.f0': '5' }, null],
    ['integer.f0 > 1', { 'integer.f0': 1.5 }, null],
    ['has(date.f0)', { 'date.f0': '2026-02-30' }, false],
    ['boolean.f0', { 'boolean.f0': 1 }, null],
    ['text.f0 == ""', { 'text.f0': '' }, true],
  ] as const)('%s of %j is %s', (text, facts, outcome) => {
    expect(verdictOf(text, facts)).toBe(outcome);
  });
});

describe('numbers, texts and days', () => {
  test.each([
    // Doubles are IEEE 754, as in CEL: they overflow, and a NaN that was calculated is unequal to all.
    ['number.f0 + 0.2 == 0.3', { 'number.f0': 0.1 }, false],
    ['number.f0 * 10.0 > 1.0', { 'number.f0': Number.MAX_VALUE }, true],
    ['number.f0 * 10.0 - number.f0 * 10.0 == 0.0', { 'number.f0': Number.MAX_VALUE }, false],
    ['number.f0 * 10.0 - number.f0 * 10.0 != 0.0', { 'number.f0': Number.MAX_VALUE }, true],
    ['number.f0 == 0.0', { 'number.f0': -0 }, true],
    // Characters are code points, and no two texts are equal that are not the same.
    ['size(text.f0) == 3', { 'text.f0': '甲苯𠀀' }, true],
    ['text.f0 == "é"', { 'text.f0': 'e\u0301' }, false],
    ['text.f0 == "cn"', { 'text.f0': 'CN' }, false],
    ['"CN,US".contains(text.f0)', { 'text.f0': 'US' }, true],
    ['text.f0.endsWith("")', { 'text.f0': '' }, true],
    ['date.f0 < timestamp("2026-11-01T00:00:00Z")', { 'date.f0': '2026-10-31' }, true],
    ['date.f0 >= timestamp("2026-11-01T00:00:00Z")', { 'date.f0': '2026-11-01' }, true],
    ['integer.f0 in [1, 2.0]', { 'integer.f0': 2 }, true],
  ] as const)('%s of %j is %s', (text, facts, outcome) => {
    expect(verdictOf(text, facts)).toBe(outcome);
  });
});

describe('a compiled program', () => {
  test('names what it could not evaluate and for want of which facts, always by the same record', () => {
    const { evaluate } = compileRules(
      [
        read('number.f0 > 1.0'),
        read('text.f1 == "CN" && number.f0 > 1.0'),
        read('!has(date.f0) || integer.f0 > 2'),
      ],
      testingLists,
    );
    const facts = { 'text.f1': 'CN' };
    const outcome = evaluate(facts);
    expect(outcome).toEqual({
      hits: [2],
      notEvaluated: [
        { rule: 0, missing: ['number.f0'] },
        { rule: 1, missing: ['number.f0'] },
      ],
    });
    expect(evaluate({ ...facts }).notEvaluated[0]).toBe(outcome.notEvaluated[0]);
    expect(evaluate({ 'number.f0': 2 }).notEvaluated).toEqual([{ rule: 1, missing: ['text.f1'] }]);
  });

  test('keeps the list it was compiled with when the list is edited', () => {
    const values = new Set(['CN']);
    const lists = new Map([['texts', { version: '1', values }]]);
    const { evaluate } = compileRules([read('text.f0 in lists.texts')], lists);
    lists.set('texts', { version: '2', values: new Set(['US']) });
    expect(evaluate({ 'text.f0': 'CN' }).hits).toEqual([0]);
  });

  test('a text in a rule stays a text, whatever it looks like', () => {
    const nasty = '"; globalThis.broken = true; //\u2028\\" $& \'';
    const rule = read(`text.f0 == ${JSON.stringify(nasty)} || text.f0.contains("</script>")`);
    const { evaluate } = compileRules([rule], testingLists);
    expect(evaluate({ 'text.f0': nasty }).hits).toEqual([0]);
    expect('broken' in globalThis).toBe(false);
  });

  test('no rules, no facts and rules without facts are nothing special', () => {
    expect(compileRules([], testingLists).evaluate({ a: 1 })).toEqual({
      hits: [],
      notEvaluated: [],
    });
    expect(compileRules([read('true'), read('1 > 2')], testingLists).evaluate({}).hits).toEqual([
      0,
    ]);
  });
});

describe('columns', () => {
  test('a dictionary may grow, a column may be absent, and rows need not fill a word', () => {
    const program = compileColumns([read('text.f0 == "b" || number.f0 > 1.0')], testingLists);
    const dictionary = ['a'];
    const first = new Map([
      ['text.f0', { kind: 'text', codes: Int32Array.of(0, -1), dictionary } as const],
    ]);
    expect(program.evaluate(first, 2)).toMatchObject({ hitCounts: [0], unknownCounts: [2] });
    dictionary.push('b');
    const second = new Map([
      ['text.f0', { kind: 'text', codes: Int32Array.of(0, 1, -1), dictionary } as const],
    ]);
    const { hits, hitCounts, unknownCounts } = program.evaluate(second, 3);
    expect([hits[0]?.[0], hitCounts, unknownCounts]).toEqual([0b010, [1], [2]]);
    expect(program.evaluate(new Map(), 0).hitCounts).toEqual([0]);
  });
});

test('interpreter, compiled program and columns agree', () => {
  const dice = createDice(20260701);
  for (let round = 0; round < 4; round += 1) {
    const rules = Array.from({ length: 60 }, () => randomRule(dice));
    // More rows than one block of columns, and not a whole number of words.
    const some = Array.from({ length: 157 }, () => randomRow(dice));
    const rows =
      round > 0 ? some : Array.from({ length: 4_200 }, (_, nth) => some[nth % 157] ?? {});
    const { evaluate } = compileRules(rules, testingLists);
    const columns = compileColumns(rules, testingLists).evaluate(columnsOf(rows), rows.length);
    rows.forEach((row, nth) => {
      const { hits, notEvaluated } = evaluate(row);
      const lacking = new Map(notEvaluated.map(({ rule, missing }) => [rule, missing]));
      const bit = (words: Int32Array | undefined) => ((words?.[nth >>> 5] ?? 0) >>> (nth & 31)) & 1;
      rules.forEach((rule, index) => {
        const { outcome, missing } = evaluateRule(rule, row, testingLists);
        const agreed =
          hits.includes(index) === (outcome === true) &&
          (lacking.get(index) ?? []).join() === missing.join() &&
          bit(columns.hits[index]) === Number(outcome === true) &&
          bit(columns.unknown[index]) === Number(outcome === null);
        if (!agreed) expect.fail(describeCase(rule, row));
      });
    });
  }
});
