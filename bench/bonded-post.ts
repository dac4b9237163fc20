import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { byColumn } from '../src/contexts/bonded/books/sent.ts';
import {
  bring,
  createRefusedFile,
  loadLedgerMapping,
  remoteInlet,
} from '../src/contexts/bonded/imports/index.ts';
import { silentLog } from '../src/platform/log.ts';
import { openPostgres } from '../src/platform/postgres/open.ts';
import { type Bench, type BenchOptions, median, quantile, ROUNDS, secondsOf } from './bench.ts';
import {
  type CopyBatch,
  makeBatches,
  prepareCopyLedger,
  writeBatches,
} from './bonded/copy-ledger.ts';
import { type Factory, LINES, makeFactory } from './bonded/factory.ts';
import { LEDGER, type LedgerPort, openLedgerPort } from './bonded/port.ts';

const FULL = { orders: 12_000, fileOrders: 6_000, groups: 400, singles: 1_500, beside: 300 };
const QUICK = { orders: 1_000, fileOrders: 500, groups: 10, singles: 20, beside: 20 };
/** Orders of one request of an ERP that pushes as much as it can: as many events as the command line sends. */
const PUSHED_ORDERS = 125;
/** Orders of a group, sent as one request of an ERP's interface; a few senders at a time. */
const GROUP_ORDERS = 10;
const SENDERS = 2;
const SINGLES_PER_S = 50;
/** A line is issued or received; a movement of the journal is that, or a division of what was used. */
const LINES_PER_ORDER = LINES + 1;

/**
 * Work orders pushed over HTTP, their lines by column, by two senders that each wait for an answer before they send the
 * next: checked, decided by the one writer of the ledger with a lot for every line, and on disk before they are answered.
 * Each order is opened, issued, received and closed, which divides what it used. Beside it a PostgreSQL ledger that is
 * handed the same movements; what either is handed is made beforehand. The same orders also go from a file through the
 * command line's own import, which reads it by a mapping. At the end single orders are sent beside such pushing.
 */
export const bondedPost: Bench = {
  name: 'bonded-post',
  about:
    'Work orders of fifty lines into a bonded ledger through the public import, beside a PostgreSQL ledger by COPY.',
  async run(options) {
    const size = options.quick ? QUICK : FULL;
    const rounds = options.quick ? 1 : ROUNDS + 1;
    const factory = makeFactory();
    const each = size.orders + size.fileOrders;
    const some = size.groups * GROUP_ORDERS + size.singles + size.orders + size.beside;
    const all = each * rounds + some;
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    const copying = await openPostgres({ embeddedIn: join(folder, 'peer') }, silentLog);
    const ledger = await openLedgerPort(factory, all);
    options.log('The ledger is open and its store is full.');
    try {
      const batches = makeBatches(factory, size.orders);
      const [ours, file, peer]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round < rounds; round += 1) {
        const first = round * each;
        const one = async () => ours.push(await pushRate(ledger, factory, first, size));
        const other = async () => peer.push(await copyRate(copying.pool, batches, size));
        for (const turn of round % 2 === 0 ? [one, other] : [other, one]) await turn();
        file.push(await importRate(ledger, factory, folder, first + size.orders, size));
        const rates = [ours, file, peer].map((rates) => rates.at(-1)?.toFixed(0));
        options.log(
          `round ${round}: pushed ${rates[0]}, from a file ${rates[1]}, COPY ${rates[2]}`,
        );
      }
      // The first round warms up, where there are others.
      const counted = <T>(values: readonly T[]) => values.slice(rounds > 1 ? 1 : 0);
      const from = each * rounds;
      const groups = await groupTimes(ledger, factory, from, size.groups);
      const after = from + size.groups * GROUP_ORDERS;
      const singles = await singleTimes(ledger, factory, after, size.singles, options);
      const beside = await besideTimes(ledger, factory, after + size.singles, size, options);
      return {
        figures: {
          lines_per_s: median(counted(ours)),
          file_lines_per_s: median(counted(file)),
          group_p50_ms: quantile(groups, 0.5),
          group_p99_ms: quantile(groups, 0.99),
          single_p50_ms: quantile(singles, 0.5),
          single_p99_ms: quantile(singles, 0.99),
          single_beside_push_p99_ms: quantile(beside, 0.99),
        },
        peers: { copy_ledger: { lines_per_s: median(counted(peer)) } },
        ratios: {
          over_copy_ledger: median(counted(ours.map((rate, at) => rate / (peer[at] ?? 0)))),
        },
      };
    } finally {
      await ledger.port.stop();
      await copying.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

type Size = typeof FULL;

/** Lines a second of orders pushed by a few senders, from the first request to the last answer. */
async function pushRate(
  { send }: LedgerPort,
  factory: Factory,
  first: number,
  { orders }: Size,
): Promise<number> {
  const bodies: string[] = [];
  for (let from = 0; from < orders; from += PUSHED_ORDERS) {
    const count = Math.min(PUSHED_ORDERS, orders - from);
    const events = Array.from({ length: count }, (_, n) => factory.order(first + from + n)).flat();
    bodies.push(JSON.stringify({ events: events.map(byColumn) }));
  }
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let at = next++; at < bodies.length; at = next++) await applied(send(bodies[at] ?? ''));
  };
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: SENDERS }, sender)));
  return (orders * LINES_PER_ORDER) / seconds;
}

/** Lines a second of a file of orders, from the first byte read to the last answer. */
async function importRate(
  ledger: LedgerPort,
  factory: Factory,
  folder: string,
  first: number,
  { fileOrders: orders }: Size,
): Promise<number> {
  const file = join(folder, 'orders.csv');
  await writeOrders(file, factory, first, orders);
  const mapping = await loadLedgerMapping('jianghai');
  const refused = createRefusedFile(`${file}.refused.csv`, ({ code }) => ({ zh: code, en: code }));
  const inlet = remoteInlet(ledger.ask);
  const seconds = await secondsOf(async () => {
    const { outcomes } = await bring({
      ...{ file, mapping, ledger: LEDGER, explode: null, inlet, refused },
      progress: () => undefined,
    });
    assert.deepEqual(outcomes, { applied: orders * 4 });
  });
  await refused.end();
  return (orders * LINES_PER_ORDER) / seconds;
}

async function writeOrders(file: string, factory: Factory, first: number, orders: number) {
  function* rows(): Iterable<string> {
    yield 'id,kind,occurredAt,order,product,planned,part,quantity\n';
    for (let number = first; number < first + orders; number += 1)
      yield factory
        .order(number)
        .flatMap(({ id, kind, occurredAt, order, product = '', planned = '', lines }) => {
          const head = `${id},${kind},${occurredAt},${order},${product},${planned}`;
          return lines.length === 0
            ? [`${head},,\n`]
            : lines.map(({ part, quantity }) => `${head},${part},${quantity}\n`);
        })
        .join('');
  }
  await pipeline(Readable.from(rows()), createWriteStream(file));
}

async function copyRate(
  pool: Parameters<typeof writeBatches>[0],
  batches: readonly CopyBatch[],
  { orders }: Size,
): Promise<number> {
  await prepareCopyLedger(pool);
  return (orders * LINES_PER_ORDER) / (await secondsOf(() => writeBatches(pool, batches)));
}

/** Milliseconds of each request of some orders, while a few senders each wait for their answer and send the next. */
async function groupTimes(
  { post }: LedgerPort,
  factory: Factory,
  first: number,
  groups: number,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < groups) {
      const from = first + next * GROUP_ORDERS;
      next += 1;
      const events = Array.from({ length: GROUP_ORDERS }, (_, n) => factory.order(from + n)).flat();
      times.push((await secondsOf(() => applied(post(events)))) * 1000);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return times;
}

/** Milliseconds of one order at a time, each timed from the moment it was due. */
async function singleTimes(
  { post }: LedgerPort,
  factory: Factory,
  first: number,
  singles: number,
  { quick }: BenchOptions,
): Promise<number[]> {
  const times: number[] = [];
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let n = 0; n < singles; n += 1) {
    const due = started + (n * 1000) / SINGLES_PER_S;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const since = Math.min(due, performance.now());
    pending.push(
      applied(post(factory.order(first + n))).then(() => {
        if (quick || n >= SINGLES_PER_S) times.push(performance.now() - since);
      }),
    );
  }
  await Promise.all(pending);
  return times;
}

/** The same while others push as much as they can. */
async function besideTimes(
  ledger: LedgerPort,
  factory: Factory,
  first: number,
  size: Size,
  options: BenchOptions,
): Promise<number[]> {
  const pushing = pushRate(ledger, factory, first, size);
  const times = await singleTimes(ledger, factory, first + size.orders, size.beside, options);
  await pushing;
  return times;
}

async function applied(posting: ReturnType<LedgerPort['post']>): Promise<void> {
  for (const { outcome } of await posting) assert.equal(outcome, 'applied');
}
