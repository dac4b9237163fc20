// What a follower of the event log promises: each event once, in one transaction with its effect,
// whatever fails, restarts or runs beside it.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EventRecord, eventId } from '../../kernel/event.ts';
import { silentLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { type TestDatabase, testDatabase } from '../postgres/testing.ts';
import { inTransaction, type Tx } from '../postgres/transaction.ts';
import { AFTER_RESTORE, append } from './event-log.ts';
import { createFollower, type FollowerOptions } from './follow.ts';
import { createLookout } from './lookout.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await sql`create table platform.effect (event text not null)`.execute(database.db);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate platform.effect, platform.event, platform.follower`.execute(database.db);
});

const happened = (stream: string, seq: number, kind = 'port.sailed'): EventRecord => ({
  id: eventId(stream, seq),
  stream,
  seq,
  kind,
  envelope: {
    actor: 'system',
    post: null,
    organisation: null,
    onBehalfOf: null,
    occurredAt: '2026-07-01T00:00:00.000Z',
    recordedAt: '2026-07-01T00:00:00.000Z',
    consignment: null,
    cause: null,
    correlation: null,
    legalBasis: null,
    clock: null,
    pauseCode: null,
  },
  payload: {},
});

const record = async (tx: Tx, events: readonly EventRecord[]): Promise<void> => {
  for (const { id } of events) {
    await sql`insert into platform.effect (event) values (${id})`.execute(tx);
  }
};

const effects = async (): Promise<string[]> => {
  const { rows } = await sql<{ event: string }>`
    select event from platform.effect order by event collate "C"
  `.execute(database.db);
  return rows.map((row) => row.event);
};

const follow = (changes: Partial<FollowerOptions> = {}) =>
  createFollower({
    db: database.db,
    log: silentLog,
    name: 'ships',
    kinds: ['port.sailed'],
    handle: record,
    ...changes,
  });

const manyShips = (count: number): EventRecord[] =>
  Array.from({ length: count }, (_, index) =>
    happened(`ship:${String(index + 1).padStart(3, '0')}`, 1),
  );

test('a follower hears its kinds only, and each event once, also after a restart', async () => {
  await append(database.db, [happened('ship:1', 1), happened('ship:1', 2, 'port.berthed')]);
  const first = follow();
  await first.catchUp();
  await append(database.db, [happened('ship:1', 3, 'port.berthed'), happened('ship:1', 4)]);
  await first.catchUp();
  await follow().catchUp();
  expect(await effects()).toEqual(['ship:1@1', 'ship:1@4']);
});

test('more events than one batch holds are all handled', async () => {
  await append(database.db, manyShips(25));
  await follow({ batch: 4 }).catchUp();
  expect(await effects()).toHaveLength(25);
});

test('an event of a transaction that commits late is not missed', async () => {
  const follower = follow();
  let early: Promise<void> = Promise.resolve();
  await inTransaction(database.db, async (tx) => {
    await append(tx, [happened('ship:1', 1)]);
    await append(database.db, [happened('ship:2', 1)]);
    early = follower.catchUp();
  });
  await early;
  expect(await effects()).toEqual(['ship:1@1', 'ship:2@1']);
});

test('an event that cannot be handled stops the follower at it, and is told of', async () => {
  const metrics = createMetrics();
  let isBroken = true;
  const follower = follow({
    metrics,
    handle: async (tx, events) => {
      await record(tx, events);
      if (isBroken && events.some(({ id }) => id === 'ship:003@1')) throw new Error('unreadable');
    },
  });
  await append(database.db, manyShips(5));
  await expect(follower.catchUp()).rejects.toThrow('unreadable');
  expect(await effects()).toEqual(['ship:001@1', 'ship:002@1']);
  expect(follower.stalledAt()).toEqual({ event: 'ship:003@1', attempts: 1, reason: 'unreadable' });
  expect(await metrics.registry.metrics()).toContain(
    'jianghai_follower_stalled{follower="ships"} 1',
  );
  await expect(follower.catchUp()).rejects.toThrow('unreadable');
  expect(follower.stalledAt()?.attempts).toBe(2);

  isBroken = false;
  await follower.catchUp();
  expect(await effects()).toHaveLength(5);
  expect(follower.stalledAt()).toBeNull();
  expect(await metrics.registry.metrics()).toContain(
    'jianghai_follower_stalled{follower="ships"} 0',
  );
});

test('two processes that follow under one name handle each event once between them', async () => {
  await append(database.db, manyShips(60));
  const both = [follow({ batch: 3 }), follow({ batch: 5 })];
  await Promise.all(both.map((follower) => follower.catchUp()));
  expect(await effects()).toHaveLength(60);
  expect(new Set(await effects()).size).toBe(60);
});

test('started, it handles what comes when it is woken, and stops', async () => {
  let heard = (_: number): void => undefined;
  const handled = new Promise<number>((resolve) => {
    heard = resolve;
  });
  const follower = follow({
    handle: async (tx, events) => {
      await record(tx, events);
      heard(events.length);
    },
  });
  follower.start();
  await append(database.db, [happened('ship:1', 1)]);
  follower.wake();
  expect(await handled).toBe(1);
  await follower.stop();
  expect(await effects()).toEqual(['ship:1@1']);
});

test('a lookout wakes those whose kinds were recorded, by whatever process, and no others', async () => {
  let heard = (_: string): void => undefined;
  const first = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const looks = { ships: 0, ports: 0 };
  const counting = (name: 'ships' | 'ports', kind: string) => {
    const follower = follow({
      name,
      kinds: [kind],
      handle: async (tx, events) => {
        await record(tx, events);
        heard(name);
      },
    });
    const wake = (): void => {
      looks[name] += 1;
      follower.wake();
    };
    return { ...follower, wake };
  };
  const followers = [counting('ships', 'port.sailed'), counting('ports', 'port.berthed')];
  for (const follower of followers) follower.start();
  const lookout = createLookout({ db: database.db, log: silentLog, followers });
  lookout.start();
  await append(database.db, [happened('ship:1', 1)]);
  expect(await first).toBe('ships');
  await lookout.stop();
  for (const follower of followers) await follower.stop();
  expect(await effects()).toEqual(['ship:1@1']);
  // The first look wakes everybody.
  expect(looks.ports).toBe(1);
});

test('after a restore into another cluster, what was handled stays handled and the rest follows', async () => {
  await append(database.db, manyShips(4));
  await follow().catchUp();
  await append(database.db, [happened('ship:900', 1)]);
  await sql.raw(AFTER_RESTORE).execute(database.db);
  await append(database.db, [happened('ship:901', 1)]);
  await follow().catchUp();
  expect(await effects()).toEqual([
    'ship:001@1',
    'ship:002@1',
    'ship:003@1',
    'ship:004@1',
    'ship:900@1',
    'ship:901@1',
  ]);
});
