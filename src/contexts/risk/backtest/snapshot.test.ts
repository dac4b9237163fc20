// The copy that back-tests read: full parts are written once, what changed is found, and a table that
// is not the one that was copied is copied anew.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Analytics } from '../../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../../platform/analytics/duckdb.ts';
import { openPartReader } from './store/part.ts';
import { type Relation, takeSnapshot } from './store/snapshot.ts';

let folder: string;
let analytics: Analytics;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-backtest-'));
  analytics = await openDuckdb({ file: ':memory:' });
  await analytics.run(`create table goods (id varchar, day date, office varchar, weight double,
    lines bigint, name varchar, is_new boolean, made date)`);
  await analytics.run('create table seen (id varchar, found boolean)');
});
afterEach(async () => {
  await analytics.close();
  await rm(folder, { recursive: true, force: true });
});

const relation: Relation = {
  name: 'goods',
  table: 'goods',
  facts: [
    { fact: 'goods.weight', type: 'number', column: 'weight' },
    { fact: 'goods.lines', type: 'integer', column: 'lines' },
    { fact: 'goods.name', type: 'text', column: 'name' },
    { fact: 'goods.isNew', type: 'boolean', column: 'is_new' },
    { fact: 'goods.made', type: 'date', column: 'made' },
  ],
  sql: {
    ...{ id: 'id', subject: 'id', day: 'day', office: 'office' },
    ...{ lane: 'null::varchar', isSampled: `id = 'G2'` },
  },
  state: `select (select count(*) from goods) || ' ' || (select count(*) from seen)`,
  marks: (rows) => `select goods.rowid as "row", case when found then 6 else 2 end as mark
    from goods join seen using (id) where goods.rowid < ${rows}`,
};

const odd = `O'Hara "桂林" \\u0041 𠀀`;

async function add(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) {
    const row =
      n % 3 === 0
        ? [`G${n}`, '2026-07-01', '2225', n / 8, n, odd, true, '2026-02-03']
        : [`G${n}`, '2026-07-02', null, null, null, null, null, null];
    await analytics.run('insert into goods values (?, ?::date, ?, ?, ?, ?, ?, ?::date)', row);
  }
}

test('what is in the pool is in the parts, missing values as missing', async () => {
  await add(0, 7);
  await analytics.run(`insert into seen values ('G3', true), ('G4', false)`);
  const snapshot = await takeSnapshot(analytics, relation, folder, 4);
  expect(snapshot.rows).toBe(7);
  expect(snapshot.parts.map(({ from, rows }) => [from, rows])).toEqual([
    [0, 4],
    [4, 3],
  ]);
  const reader = await openPartReader(snapshot.marks);
  const [first, second] = snapshot.parts;
  if (!first || !second) throw new Error('There are two parts.');

  const { rows, facts } = await reader.read(first, relation.facts);
  expect([...rows.marks]).toEqual([0, 0, 0, 6]);
  expect([...(await reader.read(second, [])).rows.marks]).toEqual([2, 0, 0]);
  expect([...rows.isSampled]).toEqual([0, 0, 1, 0]);
  const codes = Int32Array.from([0, -1, -1, 0]);
  expect(rows.offices).toEqual({ kind: 'text', codes, dictionary: ['2225'] });

  const none = Number.NaN;
  expect(Object.fromEntries(facts)).toEqual({
    'goods.weight': { kind: 'number', values: Float64Array.from([0, none, none, 0.375]) },
    'goods.lines': { kind: 'number', values: Float64Array.from([0, none, none, 3]) },
    'goods.name': { kind: 'text', codes, dictionary: [odd] },
    'goods.isNew': { kind: 'flag', values: Int8Array.from([1, -1, -1, 1]) },
    'goods.made': { kind: 'text', codes, dictionary: ['2026-02-03'] },
  });

  expect(await reader.show(second, [2, 0], relation.facts.slice(0, 3))).toEqual([
    {
      ...{ subject: 'G6', day: '2026-07-01', office: '2225', lane: null },
      values: { 'goods.weight': 0.75, 'goods.lines': 6, 'goods.name': odd },
    },
    {
      ...{ subject: 'G4', day: '2026-07-02', office: null, lane: null },
      values: { 'goods.weight': null, 'goods.lines': null, 'goods.name': null },
    },
  ]);
});

test('full parts are kept, the last one and the marks follow the pool', async () => {
  await add(0, 6);
  const first = await takeSnapshot(analytics, relation, folder, 4);
  expect(await takeSnapshot(analytics, relation, folder, 4)).toEqual(first);
  await add(6, 9);
  await analytics.run(`insert into seen values ('G0', true)`);
  const second = await takeSnapshot(analytics, relation, folder, 4);
  expect(second.parts.map(({ from, rows }) => [from, rows])).toEqual([
    [0, 4],
    [4, 4],
    [8, 1],
  ]);
  expect(second.parts[0]).toEqual(first.parts[0]);
  expect((await readdir(folder)).sort()).toHaveLength(5);
});

test('a table of other rows is not taken for the one that was copied', async () => {
  await add(0, 9);
  await takeSnapshot(analytics, relation, folder, 4);
  await analytics.run('delete from goods');
  await analytics.run('drop table goods');
  await analytics.run(`create table goods (id varchar, day date, office varchar, weight double,
    lines bigint, name varchar, is_new boolean, made date)`);
  await add(3, 13);
  const snapshot = await takeSnapshot(analytics, relation, folder, 4);
  const reader = await openPartReader(snapshot.marks);
  const [part] = snapshot.parts;
  const [shown] = part ? await reader.show(part, [0], []) : [];
  expect(shown?.subject).toBe('G3');
});

test('an empty table has no parts', async () => {
  const snapshot = await takeSnapshot(analytics, relation, folder);
  expect(snapshot).toMatchObject({ rows: 0, parts: [] });
});
