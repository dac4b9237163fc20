// A process that has nothing to do does not keep what it no longer needs.
import { expect, test, vi } from 'vitest';
import { collectAtRest } from './rest.ts';

test('what a busy moment left behind is given back once it is quiet', async () => {
  let busy: unknown[] = Array.from({ length: 600_000 }, (_, n) => ({ n, text: `x${n}` }));
  const left = process.memoryUsage().heapUsed;
  expect(busy.length).toBe(600_000);
  busy = [];
  let [asked, quietMs] = [0, 100];
  const stop = collectAtRest({
    quietMs: () => {
      asked += 1;
      return quietMs;
    },
    everyMs: 50,
  });
  const given = () => left - process.memoryUsage().heapUsed;
  await vi.waitFor(() => expect(asked).toBeGreaterThan(2), { timeout: 20_000 });
  // Somebody asked a moment ago.
  expect(given()).toBeLessThan(16_000_000);
  quietMs = 1_000;
  await vi.waitFor(() => expect(given()).toBeGreaterThan(16_000_000), {
    timeout: 20_000,
    interval: 100,
  });
  stop();
}, 30_000);
