// What is asked while a round is under way shares the next one, and a guilty item fails alone.
import { expect, test } from 'vitest';
import { createGroup } from './group.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

test('the first goes alone, those who came meanwhile go together, each gets its own answer', async () => {
  const rounds: number[][] = [];
  const ask = createGroup<number, string>(
    async (items) => {
      rounds.push([...items]);
      await later();
      return items.map((item) => `answer ${item}`);
    },
    { itemsMax: 3 },
  );
  const answers = await Promise.all([1, 2, 3, 4, 5].map(ask));
  expect(rounds).toEqual([[1], [2, 3, 4], [5]]);
  expect(answers).toEqual([1, 2, 3, 4, 5].map((item) => `answer ${item}`));
});

test('an item that breaks its round is refused alone; the others are answered', async () => {
  const ask = createGroup<number, number>(
    async (items) => {
      await later();
      if (items.includes(3)) throw new Error('three');
      return items.map((item) => item * 10);
    },
    { itemsMax: 10 },
  );
  const answers = await Promise.allSettled([1, 2, 3, 4].map(ask));
  expect(
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'refused')),
  ).toEqual([10, 20, 'refused', 40]);
});
