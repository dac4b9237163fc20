// What an author may write, and what the editor underlines when it cannot be meant.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import en from '../messages.en.json' with { type: 'json' };
import zh from '../messages.zh.json' with { type: 'json' };
import type { Expression } from './ast.ts';
import { printRule } from './print.ts';
import { readRule } from './read.ts';
import type { Scope } from './scope.ts';
import { createDice, randomRule, testingScope } from './testing.ts';

const fact = (name: string, type: 'text' | 'number' | 'integer' | 'boolean' | 'date') =>
  [
    name,
    { name, type, unit: null, label: { zh: name, en: name }, source: 'a port of tests' },
  ] as const;

const scope: Scope = {
  facts: new Map([
    fact('goods.hs', 'text'),
    fact('goods.origin', 'text'),
    fact('goods.value', 'number'),
    fact('goods.netMass', 'number'),
    fact('declaration.lines', 'integer'),
    fact('route.isFirst', 'boolean'),
    fact('importer.since', 'date'),
  ]),
  lists: new Map([
    ['watched', 'text'],
    ['prices', 'number'],
  ]),
};

const read = (text: string): Expression => {
  const { expression, problems } = readRule(text, scope);
  expect(problems).toEqual([]);
  if (!expression) throw new Error(`Not read: ${text}`);
  return expression;
};

/** What an author sees: the code, and the part of the text that is underlined. */
const problemsOf = (text: string): readonly (readonly [string, string])[] =>
  readRule(text, scope).problems.map(({ code, from, to }) => [
    code.replace('risk.rule_', ''),
    text.slice(from, to),
  ]);

describe('what is read', () => {
  test.each([
    // Layout, comments and needless brackets are not part of the meaning.
    ['((goods.value)>5.0)//big', 'goods.value > 5.0'],
    ['route.isFirst&&(!route.isFirst&&true)', 'route.isFirst && !route.isFirst && true'],
    ['(route.isFirst || true) && false', '(route.isFirst || true) && false'],
    ['!(route.isFirst && true)', '!(route.isFirst && true)'],
    // Numbers in every form of CEL, with the sign inside.
    ['goods.value == .5', 'goods.value == 0.5'],
    ['goods.value == 1e21', 'goods.value == 1e+21'],
    ['goods.value == - 2.50E-1', 'goods.value == -0.25'],
    ['goods.value == -0.0', 'goods.value == 0.0'],
    ['declaration.lines <= 0x1F', 'declaration.lines <= 31'],
    // A literal of the other kind may stand beside a number, as in CEL.
    ['declaration.lines < 2.5 && goods.value > 5', 'declaration.lines < 2.5 && goods.value > 5'],
    ['goods.value - (goods.netMass - 1.0) > 0.0', 'goods.value - (goods.netMass - 1.0) > 0.0'],
    ['goods.value - goods.netMass - 1.0 > 0.0', 'goods.value - goods.netMass - 1.0 > 0.0'],
    ['(goods.value + 1.0) * 2.0 > 0.0', '(goods.value + 1.0) * 2.0 > 0.0'],
    // Texts in every form of CEL.
    [`goods.origin == 'C\\x4e'`, 'goods.origin == "CN"'],
    [`goods.origin == r'\\d'`, 'goods.origin == "\\\\d"'],
    [`goods.origin == """a"b\n"""`, 'goods.origin == "a\\"b\\n"'],
    [`goods.origin == "\\U00020000\\u7532\\101"`, 'goods.origin == "𠀀甲A"'],
    ['goods.hs.startsWith("84")', 'goods.hs.startsWith("84")'],
    ['size(goods.hs) != 10', 'size(goods.hs) != 10'],
    ['has(goods.origin)', 'has(goods.origin)'],
    ['goods.hs in lists.watched', 'goods.hs in lists.watched'],
    ['goods.origin in ["CN", "US",]', 'goods.origin in ["CN", "US"]'],
    ['declaration.lines in [1, 2.0, -3]', 'declaration.lines in [1, 2.0, -3]'],
    ['goods.value in lists.prices', 'goods.value in lists.prices'],
    [
      'importer.since >= timestamp("2026-11-01T00:00:00.000Z")',
      'importer.since >= timestamp("2026-11-01T00:00:00Z")',
    ],
  ])('%s', (text, printed) => {
    expect(printRule(read(text))).toBe(printed);
    expect(read(printed)).toEqual(read(text));
  });

  test('every rule, printed and read again, is the same rule', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rule = randomRule(createDice(seed), 5);
        expect(readRule(printRule(rule), testingScope)).toEqual({ expression: rule, problems: [] });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('divisions', () => {
  test.each([
    'goods.netMass > 0.0 && goods.value / goods.netMass < 2.0',
    'goods.netMass != 0 && !(goods.value / goods.netMass < 2.0)',
    '0.0 < goods.netMass && (route.isFirst || goods.value / goods.netMass < 2.0)',
    'goods.netMass >= 0.5 && goods.value / -goods.netMass < 2.0',
    'goods.netMass == 0.0 || goods.value / goods.netMass < 2.0',
    '!(goods.netMass <= 0.0 || route.isFirst) && goods.value / goods.netMass < 2.0',
    'declaration.lines > 0 && goods.value / double(declaration.lines) < 2.0',
    'goods.value - 1.0 != 0.0 && goods.netMass / (goods.value - 1.0) > 1.0',
    'goods.value / 2.0 < 2.0',
  ])('guarded: %s', (text) => {
    read(text);
  });

  test.each([
    ['goods.value / goods.netMass < 2.0', 'goods.value / goods.netMass'],
    // The guard stands too late, guards something else, or lets zero through.
    ['goods.value / goods.netMass < 2.0 && goods.netMass > 0.0', 'goods.value / goods.netMass'],
    ['goods.value > 0.0 && 1.0 / goods.netMass < 2.0', '1.0 / goods.netMass'],
    ['goods.netMass >= 0.0 && 1.0 / goods.netMass < 2.0', '1.0 / goods.netMass'],
    ['goods.netMass > -1.0 && 1.0 / goods.netMass < 2.0', '1.0 / goods.netMass'],
    ['goods.netMass > 0.0 || 1.0 / goods.netMass < 2.0', '1.0 / goods.netMass'],
    ['!(goods.netMass > 0.0) && 1.0 / goods.netMass < 2.0', '1.0 / goods.netMass'],
    // Neither factor is zero and yet the product may be, by underflow.
    [
      'goods.netMass > 0.0 && goods.value > 0.0 && 1.0 / (goods.netMass * goods.value) < 2.0',
      '1.0 / (goods.netMass * goods.value)',
    ],
  ])('unguarded: %s', (text, underlined) => {
    expect(problemsOf(text)).toEqual([['division_unguarded', underlined]]);
  });

  test('the problem says which guard to add', () => {
    const [problem] = readRule('1.0 / goods.netMass > 2.0', scope).problems;
    expect(problem?.params).toEqual({ guard: 'goods.netMass != 0.0' });
  });
});

describe('what is underlined', () => {
  test.each([
    ['goods.orign == "CN"', [['fact_misspelt', 'goods.orign']]],
    ['weather.isFine', [['fact_unknown', 'weather.isFine']]],
    ['has(goods.colour)', [['fact_unknown', 'goods.colour']]],
    ['goods.hs in lists.wathced', [['list_misspelt', 'lists.wathced']]],
    ['goods.hs in lists.everything', [['list_unknown', 'lists.everything']]],
    ['goods.hs in goods.origin', [['list_expected', 'goods.origin']]],
    ['lists.watched == "a"', [['list_misplaced', 'lists.watched']]],
    ['["a"] == goods.hs', [['list_misplaced', '["a"]']]],
    ['goods.hs in []', [['list_empty', '[]']]],
    ['goods.hs in [goods.origin]', [['literal_expected', 'goods.origin']]],
    ['goods.value in lists.watched', [['types_differ', 'goods.value in lists.watched']]],
    ['goods.hs in ["a", 1]', [['types_differ', 'goods.hs in ["a", 1]']]],
    ['goods.value < "a"', [['types_differ', 'goods.value < "a"']]],
    ['goods.hs < "a"', [['operator', 'goods.hs < "a"']]],
    ['goods.hs + "a" == "b"', [['operator', 'goods.hs + "a"']]],
    ['size(goods.value) > 1', [['operator', 'goods.value']]],
    ['goods.value.startsWith("8")', [['operator', 'goods.value']]],
    ['importer.since > "2026-11-01"', [['day_as_text', 'importer.since > "2026-11-01"']]],
    ['importer.since > timestamp("2026-02-30T00:00:00Z")', [['day', '"2026-02-30T00:00:00Z"']]],
    ['importer.since > timestamp("2026-11-01T08:00:00Z")', [['day', '"2026-11-01T08:00:00Z"']]],
    ['goods.value * 2 > 1.0', [['mixed_numbers', 'goods.value * 2']]],
    ['declaration.lines > goods.value', [['mixed_numbers', 'declaration.lines > goods.value']]],
    ['declaration.lines + 1 > 2', [['integers', 'declaration.lines + 1']]],
    ['goods.value / 0.0 > 1.0', [['division_by_zero', 'goods.value / 0.0']]],
    ['goods.value', [['not_a_condition', 'goods.value']]],
    ['goods.hs && true', [['not_a_condition', 'goods.hs']]],
    [
      'route.isFirst == true',
      [
        ['not_a_value', 'route.isFirst'],
        ['not_a_value', 'true'],
      ],
    ],
    [
      '(goods.value > 1.0) == route.isFirst',
      [
        ['not_a_value', '(goods.value > 1.0)'],
        ['not_a_value', 'route.isFirst'],
      ],
    ],
    ['goods.hs.matches("8.*")', [['function_unknown', 'goods.hs.matches("8.*")']]],
    ['goods.hs.startsWith()', [['arguments', 'goods.hs.startsWith()']]],
    ['has("a")', [['arguments', 'has("a")']]],
    // What is CEL and not ours, and what is neither.
    ['route.isFirst ? true : false', [['outside_language', '?']]],
    ['goods["hs"] == "a"', [['outside_language', '[']]],
    ['{"a": 1} == goods.hs', [['outside_language', '{']]],
    ['goods.value % 2.0 == 0.0', [['outside_language', '%']]],
    ['goods.hs == null', [['outside_language', 'null']]],
    ['goods.hs == b"a"', [['outside_language', 'b']]],
    ['declaration.lines == 5u', [['number', '5u']]],
    ['goods.netMass > 12kg', [['number', '12kg']]],
    ['goods.value > 1e999', [['number_too_large', '1e999']]],
    ['declaration.lines > 9007199254740992', [['number_too_large', '9007199254740992']]],
    ['goods.hs == "8471', [['text_not_closed', '"8471']]],
    ['goods.hs == "\\q"', [['escape', '\\q']]],
    ['goods.hs == "\\ud840"', [['escape', '\\ud840']]],
    ['goods.hs == "\ud840"', [['text_malformed', '"\ud840"']]],
    ['！route.isFirst', [['character', '！']]],
    ['route.isFirst && ', [['unfinished', '&&']]],
    ['(route.isFirst', [['unfinished', 'isFirst']]],
    ['route.isFirst)', [['unexpected', ')']]],
    ['route.isFirst route.isFirst', [['unexpected', 'route']]],
    ['', [['empty', '']]],
    ['// nothing', [['empty', '// nothing']]],
  ])('%s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test('all problems of a text come at once, in its order', () => {
    expect(problemsOf('goods.value > "a" && 1.0 / goods.netMass > 1.0 || goods.hs < "b"')).toEqual([
      ['types_differ', 'goods.value > "a"'],
      ['division_unguarded', '1.0 / goods.netMass'],
      ['operator', 'goods.hs < "b"'],
    ]);
    expect(problemsOf('“CN” == "\\q"').map(([code]) => code)).toEqual([
      'character',
      'character',
      'escape',
    ]);
  });

  test('a misspelt name comes with the name that was probably meant', () => {
    const [problem] = readRule('goods.netMas > 1.0', scope).problems;
    expect(problem?.params).toEqual({ name: 'goods.netMas', nearest: 'goods.netMass' });
  });
});

describe('hostile texts are refused in place', () => {
  const deep = (inner: string, times: number, outer = '') =>
    `${inner.repeat(times)}route.isFirst${outer.repeat(times)}`;

  test.each([
    ['brackets', deep('(', 1_000, ')'), 'too_deep'],
    ['negations', deep('!', 9_000), 'too_deep'],
    ['signs', `${'-'.repeat(9_000)}1.0 > 0.0`, 'too_deep'],
    ['sums', `${'1.0+'.repeat(2_000)}1.0 > 0.0`, 'too_deep'],
    ['calls', `goods.hs${'.contains("")'.repeat(700)}`, 'too_deep'],
    ['lists', '['.repeat(1_000), 'too_deep'],
    ['no more parts than allowed', `${'true&&'.repeat(1_600)}true`, null],
    ['many parts', `${'1>0||'.repeat(1_900)}true`, 'too_large'],
    ['length', 'x'.repeat(10_001), 'too_long'],
    ['a long list', `goods.hs in [${'"a",'.repeat(201)}]`, 'list_too_long'],
  ])('%s', (_, text, code) => {
    const { problems } = readRule(text, scope);
    expect(problems.map((problem) => problem.code)).toEqual(code ? [`risk.rule_${code}`] : []);
    for (const { from, to } of problems)
      expect([from <= to, to <= text.length]).toEqual([true, true]);
  });

  test('whatever is typed, there is an expression or a problem that has its sentence', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'goods.hs',
        'goods.value',
        ' && ',
        '||',
        '!',
        '(',
        ')',
        '<',
        '/',
        '"a"',
        '1',
        '.',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    const sentences = new Map(Object.entries(zh));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const { expression, problems } = readRule(text, scope);
        expect(expression === null).toBe(problems.length > 0);
        for (const { code, from, to } of problems) {
          expect(sentences.has(code), code).toBe(true);
          expect(0 <= from && from <= to && to <= text.length).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('each sentence speaks of what the problem knows, in both languages', () => {
    const english = new Map(Object.entries(en));
    const named = (sentence: string) =>
      [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const texts = [
      'goods.orign > 1',
      'x.y',
      '1.0 / goods.value > 1.0',
      'goods.hs < "a"',
      'x'.repeat(10_001),
    ];
    for (const { code, params } of texts.flatMap((text) => readRule(text, scope).problems)) {
      const sentence = english.get(code) ?? '';
      expect(named(sentence).every((name) => name !== undefined && name in params)).toBe(true);
    }
  });
});
