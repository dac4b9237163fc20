import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Matrix,
  scoreRow,
  scoreRows,
  type TreeOptions,
  type Trees,
  trainTrees,
} from '../../src/contexts/risk/trees/index.ts';
import { alternate, type Bench, type BenchOptions, quantile, ROUNDS } from '../bench.ts';
import { auc, type Labelled, precisionAt, readKorea, TRAIN, writeBytes } from './data.ts';
import { type Peers, startPeers } from './peers.ts';

/** The defaults of scikit-learn but for their number; the peers are set alike. */
const OPTIONS: TreeOptions = {
  trees: 300,
  leaves: 31,
  learningRate: 0.1,
  minLeafRows: 20,
  l2: 0,
  maxBins: 255,
  seed: 1,
};
const QUICK = { rows: 5_000, trees: 30 };
const PERCENTS = [1, 5, 10];

/**
 * Same columns, same rows, same settings, one thread each. CPU seconds are compared, not the clock's:
 * the machine may be busy. XGBoost bins and stops differently; only scikit-learn follows the same
 * method, so that the quality is compared with it.
 */
export const gbdt: Bench = {
  name: 'gbdt',
  about:
    'Boosted trees trained and scored on korea-cdd (300 trees of 31 leaves), beside scikit-learn and XGBoost.',
  async run(options) {
    if (!existsSync(TRAIN))
      throw new Error(`${TRAIN} is needed for this benchmark and is not there.`);
    const { train, valid } = await readKorea(options.quick ? QUICK.rows : Number.POSITIVE_INFINITY);
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    await writeBytes(folder, 'train', train);
    await writeBytes(folder, 'valid', valid);
    const peers = await startPeers(folder, train.matrix.names.length, options.log);
    try {
      return await measure(train, valid, peers, options);
    } finally {
      await peers.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(train: Labelled, valid: Labelled, peers: Peers, options: BenchOptions) {
  const settings = options.quick ? { ...OPTIONS, trees: QUICK.trees } : OPTIONS;
  const { rows } = train.matrix;
  let trees: Trees | null = null;

  options.log('Training, in CPU seconds:');
  const training = await alternate(
    contestants(
      peers,
      async () =>
        cpuSecondsOf(() => {
          trees = trainTrees(train, settings);
        }),
      (peer) =>
        secondsAsked(peers, { do: 'fit', peer, trees: settings.trees, leaves: settings.leaves }),
    ),
    options,
  );
  const ours: Trees = trees ?? assert.fail('Nothing was trained.');
  options.log('Scoring, in rows per CPU second:');
  const scoring = await alternate(
    contestants(
      peers,
      async () => rows / cpuSecondsOf(() => scoreRows(ours, train.matrix)),
      async (peer) => rows / (await secondsAsked(peers, { do: 'score', peer })),
    ),
    options,
  );

  const quality = qualityOf(scoreRows(ours, valid.matrix), valid.labels);
  const figures: Record<string, number> = {
    train_cpu_s: training.of(OURS),
    rows_per_cpu_s: scoring.of(OURS),
    ...waitOf(ours, valid.matrix),
    ...quality,
  };
  const told: Record<string, Record<string, number>> = {};
  const ratios: Record<string, number> = {};
  for (const peer of peers.names) {
    const { scores } = await peers.ask({ do: 'judge', peer });
    assert(Array.isArray(scores));
    const its = qualityOf(scores, valid.labels);
    told[peer] = { train_cpu_s: training.of(peer), rows_per_cpu_s: scoring.of(peer), ...its };
    ratios[`train_ratio_${peer}`] = training.ratio(OURS, peer);
    ratios[`rows_ratio_${peer}`] = scoring.ratio(OURS, peer);
    for (const [name, value] of Object.entries(quality)) {
      figures[`${name}_minus_${peer}`] = value - (its[name] ?? Number.NaN);
    }
  }
  return { figures, peers: told, ratios };
}

const OURS = 'jianghai';

function contestants(
  peers: Peers,
  ours: () => Promise<number>,
  theirs: (peer: string) => Promise<number>,
): Record<string, () => Promise<number>> {
  const others = peers.names.map((peer) => [peer, () => theirs(peer)] as const);
  return { [OURS]: ours, ...Object.fromEntries(others) };
}

/** All threads of this process count, those that compile and collect garbage among them. */
function cpuSecondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function secondsAsked(peers: Peers, order: Record<string, unknown>): Promise<number> {
  const { seconds } = await peers.ask(order);
  assert(typeof seconds === 'number');
  return seconds;
}

function qualityOf(scores: ArrayLike<number>, labels: Uint8Array): Record<string, number> {
  const precisions = PERCENTS.map((percent) => [
    `precision_at_${percent}`,
    precisionAt(percent, scores, labels),
  ]);
  return { auc: auc(scores, labels), ...Object.fromEntries(precisions) };
}

/**
 * By the clock: what one decision waits for. Of all rounds the quietest, because the slowest hundredth
 * of the others measures who else wanted the processor.
 */
function waitOf(trees: Trees, matrix: Matrix): Record<string, number> {
  const rounds = Array.from({ length: ROUNDS }, () => microsByRow(trees, matrix));
  const least = (share: number) => Math.min(...rounds.map((micros) => quantile(micros, share)));
  return { row_p50_us: least(0.5), row_p99_us: least(0.99) };
}

function microsByRow(trees: Trees, { rows, columns }: Matrix): number[] {
  const row = new Float64Array(columns.length);
  return Array.from({ length: rows }, (_, i) => {
    columns.forEach((values, c) => {
      row[c] = values[i] ?? Number.NaN;
    });
    const started = performance.now();
    scoreRow(trees, row);
    return (performance.now() - started) * 1000;
  });
}
