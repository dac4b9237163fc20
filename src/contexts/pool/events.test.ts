// Every event reaches the pool once in effect: through restarts, failures half way and `kill -9`.
// The tables can be thrown away and come back the same from the log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventRecord } from '../../kernel/event.ts';
import type { Analytics } from '../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { append, readAfter } from '../../platform/event-log/event-log.ts';
import { silentLog } from '../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { testFolder } from '../../platform/testing.ts';
import { createEventFeed, type EventTable } from './store/events.ts';
import { createPoolSubscriber } from './subscriber.ts';
import { cargoTable, sailedTable, sailing } from './testing.ts';

const TABLES: readonly EventTable[] = [sailedTable, cargoTable];
const EVENTS = 2_400;

let database: TestDatabase;
let place: Awaited<ReturnType<typeof testFolder>>;
let file: string;
let analytics: Analytics;
beforeAll(async () => {
  database = await testDatabase();
  const events: EventRecord[] = Array.from({ length: EVENTS }, (_, index) => sailing(index + 1));
  await append(database.db, events);
});
afterAll(() => database.drop());
beforeEach(async () => {
  place = await testFolder();
  file = join(place.folder, 'pool.duckdb');
  analytics = await openDuckdb({ file });
});
afterEach(async () => {
  await analytics.close();
  await place.remove();
});

async function subscriber(tables = TABLES) {
  const feed = await createEventFeed(analytics, tables);
  return createPoolSubscriber({ db: database.db, readAfter, feed, log: silentLog });
}

/** Everything in the event tables, whatever order it came in. */
const digest = async () =>
  (
    await analytics.query(`
      select (select count(*) from ship_sailed), (select count(*) from ship_cargo),
        (select md5(string_agg(t::varchar, ';' order by t::varchar)) from ship_sailed t),
        (select md5(string_agg(t::varchar, ';' order by t::varchar)) from ship_cargo t)`)
  ).rows[0];

const SAILED = (EVENTS * 4) / 5;

test('events become rows of their tables; rebuilt, they are the same rows', async () => {
  const pool = await subscriber();
  await pool.catchUp();
  const first = await digest();
  expect(first?.slice(0, 2)).toEqual([SAILED, SAILED * 2]);
  const { rows } = await analytics.query(`select * from ship_cargo where event = 'ship:1@7'`);
  expect(rows).toEqual([
    ['ship:1@7', '7.5'],
    ['ship:1@7', '0.25'],
  ]);
  await pool.catchUp();
  expect(await digest()).toEqual(first);
  await pool.rebuild();
  expect(await digest()).toEqual(first);
});

test('a batch that fails half way leaves neither rows nor cursor, and is fed again', async () => {
  let isBroken = true;
  const breaking: EventTable = {
    ...cargoTable,
    columns: cargoTable.columns.map((column) => ({
      ...column,
      from: (event, row) => (isBroken ? 'not a number' : column.from(event, row)),
    })),
  };
  const pool = await subscriber([sailedTable, breaking]);
  await expect(pool.catchUp()).rejects.toThrow('Not a value for a column of type decimal');
  expect((await digest())?.slice(0, 2)).toEqual([0, 0]);
  isBroken = false;
  await pool.catchUp();
  expect((await digest())?.slice(0, 2)).toEqual([SAILED, SAILED * 2]);
});

test('a table described anew is fed anew, from the first event', async () => {
  await (await subscriber()).catchUp();
  const wider: EventTable = {
    ...sailedTable,
    columns: [
      ...sailedTable.columns,
      {
        name: 'seq',
        type: 'integer',
        label: { zh: '序', en: 'Number' },
        from: (event) => event.seq,
      },
    ],
  };
  await (await subscriber([wider, cargoTable])).catchUp();
  const { rows } = await analytics.query('select count(*), max(seq) from ship_sailed');
  expect(rows).toEqual([[SAILED, EVENTS - 1]]);
});

test('the loop follows the log, and stops', async () => {
  const heard: number[] = [];
  const feed = await createEventFeed(analytics, TABLES);
  const pool = createPoolSubscriber({
    db: database.db,
    readAfter,
    feed,
    log: silentLog,
    onBatch: ({ events }) => heard.push(events.length),
  });
  pool.start();
  await pool.catchUp();
  await pool.stop();
  // Others are not even read.
  expect(heard.reduce((sum, count) => sum + count, 0)).toBe(SAILED);
  expect((await digest())?.slice(0, 2)).toEqual([SAILED, SAILED * 2]);
});

test('killed in the middle of feeding, it goes on where the pool stands', async () => {
  await analytics.close();
  const from = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    import { openDuckdb } from ${from('../../platform/analytics/duckdb.ts')};
    import { createDb, createPool } from ${from('../../platform/postgres/open.ts')};
    import { readAfter } from ${from('../../platform/event-log/event-log.ts')};
    import { silentLog } from ${from('../../platform/log.ts')};
    import { createEventFeed } from ${from('./store/events.ts')};
    import { createPoolSubscriber } from ${from('./subscriber.ts')};
    import { cargoTable, sailedTable } from ${from('./testing.ts')};
    const db = createDb(createPool({ connectionString: ${JSON.stringify(database.url)} }, silentLog));
    const analytics = await openDuckdb({ file: ${JSON.stringify(file)} });
    const feed = await createEventFeed(analytics, [sailedTable, cargoTable]);
    const small = (db, cursor) => readAfter(db, cursor, 60);
    const onBatch = () => process.stdout.write('fed\\n');
    const deps = { db, readAfter: small, feed, log: silentLog, onBatch };
    await createPoolSubscriber(deps).catchUp();
    process.exit(0);`;
  for (const killAfter of [3, 7, Number.POSITIVE_INFINITY]) {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    let batches = 0;
    for await (const _ of createInterface({ input: child.stdout })) {
      batches += 1;
      if (batches === killAfter) child.kill('SIGKILL');
    }
    await exited;
  }
  analytics = await openDuckdb({ file });
  const afterKills = await digest();
  await (await subscriber()).rebuild();
  expect(afterKills).toEqual(await digest());
  expect(afterKills?.slice(0, 2)).toEqual([SAILED, SAILED * 2]);
}, 90_000);
