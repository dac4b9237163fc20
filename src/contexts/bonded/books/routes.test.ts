// An ERP sends what happened by column, and later the same again line by line: it is the same, and what is wrong is
// told by its line either way.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Refused } from '../../../kernel/refusal.ts';
import type { Ask } from '../imports/index.ts';
import { factory } from '../ledgers/fixtures.ts';
import { openLedgers } from '../testing.ts';

const LEDGER = 'H2218-COLS';
let ledgers: Awaited<ReturnType<typeof openLedgers>>;
let ask: Ask;
beforeAll(async () => {
  ledgers = await openLedgers('2026-07-20T01:00:00.000Z');
  ask = ledgers.askAs(factory);
  await ledgers.open(LEDGER);
  const parts = ['A', 'B'].map((part) => ({ part, kind: 'material', unit: 'kg' }));
  await ask('POST', `/api/bonded/ledgers/${LEDGER}/parts`, { parts });
});
afterAll(() => ledgers.close());

const post = (...events: object[]) =>
  ask('POST', `/api/bonded/ledgers/${LEDGER}/events`, { events });
const head = { id: 'E1', kind: 'imported', document: 'D1', occurredAt: '2026-07-02T01:00:00Z' };

test('lines by column and lines one by one are one event', async () => {
  const columns = {
    ...{ part: ['A', 'B', 'A'], quantity: ['10', '2.5', '1500'] },
    ...{ unit: [null, null, 'g'], conversion: [null, null, '0.001'] },
  };
  expect(await post({ ...head, columns })).toMatchObject({
    answers: [{ event: 'E1', outcome: 'applied', seq: 1, isRepeat: false }],
  });
  const lines = [
    { quantity: '10', part: 'A' },
    { part: 'B', quantity: '2.5', bonded: true },
    { part: 'A', quantity: '1500', unit: 'g', conversion: '0.001' },
  ];
  expect(await post({ ...head, lines }, { ...head, lines: lines.slice(1) })).toMatchObject({
    answers: [
      { outcome: 'applied', seq: 1, isRepeat: true },
      { outcome: 'refused', problems: [{ code: 'bonded.event_id_taken' }] },
    ],
  });
  const { accounts } = await ledgers.bonded.books.part(factory, LEDGER, 'A');
  expect(accounts).toMatchObject({ customsIn: '-11.5', rawMaterial: '11.5' });
});

const refusal = (sending: Promise<unknown>) =>
  sending.then(
    () => [],
    (error: Refused) => error.refusals.map(({ code, path }) => [code, path]),
  );

test('what is wrong is told where it is', async () => {
  const wrong = { part: ['A', ''], quantity: ['x', '1'] };
  expect(await refusal(post({ ...head, id: 'E2', columns: wrong }))).toEqual([
    ['input.text_too_small', 'events[0].columns.part[1]'],
    ['input.wrong_format', 'events[0].columns.quantity[0]'],
    ['input.wrong_format', 'events[0].columns.quantity[0]'],
  ]);
  expect(
    await refusal(post({ ...head, id: 'E2', columns: { part: ['A', 'B'], quantity: ['1'] } })),
  ).toEqual([['bonded.columns_differ', 'events[0].columns.quantity']]);
  const unknown = { part: ['A', 'NOWHERE'], quantity: ['1', '1'] };
  expect(await post({ ...head, id: 'E2', columns: unknown })).toMatchObject({
    answers: [{ outcome: 'refused', problems: [{ path: 'lines[1].part', seen: 'NOWHERE' }] }],
  });
});
