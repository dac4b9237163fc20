// The tariff as code tables: loaded by whoever publishes it, in force by the day, never half read.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { createReference, loadShippedTables, loadTable } from '../../reference/index.ts';
import { assess } from '../calculation/assess.ts';
import { requestOf } from '../calculation/fixtures.ts';
import { openTariff, TARIFF_TABLES } from './open.ts';
import { POLICIES, UnreadableRow } from './tables.ts';
import { shippedEntries, tariffOf } from './testing.ts';

const ON = '2026-07-01';

describe('what comes with the platform', () => {
  const tables = tariffOf();
  const entries = shippedEntries();

  test('every row can be read, on every day it changes', () => {
    for (const { code, from } of entries.get('tariff') ?? []) {
      const row = tables.row(code, from);
      expect(row?.mfn && row.general && row.vat, code).toBeTruthy();
    }
    for (const { code, from } of entries.get('tariff_agreement_rate') ?? []) {
      const [hs = '', agreement = ''] = code.split('.');
      expect(tables.agreementRate(hs, agreement, from)).not.toBeNull();
    }
    for (const { code, from } of entries.get('tariff_special') ?? []) {
      const [hs = '', kind, origin = ''] = code.split('.');
      const kinds = tables.specialDuties(hs, origin, null, from).map((duty) => duty.kind);
      expect(kinds).toContain(kind);
    }
    for (const { code, from } of entries.get('exchange_rate') ?? []) {
      expect(tables.yuanPer(code, from)).not.toBeNull();
    }
    for (const { code, from } of entries.get('levy_relief') ?? []) {
      expect(tables.relief(code, from)).not.toBeNull();
    }
    for (const { code, from } of entries.get('levy_treatment') ?? []) {
      expect(tables.levyTreatment(code, from)).not.toBe('taxed');
    }
  });

  test('every number the law sets is there, with its basis', () => {
    for (const name of POLICIES) expect(tables.policy(name, ON)?.basis, name).toBeTruthy();
  });

  test('none of its tables is missing', () => {
    for (const name of TARIFF_TABLES) expect(entries.get(name)?.length, name).toBeGreaterThan(10);
  });
});

describe('finding a row', () => {
  const tables = tariffOf({
    tariff: [
      { code: '84', mfn: '5', vat: '13' },
      { code: '848210', mfn: '8', vat: '13' },
      { code: '8482102000', mfn: '9', vat: '13' },
    ],
  });
  test.each([
    ['8482102000', '8482102000'],
    ['8482109000', '848210'],
    ['8499000000', '84'],
  ])('%s is in %s', (hsCode, code) => {
    expect(tables.row(hsCode, ON)?.code).toBe(code);
  });
  test('a code of no chapter is nowhere', () => {
    expect(tables.row('8582102000', ON)).toBeNull();
  });
});

test.each([
  [{ tariff: [{ code: '84', mfn: '-1' }] }, 'row'],
  [{ tariff: [{ code: '84', mfnPerUnit: '5' }] }, 'row'],
  [{ tariff: [{ code: '84', consumption: '100' }] }, 'row'],
  [{ exchange_rate: [{ code: 'USD', yuan: '0' }] }, 'yuanPer'],
  [{ exchange_rate: [{ code: 'USD', yuan: '7', per: '10' }] }, 'yuanPer'],
  [{ levy_relief: [{ code: '789', importDuty: '2' }] }, 'relief'],
  [{ levy_treatment: [{ code: '0110', treatment: 'perhaps' }] }, 'levyTreatment'],
])('%j is told to be unreadable, never passed over', (rows, question) => {
  const tables = tariffOf(rows);
  const asked = { row: '8482102000', yuanPer: 'USD', relief: '789', levyTreatment: '0110' };
  const name = question as keyof typeof asked;
  expect(() => tables[name](asked[name], ON)).toThrow(UnreadableRow);
});

describe('loaded while the port works', () => {
  let database: TestDatabase;
  const clock = createManualClock('2026-12-31T15:00:00.000Z');
  beforeAll(async () => {
    database = await testDatabase();
    await loadShippedTables({ db: database.db, clock });
  });
  afterAll(() => database.drop());

  test('a new tariff from New Year changes nothing before it, and is named in what follows', async () => {
    const { db } = database;
    const reference = await createReference({ db, clock });
    const tables = openTariff(reference);
    const bearing = (on: string) =>
      assess(requestOf({ on, originCountry: 'DE' } as object), tables).assessment;
    const before = bearing('2026-12-31');
    const old = before?.lines[0]?.taxes[0]?.rate.percent;

    const text = 'code,zh,en,unit,mfn,general,vat\n8482,轴承,bearings,007,3,20,13\n';
    const version = { source: 'State Council Tariff Commission', version: '2027' };
    await loadTable({ db, clock }, { table: 'tariff', text, from: '2027-01-01', ...version });
    await reference.reload();

    expect(bearing('2026-12-31')?.lines[0]?.taxes[0]?.rate.percent).toBe(old);
    const after = bearing('2027-01-01');
    expect(after?.lines[0]).toMatchObject({ tariffCode: '8482' });
    expect(after?.lines[0]?.taxes[0]).toMatchObject({ treatment: 'mfn', rate: { percent: '3' } });
    const stated = after?.tables.find(({ name }) => name === 'tariff');
    expect(stated).toEqual({ name: 'tariff', ...version });
  });
});
