import { randomFrom } from './random.ts';
import type { Matrix, TreeOptions } from './trees.ts';

export const options: TreeOptions = {
  trees: 20,
  leaves: 8,
  learningRate: 0.1,
  minLeafRows: 5,
  l2: 0,
  maxBins: 255,
  seed: 1,
};

/** Rows whose label follows `price` and `weight` together, and a `noise` that says nothing. */
export function shipments(
  rows: number,
  { seed = 1, missing = 0 } = {},
): { matrix: Matrix; labels: Uint8Array } {
  const random = randomFrom(seed);
  const column = () => Float64Array.from({ length: rows }, () => Math.round(random() * 1000) / 10);
  const [price, weight, noise] = [column(), column(), column()];
  const labels = price.map((value, row) => {
    const odds = (value < 30 ? 1.5 : -1) + ((weight[row] ?? 0) > 70 ? 1 : -1);
    return random() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  });
  for (let row = 0; row < rows; row += 1) if (random() < missing) price[row] = Number.NaN;
  const names = ['price', 'weight', 'noise'];
  return {
    matrix: { rows, names, columns: [price, weight, noise] },
    labels: Uint8Array.from(labels),
  };
}

export const rowOf = ({ columns }: Matrix, row: number): Float64Array =>
  Float64Array.from(columns, (values) => values[row] ?? Number.NaN);
