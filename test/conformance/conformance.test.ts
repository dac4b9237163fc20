// Every test of google/cel-spec that speaks of our profile passes; the others are counted, with the reason.
import { expect, test } from 'vitest';
import type { Fact, FactType } from '../../src/contexts/facts/index.ts';
import { compileRules, evaluateRule, readRule } from '../../src/contexts/risk/language/index.ts';
import { OUTSIDE } from './outside.ts';
import { outsideOf } from './profile.ts';
import { type SpecTest, specTests, type Variable } from './suite.ts';

const tests = specTests().map((each) => ({ ...each, outside: outsideOf(each) }));
const suites = [...new Set(tests.map(({ suite }) => suite))].map((name) => ({
  name,
  tests: tests.filter(({ suite }) => suite === name),
}));

test.each(tests.filter(({ outside }) => outside.length === 0))(
  '$suite/$name: $expression',
  (each) => {
    expect(wantedOf(each)).toContain(answerOf(each));
  },
);

test('what lies outside the profile is refused, or means what it means in CEL', () => {
  const answered = tests.filter((each) => each.outside.length > 0 && answerOf(each) !== 'refused');
  const comparable = answered.filter(
    ({ expected, container }) => expected.kind !== 'type' && container === '',
  );
  expect(comparable.filter((each) => !wantedOf(each).includes(answerOf(each)))).toEqual([]);
});

test('the published list is this one', async () => {
  await expect(published()).toMatchFileSnapshot('../../docs/rules/conformance.md');
});

type Answer = 'true' | 'false' | 'unknown' | 'refused';

/** What CEL wants to hear. Where it fails, we may refuse the text or leave the rule unknown. */
function wantedOf({ expected }: SpecTest): readonly Answer[] {
  if (expected.kind !== 'value') return ['refused', 'unknown'];
  if (expected.value === false) return ['false'];
  return ['true'];
}

function answerOf(spec: SpecTest): Answer {
  const facts = new Map([...spec.variables].map(([name, { type }]) => [name, fact(name, type)]));
  const { expression } = readRule(questionOf(spec), { facts, lists: new Map() });
  if (expression === null) return 'refused';
  const row = Object.fromEntries(
    [...spec.variables].map(([name, { value }]) => [name, value ?? null]),
  );
  const { outcome } = evaluateRule(expression, row, new Map());
  const { hits, notEvaluated } = compileRules([expression], new Map()).evaluate(row);
  expect(hits.length === 1 ? true : notEvaluated.length === 1 ? null : false).toBe(outcome);
  return outcome === null ? 'unknown' : outcome ? 'true' : 'false';
}

/** A rule asks a question: whether a test's expression has the value that is expected of it. */
function questionOf({ expression, expected }: SpecTest): string {
  if (expected.kind !== 'value' || typeof expected.value === 'boolean') return expression;
  const { value, isInteger } = expected;
  const whole = `(${expression}\n)`;
  if (typeof value === 'string') return `${whole} == ${JSON.stringify(value)}`;
  if (Number.isFinite(value)) return `${whole} == ${isInteger ? value : value.toExponential()}`;
  return `${whole} ${value > 0 ? '>' : '< -'} ${Number.MAX_VALUE}`;
}

const TYPES: Readonly<Record<Variable['type'], FactType>> = {
  bool: 'boolean',
  int: 'integer',
  double: 'number',
  string: 'text',
};
const fact = (name: string, type: Variable['type']): Fact => ({
  name,
  type: TYPES[type],
  unit: null,
  label: { zh: name, en: name },
  source: 'google/cel-spec',
});

function published(): string {
  const reasonOf = ({ outside: [first] }: (typeof tests)[number]) => first;
  const rows = suites.map(({ name, tests }) => {
    const applied = tests.filter((each) => reasonOf(each) === undefined).length;
    return `| ${name} | ${tests.length} | ${applied} | ${tests.length - applied} |`;
  });
  const reasons = Object.entries(OUTSIDE).map(([reason, sentence]) => {
    const excluded = tests.filter((each) => reasonOf(each) === reason);
    const example = excluded.map(({ expression }) => expression).find(isShort);
    return `| ${sentence} | ${excluded.length} | ${example ? `\`${example.replaceAll('|', '\\|')}\`` : ''} |`;
  });
  const applied = tests.filter((each) => reasonOf(each) === undefined).length;
  return `# Conformance to CEL

The rule language is a profile of the Common Expression Language. Of the ${tests.length.toLocaleString('en')} tests of google/cel-spec
(the simple test data of npm \`@bufbuild/cel-spec\`), ${applied} speak of the profile alone, and **all ${applied} pass**: read,
checked, interpreted and compiled by our code. A test whose expression is no condition is asked as one,
\`(…) == expected\`. Where a test wants an error, ours must refuse the text or leave the rule unknown.

Which tests lie outside is decided by looking for parts of CEL in the tree that \`@bufbuild/cel\` makes of the
test, never by whether our reader refuses it. What lies outside must be refused, or mean what it means in CEL.
This page is written by \`test/conformance/conformance.test.ts\`, which fails when the page is stale.

| suite | tests | applied and passed | excluded |
|---|--:|--:|--:|
${rows.join('\n')}

A test that lies outside for several reasons is counted with the first of them.

| reason | tests | for example |
|---|--:|---|
${reasons.join('\n')}
`;
}

const isShort = (expression: string): boolean =>
  expression.length <= 60 && !/[`\p{C}]/u.test(expression);
