// Duty as pages and machines speak of it, over HTTP: a bill from the quote to the refund, guarantees,
// the books for auditors, and the same money in the pool.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { readAfter } from '../../platform/event-log/event-log.ts';
import { createHttp, type HttpApp } from '../../platform/http/index.ts';
import { silentLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor } from '../identity/index.ts';
import { createPool } from '../pool/index.ts';
import { requestOf } from './calculation/fixtures.ts';
import { auditor, colleague, officer, openLedger } from './ledger/fixtures.ts';
import { dutyTables } from './pool-tables.ts';
import { dutyRoutes } from './routes.ts';

let database: TestDatabase;
let port: ReturnType<typeof openLedger>;
let app: HttpApp<Actor>;
beforeAll(async () => {
  database = await testDatabase();
  port = openLedger(database.db);
  const people: Readonly<Record<string, Actor>> = {
    payer: port.payer,
    officer,
    colleague,
    auditor,
  };
  app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
  });
  dutyRoutes(app, port.ledger);
});
afterAll(() => database.drop());

async function call(who: string, method: string, path: string, body?: unknown) {
  const answer = await app.request(`/api/duty/${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const said = isJson ? await answer.json() : await answer.arrayBuffer();
  return { status: answer.status, said, codes: isJson ? codesOf(said) : [] };
}
const codesOf = (said: { refusals?: { code: string }[] }) =>
  said.refusals?.map(({ code }) => code) ?? [];
const get = async (who: string, path: string) => {
  const { status, said } = await call(who, 'GET', path);
  expect([path, status, said]).toEqual([path, 200, expect.anything()]);
  return said;
};
const post = async (who: string, path: string, body?: unknown) => {
  const { status, said } = await call(who, 'POST', path, body);
  expect([path, status, said]).toEqual([path, 200, expect.anything()]);
  return said;
};

test('a bill from the quote to the refund', async () => {
  const request = requestOf({ declaration: 'B-1' }, { value: '10000' });
  expect(await post('payer', 'quote', { request })).toMatchObject({
    total: '2100.00',
    dueOn: '2026-07-16',
    guarantee: null,
  });
  const [id, other] = [await port.filed('10000'), await port.filed('10000')];
  expect(await get('payer', `bills?payer=${port.payer.organisationId}`)).toMatchObject({
    totals: { bills: 2, outstanding: '4200.00' },
  });
  const payment = { id: 'P-1', amount: '2500.5', reference: 'bank-1' };
  expect(await post('payer', `bills/${id}/payments`, payment)).toMatchObject({
    outcome: 'overpaid',
    applied: '2100.00',
    credit: '400.50',
  });
  const twice = await call('payer', 'POST', `bills/${id}/payments`, { ...payment, amount: '1' });
  expect([twice.status, twice.codes]).toEqual([409, ['duty.payment_id_taken']]);
  const malformed = await call('payer', 'POST', `bills/${id}/payments`, {
    ...payment,
    amount: '0',
  });
  expect([malformed.status, malformed.codes]).toEqual([422, ['duty.not_an_amount']]);
  const many = [{ ...payment, id: 'P-2', declaration: other }];
  expect(await post('payer', 'payments', { payments: many })).toMatchObject({
    results: [{ outcome: 'overpaid' }],
  });
  const proposal = { id: 'R-1', amount: '400.50', reason: 'overpaid' };
  expect(await post('payer', `bills/${id}/refunds`, proposal)).toMatchObject({
    refundable: '0.00',
  });
  const approved = await post('officer', `bills/${id}/refunds/R-1/answer`, { approve: true });
  expect(approved.allowed).toEqual(['payOutRefund', 'reassess']);
  await post('officer', `bills/${id}/refunds/R-1/pay-out`, { reference: 'T-1' });
  const review = { id: 'V-1', reason: '价格', request: { ...request, declaration: id } };
  expect(await post('colleague', `bills/${id}/reassessments`, review)).toMatchObject({
    basis: 'review',
    status: 'settled',
  });
  const workbook = await call('payer', 'GET', 'bills.xlsx?language=en');
  expect([workbook.status, workbook.said.byteLength > 1000]).toEqual([200, true]);
});

test('a guarantee, a month on it, and its payment', async () => {
  const guarantee = {
    ...{ id: 'G-1', payer: port.payer.organisationId, office: '2225', kind: 'total' },
    ...{ form: 'insurance', limit: '9000', validFrom: '2026-01-01', validTo: '2026-12-31' },
    ...{ guarantor: '财产保险', reference: 'I-1', consolidated: true },
  };
  const open = await port.filed('10000');
  await post('payer', 'guarantees', guarantee);
  expect((await get('officer', 'guarantees?status=applied')).mayAnswer).toBe(true);
  await post('colleague', 'guarantees/G-1/answer', { approve: true });
  expect(await post('payer', `bills/${open}/guarantee`, undefined)).toEqual({ unsecured: null });
  expect(await get('payer', 'guarantees/G-1')).toMatchObject({ available: '6900.00' });
  expect(await get('payer', 'statements')).toMatchObject({
    statements: [{ period: '2026-07', outstanding: '2100.00', dueOn: '2026-08-07' }],
  });
  const month = `statements/${port.payer.organisationId}/2026-07/payments`;
  expect(
    await post('payer', month, { id: 'M-1', amount: '2100', reference: 'bank' }),
  ).toMatchObject({ outcome: 'settled' });
  expect(await post('officer', 'guarantees/G-1/close', { note: '退保' })).toMatchObject({
    status: 'closed',
  });
});

test('auditors read the books, others do not; the pool has the same money to the cent', async () => {
  const balance = await get('auditor', 'ledger/balance?on=2026-12-31');
  expect(balance).toMatchObject({ balanced: true });
  expect((await get('auditor', 'ledger/entries?limit=5')).entries).toHaveLength(5);
  expect((await call('payer', 'GET', 'ledger/balance')).status).toBe(403);
  const statistics = await get('auditor', 'statistics?from=2026-01-01&to=2026-12-31');

  const folder = await mkdtemp(join(tmpdir(), 'jianghai-duty-'));
  const analytics = await openDuckdb({ file: join(folder, 'pool.duckdb') });
  const { db } = database;
  const pool = await createPool({
    ...{ db, analytics, folder, clock: port.clock, log: silentLog, readAfter },
    tables: dutyTables,
  });
  await pool.catchUp();
  const { rows } = await analytics.query(`
    select cast(cast(sum(credit - debit) filter (account = 'revenue') as decimal(20, 2)) as varchar),
      cast(cast(sum(debit - credit) filter (account = 'treasury') as decimal(20, 2)) as varchar)
    from duty_entry`);
  expect(rows).toEqual([[statistics.assessed, statistics.collected]]);
  await pool.stop();
  await analytics.close();
  await rm(folder, { recursive: true, force: true });
});
