// A rule as SQL means what it means: on the cases where engines go their own ways, and however hostile its texts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckdb } from '../../../platform/analytics/duckdb.ts';
import type { Fact, FactType } from '../../facts/index.ts';
import { readRule } from './read.ts';
import type { List, Lists, Scope } from './scope.ts';
import { type ListQuery, readColumn, toSql } from './sql.ts';

const fact = (name: string, type: FactType): [string, Fact] => [
  name,
  { name, type, unit: null, label: { zh: name, en: name }, source: 'test' },
];
const scope: Scope = {
  facts: new Map([
    fact('goods.mass', 'number'),
    fact('goods.value', 'number'),
    fact('goods.lines', 'integer'),
    fact('goods.name', 'text'),
    fact('goods.isWaste', 'boolean'),
    fact('goods.day', 'date'),
  ]),
  lists: new Map([
    ['watched', 'text'],
    ['prices', 'number'],
    ['nobody', 'text'],
  ]),
};
const lists: Lists = new Map<string, List>([
  ['watched', { version: '1', values: new Set(["it's", '𠀀']) }],
  ['prices', { version: '1', values: new Set([0.1, 5]) }],
  ['nobody', { version: '1', values: new Set<string>() }],
]);

function sqlOf(text: string, dialect: 'duckdb' | 'clickhouse', listQuery?: ListQuery): string {
  const { expression, problems } = readRule(text, scope);
  if (!expression) throw new Error(`${text}: ${JSON.stringify(problems)}`);
  const columnOf = (name: string) =>
    readColumn(`"${name}"`, scope.facts.get(name)?.type ?? 'text', dialect);
  return toSql(expression, dialect, columnOf, lists, listQuery);
}

describe('in DuckDB', () => {
  let duckdb: Awaited<ReturnType<typeof openDuckdb>>;
  beforeAll(async () => {
    duckdb = await openDuckdb({ file: ':memory:', threads: 1 });
  });
  afterAll(() => duckdb.close());

  const COLUMNS = {
    'goods.mass': 'double',
    'goods.value': 'double',
    'goods.lines': 'bigint',
    'goods.name': 'varchar',
    'goods.isWaste': 'boolean',
    'goods.day': 'date',
  };
  type Row = Partial<Record<keyof typeof COLUMNS, string>>;

  async function ask(text: string, row: Row, listQuery?: ListQuery): Promise<unknown> {
    const cells = Object.entries(COLUMNS).map(
      ([name, type]) => `cast(${row[name as keyof Row] ?? 'null'} as ${type}) as "${name}"`,
    );
    const sql = `select ${sqlOf(text, 'duckdb', listQuery)} from (select ${cells.join(', ')})`;
    return (await duckdb.query(sql)).rows[0]?.[0];
  }

  const NAN = "'nan'";
  const LARGEST = '1.7976931348623157e308';
  test.each<[text: string, row: Row, answer: boolean | null]>([
    // A literal keeps its last bit, and columns of decimals would be compared as doubles.
    ['goods.mass < 0.21000000000000002', { 'goods.mass': '0.21' }, true],
    ['goods.mass + 0.1 == 0.3', { 'goods.mass': '0.2' }, false],
    ['goods.mass > -5e-324', { 'goods.mass': '0' }, true],
    // NaN and infinity in a column are missing.
    ['goods.mass > 5.0', { 'goods.mass': NAN }, null],
    ['!(goods.mass > 5.0)', { 'goods.mass': NAN }, null],
    ['has(goods.mass)', { 'goods.mass': NAN }, false],
    ['has(goods.mass)', { 'goods.mass': "'-inf'" }, false],
    ['has(goods.mass)', { 'goods.mass': '0' }, true],
    // NaN that arises is known and unlike everything, the other side's absence still unknown.
    ['goods.mass * 10.0 - goods.mass * 10.0 > 1.0', { 'goods.mass': LARGEST }, false],
    ['goods.mass * 10.0 - goods.mass * 10.0 == goods.value', { 'goods.mass': LARGEST }, null],
    ['goods.value < goods.mass * 10.0 - goods.mass * 10.0', { 'goods.mass': LARGEST }, null],
    [
      'goods.mass * 10.0 - goods.mass * 10.0 != goods.value',
      { 'goods.mass': LARGEST, 'goods.value': '1' },
      true,
    ],
    ['-(goods.mass * 10.0 - goods.mass * 10.0) >= 0.0', { 'goods.mass': LARGEST }, false],
    ['goods.mass * 10.0 - goods.mass * 10.0 in [1.0]', { 'goods.mass': LARGEST }, false],
    // A guard that fails decides, whatever the quotient is.
    ['goods.mass > 0.0 && goods.value / goods.mass > 1.0', { 'goods.mass': '0' }, false],
    [
      'goods.mass == 0.0 || goods.value / goods.mass > 1.0',
      { 'goods.mass': '0', 'goods.value': '0' },
      true,
    ],
    // Kleene.
    ['goods.isWaste && goods.mass > 1.0', { 'goods.isWaste': 'false' }, false],
    ['goods.isWaste && goods.mass > 1.0', { 'goods.isWaste': 'true' }, null],
    ['goods.isWaste || goods.mass > 1.0', { 'goods.isWaste': 'true' }, true],
    ['!goods.isWaste', {}, null],
    // Texts, code point by code point.
    ['size(goods.name) == 3', { 'goods.name': "'甲苯𠀀'" }, true],
    ['size(goods.name) == 2', { 'goods.name': "'e\u0301'" }, true],
    ['goods.name.startsWith("甲")', { 'goods.name': "'甲苯'" }, true],
    ['goods.name.contains("苯𠀀")', { 'goods.name': "'甲苯𠀀'" }, true],
    ['goods.name.endsWith("B")', { 'goods.name': "'ab'" }, false],
    ['goods.name.contains("%")', { 'goods.name': "'ab'" }, false],
    ['goods.name == "é"', { 'goods.name': "'e\u0301'" }, false],
    ['goods.name == "a "', { 'goods.name': "'a'" }, false],
    // Lists, the empty one among them.
    ['goods.name in lists.watched', { 'goods.name': "'it''s'" }, true],
    ['goods.name in lists.watched', { 'goods.name': "'𠀁'" }, false],
    ['goods.name in lists.watched', {}, null],
    ['!(goods.name in lists.watched)', {}, null],
    ['goods.name in lists.nobody', { 'goods.name': "'x'" }, false],
    ['goods.name in lists.nobody', {}, null],
    ['goods.mass in lists.prices', { 'goods.mass': '0.1' }, true],
    ['-goods.mass in [0.0, 1.0]', { 'goods.mass': '0' }, true],
    // Integers beside numbers, and days.
    ['goods.lines < 2.5', { 'goods.lines': '2' }, true],
    ['double(goods.lines) / 2.0 == 1.5', { 'goods.lines': '3' }, true],
    ['goods.day >= timestamp("2026-11-01T00:00:00Z")', { 'goods.day': "'2026-11-01'" }, true],
    ['goods.day < timestamp("2026-11-01T00:00:00Z")', {}, null],
  ])('%s of %o is %s', async (text, row, answer) => {
    expect(await ask(text, row)).toBe(answer);
  });

  const HOSTILE = [
    "'",
    "''",
    "\\'",
    "'; drop table fact; --",
    '"',
    'a\0b',
    '\0',
    '\n',
    '$$',
    '\u2028',
  ];
  test.each(HOSTILE)('the text %j is itself and nothing else', async (text) => {
    const quoted = [...text].map((each) =>
      each === '\0' ? 'chr(0)' : `'${each.replace("'", "''")}'`,
    );
    const literal = JSON.stringify(text);
    const row = { 'goods.name': quoted.join(' || ') };
    expect(await ask(`goods.name == ${literal}`, row)).toBe(true);
    expect(await ask(`goods.name != ${literal}`, { 'goods.name': "'x'" })).toBe(true);
  });

  test('a large list may stand in a table of its own', async () => {
    await duckdb.run("create table watched as select 'it''s' as value");
    const inTable: ListQuery = (name) =>
      name === 'watched' ? '(select value from watched)' : null;
    const rule = 'goods.name in lists.watched';
    expect(await ask(rule, { 'goods.name': "'it''s'" }, inTable)).toBe(true);
    expect(await ask(rule, { 'goods.name': "'𠀀'" }, inTable)).toBe(false);
    expect(await ask(rule, {}, inTable)).toBe(null);
  });
});

// No ClickHouse comes with the project; what was tried by hand is in the README.
test.each([
  ['goods.mass < 0.21', '(if(isFinite("goods.mass"), toFloat64("goods.mass"), null) < 2.1e-1)'],
  ['-1.0 in [1.0]', '(((-1e+0) + 0e+0) in (1e+0))'],
  ['size(goods.name) == 3', '(lengthUTF8("goods.name") = 3)'],
  ['goods.name.contains("x")', '(position("goods.name", \'x\') > 0)'],
  ['goods.name == "\\\\\'"', "(\"goods.name\" = '\\\\''')"],
])('%s is %s in ClickHouse', (text, sql) => {
  expect(sqlOf(text, 'clickhouse')).toBe(sql);
});
