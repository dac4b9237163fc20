// While the event loop is late, reports are made one at a time, and whoever finds the queue full is
// told to come again; filing is never asked to wait.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { watchLateness } from '../lateness.ts';
import { createMetrics } from '../metrics.ts';
import { createHttp, route } from './index.ts';

const WAITING_MAX = 8;

const HELD_MS = 300;

/** Holds everybody up again and again, as long pieces of work in one go do, until it is seen. */
const holdUntil = (isSeen: () => boolean): Promise<void> =>
  vi.waitFor(
    () => {
      const until = performance.now() + HELD_MS;
      while (performance.now() < until);
      expect(isSeen()).toBe(true);
    },
    { timeout: 20_000 },
  );

let stop = (): void => undefined;
afterEach(() => stop());

/** A port whose reports take until they are let go. */
function port(isLate: () => boolean) {
  const app = createHttp<null>({
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    authenticate: async () => null,
    isLate,
  });
  const answer = { response: z.object({ most: z.number() }), public: true, tag: 'x' } as const;
  const held: (() => void)[] = [];
  let running = 0;
  let most = 0;
  route(
    app,
    { ...answer, method: 'get', path: '/api/report', summary: 'x', givesWay: 'report' },
    async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => held.push(resolve));
      running -= 1;
      return { most };
    },
  );
  route(
    app,
    { ...answer, method: 'get', path: '/api/search', summary: 'x', givesWay: 'search' },
    () => ({ most }),
  );
  route(app, { ...answer, method: 'post', path: '/api/filing', summary: 'x' }, () => ({ most }));
  const ask = (signal?: AbortSignal) =>
    Promise.resolve(app.request('/api/report', signal ? { signal } : {}));
  return {
    ask,
    search: () => app.request('/api/search'),
    file: () => app.request('/api/filing', { method: 'POST' }),
    running: () => running,
    most: () => most,
    /** Lets every report go, those still to come too, until all of `asked` are answered. */
    async letGo(asked: readonly Promise<Response>[]): Promise<Response[]> {
      const timer = setInterval(() => {
        for (const go of held.splice(0)) go();
      }, 1);
      const answers = await Promise.all(asked);
      clearInterval(timer);
      return answers;
    },
    letOneGo: () => held.shift()?.(),
  };
}

test('a loop that was held is late, and is in time again when it has not been for a while', async () => {
  const lateness = watchLateness();
  stop = lateness.stop;
  expect(lateness.isLate()).toBe(false);
  await holdUntil(lateness.isLate);
  await vi.waitFor(() => expect(lateness.isLate()).toBe(false), { timeout: 20_000 });
});

test('a port whose loop is held makes one report at a time and files as ever', async () => {
  const lateness = watchLateness();
  stop = lateness.stop;
  const { ask, file, running, most, letGo } = port(lateness.isLate);
  await holdUntil(lateness.isLate);
  const asked = Array.from({ length: WAITING_MAX + 4 }, () => ask());
  expect((await file()).status).toBe(200);
  await vi.waitFor(() => expect(running()).toBe(1));
  expect(most()).toBe(1);
  const answers = await letGo(asked);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(WAITING_MAX + 1);
  expect(refused[0]?.headers.get('retry-after')).toBe('5');
  expect(await refused[0]?.json()).toMatchObject({
    kind: 'limited',
    refusals: [{ code: 'http.reports_give_way', params: { retrySeconds: 5 } }],
  });
});

test('in time, all reports run as they come', async () => {
  const { ask, running, letGo } = port(() => false);
  const asked = Array.from({ length: 3 * WAITING_MAX }, () => ask());
  await vi.waitFor(() => expect(running()).toBe(asked.length));
  expect((await letGo(asked)).every(({ status }) => status === 200)).toBe(true);
});

test('those who wait are let in as soon as the loop is in time, whatever is still under way', async () => {
  let isLate = true;
  const { ask, running, letGo } = port(() => isLate);
  const asked = Array.from({ length: 4 }, () => ask());
  await vi.waitFor(() => expect(running()).toBe(1));
  isLate = false;
  await vi.waitFor(() => expect(running()).toBe(4));
  await letGo(asked);
});

test('while it is late, the next report begins only when the last has ended', async () => {
  const { ask, running, most, letOneGo } = port(() => true);
  const asked = Array.from({ length: 3 }, () => ask());
  for (let left = asked.length; left > 0; left -= 1) {
    await vi.waitFor(() => expect(running()).toBe(1));
    letOneGo();
    await vi.waitFor(() => expect(running()).toBe(left > 1 ? 1 : 0));
  }
  await Promise.all(asked);
  expect(most()).toBe(1);
});

test('a search does not wait for the report that is being made', async () => {
  const { ask, search, running, letGo } = port(() => true);
  const report = ask();
  await vi.waitFor(() => expect(running()).toBe(1));
  expect((await search()).status).toBe(200);
  expect(running()).toBe(1);
  await letGo([report]);
});

test('whoever goes away while waiting leaves the place to another', async () => {
  const { ask, running, letGo } = port(() => true);
  const first = ask();
  await vi.waitFor(() => expect(running()).toBe(1));
  const gone = new AbortController();
  const waiting = Array.from({ length: WAITING_MAX }, () => ask(gone.signal));
  await sleep(0);
  expect((await ask()).status).toBe(429);
  gone.abort();
  const another = ask();
  const [ofFirst, ofAnother] = await letGo([first, another]);
  expect([ofFirst?.status, ofAnother?.status]).toEqual([200, 200]);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(
    new Array(WAITING_MAX).fill(429),
  );
  expect(running()).toBe(0);
});
