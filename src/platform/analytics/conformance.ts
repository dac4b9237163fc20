import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Analytics, TableColumn } from './analytics.ts';

const COLUMNS: readonly TableColumn[] = [
  { name: 'id', type: 'integer' },
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'decimal' },
  { name: 'share', type: 'real' },
  { name: 'held', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'instant' },
  { name: 'detail', type: 'json' },
];

async function all<T>(chunks: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

/**
 * What every engine behind the port must do. An adapter's test calls this with how to open a fresh
 * engine and how to declare the table in its dialect; the stories are the same for all.
 */
export function describeAnalytics(
  name: string,
  open: () => Promise<Analytics>,
  createTable: (table: string, columns: readonly TableColumn[]) => string,
): void {
  describe(`${name} stands behind the analytics port`, () => {
    let analytics: Analytics;
    beforeEach(async () => {
      analytics = await open();
      await analytics.run(createTable('entry', COLUMNS));
    });
    afterEach(() => analytics.close());

    const ids = async () => (await analytics.query('select id from entry order by id')).rows.flat();

    test('what goes in comes out: exact decimals, missing values, moments in UTC', async () => {
      const row = [
        1,
        '铜"板', // a quote, and characters beyond ASCII
        '12345678901234567890.0123456789',
        0.1,
        true,
        '2026-02-28',
        '2026-07-01T08:00:00.123Z',
        '{"a":[1,2]}',
      ];
      const empty = [2, null, null, null, null, null, null, null];
      await analytics.append('entry', COLUMNS, [row, empty]);
      const answer = await analytics.query('select * from entry order by id');
      expect(answer.columns.map((column) => column.type)).toEqual(COLUMNS.map((c) => c.type));
      expect(answer.rows).toEqual([row, empty]);
    });

    test('an integer a float cannot hold is text, never a rounded number', async () => {
      await analytics.append('entry', COLUMNS, [
        ['9007199254740993', ...new Array<null>(COLUMNS.length - 1).fill(null)],
      ]);
      expect(await ids()).toEqual(['9007199254740993']);
    });

    test('a value of the wrong kind is refused and nothing of its batch stays', async () => {
      const bad = [2, null, '1,5', null, null, null, null, null];
      const good = [1, null, '1.5', null, null, null, null, null];
      await expect(analytics.append('entry', COLUMNS, [good, bad])).rejects.toThrow(TypeError);
      expect(await ids()).toEqual([]);
    });

    test('columns in another order are refused, not silently crossed', async () => {
      const reversed = [...COLUMNS].reverse();
      await expect(analytics.append('entry', reversed, [[1]])).rejects.toThrow(TypeError);
    });

    test('parameters are bound, by place and by name', async () => {
      const text = "x'; drop table entry; --";
      expect((await analytics.query('select ? || ?', [text, '!'])).rows).toEqual([[`${text}!`]]);
      expect((await analytics.query('select $b - $a', { a: 1, b: 3 })).rows).toEqual([[2]]);
      expect(await ids()).toEqual([]);
    });

    const row = (id: number) => [id, ...new Array<null>(COLUMNS.length - 1).fill(null)];

    test('a transaction is whole: committed together, or not at all', async () => {
      await analytics.transaction(async (writer) => {
        await writer.append('entry', COLUMNS, [row(1)]);
        await writer.run('insert into entry (id) values (2)');
      });
      const broken = analytics.transaction(async (writer) => {
        await writer.append('entry', COLUMNS, [row(3)]);
        throw new Error('The machine broke here.');
      });
      await expect(broken).rejects.toThrow('The machine broke here.');
      expect(await ids()).toEqual([1, 2]);
    });

    test('writers take turns, readers do not wait and see only what is committed', async () => {
      const seenInside: unknown[] = [];
      await Promise.all([
        analytics.transaction(async (writer) => {
          await writer.append('entry', COLUMNS, [row(1)]);
          seenInside.push(await ids());
          await writer.append('entry', COLUMNS, [row(2)]);
        }),
        analytics.append('entry', COLUMNS, [row(3)]),
        analytics.run('insert into entry (id) values (4)'),
      ]);
      expect(seenInside).toEqual([[]]);
      expect(await ids()).toEqual([1, 2, 3, 4]);
    });

    test('the same question again sees what has changed since: rows, columns, another table', async () => {
      const other = () => analytics.query('select * from other order by all');
      await analytics.run('create table other (id bigint)');
      await analytics.run('insert into other values (1)');
      expect((await other()).rows).toEqual([[1]]);
      await analytics.run('insert into other values (2), (300), (70000)');
      expect((await other()).rows).toEqual([[1], [2], [300], [70_000]]);
      await analytics.run('drop table other');
      await expect(other()).rejects.toThrow();
      await analytics.run("create table other as select 'x' as name, true as held");
      const { columns, rows } = await other();
      expect(columns.map(({ name, type }) => [name, type])).toEqual([
        ['name', 'text'],
        ['held', 'boolean'],
      ]);
      expect(rows).toEqual([['x', true]]);
    });

    test('whoever asks while rows come in gets what was there at one moment, and nothing else', async () => {
      const values = [1, 2, 300, 70_000, 5_000_000_000];
      const sql = 'select id from other order by id';
      const given = 'select id from other where id > ? order by id';
      const ways: (() => Promise<unknown[]>)[] = [
        async () => (await analytics.query(sql)).rows.flat(),
        async () => (await analytics.query(given, [0])).rows.flat(),
        async () => (await all(analytics.stream(sql))).flat(2),
        async () => (await all(analytics.stream(given, [0]))).flat(2),
      ];
      for (let round = 0; round < 25; round += 1) {
        await analytics.run('create table other (id bigint)');
        let isOver = false;
        const writing = (async () => {
          for (const value of values) await analytics.run(`insert into other values (${value})`);
          isOver = true;
        })();
        const asking = ways.map(async (ask) => {
          do {
            const found = await ask();
            expect(found).toEqual(values.slice(0, found.length));
          } while (!isOver);
        });
        await Promise.all([writing, ...asking]);
        for (const ask of ways) expect(await ask()).toEqual(values);
        await analytics.run('drop table other');
      }
    });

    test('the same question takes what it is given each time, of whatever kind', async () => {
      const answers = [];
      for (const given of [1, null, 'one', true, 2.5]) {
        answers.push((await analytics.query('select ?', [given])).rows[0]?.[0]);
      }
      expect(answers).toEqual([1, null, 'one', true, 2.5]);
      await expect(analytics.query('select ?', [])).rejects.toThrow();
    });

    test('many readers at once are each answered, at rest in between as well', async () => {
      const squares = () =>
        Promise.all(
          Array.from({ length: 12 }, (_, n) => analytics.query('select ? * ?', [n, n])),
        ).then((answers) => answers.map(({ rows }) => rows[0]?.[0]));
      const expected = Array.from({ length: 12 }, (_, n) => n * n);
      expect(await squares()).toEqual(expected);
      await analytics.rest();
      expect(await squares()).toEqual(expected);
    });

    test('a failed statement does not stop the next', async () => {
      await expect(analytics.run('insert into nowhere values (1)')).rejects.toThrow();
      expect(await analytics.run('insert into entry (id) values (1), (2)')).toBe(2);
    });

    test('a large answer streams in chunks, in order, and may be left half way', async () => {
      const rows = Array.from({ length: 10_000 }, (_, id) => row(id));
      await analytics.append('entry', COLUMNS, rows);
      const streamed: unknown[] = [];
      let chunks = 0;
      for await (const chunk of analytics.stream('select id from entry order by id')) {
        chunks += 1;
        streamed.push(...chunk.flat());
      }
      expect(chunks).toBeGreaterThan(1);
      expect(streamed).toEqual(rows.map(([id]) => id));
      for await (const chunk of analytics.stream('select id from entry order by id')) {
        expect(chunk[0]?.[0]).toBe(0);
        break;
      }
      expect((await ids()).length).toBe(10_000);
    });
  });
}
