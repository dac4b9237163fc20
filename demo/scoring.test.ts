// Decisions are scored against the sealed answers: a small port whose score can be counted by hand.
import { expect, test } from 'vitest';
import { formatScore, score } from './scoring.ts';
import { formatTable, parseTable } from './table.ts';

const answer = (id: string, irregularity: string | null, outlier: string | null = null) =>
  JSON.stringify({ id, irregularity, outlier });
const SEALED = [
  answer('A', 'undervaluation'),
  answer('B', 'undervaluation'),
  answer('C', 'falseOrigin'),
  answer('D', null, 'prototype'),
  answer('not-decided', 'falseOrigin'),
].join('\n');
const DECISIONS = formatTable(
  ['id', 'lane', 'reasons'],
  [
    { id: 'A', lane: 'red', reasons: 'unit price 0.41, far "below" peers' },
    { id: 'B', lane: 'green', reasons: '' },
    { id: 'C', lane: 'yellow', reasons: '' },
    { id: 'D', lane: 'red', reasons: '' },
    { id: 'E', lane: 'yellow', reasons: '' },
    { id: 'F', lane: 'blue', reasons: '' },
  ],
);

test('counts recall, precision and lift over the declarations that were decided', () => {
  const result = score(DECISIONS, SEALED);
  expect(result).toMatchObject({ decided: 6, selected: 4, irregular: 3, found: 2 });
  expect(result.recall).toBeCloseTo(2 / 3);
  expect(result.precision).toBeCloseTo(0.5);
  expect(result.lift).toBeCloseTo(1);
  expect(result.outliers).toEqual({ decided: 1, selected: 1 });
  const [under] = result.kinds.filter(({ kind }) => kind === 'undervaluation');
  expect(under).toMatchObject({ planted: 2, selected: 1, recall: 0.5, precision: 0.25 });
  expect(formatScore(result)).toContain('2 of 3 irregular declarations selected');
});

test('says nothing of what was never planted', () => {
  const result = score(DECISIONS, '');
  expect(result.recall).toBeNull();
  expect(result.kinds.every((kind) => kind.recall === null && kind.interval === null)).toBe(true);
});

test('tables come back as they were written', () => {
  const rows = [
    { a: 'x,y', b: '说"好"' },
    { a: '', b: '' },
  ];
  expect(parseTable(formatTable(['a', 'b'], rows))).toEqual(rows);
});
