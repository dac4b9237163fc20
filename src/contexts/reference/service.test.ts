// Code tables in the operational store: shipped ones first, then an authority's own.
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { createReference, loadShippedTables, loadTable } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const clock = { now: () => '2026-11-22T00:00:00.000Z' };
const authority = { source: 'General Administration of Customs', version: '2027-01' };
const offices = 'code,zh,en\n2249,洋山特殊综合保税区海关,Yangshan Special Zone Customs';

test('shipped tables load once; an authority’s version ends them from its day and is kept', async () => {
  const deps = { db: database.db, clock };
  await loadShippedTables(deps);
  const reference = await createReference(deps);
  expect(reference.isInForce('customs_office', '2225', '2027-06-01')).toBe(true);
  expect(reference.isInForce('country', 'CN', '2020-01-01')).toBe(true);
  expect(reference.isInForce('country', 'XX', '2020-01-01')).toBe(false);
  expect(reference.entries('unit', { q: '千克', limit: 5 }).entries[0]?.code).toBe('035');

  const load = { table: 'customs_office', text: offices, ...authority };
  await expect(loadTable(deps, load)).rejects.toThrow('reference.from_needed');
  const dry = await loadTable(deps, { ...load, from: '2027-01-01', dryRun: true });
  expect(await loadTable(deps, { ...load, from: '2027-01-01' })).toEqual(dry);
  expect(await loadTable(deps, { ...load, from: '2027-01-01' })).toMatchObject({
    written: 0,
    removed: 0,
    unchanged: 1,
  });

  await loadShippedTables(deps);
  await reference.reload();
  expect(reference.find('customs_office', '2249', '2026-12-31')?.zh).toBe('洋山保税港区');
  expect(reference.find('customs_office', '2249', '2027-01-01')?.zh).toBe('洋山特殊综合保税区海关');
  expect(reference.isInForce('customs_office', '2225', '2027-06-01')).toBe(false);
  expect(reference.entries('customs_office', { limit: 5 }).table).toMatchObject(authority);
});

test('a table nobody has loaded is refused by name', async () => {
  const reference = await createReference({ db: database.db, clock });
  expect(() => reference.entries('unicorn', { limit: 1 })).toThrow('reference.table_not_found');
});

const nomenclature = '../shared/data/chem/hs-nomenclature/harmonized-system.csv';
test.skipIf(!existsSync(nomenclature))('a whole HS nomenclature loads and decides', async () => {
  const deps = { db: database.db, clock };
  const [, ...lines] = readFileSync(nomenclature, 'utf8').trim().split(/\r?\n/);
  const rows = lines.flatMap((line) => {
    const [, code = ''] = line.split(',');
    return /^\d{6}$/.test(code) ? [`${code},${code},heading ${code}`] : [];
  });
  const text = ['code,zh,en', ...rows].join('\n');
  const outcome = await loadTable(deps, { table: 'hs', text, source: 'UN', version: 'HS 2022' });
  expect(outcome).toMatchObject({ rejects: [], written: rows.length });
  const reference = await createReference(deps);
  expect(reference.isInForce('hs', '0803900000', '2026-01-01')).toBe(true);
  expect(reference.isInForce('hs', '0899990000', '2026-01-01')).toBe(false);
});
