// What may not stand beside what on a ship, asked of two checkers that were written apart: one finds
// neighbours by bay, the other measures every pair in metres on another printing of the table.
import { describe, expect, test } from 'vitest';
import { conflictsInContainer } from '../src/contexts/chemicals/segregation/container.ts';
import { required } from '../src/contexts/chemicals/segregation/required.ts';
import { segregation } from './segregation.ts';

const goods = (cls: string, ...subsidiary: string[]) => ({ id: cls, class: cls, subsidiary });

test('two checkers agree on random stowages', async () => {
  const { figures } = await segregation.run({ quick: true, log: () => {} });
  expect(figures.disagreements).toBe(0);
  expect(figures.conflicts).toBeGreaterThan(500);
});

describe('what two hazards require', () => {
  test.each([
    ['3', '5.1', 2],
    ['5.1', '3', 2],
    ['3', '3', 0],
    ['1.2', '6.2', 4],
    ['1.4S', '8', 2],
    ['9', '1.1', 0],
  ])('%s beside %s: %i', (a, b, level) => {
    expect(required(goods(a), goods(b)).level).toBe(level);
  });

  test('a subsidiary risk counts, and is named', () => {
    expect(required(goods('6.1', '3'), goods('5.1'))).toMatchObject({
      level: 2,
      between: ['3', '5.1'],
    });
  });

  test.each([
    ['1.1D', '1.4S', 'together'],
    ['1.1L', '1.1L', 'apart'],
    ['1.1', '1.4S', 'notEvaluated'],
  ])('explosives %s and %s: %s', (a, b, outcome) => {
    expect(required(goods(a), goods(b)).explosives).toBe(outcome);
  });

  test('all that nobody knows is refused at once', () => {
    expect(() => required(goods('4.4', '12'), goods('3'))).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        refusals: [
          expect.objectContaining({
            code: 'chemicals.class_unknown',
            path: 'a.class',
            seen: '4.4',
          }),
          expect.objectContaining({ path: 'a.subsidiary[0]', seen: '12' }),
        ],
      }),
    );
  });
});

test('goods of one container', () => {
  const packed = [goods('8'), goods('3'), goods('4.1'), goods('5.2')];
  expect(
    conflictsInContainer(packed).map(({ goods: pair, outcome }) => [...pair, outcome]),
  ).toEqual([
    ['8', '4.1', 'needsApproval'],
    ['8', '5.2', 'forbidden'],
    ['3', '5.2', 'forbidden'],
    ['4.1', '5.2', 'forbidden'],
  ]);
});
