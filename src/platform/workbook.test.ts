// Workbooks are written in a thread of their own: the same file, part by part, and when something is
// wrong with the sheet or the thread, whoever asked is told.
import { inflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, expect, test } from 'vitest';
import { type Column, rowsWorkbook, workbooks } from './workbook.ts';
import { createWorkbookThread } from './workbook-thread.ts';

afterAll(() => workbooks.end());

const COLUMNS: readonly Column[] = [
  { key: 'number', zh: '单号', en: 'Number', width: 22 },
  { key: 'mass', zh: '净重', en: 'Net mass', width: 12 },
  { key: 'goods', zh: '商品', en: 'Goods', width: 30 },
];
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    number: `D-${n}`,
    mass: n % 3 === 0 ? null : `${n}.10`,
    goods: n % 2 === 0 ? ['=1+1', '轴承 "6204" <a&b>'] : undefined,
    notShown: n,
  }));

/** The parts of the file by name, as the zip directory lists them; without the moment it was made. */
function partsOf(file: Uint8Array): Record<string, string> {
  const bytes = Buffer.from(file);
  const parts: Record<string, string> = {};
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 46)) {
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    const part = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    parts[name] = part.toString('utf8').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then');
  }
  return parts;
}
const expectSame = (one: Uint8Array | undefined, other: Uint8Array): void => {
  const parts = partsOf(other);
  expect(Object.keys(parts)).toContain('xl/worksheets/sheet1.xml');
  expect(partsOf(one ?? new Uint8Array())).toEqual(parts);
};

/** What the library writes when it is given the same texts on this thread. */
const written = (name: string, heads: readonly string[], rows: ReturnType<typeof rowsOf>) =>
  writeXlsx({
    sheets: [
      {
        name,
        columns: COLUMNS.map(({ key, width }, n) => ({ key, width, header: heads[n] ?? '' })),
        data: rows.map(({ number, mass, goods }) => ({
          ...{ number, mass: mass ?? '', goods: goods?.join(' ') ?? '' },
        })),
      },
    ],
  });

test.each([0, 1, 499, 500, 501, 1_700])('a list of %i rows is the same file', async (count) => {
  const rows = rowsOf(count);
  const file = await rowsWorkbook('清单', COLUMNS, rows, 'zh');
  const same = await written('清单', ['单号', '净重', '商品'], rows);
  expectSame(file, same);
});

test('asked for at once, each gets its own', async () => {
  const lists = [3, 700, 0, 40];
  const files = await Promise.all(
    lists.map((count) => rowsWorkbook(`L${count}`, COLUMNS, rowsOf(count), 'en')),
  );
  for (const [place, count] of lists.entries()) {
    const same = await written(`L${count}`, ['Number', 'Net mass', 'Goods'], rowsOf(count));
    expectSame(files[place], same);
  }
});

test('requests are served while a workbook is written', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await rowsWorkbook('long', COLUMNS, rowsOf(10_000), 'en');
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10_000 / 500);
});

const HEAD = { name: 'S', columns: [{ key: 'a', header: 'A', width: 8 }] };
const cells = (text: string): string[] => [text];

test('what cannot be written is told, and the next is written', async () => {
  const thread = createWorkbookThread();
  const untold = { ...HEAD, columns: [{ ...HEAD.columns[0], header: Symbol('x') }] };
  await expect(thread.write(untold as never, ['x'], cells)).rejects.toThrow(/could not be cloned/);
  const failing = { ...HEAD, columns: null };
  await expect(thread.write(failing as never, ['x'], cells)).rejects.toThrow();
  expect((await thread.write(HEAD, ['x'], cells)).byteLength).toBeGreaterThan(0);
  await thread.end();
});

test('ended or idle, it starts again when it is asked', async () => {
  const thread = createWorkbookThread(1);
  const first = await thread.write(HEAD, ['x'], cells);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expectSame(await thread.write(HEAD, ['x'], cells), first);
  await thread.end();
  await thread.end();
  expectSame(await thread.write(HEAD, ['x'], cells), first);
  await thread.end();
});
