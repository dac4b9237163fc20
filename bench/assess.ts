import assert from 'node:assert/strict';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { csvLine, loadMapping, openFactReader } from '../src/contexts/pool/index.ts';
import {
  assess as assessFile,
  createEngine,
  createHistory,
  loadPolicy,
} from '../src/contexts/risk/index.ts';
import { alternate, type Bench, secondsOf } from './bench.ts';
import { jsonRules } from './json-rules.ts';

const DATA = '../shared/data/korea-cdd/df_syn_train_eng.csv';
const QUICK_ROWS = 2_000;
/** The peer decides some hundred a second: beside it, the first rows of the file are enough. */
const COMPARED_ROWS = 6_000;

const policy = loadPolicy();
/** Which checks hit, by declaration: what both sides must agree on before any time is taken. */
type Hits = Map<string, string>;

/**
 * Both read the same file through the same reader, keep the same history of earlier days and write a
 * line for each declaration; only deciding differs.
 */
export const assess: Bench = {
  name: 'assess',
  about:
    'Declarations decided per second, file to file, on korea-cdd, beside the same checks in json-rules-engine.',
  async run(options) {
    if (!existsSync(DATA))
      throw new Error(`${DATA} is needed for this benchmark and is not there.`);
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    try {
      const compared = await firstRows(folder, options.quick ? QUICK_ROWS : COMPARED_ROWS);
      const whole = options.quick ? compared : DATA;
      const ours = await decideAll(compared, folder);
      const theirs = await askJsonRules(compared, folder);
      assert.deepEqual(theirs.hits, ours.hits, 'Both must hit the same checks on the same rows.');
      options.log(
        `${ours.rows} declarations, ${countHits(ours.hits)} hits, the same on both sides`,
      );
      const { rows } = await decideAll(whole, folder);
      const perSecond = (count: number, work: () => Promise<unknown>) => async () =>
        count / (await secondsOf(work));
      const rounds = await alternate(
        {
          whole: perSecond(rows, () => decideAll(whole, folder)),
          jianghai: perSecond(ours.rows, () => decideAll(compared, folder)),
          jsonRules: perSecond(ours.rows, () => askJsonRules(compared, folder)),
        },
        options,
      );
      return {
        figures: { declarations_per_s: rounds.of('whole'), declarations: rows },
        peers: { 'json-rules-engine': { declarations_per_s: rounds.of('jsonRules') } },
        ratios: { over_json_rules_engine: rounds.ratio('jianghai', 'jsonRules') },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function firstRows(folder: string, count: number): Promise<string> {
  const file = join(folder, 'first.csv');
  const lines = (await readFile(DATA, 'utf8')).split('\n').slice(0, count + 1);
  await writeFile(file, lines.join('\n'));
  return file;
}

const countHits = (hits: Hits): number =>
  [...hits.values()].reduce((total, names) => total + names.split(' ').length, 0);

/** As the command does it; the hits are noted on the way, which costs it a little. */
async function decideAll(file: string, folder: string): Promise<{ rows: number; hits: Hits }> {
  const hits: Hits = new Map();
  const engine = createEngine({ policy, seed: 'bench' });
  const reader = await openFactReader(file, await loadMapping('korea-cdd'));
  const { write, end } = openOutput(join(folder, 'ours.csv'));
  try {
    const { decided } = await assessFile({
      reader,
      history: createHistory(),
      capacity: null,
      language: 'en',
      write,
      progress: () => undefined,
      engine: {
        versions: engine.versions,
        decide(subject, decidedOn, facts) {
          const decision = engine.decide(subject, decidedOn, facts);
          const names = decision.results.flatMap((r) => (r.outcome === 'hit' ? [r.check] : []));
          if (names.length > 0) hits.set(subject, names.sort().join(' '));
          return decision;
        },
      },
    });
    await end();
    return { rows: decided, hits };
  } finally {
    await reader.close();
  }
}

async function askJsonRules(file: string, folder: string): Promise<{ rows: number; hits: Hits }> {
  const hits: Hits = new Map();
  const ask = jsonRules(policy);
  const history = createHistory();
  const reader = await openFactReader(file, await loadMapping('korea-cdd'));
  const { write, end } = openOutput(join(folder, 'theirs.csv'));
  let rows = 0;
  try {
    for await (const batch of reader.batches()) {
      let lines = '';
      for (const { id, date, facts } of batch) {
        const names = await ask(Object.assign({}, facts, history.factsFor(facts, date)));
        history.observe(facts, date);
        if (names.length > 0) hits.set(id, names.sort().join(' '));
        lines += csvLine([id, date, names.join(' ')]);
      }
      rows += batch.length;
      await write(lines);
    }
    await end();
    return { rows, hits };
  } finally {
    await reader.close();
  }
}

function openOutput(file: string): { write(lines: string): Promise<void>; end(): Promise<void> } {
  const stream = createWriteStream(file);
  return {
    write: (lines) =>
      new Promise((resolve, reject) => {
        stream.write(lines, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => {
      stream.end();
      return finished(stream);
    },
  };
}
