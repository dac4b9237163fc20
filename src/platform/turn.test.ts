// One after the other, in the order they came; a failure is its asker's own.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurn } from './turn.ts';

test('each begins when the one before it has ended, however that ended', async () => {
  const inTurn = createTurn();
  const seen: string[] = [];
  const work = (name: string, ms: number) => async () => {
    seen.push(`${name} begins`);
    await sleep(ms);
    seen.push(`${name} ends`);
    if (name === 'second') throw new Error(name);
    return name;
  };
  const asked = [inTurn(work('first', 20)), inTurn(work('second', 5)), inTurn(work('third', 0))];
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen).toEqual(
    ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
});
