// `jianghai bonded import`: a file goes into a ledger, what was refused goes to a file, and the summary
// says what became of it; parts and consumption reach the ledger itself, on a real PostgreSQL.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { testFolder } from '../../platform/testing.ts';
import { bondedImportCommand } from './commands.ts';
import type { LedgerInlet, Posted } from './imports/index.ts';
import { factory, ledgerInput } from './ledgers/fixtures.ts';
import { createLedgers, readLedgerBook } from './ledgers/index.ts';

const LEDGER = 'H2218-CLI';
let database: TestDatabase;
let place: Awaited<ReturnType<typeof testFolder>>;
let inlet: LedgerInlet;
/** The events of a ledger that takes each id once, and none of an order it calls closed. */
const taken = new Map<string, string>();
beforeAll(async () => {
  place = await testFolder();
  database = await testDatabase();
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  const { registration, lists } = createLedgers({
    ...{ db: database.db, clock, inForce: () => true },
  });
  await registration.register(factory, { ledger: ledgerInput(LEDGER) });
  inlet = {
    post: async (_, events) =>
      events.map((event): Posted => {
        const again = taken.get(event.id);
        if (event.order === 'CLOSED') {
          const problems = [{ code: 'bonded.order_closed_already', path: 'order' }];
          return { event: event.id, outcome: 'refused', problems };
        }
        taken.set(event.id, JSON.stringify(event));
        return { event: event.id, outcome: again ? 'repeated' : 'applied', problems: [] };
      }),
    putParts: (ledger, parts) => lists.putParts(factory, ledger, { parts: [...parts] }),
    recordConsumption: (ledger, lines) =>
      lists.recordConsumption(factory, ledger, { consumption: [...lines] }),
  };
});
afterAll(async () => {
  await database.drop();
  await place.remove();
});

let printed: string[];
let exitCode: number;
beforeEach(() => {
  printed = [];
  exitCode = 0;
});
const run = (file: string, mapping: string, ...more: string[]) =>
  bondedImportCommand({
    withInlet: (work) => work(inlet),
    print: (line) => printed.push(line),
    sentenceOf: ({ code, params }) => ({ zh: code, en: `${code} ${JSON.stringify(params)}` }),
    progress: new PassThrough() as unknown as NodeJS.WriteStream,
    setExitCode: (code) => {
      exitCode = code;
    },
  })
    .exitOverride()
    .parseAsync([file, '--ledger', LEDGER, '--mapping', mapping, ...more], { from: 'user' });
const summary = () => JSON.parse(printed.join(''));

const EVENTS = [
  'id,kind,occurredAt,order,part,quantity',
  'E1,issued,2026-07-02,W1,A,1',
  'E2,issued,2026-07-02,CLOSED,A,1',
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
    ['3', 'order', '', 'bonded.order_closed_already'],
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
  expect([taken.has('E9'), exitCode]).toEqual([false, 0]);
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
  await run(parts, 'jianghai-parts', '--json');
  expect(summary()).toMatchObject({ rows: 3, sent: 2, refusedRows: 1 });
  expect(summary().refusedFor).toMatchObject([
    { times: 1, first: { line: 4, code: 'bonded.part_currency', column: 'parts[2].currency' } },
  ]);

  printed = [];
  const use = await place.write(
    'use.csv',
    'product,version,part,net,from\nP,1,A,0.25,2026-07-01\nP,1,X,1,2026-07-01\n',
  );
  await run(use, 'jianghai-consumption', '--json');
  expect(summary()).toMatchObject({ rows: 2, sent: 1, refusedRows: 1 });
  const book = await readLedgerBook(database.db, LEDGER);
  expect(book.parts.map(({ part }) => part)).toEqual(['P', 'A']);
  expect(book.consumption.map(({ part, net }) => [part, net])).toEqual([['A', '0.25']]);
});
