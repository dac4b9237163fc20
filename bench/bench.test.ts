// How a figure is taken: contestants in turn, the first round thrown away, ratios within a round.
import { expect, test } from 'vitest';
import { alternate, machine, median, quantile, ROUNDS, readable } from './bench.ts';
import { main } from './main.ts';

const silent = () => undefined;

test('contestants alternate, every other round backwards, and the warm-up does not count', async () => {
  const turns: string[] = [];
  let mood = 1000;
  const contestant = (name: string, share: number) => async () => {
    turns.push(name);
    mood += 1;
    return mood * share;
  };
  const rounds = await alternate(
    { ours: contestant('o', 2), peer: contestant('p', 1) },
    { quick: false, log: silent },
  );
  expect(turns.join('')).toBe('oppo'.repeat((ROUNDS + 1) / 2));
  expect(rounds.ratio('ours', 'peer')).toBeCloseTo(2, 2);
  expect(rounds.of('ours')).toBeGreaterThan(2 * 1002);
});

test('a quick run is one round', async () => {
  let times = 0;
  const only = async () => {
    times += 1;
    return times;
  };
  await alternate({ only }, { quick: true, log: silent });
  expect(times).toBe(1);
});

test('quantiles interpolate', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(() => median([])).toThrow('nothing');
});

test('figures are read in three digits', () => {
  expect([0.012345, 1.5, 123.456, 12_345.6].map(readable)).toEqual([
    '0.0123',
    '1.5',
    '123',
    '12,346',
  ]);
  expect(machine().cores).toBeGreaterThan(0);
});

test.each([[[]], [['nonsense']], [['assess', 'pool']], [['--fast', 'assess']]])(
  '%j is refused with the list of benches',
  async (argv) => {
    expect(await main(argv)).toBe(1);
  },
);
