// What a transaction promises when much is asked of it at once: the order it was asked in, all or
// nothing, and nothing that comes after its end.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';
import { inTransaction, type Tx } from './transaction.ts';

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
