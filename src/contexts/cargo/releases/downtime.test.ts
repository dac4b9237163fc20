// Declared times without the system, and bills that pass from hand to hand without paper.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { DECLARANT, openReleases, TERMINAL } from './testing.ts';

let database: TestDatabase;
let port: ReturnType<typeof openReleases>;
beforeAll(async () => {
  database = await testDatabase();
  port = openReleases(database.db);
});
afterAll(() => database.drop());

test('downtime is declared once, one at a time, and ended once', async () => {
  const from = '2026-07-01T00:30:00.000Z';
  const outage = { id: 'outage-1', from, reason: '机房断电' };
  const declare = (who: 'operator' | 'officer', body: object) =>
    port.ask(who, 'POST', '/api/downtimes', body);
  expect((await declare('officer', outage)).status).toBe(403);
  const first = await declare('operator', outage);
  expect(first.body).toMatchObject({ id: 'outage-1', to: null });
  expect((await declare('operator', outage)).body).toEqual(first.body);
  for (const [changes, code] of [
    [{ reason: '检修' }, 'cargo.downtime_has_other_content'],
    [{ id: 'outage-2' }, 'cargo.downtime_already_declared'],
    [{ id: 'outage-4', gate: 'NO-GATE' }, 'cargo.gate_unknown'],
    [{ gate: 'WGQ-2' }, 'cargo.downtime_has_other_content'],
    [{ id: 'outage-3', from: '2026-07-01T02:00:00.000Z' }, 'cargo.downtime_in_future'],
  ] as const) {
    expect((await declare('operator', { ...outage, ...changes })).body.refusals[0].code).toBe(code);
  }

  const ofOneGate = await declare('operator', { ...outage, id: 'outage-5', gate: 'WGQ-2' });
  expect(ofOneGate.body).toMatchObject({ gate: 'WGQ-2', to: null });
  await port.ask('operator', 'POST', '/api/downtimes/outage-5/end', { note: '恢复' });

  port.later(30);
  const end = () => port.ask('operator', 'POST', '/api/downtimes/outage-1/end', { note: '恢复' });
  const ended = await end();
  expect(ended.body.to).toBe('2026-07-01T01:30:00.000Z');
  port.later(30);
  expect((await end()).body).toEqual(ended.body);
  expect((await port.ask('declarant', 'GET', '/api/downtimes')).body.downtimes).toHaveLength(2);
  const events = await readStream(database.db, 'downtime:outage-1');
  expect(events.map(({ kind }) => kind)).toEqual(['cargo.downtimeDeclared', 'cargo.downtimeEnded']);
});

test('a bill without paper goes from the declarant to the terminal, and is surrendered there', async () => {
  const document = {
    ...{ id: 'EB-1', bill: 'cosu 6301234560', kind: 'deliveryOrder' },
    ...{ issuer: '中远海运集运', reference: 'DO-7788', digest: null },
  };
  const present = (body: object) => port.ask('declarant', 'POST', '/api/electronic-bills', body);
  const shown = await present(document);
  expect(shown.body).toMatchObject({ bill: 'COSU6301234560', holder: DECLARANT, status: 'held' });
  expect((await present(document)).body).toEqual(shown.body);
  for (const [changes, code] of [
    [{ reference: 'DO-7789' }, 'cargo.electronic_bill_has_other_content'],
    [{ id: 'EB-2' }, 'cargo.electronic_bill_already_held'],
  ] as const) {
    expect((await present({ ...document, ...changes })).body.refusals[0].code).toBe(code);
  }

  const endorse = (who: 'declarant' | 'stranger' | 'terminal', body: object) =>
    port.ask(who, 'POST', '/api/electronic-bills/EB-1/endorsement', body);
  expect((await endorse('stranger', { holder: TERMINAL })).status).toBe(403);
  const handed = await endorse('declarant', { holder: TERMINAL });
  expect(handed.body).toMatchObject({ holder: TERMINAL, beneficiary: DECLARANT, version: 2 });
  expect((await endorse('declarant', { holder: TERMINAL })).status).toBe(403);
  const stolen = await endorse('terminal', { holder: TERMINAL, beneficiary: TERMINAL });
  expect(stolen.body.refusals[0].code).toBe('cargo.electronic_bill_not_beneficiary');

  const surrender = () => port.ask('terminal', 'POST', '/api/electronic-bills/EB-1/surrender');
  expect((await surrender()).body.status).toBe('surrendered');
  expect((await surrender()).body.refusals[0].code).toBe('cargo.electronic_bill_surrendered');
  const list = async (who: 'declarant' | 'stranger' | 'officer') =>
    (await port.ask(who, 'GET', '/api/electronic-bills?bill=COSU6301234560')).body.bills.length;
  expect([await list('declarant'), await list('stranger'), await list('officer')]).toEqual([
    1, 0, 1,
  ]);
  expect((await present({ ...document, id: 'EB-3' })).body.status).toBe('held');
});
