// A quarter is filed into a port; the filer is stopped in the middle and started again.
// The port here is a stand-in that keeps what it is sent, as far as the filer can tell.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate, type Manifest } from '../generate/generate.ts';
import { fileQuarter } from './filer.ts';
import type { Progress } from './progress.ts';

const folder = mkdtempSync(join(tmpdir(), 'jianghai-filer-'));
let manifest: Manifest;
let server: Server;
let url = '';
let requests = 0;
let onFiling: (count: number) => void = () => undefined;
const filed = new Map<string, number>();
const arrived = new Map<string, number>();
const days: string[] = [];
const targeted: string[] = [];

/** What every address answers: nothing is to be done, and what was asked for is done. */
const ANSWER = {
  ...{ items: [], next: null, statements: [], problems: [], conditions: [] },
  ...{ outcome: 'approved', verdict: 'open', status: 'declared', bills: [] },
};
const bills: string[] = [];
/** Goods of every bill have entered the zone first. */
function entriesAt(path: string, body: { bills?: { number: string }[] }): object[] {
  if (path === '/api/manifests') bills.push(...(body.bills ?? []).map(({ number }) => number));
  if (!path.startsWith('/api/entry-obligations')) return [];
  return bills.map((transportDocNo) => ({ transportDocNo, passport: 'Z' }));
}

beforeAll(async () => {
  manifest = await generate({ folder, scale: 400 });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests += 1;
    // Messages of the trade are no JSON; whether they are good is not for a stand-in to say.
    const text = Buffer.concat(chunks).toString();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    const sent: { id: string; occurredAt: string }[] = body.filings ?? body.arrivals ?? [];
    const kept = body.filings ? filed : arrived;
    for (const { id } of sent) kept.set(id, (kept.get(id) ?? 0) + 1);
    if (body.filings) onFiling(days.push(sent[0]?.occurredAt ?? ''));
    const results = sent.map(({ id }) => ({ id, outcome: 'accepted', problems: [] }));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...ANSWER, results, rows: entriesAt(request.url ?? '', body) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function file(signal: AbortSignal, told: Progress[] = []) {
  const setUp = async () => ({
    ...{ singleWindow: 'a', terminals: 'b', examiner: 'c' },
    ...{ analyst: 'd', supervisor: 'e', commerce: 'f', maritime: 'g', zoneEnterprise: 'h' },
    ...{ broker: 'i', carrier: 'j' },
    confirmer: 'k',
    factories: {},
    signers: {},
  });
  const target = () => ({
    setBudgets: async () => void targeted.push('budgets'),
    prepare: async (day: string) => void targeted.push(`prepared ${day}`),
    goLive: async () => void targeted.push('live'),
  });
  const complaints: string[] = [];
  const done = fileQuarter({
    url,
    folder,
    manifest,
    setUp,
    target,
    report: (progress) => told.push(progress),
    complain: (sentence) => complaints.push(sentence),
    signal,
  });
  return { done, complaints };
}

test('stopped in the middle and started again, it files every declaration, day after day', async () => {
  const stop = new AbortController();
  onFiling = (count) => {
    if (count === 30) stop.abort();
  };
  await expect(file(stop.signal).done).rejects.toThrow();
  const before = filed.size;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(manifest.declarations);

  const told: Progress[] = [];
  const { done, complaints } = file(new AbortController().signal, told);
  await done;
  expect(complaints).toEqual([]);
  const chemicals = [...filed.keys()].filter((id) => id.startsWith('DEMO-CHEM-'));
  expect(chemicals).toHaveLength(5);
  expect(filed.size).toBe(manifest.declarations + chemicals.length);
  expect(arrived.size).toBe(manifest.arrivals);
  expect(told.at(-1)).toMatchObject({ phase: 'done', done: manifest.declarations });
  // Only the day that was under way may have been sent twice; the port knows it by its ids.
  const twice = [...filed.entries()].filter(([, times]) => times > 1).map(([id]) => id);
  expect(new Set(twice.map((id) => id.slice(0, 8))).size).toBeLessThanOrEqual(1);
  expect(days).toEqual([...days].sort());
  expect(targeted).toEqual(['budgets', 'prepared 2026-07-31', 'live']);
});

test('a quarter that is all filed is not filed again', async () => {
  const before = requests;
  await file(new AbortController().signal).done;
  expect(requests).toBe(before);
});
