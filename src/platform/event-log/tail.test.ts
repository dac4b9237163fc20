// Followers that read through one tail see what each would see in the log itself: nothing twice, nothing
// left out, whoever is behind, whoever asks at the same time, and however late a transaction commits.
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventRecord, eventId } from '../../kernel/event.ts';
import { type TestDatabase, testDatabase } from '../postgres/testing.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { append, CURSOR_START, type Cursor, nextTransaction, readAfter } from './event-log.ts';
import { createTail } from './tail.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const KINDS = ['port.sailed', 'port.berthed', 'port.anchored'] as const;
/** What followers of the same tail are told of. */
const WANTED: readonly (readonly string[])[] = [KINDS, ['port.sailed'], ['port.berthed'], []];

let ships = 0;
const happened = (kind: string): EventRecord => {
  ships += 1;
  const at = '2026-07-01T00:00:00.000Z';
  return {
    ...{ id: eventId(`ship:${ships}`, 1), stream: `ship:${ships}`, seq: 1, kind, payload: {} },
    envelope: {
      ...{ actor: 'system', post: null, organisation: null, onBehalfOf: null },
      ...{ occurredAt: at, recordedAt: at, consignment: null, cause: null, correlation: null },
      ...{ legalBasis: null, clock: null, pauseCode: null },
    },
  };
};

const step = fc.oneof(
  fc.record({
    write: fc.array(fc.constantFrom(...KINDS, 'port.unheard'), { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ read: fc.nat({ max: WANTED.length - 1 }), limit: fc.integer({ min: 1, max: 4 }) }),
  fc.constant({ all: true } as const),
);

test('each follower is told of every event of its kinds once, in the order of the log', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      await sql`truncate platform.event`.execute(db);
      const tail = createTail(KINDS);
      const places: Cursor[] = WANTED.map(() => CURSOR_START);
      const told: string[][] = WANTED.map(() => []);
      const read = async (who: number, limit: number): Promise<number> => {
        const { events, cursor } = await tail(db, places[who] ?? '', limit, WANTED[who]);
        places[who] = cursor;
        told[who]?.push(...events.map(({ id }) => id));
        return events.length;
      };
      for (const each of steps) {
        if ('write' in each) {
          await inTransaction(db, (tx) => append(tx, each.write.map(happened)));
        } else if ('read' in each) await read(each.read, each.limit);
        else await Promise.all(WANTED.map((_, who) => read(who, 3)));
      }
      const target = await nextTransaction(db);
      const isThere = (who: number) => BigInt(places[who]?.split(':')[0] ?? '0') >= target;
      for (const who of WANTED.keys()) {
        while ((await read(who, 2)) > 0 || !isThere(who)) await pause(1);
        const { events } = await readAfter(db, CURSOR_START, 1_000, WANTED[who]);
        expect(told[who]).toEqual(events.map(({ id }) => id));
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

test('what commits late is told of when it can be read, and not passed over', async () => {
  const { db } = database;
  const tail = createTail(KINDS);
  let place: Cursor = (await tail(db, `${await nextTransaction(db)}:0`, 10)).cursor;
  const [late, early] = [happened('port.sailed'), happened('port.sailed')];
  await inTransaction(db, async (tx) => {
    await append(tx, [late]);
    await append(db, [early]);
    const before = await tail(db, place, 10);
    expect(before.events).toEqual([]);
    place = before.cursor;
  });
  const told: string[] = [];
  await expect
    .poll(async () => {
      const read = await tail(db, place, 10);
      place = read.cursor;
      told.push(...read.events.map(({ id }) => id));
      return told;
    })
    .toEqual([late.id, early.id]);
});
