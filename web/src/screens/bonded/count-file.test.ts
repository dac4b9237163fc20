// A count as a warehouse writes it: what can be read is read, what cannot is told with its line.
import { expect, test } from 'vitest';
import { countOf } from './count-file.ts';

const otherwise = { site: 'main', countedAt: '2026-10-01T00:00:00.000Z' };
const read = (...rows: string[]) =>
  countOf(
    rows.map((row) => row.split(';')),
    otherwise,
  );

test('Chinese heads, kinds of stock and port time; what is not said is the usual', () => {
  const tags = read(
    '料号;数量;类别;盘点时间;库位',
    'STEEL;1,200.5;在产品;2026-09-30 18:00;A1',
    'BOLT;3;;;',
  )?.tags;
  expect(tags).toEqual([
    {
      ...{ part: 'STEEL', quantity: '1200.5', stock: 'onTheLine', site: 'main', bin: 'A1' },
      ...{ countedAt: '2026-09-30T10:00:00.000Z', lot: null, tag: 'L2' },
    },
    {
      ...{ part: 'BOLT', quantity: '3', stock: 'materials', site: 'main', bin: null },
      ...{ countedAt: otherwise.countedAt, lot: null, tag: 'L3' },
    },
  ]);
});

test('a row with a bad cell is told and left out; empty rows are no rows', () => {
  const file = read(
    ...[
      'Part;Quantity;Stock;Counted at',
      'A;1;materials;',
      ';;;',
      'B;some;materials;',
      ';2;attic;soon',
    ],
  );
  expect(file?.tags.map(({ part }) => part)).toEqual(['A']);
  expect(file?.rejected).toEqual([
    { line: 4, column: 'quantity', seen: 'some' },
    { line: 5, column: 'part', seen: '' },
    { line: 5, column: 'stock', seen: 'attic' },
    { line: 5, column: 'countedat', seen: 'soon' },
  ]);
});

test('a file without the two columns is not a count', () => {
  expect(read('part;bin', 'A;1')).toBeNull();
  expect(countOf([], otherwise)).toBeNull();
});
