// What the log gives back is what was written: every instant to the millisecond, every payload whole,
// whatever the reader's time zone.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EventRecord, eventId } from '../../kernel/event.ts';
import { type TestDatabase, testDatabase } from '../postgres/testing.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { append, CURSOR_START, readAfter, readStream } from './event-log.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const LAST_MS = Date.UTC(9999, 11, 31);
const instants = fc
  .oneof(
    fc.integer({ min: Date.UTC(1900, 0, 1), max: LAST_MS }),
    // Moments whose last digits PostgreSQL leaves out.
    fc.integer({ min: 0, max: LAST_MS / 100 }).map((tenths) => tenths * 100),
    fc.integer({ min: 0, max: LAST_MS / 1000 }).map((seconds) => seconds * 1000),
  )
  .map((ms) => new Date(ms).toISOString());

const storable = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\p{Surrogate}]/u.test(text));
const payloads = fc.dictionary(
  storable.filter((key) => key !== '__proto__'),
  fc.oneof(
    storable,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.record({ name: storable, count: fc.nat(), note: fc.option(storable) })),
  ),
);

const happened = (stream: string, [occurredAt, recordedAt]: string[], payload: unknown) =>
  ({
    ...{ id: eventId(stream, 1), stream, seq: 1, kind: 'port.sailed', payload },
    envelope: {
      ...{ actor: '陈立', post: null, organisation: 'port', onBehalfOf: null },
      ...{ occurredAt: occurredAt ?? '', recordedAt: recordedAt ?? '' },
      ...{ consignment: null, cause: null, correlation: null },
      ...{ legalBasis: null, clock: null, pauseCode: null },
    },
  }) satisfies EventRecord;

test('events are read back as they were written, by stream and in order', async () => {
  let ships = 0;
  const one = fc.tuple(fc.tuple(instants, instants), payloads);
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), async (told) => {
      const events = told.map(([at, payload]) => {
        ships += 1;
        return happened(`ship:${ships}`, at, payload);
      });
      await sql`truncate platform.event`.execute(database.db);
      await append(database.db, events);
      await inTransaction(database.db, async (tx) => {
        await sql`set local time zone 'Asia/Shanghai'`.execute(tx);
        for (const event of events) expect(await readStream(tx, event.stream)).toEqual([event]);
      });
      // The log waits for every transaction of the cluster, those of other tests too.
      await vi.waitFor(
        () =>
          inTransaction(database.db, async (tx) => {
            await sql`set local time zone 'Asia/Shanghai'`.execute(tx);
            const read = await readAfter(tx, CURSOR_START, events.length);
            expect(read.events).toEqual(events);
          }),
        { timeout: 30_000, interval: 20 },
      );
    }),
    { numRuns: 40 },
  );
}, 120_000);
