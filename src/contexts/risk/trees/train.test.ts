// Trees learn which shipments were found wanting, from their price, their weight and some noise.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { options, rowOf, shipments } from './fixtures.ts';
import { scoreRow, scoreRows } from './score.ts';
import { trainTrees } from './train.ts';
import type { Matrix, Trees } from './trees.ts';

const column = (values: readonly number[]): Matrix => ({
  rows: values.length,
  names: ['price'],
  columns: [Float64Array.from(values)],
});
const one = (value: number) => Float64Array.of(value);
const leavesOf = (trees: Trees) => trees.column.filter((asked) => asked < 0).length;

describe('what is learnt', () => {
  test('agrees with the reference implementation to float precision', () => {
    const { matrix, labels } = shipments(2000, { missing: 0.1 });
    const trees = trainTrees(
      { matrix, labels },
      { ...options, trees: 50, leaves: 15, minLeafRows: 20, l2: 1 },
    );
    // scikit-learn 1.2.1, HistGradientBoostingClassifier, the same rows and settings.
    const reference = [
      -1.886922, 0.448751, -1.879559, -2.318419, -1.176093, -0.937836, 0.662303, -1.890936,
      -2.633319, -1.517898, -2.428618, -1.589459,
    ];
    const scores = scoreRows(trees, matrix);
    reference.forEach((score, row) => {
      expect(scores[row]).toBeCloseTo(score, 5);
    });
  });

  test('the first split is the best of all there are', () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), {
      minLength: 4,
      maxLength: 40,
    });
    fc.assert(
      fc.property(cases, (rows) => {
        const labels = Uint8Array.from(rows, ([, label]) => (label ? 1 : 0));
        const share = labels.reduce((a, b) => a + b, 0) / labels.length;
        fc.pre(share > 0 && share < 1);
        const values = rows.map(([value]) => value);
        const worth = (side: readonly number[]) => {
          const gradient = side.reduce((sum, row) => sum + share - (labels[row] ?? 0), 0);
          return side.length === 0 ? 0 : gradient ** 2 / (side.length * share * (1 - share));
        };
        const gainAt = (threshold: number) => {
          const places = values.map((_, row) => row);
          return (
            worth(places.filter((row) => (values[row] ?? 0) <= threshold)) +
            worth(places.filter((row) => (values[row] ?? 0) > threshold))
          );
        };
        const best = Math.max(...values.map(gainAt));
        const stump = { ...options, trees: 1, leaves: 2, minLeafRows: 1 };
        const trees = trainTrees({ matrix: column(values), labels }, stump);
        const found = trees.column[0] === 0 ? gainAt(trees.value[0] ?? 0) : 0;
        expect(found).toBeCloseTo(best, 6);
      }),
    );
  });

  test('a row of weight 2 counts as two rows', () => {
    const { matrix, labels } = shipments(200);
    const twice = { ...matrix, rows: 400, columns: matrix.columns.map((c) => repeated(c)) };
    const few = { ...options, minLeafRows: 1, trees: 5 };
    const weighted = trainTrees({ matrix, labels, weights: new Float64Array(200).fill(2) }, few);
    const doubled = trainTrees({ matrix: twice, labels: repeatedLabels(labels) }, few);
    const scores = scoreRows(doubled, matrix);
    scoreRows(weighted, matrix).forEach((score, row) => {
      expect(score).toBeCloseTo(scores[row] ?? Number.NaN, 5);
    });
  });

  test('a row of no weight changes no score', () => {
    const { matrix, labels } = shipments(300);
    const weights = Float64Array.from({ length: 300 }, (_, row) => (row < 200 ? 1 : 0));
    const flipped = labels.map((label, row) => (row < 200 ? label : 1 - label));
    const few = { ...options, trees: 5 };
    const [a, b] = [labels, flipped].map((its) =>
      trainTrees({ matrix, labels: its, weights }, few),
    );
    expect(a).toEqual(b);
  });
});

const repeated = (values: Float64Array) => Float64Array.of(...values, ...values);
const repeatedLabels = (labels: Uint8Array) => Uint8Array.of(...labels, ...labels);

describe('missing values', () => {
  test('go where they belong when the trees were grown', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 10));
    const labels = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
    const trees = trainTrees({ matrix: column(values), labels }, options);
    expect(scoreRow(trees, one(Number.NaN))).toBeGreaterThan(0);
    expect(scoreRow(trees, one(9))).toBeLessThan(0);
    expect(scoreRow(trees, one(1e12))).toBeLessThan(0);
  });

  test('go with the majority where none was seen before', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const labels = Uint8Array.from(values, (value) => (value < 30 ? 1 : 0));
    const trees = trainTrees({ matrix: column(values), labels }, options);
    expect(scoreRow(trees, one(Number.NaN))).toBe(scoreRow(trees, one(99)));
  });
});

describe('what is asked for is kept to', () => {
  const { matrix, labels } = shipments(1000, { missing: 0.05 });

  test('no tree has more leaves, and no leaf fewer rows, than allowed', () => {
    const trees = trainTrees({ matrix, labels }, { ...options, leaves: 10, minLeafRows: 40 });
    expect(leavesOf(trees)).toBeLessThanOrEqual(10 * options.trees);
    expect(Math.min(...trees.cover)).toBeGreaterThanOrEqual(40);
    expect(trees.cover[0]).toBe(1000);
  });

  test('the score never falls with a price it may only rise with, whatever the rest', () => {
    // The labels say the opposite: without the constraint the score would fall.
    const monotone = { price: 1, weight: -1 } as const;
    const trees = trainTrees({ matrix, labels }, { ...options, trees: 40, leaves: 31, monotone });
    const amount = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(amount, amount, amount, amount, (price, more, weight, noise) => {
        const [low, high] = [Math.min(price, more), Math.max(price, more)];
        const at = (p: number, w: number) => scoreRow(trees, Float64Array.of(p, w, noise));
        expect(at(high, weight)).toBeGreaterThanOrEqual(at(low, weight));
        expect(at(weight, high)).toBeLessThanOrEqual(at(weight, low));
      }),
    );
  });

  test('training ends when the rows it is watched on are served no better', () => {
    const valid = shipments(500, { seed: 2 });
    const losses: (number | null)[] = [];
    const trees = trainTrees(
      { matrix, labels, valid },
      { ...options, trees: 500, learningRate: 0.3, stopAfter: 5 },
      (_, loss) => losses.push(loss),
    );
    const least = losses.indexOf(Math.min(...losses.map(Number)));
    expect(trees.roots).toHaveLength(least + 1);
    expect(losses).toHaveLength(least + 1 + 5);
  });

  test('labels that are all the same are no lesson', () => {
    expect(() => trainTrees({ matrix, labels: new Uint8Array(1000) }, options)).toThrow(
      'There is nothing to learn',
    );
  });
});

describe('the same again', () => {
  const { matrix, labels } = shipments(800, { missing: 0.1 });
  const drawn = { ...options, rowShare: 0.6, columnShare: 0.7 };

  test('the same seed gives the same trees, another seed draws others', () => {
    const [a, b] = [trainTrees({ matrix, labels }, drawn), trainTrees({ matrix, labels }, drawn)];
    expect(a).toEqual(b);
    expect(trainTrees({ matrix, labels }, { ...drawn, seed: 2 })).not.toEqual(a);
    expect(a.cover[0]).toBe(480);
  });

  test('the order of the rows changes nothing, to the bit', () => {
    const order = Array.from({ length: 800 }, (_, i) => (i * 307) % 800);
    const moved = {
      matrix: {
        ...matrix,
        columns: matrix.columns.map((values) =>
          Float64Array.from(order, (row) => values[row] ?? Number.NaN),
        ),
      },
      labels: Uint8Array.from(order, (row) => labels[row] ?? 0),
    };
    expect(trainTrees(moved, options)).toEqual(trainTrees({ matrix, labels }, options));
  });

  test('trees read back from JSON score every row to the bit, one by one or together', () => {
    const trees = trainTrees({ matrix, labels }, drawn);
    const again: Trees = JSON.parse(JSON.stringify(trees));
    expect(again).toEqual(trees);
    const together = scoreRows(trees, matrix);
    for (let row = 0; row < matrix.rows; row += 1) {
      expect(scoreRow(again, rowOf(matrix, row))).toBe(together[row]);
    }
  });
});
