// What a transaction promises when much is asked of it at once: the order it was asked in, all or
// nothing, and nothing that comes after its end.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';
import { againIfTaken, inTransaction, leaveTo, rehearse, type Tx } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await sql`
    create table platform.said (n integer not null, constraint said_once primary key (n))
  `.execute(database.db);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`truncate platform.said`.execute(database.db);
});

const say = (tx: Tx, n: number) => sql`insert into platform.said (n) values (${n})`.execute(tx);
const leave = (tx: Tx, n: number) => leaveTo(tx, sql`insert into platform.said (n) values (${n})`);
const heard = async (tx: Tx): Promise<number[]> => {
  const { rows } = await sql<{ n: number }>`select n from platform.said order by n`.execute(tx);
  return rows.map(({ n }) => n);
};

test('what is asked together is done in the order it was asked, each seeing those before it', async () => {
  const { db } = database;
  // Often enough that the statements are prepared on the way.
  for (let round = 0; round < 30; round += 1) {
    const [, first, , second] = await inTransaction(db, (tx) =>
      Promise.all([say(tx, 2 * round), heard(tx), say(tx, 2 * round + 1), heard(tx)]),
    );
    expect(first.at(-1)).toBe(2 * round);
    expect(second.at(-1)).toBe(2 * round + 1);
  }
  expect(await heard(db)).toHaveLength(60);
});

test('when one of them fails nothing is kept, nothing follows, and the connection is as good as before', async () => {
  const { db } = database;
  const late: string[] = [];
  for (let round = 0; round < 30; round += 1) {
    const failed = inTransaction(db, async (tx) => {
      const slow = sql`select 1`.execute(tx).then(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        await say(tx, 3).catch((error: Error) => late.push(error.message));
      });
      await Promise.all([say(tx, 1), say(tx, 1), say(tx, 2), slow]);
    });
    await expect(failed).rejects.toThrow('said_once');
  }
  expect(await heard(db)).toEqual([]);
  await expect.poll(() => late.length).toBe(30);
  await inTransaction(db, (tx) => say(tx, 7));
  expect(await heard(db)).toEqual([7]);
});

test('a refusal undoes what was written before it', async () => {
  const { db } = database;
  const refused = inTransaction(db, async (tx) => {
    await say(tx, 1);
    throw new Error('no');
  });
  await expect(refused).rejects.toThrow('no');
  expect(await heard(db)).toEqual([]);
});

test('what is left to a transaction is done in its order, and with the commit at the latest', async () => {
  const { db } = database;
  const seen = await inTransaction(db, async (tx) => {
    await leave(tx, 1);
    const before = await heard(tx);
    await leave(tx, 2);
    await leave(tx, 3);
    return before;
  });
  expect(seen).toEqual([1]);
  expect(await heard(db)).toEqual([1, 2, 3]);
  await leave(db, 4);
  expect(await heard(db)).toEqual([1, 2, 3, 4]);
});

test('what was left and fails undoes everything, and is the reason that is given', async () => {
  const { db } = database;
  for (let round = 0; round < 20; round += 1) {
    const unheard = inTransaction(db, async (tx) => {
      await say(tx, 1);
      await leave(tx, 1);
      await leave(tx, 2);
    });
    await expect(unheard).rejects.toThrow('said_once');
    const heardOf = inTransaction(db, async (tx) => {
      await leave(tx, 1);
      await leave(tx, 1);
      await say(tx, 2);
    });
    await expect(heardOf).rejects.toThrow('said_once');
  }
  expect(await heard(db)).toEqual([]);
  await inTransaction(db, (tx) => leave(tx, 7));
  expect(await heard(db)).toEqual([7]);
});

test('what fails before something that was left is the reason that is given', async () => {
  const { db } = database;
  for (let round = 0; round < 20; round += 1) {
    const failed = inTransaction(db, async (tx) => {
      await say(tx, 1);
      await Promise.all([say(tx, 1), leave(tx, 2)]);
    });
    await expect(failed).rejects.toThrow('said_once');
  }
  expect(await heard(db)).toEqual([]);
});

test('a rehearsal meets what would fail at its end', async () => {
  const { db } = database;
  await say(db, 1);
  await expect(rehearse(db, (tx) => leave(tx, 1))).rejects.toThrow('said_once');
  await rehearse(db, (tx) => leave(tx, 2));
  expect(await heard(db)).toEqual([1]);
});

test('of two who take the same key at the same moment, the second tries once more and finds it', async () => {
  const { db } = database;
  const takeOne = (): Promise<string> =>
    againIfTaken('said_once', () =>
      inTransaction(db, async (tx) => {
        if ((await heard(tx)).includes(1)) return 'found';
        await leave(tx, 1);
        return 'taken';
      }),
    );
  for (let round = 0; round < 20; round += 1) {
    await sql`truncate platform.said`.execute(db);
    const outcomes = await Promise.all([takeOne(), takeOne(), takeOne()]);
    expect(outcomes.toSorted()).toEqual(['found', 'found', 'taken']);
  }
  const otherKey = againIfTaken('another', () => say(db, 1));
  await expect(otherKey).rejects.toThrow('said_once');
});
