// What a value reads as, that the store at a URL is opened like our own, and what is asked often.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { openPostgres } from './open.ts';
import { type TestDatabase, testDatabase } from './testing.ts';
import { inTransaction } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('exact numbers and days read as text, moments as Date', async () => {
  const { rows } = await sql`
    select 0.10::numeric as amount, 9007199254740993::bigint as big, date '2026-03-01' as day,
      timestamptz '2026-03-01T00:00:00+08' as moment, '{"n": 1}'::jsonb as detail
  `.execute(database.db);
  expect(rows).toEqual([
    {
      amount: '0.10',
      big: '9007199254740993',
      day: '2026-03-01',
      moment: new Date('2026-02-28T16:00:00.000Z'),
      detail: { n: 1 },
    },
  ]);
});

test('a store at a URL is used as it is, and left running', async () => {
  const postgres = await openPostgres({ url: database.url }, silentLog);
  expect(Number.parseInt(postgres.version, 10)).toBeGreaterThanOrEqual(15);
  await sql`select 1`.execute(postgres.db);
  await postgres.stop();
  await expect(sql`select 1`.execute(database.db)).resolves.toBeDefined();
});

test('a transaction is all or nothing', async () => {
  await sql`create schema scratch; create table scratch.mark (n integer)`.execute(database.db);
  const half = inTransaction(database.db, async (tx) => {
    await sql`insert into scratch.mark values (1)`.execute(tx);
    throw new Error('Half-way.');
  });
  await expect(half).rejects.toThrow('Half-way');
  expect((await sql`select n from scratch.mark`.execute(database.db)).rows).toEqual([]);
});

test('what is asked often is kept prepared, what is asked seldom is not, and both answer alike', async () => {
  const next = (n: number) => sql<{ next: number }>`select ${n}::integer + 1 as next`;
  const answers = await inTransaction(database.db, async (tx) => {
    const found: (number | undefined)[] = [];
    for (let n = 0; n < 30; n += 1) found.push((await next(n).execute(tx)).rows[0]?.next);
    await sql`select ${'once'}::text as said`.execute(tx);
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where name like 'often%'
    `.execute(tx);
    expect(rows.filter(({ statement }) => statement.includes('as next'))).toHaveLength(1);
    expect(rows.filter(({ statement }) => statement.includes('as said'))).toEqual([]);
    return found;
  });
  expect(answers).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
});
