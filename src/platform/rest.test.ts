// A process that has nothing to do does not keep what it no longer needs.
import { expect, test, vi } from 'vitest';
import { collectAtRest } from './rest.ts';

test('what a busy moment left behind is given back once it is quiet', async () => {
  let busy: unknown[] = Array.from({ length: 600_000 }, (_, n) => ({ n, text: `x${n}` }));
  const left = process.memoryUsage().heapUsed;
  expect(busy.length).toBe(600_000);
  busy = [];
  const stop = collectAtRest(undefined, 50);
  await vi.waitFor(
    () => expect(left - process.memoryUsage().heapUsed).toBeGreaterThan(16_000_000),
    { timeout: 20_000, interval: 100 },
  );
  stop();
}, 30_000);
