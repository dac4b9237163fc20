// What is asked while a round is under way shares the next one, and a guilty item fails alone. Two that
// touch the same never share one, and keep their order.
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

test('those who touch the same go one after another; the large go with few, and all are answered', async () => {
  const rounds: string[][] = [];
  const ask = createGroup<string, string>(
    async (items) => {
      rounds.push([...items]);
      await later();
      return items.map((item) => item.toUpperCase());
    },
    { itemsMax: 4, keysOf: (item) => item.slice(0, 1), sizeOf: (item) => item.length, sizeMax: 6 },
  );
  const asked = ['a', 'b1', 'c', 'b2', 'large one', 'd', 'b3', 'c2'];
  expect(await Promise.all(asked.map(ask))).toEqual(asked.map((item) => item.toUpperCase()));
  expect(rounds).toEqual([['a'], ['b1', 'c', 'd'], ['b2', 'c2'], ['large one'], ['b3']]);
});

test('with a pause between rounds, those who come meanwhile share the next; the first waits for nobody', async () => {
  const rounds: number[][] = [];
  const ask = createGroup<number, number>(
    async (items) => {
      rounds.push([...items]);
      return items;
    },
    { itemsMax: 10, everyMs: 200 },
  );
  const first = ask(1);
  const second = ask(2);
  await first;
  // Without the pause 2 would have gone by now.
  await later();
  const third = ask(3);
  await Promise.all([second, third]);
  expect(rounds).toEqual([[1], [2, 3]]);
});
