// The application on a real network: pages and their caching, live updates, and an orderly stop.

import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createLiveHub } from '../live.ts';
import { silentLog } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { createHttp, type HttpOptions, route, type Serving, serve } from './index.ts';

let folder: string;
const running: Serving[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>江海</title>');
  await writeFile(join(folder, 'assets', 'index-4f2a.js'), `/*${'x'.repeat(2000)}*/`);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true });
});

async function start(options: Partial<HttpOptions<string>> = {}, graceMs = 2000) {
  const stopping = new AbortController();
  const hub = createLiveHub();
  const metrics = createMetrics();
  const app = createHttp<string>({
    log: silentLog,
    metrics,
    authenticate: async ({ headers }) => headers.get('authorization'),
    live: { hub, mayHear: (who, { topic }) => topic === 'all' || topic === who, maxConnections: 2 },
    stopping: stopping.signal,
    webFolder: folder,
    ...options,
  });
  const serving = await serve(app, { host: '127.0.0.1', port: 0, stopping, graceMs });
  running.push(serving);
  return { app, hub, metrics, serving, url: `http://127.0.0.1:${serving.port}` };
}

test('hashed files are kept for good, the page that names them is asked for anew', async () => {
  const { url, serving } = await start();
  await sleep(100);
  expect(serving.quietMs()).toBeGreaterThan(90);
  const began = performance.now();
  const script = await fetch(`${url}/assets/index-4f2a.js`);
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('content-encoding')).toBe('gzip');
  expect(script.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(await script.text()).toHaveLength(2004);
  expect(serving.quietMs()).toBeLessThan(performance.now() - began);
  for (const path of ['/', '/declarations/D-1', '/index.html']) {
    const page = await fetch(url + path);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    expect(await page.text()).toContain('江海');
  }
});

test.each(['/assets/gone.js', '/favicon.png', '/api/gone', '/metrics/x'])(
  '%s is not a page: what is not there is said not to be there',
  async (path) => {
    const { url } = await start();
    expect((await fetch(url + path)).status).toBe(404);
  },
);

test('a file of an older build is gone, and said to be', async () => {
  const { url } = await start();
  await rm(join(folder, 'assets', 'index-4f2a.js'));
  expect((await fetch(`${url}/assets/index-4f2a.js`)).status).toBe(404);
});

test('no path leads out of the folder', async () => {
  await writeFile(join(folder, '..', 'jianghai-outside.txt'), 'secret');
  const { serving } = await start();
  for (const path of [
    '/../jianghai-outside.txt',
    '/%2e%2e/jianghai-outside.txt',
    '/..%5cjianghai-outside.txt',
  ]) {
    const status = await new Promise((resolve) => {
      const sent = request({ port: serving.port, host: '127.0.0.1', path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.end();
    });
    expect(status).toBe(404);
  }
  await rm(join(folder, '..', 'jianghai-outside.txt'));
});

function listen(url: string, who: string) {
  const leave = new AbortController();
  const heard: string[] = [];
  const ended = (async () => {
    const answer = await fetch(`${url}/api/live`, {
      headers: { authorization: who },
      signal: leave.signal,
    });
    if (!answer.body || answer.status !== 200) return answer.status;
    const decoder = new TextDecoder();
    for await (const chunk of answer.body) heard.push(decoder.decode(chunk as Uint8Array));
    return 200;
  })();
  return { heard: () => heard.join(''), ended, leave: () => leave.abort() };
}

test('open pages hear what concerns them and nothing else', async () => {
  const { url, hub } = await start();
  const li = listen(url, 'li');
  const wang = listen(url, 'wang');
  await expect.poll(() => li.heard() + wang.heard()).toMatch(/hello[\s\S]*hello/);
  hub.publish('all', { n: 1 });
  hub.publish('li', { n: 2 });
  await expect.poll(li.heard).toContain('event: li\ndata: {"n":2}\n\n');
  expect(wang.heard()).toContain('event: all\ndata: {"n":1}\n\n');
  expect(wang.heard()).not.toContain('"n":2');
});

test('strangers may not listen, and connections are limited until one leaves', async () => {
  const { url, metrics } = await start();
  expect((await fetch(`${url}/api/live`)).status).toBe(401);
  const first = listen(url, 'a');
  const second = listen(url, 'b');
  await expect.poll(() => first.heard() + second.heard()).toMatch(/hello[\s\S]*hello/);
  expect(await listen(url, 'c').ended).toBe(429);
  second.leave();
  await second.ended.catch(() => undefined);
  await expect.poll(() => metrics.registry.metrics()).toContain('jianghai_live_connections 1');
  const third = listen(url, 'c');
  await expect.poll(third.heard).toContain('hello');
});

test('stopping lets work under way finish, ends the streams and takes nothing new', async () => {
  const { app, url, serving } = await start();
  let begun = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  route(
    app,
    {
      method: 'get',
      path: '/api/slow',
      tag: 'x',
      summary: 'x',
      public: true,
      response: z.object({ done: z.boolean() }),
    },
    async () => {
      begun();
      await sleep(100);
      return { done: true };
    },
  );
  const page = listen(url, 'li');
  await expect.poll(page.heard).toContain('hello');
  const slow = fetch(`${url}/api/slow`);
  await hasBegun;
  const stopped = serving.stop();
  expect(await (await slow).json()).toEqual({ done: true });
  expect(await page.ended).toBe(200);
  await stopped;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('a connection opened in advance does not hold up the stop', async () => {
  const { serving } = await start({}, 60_000);
  const socket = connect(serving.port, '127.0.0.1');
  await once(socket, 'connect');
  await serving.stop();
  await once(socket, 'close');
});

test('work that never finishes is cut when the grace is over', async () => {
  const { app, url, serving } = await start({}, 50);
  route(
    app,
    { method: 'get', path: '/api/stuck', tag: 'x', summary: 'x', public: true, response: 'bytes' },
    () => new Promise<Response>(() => undefined),
  );
  const stuck = fetch(`${url}/api/stuck`).catch(() => 'cut');
  await sleep(50);
  await serving.stop();
  expect(await stuck).toBe('cut');
});

test('a port that is taken is an error, not a silence', async () => {
  const { app, serving } = await start();
  await expect(serve(app, { host: '127.0.0.1', port: serving.port })).rejects.toThrow('EADDRINUSE');
});

test('an upload over the limit is refused over the wire as well', async () => {
  const { app, url } = await start();
  route(
    app,
    {
      method: 'post',
      path: '/api/upload',
      tag: 'x',
      summary: 'x',
      public: true,
      body: 'bytes',
      response: z.object({}),
      maxBodyBytes: 1000,
    },
    async ({ body }) => {
      for await (const _ of body);
      return {};
    },
  );
  const answer = await fetch(`${url}/api/upload`, {
    method: 'POST',
    body: new Uint8Array(200_000),
  });
  expect(answer.status).toBe(413);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
