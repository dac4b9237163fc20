// `jianghai bonded import`: a file goes into a ledger, what was refused goes to a file, and the summary
// says what became of it; parts and consumption reach the ledger itself, on a real PostgreSQL.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../../platform/testing.ts';
import type { OrderPage } from './books/contract.ts';
import { bondedImportCommand } from './commands/import.ts';
import type { Ask } from './imports/index.ts';
import { factory } from './ledgers/fixtures.ts';
import { readLedgerBook } from './ledgers/index.ts';
import { openLedgers } from './testing.ts';

const LEDGER = 'H2218-CLI';
const LISTS = 'H2218-LISTS';
let ledgers: Awaited<ReturnType<typeof openLedgers>>;
let place: Awaited<ReturnType<typeof testFolder>>;
let ask: Ask;
beforeAll(async () => {
  place = await testFolder();
  ledgers = await openLedgers('2026-07-03T01:00:00.000Z');
  ask = ledgers.askAs(factory);
  await ledgers.open(LEDGER);
  await ledgers.open(LISTS);
  const at = `/api/bonded/ledgers/${LEDGER}`;
  await ask('POST', `${at}/parts`, { parts: [{ part: 'A', kind: 'material', unit: 'kg' }] });
  const there = { occurredAt: '2026-07-01T00:00:00.000Z', document: 'QD-1' };
  await ask('POST', `${at}/events`, {
    events: [
      { id: 'IN', kind: 'imported', ...there, lines: [{ part: 'A', quantity: '10' }] },
      { id: 'END', kind: 'orderClosed', ...there, order: 'CLOSED' },
    ],
  });
});
afterAll(async () => {
  await ledgers.close();
  await place.remove();
});

let printed: string[];
let exitCode: number;
beforeEach(() => {
  printed = [];
  exitCode = 0;
});
const run = (file: string, mapping: string, ...more: string[]) =>
  runOn(LEDGER, file, mapping, ...more);
const runOn = (ledger: string, file: string, mapping: string, ...more: string[]) =>
  bondedImportCommand({
    withAsk: (work) => work(ask),
    withStage: (work) => work(ledgers.askAs),
    print: (line) => printed.push(line),
    sentenceOf: ({ code, params }) => ({ zh: code, en: `${code} ${JSON.stringify(params)}` }),
    progress: new PassThrough() as unknown as NodeJS.WriteStream,
    setExitCode: (code) => {
      exitCode = code;
    },
  })
    .exitOverride()
    .parseAsync([file, '--ledger', ledger, '--mapping', mapping, ...more], { from: 'user' });
const summary = () => JSON.parse(printed.join(''));

const EVENTS = [
  'id,kind,occurredAt,order,part,quantity',
  'E1,issued,2026-07-02,W1,A,1',
  'E2,orderClosed,2026-07-02,CLOSED,,',
  'E3,issued,2026-07-02,W1,A,none',
  'E4,issued,2026-07-02,W1,A,=1+1',
  'E5,returned,2026-07-02,W1,A,1',
];

test('events: good ones are posted, refused ones stand in a file with line and reason', async () => {
  const file = await place.write('events.csv', EVENTS.join('\n'));
  await run(file, 'jianghai', '--json');
  expect(summary()).toMatchObject({
    ...{ rows: 5, passedOver: 0, sent: 2, refusedRows: 3, refusedFile: `${file}.refused.csv` },
    outcomes: { applied: 2, refused: 1 },
  });
  expect(exitCode).toBe(1);
  const lines = (await readFile(`${file}.refused.csv`, 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toBe('\uFEFFline,column,seen,code,zh,en,row');
  expect(
    lines
      .slice(1)
      .map((line) => line.split(',').slice(0, 4))
      .sort(),
  ).toEqual([
    ['3', 'order', 'CLOSED', 'bonded.order_closed_already'],
    ['4', 'quantity', 'none', 'bonded.import_not_a_number'],
    ['5', 'quantity', "'=1+1", 'bonded.import_not_a_number'],
  ]);

  printed = [];
  await run(file, 'jianghai', '--json', '--refused', `${file}.again.csv`);
  expect(summary()).toMatchObject({ sent: 2, outcomes: { repeated: 2, refused: 1 } });
});

test('a check sends nothing, and a clean file leaves no file of refused rows', async () => {
  const file = await place.write('clean.csv', `${EVENTS[0]}\nE9,issued,2026-07-02,W1,A,1\n`);
  await run(file, 'jianghai', '--check', '--lang', 'en');
  expect(printed).toContain('Only checked, nothing was sent; 1 entries could be.');
  const { entries } = (await ask('GET', `/api/bonded/ledgers/${LEDGER}/orders/W1`)) as OrderPage;
  expect([entries.map(({ event }) => event).includes('E9'), exitCode]).toEqual([false, 0]);
  expect(existsSync(`${file}.refused.csv`)).toBe(false);
});

test('what was refused is summed up with the first line of each kind', async () => {
  const file = await place.write('bad.csv', EVENTS.join('\n'));
  await run(file, 'jianghai', '--check', '--lang', 'en');
  const told = printed.filter((line) => line.includes('from line'));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^ {8}2 {2}from line 4: bonded.import_not_a_number .*"quantity"/);
});

test('parts and consumption: one that the ledger refuses does not keep the others out', async () => {
  const parts = await place.write(
    'parts.csv',
    'part,kind,unit,unitValue,currency\nP,finished,pcs,,\nA,material,kg,5,EUR\nB,material,kg,5,\n',
  );
  await runOn(LISTS, parts, 'jianghai-parts', '--json');
  expect(summary()).toMatchObject({ rows: 3, sent: 2, refusedRows: 1 });
  expect(summary().refusedFor).toMatchObject([
    { times: 1, first: { line: 4, code: 'bonded.part_currency', column: 'parts[2].currency' } },
  ]);

  printed = [];
  const use = await place.write(
    'use.csv',
    'product,version,part,net,from\nP,1,A,0.25,2026-07-01\nP,1,X,1,2026-07-01\n',
  );
  await runOn(LISTS, use, 'jianghai-consumption', '--json');
  expect(summary()).toMatchObject({ rows: 2, sent: 1, refusedRows: 1 });
  const book = await readLedgerBook(ledgers.db, LISTS);
  expect(book.parts.map(({ part }) => part)).toEqual(['P', 'A']);
  expect(book.consumption.map(({ part, net }) => [part, net])).toEqual([['A', '0.25']]);
});
