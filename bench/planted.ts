import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { KindScore, Score } from '../demo/scoring.ts';
import { parseTable, type Row } from '../demo/table.ts';
import { loadPolicy } from '../src/contexts/risk/index.ts';
import type { Bench, BenchOptions } from './bench.ts';

const SCALE = 60_000;
const QUICK_SCALE = 15_000;
/** Of each office’s daily traffic, what may be examined. */
const BUDGET = 0.05;
/** What is examined in the first two months so that there is something to learn from but suspicion. */
const SAMPLE = 0.02;
/** The first day that is judged. */
const JUDGED_FROM = '2026-09-01';
const MAPPING = ['--mapping', 'jianghai-declarations'];

const programOf = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));
const JIANGHAI = programOf('bin/jianghai.js');
const DEMO = (name: string): string => programOf(`dist/demo/${name}.js`);

/**
 * How much of what the demo port’s generator hid is found with a budget of examinations. Everything
 * runs as commands that anybody could run, on files; the sealed answers are opened by the demo’s own
 * commands alone, and of the first two months only for what was examined in them.
 */
export const planted: Bench = {
  name: 'planted',
  about: `Planted irregularities found in the last month of the demo port with ${BUDGET * 100} % examined: checks and a model, beside the checks alone and chance.`,
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    try {
      return await measure(folder, options);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, { quick, log }: BenchOptions) {
  const file = (name: string): string => join(folder, name);
  const port = file('demo');
  const answers = ['--answers', join(port, 'answers.sealed.ndjson')];
  await command(DEMO('main'), '--folder', port, '--scale', String(quick ? QUICK_SCALE : SCALE));
  await command(DEMO('flat'), '--folder', port, '--out', file('all.csv'));

  const assess = async (name: string, sample: number, ...more: string[]): Promise<Row[]> => {
    await writeFile(file('policy.json'), JSON.stringify(policyOf(sample)));
    const [out, policy] = [file(`${name}.csv`), file('policy.json')];
    const words = [...MAPPING, '--policy', policy, '--out', out, '--json', ...more];
    await command(JIANGHAI, 'assess', file('all.csv'), ...words);
    return parseTable(await readFile(out, 'utf8'));
  };
  const scoreOf = async (name: string, selected: ReadonlySet<string>, judged: readonly Row[]) => {
    const lines = judged.map(({ id = '' }) => `${id},${selected.has(id) ? 'red' : 'green'}`);
    await writeFile(file(`${name}.csv`), `id,lane\n${lines.join('\n')}\n`);
    const said = await command(
      ...[DEMO('score'), ...answers, '--decisions', file(`${name}.csv`), '--json'],
    );
    return JSON.parse(said) as Score;
  };

  const byChecks = await assess('checks', SAMPLE);
  const earlier = byChecks.filter(({ date = '' }) => date < JUDGED_FROM);
  const lines = earlier.map(({ id, lane }) => `${id},${lane}`);
  await writeFile(file('earlier.csv'), `id,lane\n${lines.join('\n')}\n`);
  await command(
    ...[DEMO('examine'), ...answers, '--decisions', file('earlier.csv')],
    ...['--out', file('findings.csv')],
  );
  const found = new Map(
    parseTable(await readFile(file('findings.csv'), 'utf8')).map((row) => [row.id, row.found]),
  );
  const findings = [...found.values()].filter((each) => each === '1').length;
  log(`${earlier.length} earlier declarations, ${found.size} examined, ${findings} with a finding`);
  await writeFile(file('train.csv'), await labelled(file('all.csv'), found));
  await command(
    ...[JIANGHAI, 'risk', 'train', file('train.csv'), ...MAPPING, '--label', 'found'],
    ...['--history', '--out', file('model.json'), '--json'],
  );
  const byBoth = await assess(
    ...(['both', 0, '--model', file('model.json'), '--budget', String(BUDGET)] as const),
  );

  const judged = byBoth.filter(({ date = '' }) => date >= JUDGED_FROM);
  const selected = new Set(judged.flatMap(({ id = '', lane }) => (lane === 'red' ? [id] : [])));
  const bySuspicion = byChecks.filter(({ date = '' }) => date >= JUDGED_FROM).sort(moreSuspicious);
  const suspected = new Set(bySuspicion.slice(0, selected.size).map(({ id = '' }) => id));
  const ours = await scoreOf('ours', selected, judged);
  const checks = await scoreOf('suspected', suspected, judged);
  const chance = byChance(ours);
  const byModel = judged.filter(({ selected_by }) => selected_by === 'model').length;
  return {
    figures: {
      ...figuresOf(ours),
      judged: ours.decided,
      examined_share: ours.selected / ours.decided,
      selected_by_model: byModel,
      learned_from: found.size,
    },
    peers: { 'checks alone': figuresOf(checks), chance: figuresOf(chance) },
    ratios: {
      recall_over_checks: over(ours.recall, checks.recall),
      recall_over_random: over(ours.recall, chance.recall),
      precision_over_checks: over(ours.precision, checks.precision),
      precision_over_random: over(ours.precision, chance.precision),
    },
  };
}

async function command(program: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/**
 * The shipped policy but that whatever is looked at is examined, so that there is one budget; and that
 * every consignment has the same at stake, since what is counted here are consignments.
 */
function policyOf(sample: number) {
  const { lanes, selection, ...policy } = loadPolicy();
  return {
    ...policy,
    lanes: { red: lanes.yellow, yellow: lanes.yellow - 1, blue: lanes.blue },
    selection: { ...selection, stakeMax: selection.stakeMin },
    sample: { lane: 'red', rate: sample, rateByGrade: {} },
  };
}

/** The rows before the judged part, with what was found where anybody looked. */
async function labelled(
  all: string,
  found: ReadonlyMap<string | undefined, string | undefined>,
): Promise<string> {
  const [header = '', ...rows] = (await readFile(all, 'utf8')).trimEnd().split('\n');
  assert.match(header, /^declaration_id,declared_on,/, 'The flat table begins with id and day.');
  const earlier = rows.flatMap((row) => {
    const [id = '', day = ''] = row.split(',', 2);
    return day < JUDGED_FROM ? [`${row},${found.get(id) ?? ''}`] : [];
  });
  return `${[`${header},found`, ...earlier].join('\n')}\n`;
}

/** By what the checks say: mandatory criteria, then the score; among equals by lot. */
function moreSuspicious(a: Row, b: Row): number {
  const rank = ({ selected_by, score }: Row): number =>
    selected_by === 'mandatory' ? 1000 : Number(score);
  return rank(b) - rank(a) || (lot(a) < lot(b) ? -1 : 1);
}
const lot = ({ id = '' }: Row): string => createHash('sha256').update(id).digest('hex');

/** What as many examinations drawn by lot find on average: that is known without drawing. */
function byChance({ decided, selected, irregular, kinds }: Score): Pick<
  Score,
  'recall' | 'precision'
> & {
  readonly kinds: readonly Pick<KindScore, 'kind' | 'recall' | 'precision'>[];
} {
  const recall = selected / decided;
  return {
    recall,
    precision: irregular / decided,
    kinds: kinds.map(({ kind, planted: hidden }) => ({
      ...{ kind, precision: hidden / decided },
      recall: hidden === 0 ? null : recall,
    })),
  };
}

function figuresOf({ recall, precision, kinds }: ReturnType<typeof byChance>) {
  const figures: Record<string, number> = {
    recall: recall ?? Number.NaN,
    precision: precision ?? Number.NaN,
  };
  for (const each of kinds) figures[`recall_${each.kind}`] = each.recall ?? Number.NaN;
  for (const each of kinds) figures[`precision_${each.kind}`] = each.precision ?? Number.NaN;
  return figures;
}

const over = (ours: number | null, theirs: number | null): number =>
  (ours ?? Number.NaN) / (theirs ?? Number.NaN);
