// The tax of a two-step declaration: estimated by the summary, assessed by the whole, late when that is late.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { createLedger, openTariff } from '../../duty/index.ts';
import { createReference, loadShippedTables } from '../../reference/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import { content } from '../fixtures.ts';
import { dutyProvider } from '../providers/duty.ts';
import { type Clearance, createClearance } from '../service/index.ts';
import { broker, SUMMARY, WHOLE } from './testing.ts';

let database: TestDatabase;
let clearance: Clearance;
const clock = createManualClock('2026-07-02T01:00:00.000Z');

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await loadShippedTables({ db, clock });
  const reference = await createReference({ db, clock });
  const tariff = openTariff(reference);
  const policy = loadPolicy();
  clearance = createClearance({
    ...{ db, clock, history: createHistory(), inForce: () => true, gradeOn: () => null },
    engine: createEngine({
      policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
      seed: 's',
    }),
    providers: [dutyProvider(createLedger({ db, clock, tariff }))],
    isRestDay: tariff.isRestDay,
    notComputed: new Set([
      ...(['manifestMatched', 'permitsWrittenDown'] as const),
      ...(['quarantineCleared', 'authorityCleared'] as const),
    ]),
    committed: () => undefined,
  });
});
afterAll(() => database.drop());

test('a subheading is enough to estimate by; the whole is assessed on its own day', async () => {
  const id = 'MD-1';
  const filed = await clearance.filings.fileOne(broker, { id, content: content(SUMMARY) });
  expect(filed).toMatchObject({ outcome: 'accepted', problems: [] });
  expect(filed.unmet).toEqual(['arrivalConfirmed', 'taxPaidOrGuaranteed']);

  // Entered on 1 July, so the fourteenth day is the 15th; what comes on the 20th pays for five days.
  clock.set('2026-07-20T01:00:00.000Z');
  await clearance.acts.complete(broker, id, { content: content(WHOLE) });
  const told = await readStream(database.db, `declaration:${id}`);
  expect(told.find(({ kind }) => kind === 'clearance.completed')?.payload).toMatchObject({
    daysLate: 5,
  });
  const bill = await readStream(database.db, `duty:${id}`);
  const lines = bill.map(({ kind, payload }) => {
    const { assessment, items } = payload as Posted;
    return [kind, assessment.lines[0]?.tariffCode, items.map(({ item }) => item)];
  });
  expect(lines).toEqual([
    ['duty.assessed', '84', ['importDuty', 'vat']],
    ['duty.reassessed', '8482102000', ['importDuty', 'vat', 'lateDeclarationFee']],
  ]);
});

/** What this story asks of a posting of the ledger. */
interface Posted {
  readonly assessment: { readonly lines: readonly { readonly tariffCode: string }[] };
  readonly items: readonly { readonly item: string }[];
}
