// Files go straight into the pool: a clean one fast, a faulty one with its bad rows set aside, and
// both ways give the same rows. The same file twice is one import, and lineage says where rows are from.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import type { Analytics } from '../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { openFileStore } from '../../platform/files.ts';
import { testFolder } from '../../platform/testing.ts';
import type { Mapping } from './contract.ts';
import { createCatalogue } from './store/catalogue.ts';
import { createEventFeed } from './store/events.ts';
import {
  type ImportDeps,
  importKept,
  keepFile,
  prepareImports,
  rejectsFile,
} from './store/import.ts';
import { goodsMapping } from './testing.ts';

let place: Awaited<ReturnType<typeof testFolder>>;
let analytics: Analytics;
let deps: ImportDeps;
beforeEach(async () => {
  place = await testFolder();
  analytics = await openDuckdb({ file: join(place.folder, 'pool.duckdb') });
  await prepareImports(analytics);
  deps = {
    analytics,
    folder: place.folder,
    files: await openFileStore(join(place.folder, 'files')),
    now: () => '2026-11-22T00:00:00.000Z',
    say: ({ code, seen }) => ({ zh: `${code}：${seen}`, en: `${code}: ${seen}` }),
  };
});
afterEach(async () => {
  await analytics.close();
  await place.remove();
});

async function bring(text: string, mapping: Mapping = goodsMapping(), name = 'goods.csv') {
  const kept = await keepFile(deps, createReadStream(await place.write(name, text)));
  return importKept(deps, { id: kept.id, name }, mapping);
}

const all = async () =>
  (await analytics.query('select * exclude (import) from goods order by goods_id')).rows;

const HEADER = 'Id,Day,HS,Origin,Value,Pieces\n';
const A = 'A,20260228,10203,中国,"1,234.0000000001",12\n';
const B = 'B,20260301,,日本,,\n';
const ROWS = [
  ['A', '2026-02-28', '010203', 'CN', '1234.0000000001', 12, 'I'],
  ['B', '2026-03-01', null, 'JP', null, null, 'I'],
];

test('a clean file is read the fast way, a faulty one carefully, and good rows are the same', async () => {
  expect(await bring(HEADER + A + B)).toMatchObject({ rows: 2, rejected: 0, isClean: true });
  expect(await all()).toEqual(ROWS);
  await analytics.run('drop table goods');
  await analytics.run('delete from catalogue.dataset');
  const bad = `C,20260230,1,火星,-5,"=HYPERLINK(""http://x"")"\n`;
  const done = await bring(HEADER + bad + A + B);
  expect(done).toMatchObject({ rows: 2, rejected: 1, isClean: false });
  expect(await all()).toEqual(ROWS);
  const rejects = (await readFile(rejectsFile(deps, done.id), 'utf8')).split('\n');
  expect(rejects[0]).toBe('\uFEFFline,column,seen,code,zh,en,row');
  expect(rejects.slice(1, 5).map((line) => line.split(',').slice(0, 4))).toEqual([
    ['2', 'Day', '20260230', 'pool.not_a_date'],
    ['2', 'Origin', '火星', 'pool.unknown_code'],
    ['2', 'Value', '-5', 'pool.below_least'],
    ['2', 'Pieces', `"'=HYPERLINK(""http://x"")"`, 'pool.not_a_number'],
  ]);
});

test('blanks around values are no part of them, whichever way the file is read', async () => {
  const padded =
    HEADER + A.replace('A,', ' A ,').replace('10203', ' 10203 ').replace(',12', ', 12 ') + B;
  expect(await bring(padded)).toMatchObject({ rows: 2, rejected: 0 });
  expect(await all()).toEqual(ROWS);
});

test('the same file twice is one import; another file with a known id is set aside', async () => {
  const first = await bring(HEADER + A);
  expect(await bring(HEADER + A, goodsMapping(), 'renamed.csv')).toEqual({
    ...first,
    repeated: true,
  });
  expect(await bring(HEADER + A.replace('12', '13') + B)).toMatchObject({ rows: 1, rejected: 1 });
  expect(await all()).toEqual(ROWS);
  await expect(
    bring(`${HEADER}C,20260101,1,中国,1,1\nC,20260101,1,中国,2,2\n`),
  ).resolves.toMatchObject({
    rows: 1,
    rejected: 1,
  });
});

test('a file that cannot be read leaves nothing behind', async () => {
  await expect(bring('Id,Day\n1,20260101\n')).rejects.toThrow(Refused);
  const broken = Buffer.concat([Buffer.from(HEADER + A), Buffer.from([0xff, 0x0a])]);
  const kept = await keepFile(deps, createReadStream(await place.write('x.csv', broken)));
  await expect(importKept(deps, { id: kept.id, name: 'x.csv' }, goodsMapping())).rejects.toThrow(
    'pool.broken_text',
  );
  const { rows } = await analytics.query(
    `select count(*) from duckdb_tables() where table_name = 'goods' or table_name = 'staged'`,
  );
  expect(rows).toEqual([[0]]);
});

test('a mapping that fills a dataset differently is refused, and so is the name of a table of events', async () => {
  await bring(HEADER + A);
  const other = goodsMapping({ version: 2, constants: {} });
  await expect(bring(HEADER + B, other)).rejects.toThrow('pool.dataset_differs');
  await analytics.run('create table ship_sailed (event varchar)');
  await expect(bring(HEADER + B, goodsMapping({ dataset: 'ship_sailed' }))).rejects.toThrow(
    'pool.dataset_name_taken',
  );
});

test('the catalogue tells rows, quality and lineage of each dataset', async () => {
  await createEventFeed(analytics, []);
  await bring(HEADER + A + B);
  await bring(`${HEADER}C,29990101,1,中国,1,1\nbad,,,,,\n`);
  const catalogue = createCatalogue(analytics, [], (fact) =>
    fact === 'goods.hs6' ? { zh: '税则号', en: 'Tariff code' } : null,
  );
  const dataset = await catalogue.get('goods');
  expect(dataset).toMatchObject({ kind: 'file', rows: 3, freshAt: '2026-11-22T00:00:00.000Z' });
  expect(dataset.columns[3]).toEqual({
    name: 'goods_hs6',
    type: 'text',
    label: { zh: '税则号', en: 'Tariff code' },
  });
  expect(dataset.quality.filter(({ passed }) => !passed)).toMatchObject([
    { name: 'goods_day.past', violations: 1 },
  ]);
  expect(dataset.lineage.map(({ rows, rejected }) => [rows, rejected]).sort()).toEqual([
    [1, 1],
    [2, 0],
  ]);
  await expect(catalogue.get('nowhere')).rejects.toThrow('pool.dataset_unknown');
  expect(await catalogue.list()).toEqual([dataset]);
});
