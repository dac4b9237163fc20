// What is told apart of a column of prices before any tree is grown.
import { expect, test } from 'vitest';
import { binColumns, findThresholds } from './bins.ts';

const binned = (values: number[], maxBins: number) => {
  const columns = [Float64Array.from(values)];
  return binColumns({ rows: values.length, names: ['price'], columns }, maxBins)[0];
};

test('few distinct values are told apart halfway between them', () => {
  expect([...findThresholds(Float64Array.of(5, 1, 1, 2, 5), 255)]).toEqual([1.5, 3.5]);
});

test('many distinct values are divided into bins of equally many rows', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
  const codes = binned(values, 10)?.codes ?? [];
  const sizes = Array.from({ length: 10 }, (_, bin) => codes.filter((code) => code === bin).length);
  expect(sizes).toEqual(Array.from({ length: 10 }, () => 100));
});

test('an outlier takes no more room than any other row', () => {
  const values = Array.from({ length: 1000 }, (_, i) => i).with(999, 1e300);
  expect(findThresholds(Float64Array.from(values), 4).at(-1)).toBeLessThan(1000);
});

test('a value at a threshold is below it, and a missing one behind all bins', () => {
  const column = binned([1, 2, 3, Number.NaN], 255);
  expect(column).toMatchObject({ missingBin: 3, hasMissing: true });
  expect([...(column?.codes ?? [])]).toEqual([0, 1, 2, 3]);
});

test('a column with nothing to tell apart has one bin', () => {
  expect(binned([7, 7, 7], 255)).toMatchObject({ missingBin: 1, hasMissing: false });
  expect(binned([Number.NaN, Number.NaN], 255)).toMatchObject({ missingBin: 1, hasMissing: true });
});

test('the middle of two huge values is between them', () => {
  const [threshold] = findThresholds(Float64Array.of(1.6e308, 1.7e308), 255);
  expect(threshold).toBeGreaterThan(1.6e308);
  expect(threshold).toBeLessThan(1.7e308);
});

test('an infinite value is refused: no threshold could be written down', () => {
  expect(() => binned([1, Number.POSITIVE_INFINITY], 255)).toThrow('finite');
});
