import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnName } from '../src/contexts/pool/index.ts';
import { type RunResult, runRules } from '../src/contexts/risk/backtest/run.ts';
import { type Relation, takeSnapshot } from '../src/contexts/risk/backtest/store/snapshot.ts';
import { type Expression, factsOf, readRule } from '../src/contexts/risk/language/index.ts';
import { toSql } from '../src/contexts/risk/language/sql.ts';
import { type Analytics, quoteName } from '../src/platform/analytics/analytics.ts';
import { openDuckdb } from '../src/platform/analytics/duckdb.ts';
import { fillDecided } from './backtest-rows.ts';
import { alternate, type Bench, type BenchOptions, secondsOf } from './bench.ts';
import { FACTS } from './rules/declarations.ts';
import { celOf, rulebook } from './rules/rulebook.ts';

const ROWS = 10_000_000;
const QUICK_ROWS = 200_000;
const RULES = 200;
/** The rule an author edits: a price far below the peers' median, under one supervision mode. */
const EDITED = 3;
const MEMORY_MEGABYTES = 1024;

/**
 * Rules over every decision the pool holds, with all that a report says of each: hits by day and
 * office, findings, what could not be judged and for want of which facts. DuckDB is asked the same
 * rules as one statement over the same table, and says how often each hits.
 */
export const backtest: Bench = {
  name: 'backtest',
  about: 'Ten million decisions tried on 200 rules, and on one, beside DuckDB’s SQL of the same.',
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    const pool = await openDuckdb({
      ...{ file: join(folder, 'pool.duckdb'), memoryMegabytes: MEMORY_MEGABYTES },
      threads: availableParallelism(),
    });
    try {
      return await measure(pool, join(folder, 'parts'), options);
    } finally {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(pool: Analytics, folder: string, options: BenchOptions) {
  const { quick, log } = options;
  const rows = quick ? QUICK_ROWS : ROWS;
  const rules = readRules();
  const relation = relationOf(rules);
  log(`making ${rows} decisions of ${relation.facts.length} facts`);
  await fillDecided(pool, relation, rows);
  const started = performance.now();
  const snapshot = await takeSnapshot(pool, relation, folder);
  const prepare = (performance.now() - started) / 1000;
  log(`copied for back-tests in ${prepare.toFixed(1)} s`);
  const processes = availableParallelism();
  const tryOn = (tried: readonly Expression[]): Promise<RunResult> =>
    runRules({
      ...{ snapshot, facts: relation.facts, rules: tried, live: [], lists: new Map(), processes },
      period: { from: null, to: null },
    });
  const one = rules.slice(EDITED, EDITED + 1);
  const hits = {
    ours: new Map<number, readonly number[]>(),
    sql: new Map<number, readonly number[]>(),
  };
  const ours = (tried: readonly Expression[]) => () =>
    secondsOf(async () => {
      const { tally } = await tryOn(tried);
      hits.ours.set(
        tried.length,
        tally.rules.map((rule) => rule.hits),
      );
    });
  const sql = (tried: readonly Expression[]) => () =>
    secondsOf(async () => {
      hits.sql.set(tried.length, await countBySql(pool, relation, tried));
    });
  const single = await alternate({ ours: ours(one), sql: sql(one) }, options);
  const many = await alternate({ ours: ours(rules), sql: sql(rules) }, options);
  assert.deepEqual(hits.ours, hits.sql, 'Both ways find the same hits.');
  assert(
    hits.ours.get(RULES)?.some((count) => count > 0),
    'The rules hit something.',
  );
  return {
    figures: {
      seconds_10m_200: many.of('ours'),
      seconds_10m_one_rule: single.of('ours'),
      seconds_10m_prepare: prepare,
      rows,
    },
    peers: {
      duckdb_sql: {
        seconds_10m_200: many.of('sql'),
        seconds_10m_one_rule: single.of('sql'),
      },
    },
    ratios: {
      over_duckdb_sql_200: many.ratio('ours', 'sql'),
      over_duckdb_sql_one_rule: single.ratio('ours', 'sql'),
    },
  };
}

function readRules(): Expression[] {
  const scope = { facts: new Map(FACTS.map((fact) => [fact.name, fact])), lists: new Map() };
  return rulebook(RULES).map((rule) => {
    const { expression, problems } = readRule(celOf(rule), scope);
    assert(expression, JSON.stringify(problems));
    return expression;
  });
}

function relationOf(rules: readonly Expression[]): Relation {
  const read = new Set(rules.flatMap(factsOf));
  return {
    name: 'bench',
    table: 'decided',
    facts: FACTS.filter(({ name }) => read.has(name)).map(({ name, type }) => ({
      ...{ fact: name, type, column: columnName(name) },
    })),
    sql: {
      ...{ id: 'subject', subject: 'subject', day: 'day', office: 'declaration_office' },
      ...{ lane: `'green'`, isSampled: 'is_sampled' },
    },
    state: 'select count(*) from decided',
    marks: () =>
      'select rowid as "row", case when found then 6 else 2 end as mark from decided where found is not null',
  };
}

async function countBySql(
  pool: Analytics,
  relation: Relation,
  rules: readonly Expression[],
): Promise<number[]> {
  const columnOf = (fact: string): string => quoteName(columnName(fact));
  const counts = rules.map(
    (rule) => `sum(case when ${toSql(rule, 'duckdb', columnOf, new Map())} then 1 else 0 end)`,
  );
  const { rows } = await pool.query(`select ${counts.join(', ')} from ${relation.table}`);
  return (rows[0] ?? []).map(Number);
}
