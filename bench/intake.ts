import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from '../demo/generate/generate.ts';
import { chemicalFactsOf } from '../src/contexts/chemicals/detectors/facts.ts';
import { remembering } from '../src/contexts/chemicals/detectors/goods-text.ts';
import { createIdentifier } from '../src/contexts/chemicals/identify/identifier.ts';
import { shippedLists } from '../src/contexts/chemicals/lists/shipped.ts';
import { declaredLines } from '../src/contexts/clearance/chemicals/lines.ts';
import { DeclarationContent } from '../src/contexts/clearance/contract.ts';
import { alternate, type Bench, type BenchOptions, quantile } from './bench.ts';
import { type Bare, openBare } from './intake-bare.ts';
import { type BenchPort, call, signIn, startPort } from './port.ts';

const CLIENTS = 32;
const RATE_PER_S = 150;
const BULK = 500;
const PASSWORD = 'measured-and-written-down';

interface Filing {
  id: string;
  content: unknown;
}

/** Durable filings through HTTP: one by one at a steady rate, and in bulk beside a bare insert. */
export const intake: Bench = {
  name: 'intake',
  about:
    'Durable filings through HTTP; bulk beside a bare multi-row insert of all rows of all tables a filing writes.',
  async run(options) {
    const port = await startPort(['--no-demo']);
    try {
      const filings = await ordinaryFilings(options.quick ? 1_000 : 8_000);
      const key = await setUp(port);
      const single = await measureSingle(port, key, filings, options);
      const bulk = await measureBulk(port, key, filings, options);
      const rate = bulk.of('ours');
      const identification = identificationUs(filings);
      return {
        figures: {
          ...single,
          bulk_filings_per_s: rate,
          identification_us: identification,
          /** Of the time a filing of a bulk takes, what goes into recognising its goods. */
          identification_share: (identification * rate) / 1_000_000,
        },
        peers: { bare_insert: { bulk_filings_per_s: bulk.of('bare') } },
        ratios: { bulk_over_bare_insert: bulk.ratio('ours', 'bare') },
      };
    } finally {
      await port.stop();
    }
  },
};

/**
 * Microseconds a filing spends on recognising its goods, over the same filings in the same order, each
 * text looked at once, as the server does.
 */
function identificationUs(filings: readonly Filing[]): number {
  const identify = remembering(createIdentifier(shippedLists()).identify);
  const parsed = filings.map(({ content }) => DeclarationContent.parse(content));
  const started = performance.now();
  for (const content of parsed) chemicalFactsOf(declaredLines(content, '2026-03-01'), identify);
  return ((performance.now() - started) * 1000) / filings.length;
}

/** Filings as the demo port's generator writes them, without the times they are dated with. */
async function ordinaryFilings(count: number): Promise<Filing[]> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-filings-'));
  try {
    await generate({ folder, scale: count });
    const days = (await readdir(join(folder, 'declarations'))).sort();
    const texts = await Promise.all(
      days.map((day) => readFile(join(folder, 'declarations', day), 'utf8')),
    );
    return texts
      .flatMap((text) => text.trim().split('\n'))
      .filter((line) => line !== '')
      .map((line) => {
        const { id, content } = JSON.parse(line) as Filing;
        return { id, content };
      });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A single window that files for everybody, and a supervisor who watches. Answers with the key. */
async function setUp(port: BenchPort): Promise<string> {
  const operatorPassword = /operator \/ (\S+)/.exec(port.said)?.[1];
  assert(operatorPassword, 'A fresh port tells the first operator’s password.');
  const operator = { cookie: await signIn(port.url, 'operator', operatorPassword) };
  const post = (id: string, role: string) => ({
    id: `${id}.post`,
    title: id,
    organisationId: 'bench',
    roles: [role],
    offices: [],
    mayBackdate: false,
    from: '2026-01-01',
  });
  await call(port.url, operator, '/api/organisations', {
    organisations: [{ id: 'bench', kind: 'otherAuthority', nameZh: '测量', nameEn: 'Bench' }],
  });
  await call(port.url, operator, '/api/people', {
    people: [
      { id: 'window', name: 'window', posts: [post('window', 'singleWindow')] },
      {
        id: 'watcher',
        name: 'watcher',
        account: 'watcher',
        password: PASSWORD,
        posts: [post('watcher', 'supervisor')],
      },
    ],
  });
  const { key } = await call<{ key: string }>(port.url, operator, '/api/api-keys', {
    postId: 'window.post',
    label: 'bench',
  });
  return key;
}

/** Steady arrivals, each timed from the moment it was due: a slow answer cannot hide the next one's wait. */
async function measureSingle(
  port: BenchPort,
  key: string,
  filings: readonly Filing[],
  { quick, log }: BenchOptions,
) {
  const watching = new AbortController();
  const watcher = watchOverview(port, watching.signal);
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const seconds = quick ? 5 : 60;
  const warmUp = quick ? 1 : 10;
  const total = RATE_PER_S * (seconds + warmUp);
  const latencies: number[] = [];
  const due = (n: number): number => (n * 1000) / RATE_PER_S;
  const start = performance.now();
  const pending: Promise<void>[] = [];
  for (let n = 0; n < total; n += 1) {
    const wait = due(n) - (performance.now() - start);
    if (wait > 1) await sleep(wait);
    const filing = filings[n % filings.length];
    const body = JSON.stringify({ ...filing, id: `S${n}-${filing?.id}` });
    pending.push(
      send(port.url, agent, key, body).then(() => {
        if (n >= RATE_PER_S * warmUp) latencies.push(performance.now() - start - due(n));
      }),
    );
  }
  await Promise.all(pending);
  const elapsed = (performance.now() - start - warmUp * 1000) / 1000;
  watching.abort();
  agent.destroy();
  const refreshed = await watcher;
  assert(refreshed > 0, 'The overview was meant to be open and was never told anything.');
  log(`single: ${latencies.length} filings, overview refreshed ${refreshed} times`);
  return {
    single_rate_per_s: latencies.length / elapsed,
    single_p50_ms: quantile(latencies, 0.5),
    single_p99_ms: quantile(latencies, 0.99),
    overview_refreshes: refreshed,
  };
}

function send(url: string, agent: Agent, key: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL('/api/declarations', url),
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`Refused: ${response.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What an open overview does: listens, and reads the figures again when told that they changed. */
async function watchOverview(port: BenchPort, signal: AbortSignal): Promise<number> {
  const headers = { cookie: await signIn(port.url, 'watcher', PASSWORD) };
  let refreshed = 0;
  try {
    const live = await fetch(new URL('/api/live', port.url), { headers, signal });
    assert(live.body, 'The live stream has a body.');
    for await (const chunk of live.body.pipeThrough(new TextDecoderStream())) {
      if (!chunk.includes('event: figures')) continue;
      await Promise.all([
        call(port.url, headers, '/api/figures'),
        call(port.url, headers, '/api/lanes'),
      ]);
      refreshed += 1;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return refreshed;
}

async function measureBulk(
  port: BenchPort,
  key: string,
  filings: readonly Filing[],
  options: BenchOptions,
) {
  const headers = { authorization: `Bearer ${key}` };
  const batches = options.quick ? 1 : 6;
  const bare: Bare = await openBare(port.folder);
  let round = 0;
  let written: string[] = [];
  const fileBatches = async (): Promise<number> => {
    round += 1;
    written = [];
    const bodies = Array.from({ length: batches }, (_, batch) =>
      Array.from({ length: BULK }, (_, n) => {
        const filing = filings[(batch * BULK + n) % filings.length];
        return { ...filing, id: `B${round}-${batch}-${n}` };
      }),
    );
    const started = performance.now();
    for (const batch of bodies) {
      const { results } = await call<{ results: { outcome: string }[] }>(
        port.url,
        headers,
        '/api/declarations/bulk',
        { filings: batch },
      );
      assert(
        results.every((result) => result.outcome !== 'refused'),
        'A filing was refused.',
      );
    }
    const seconds = (performance.now() - started) / 1000;
    written = bodies.flat().map((filing) => filing.id);
    return written.length / seconds;
  };
  try {
    return await alternate(
      {
        ours: async () => {
          const rate = await fileBatches();
          // The pool and the sealer follow; neither contestant is to pay for the other's aftermath.
          await sleep(options.quick ? 500 : 4_000);
          return rate;
        },
        bare: async () => {
          if (written.length === 0) await fileBatches();
          const rate = await bare.insertAgain(written, BULK);
          await sleep(options.quick ? 500 : 4_000);
          return rate;
        },
      },
      options,
    );
  } finally {
    await bare.close();
  }
}
