// One rule means one thing: to the interpreter, as JavaScript, over columns, as SQL in DuckDB, and to CEL.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analytics } from '../src/platform/analytics/analytics.ts';
import { openDuckdb } from '../src/platform/analytics/duckdb.ts';
import { differ } from './differential/differ.ts';
import { columnar, compiled, duckdb, interpreted, oracle } from './differential/judges.ts';

let analytics: Analytics;
beforeAll(async () => {
  analytics = await openDuckdb({ file: ':memory:' });
});
afterAll(() => analytics.close());

test('a million random rules and rows, and not one difference', { timeout: 600_000 }, async () => {
  const judges = { interpreted, compiled, columnar, duckdb: duckdb(analytics), oracle };
  const compared = await differ(judges, { rules: 400, rows: 500, batches: 5 }, 1);
  expect(compared.pairs).toBe(1_000_000);
  // A comparison of nothing but falses would prove little.
  expect(compared.isTrue / compared.pairs).toBeGreaterThan(0.2);
  expect(compared.isUnknown / compared.pairs).toBeGreaterThan(0.05);
});

test('a difference is told with the rule, the row and both opinions', async () => {
  const contrary: typeof interpreted = async (batch) => {
    const verdicts = await interpreted(batch);
    return verdicts.fill(verdicts[7] === 1 ? 0 : 1, 7, 8);
  };
  await expect(
    differ({ interpreted, contrary }, { rules: 1, rows: 10, batches: 1 }, 1),
  ).rejects.toThrow(/^interpreted says \w+, contrary says \w+ of\n/);
});
