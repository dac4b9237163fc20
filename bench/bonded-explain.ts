import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { writeYear } from './bonded-explain/files.ts';
import { explainByProgram, type Told } from './bonded-explain/program.ts';
import { makeYear, type Rates } from './bonded-explain/year.ts';

const SEEDS = ['101', '102', '103', '104', '105'] as const;
const QUICK: Partial<Rates> = { orders: 400, troubled: 12 };

/** How much of what was done to a year of records is found again, and how much is claimed that was not. */
export const bondedExplain: Bench = {
  name: 'bonded-explain',
  about:
    'Differences of a count attributed to faults sealed in an AdventureWorks-shaped year, file by file through the command line.',
  async run({ quick, log, seed, rates }) {
    const seeds = seed !== undefined ? [seed] : quick ? SEEDS.slice(0, 1) : SEEDS;
    const changes =
      rates === undefined ? {} : (JSON.parse(await readFile(rates, 'utf8')) as object);
    const told: Told[] = [];
    for (const each of seeds) {
      const folder = await mkdtemp(join(tmpdir(), 'jianghai-explain-'));
      try {
        await writeYear(makeYear(each, { ...(quick && QUICK), ...changes }), folder);
        const one = await explainByProgram(folder, join(folder, 'data'));
        const { precision, recall, wrong, missed } = one.score;
        log(`seed ${each}: precision ${precision}, recall ${recall}`);
        for (const line of wrong) log(`  claimed and not so: ${line}`);
        for (const line of missed) log(`  not found: ${line}`);
        told.push(one);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }
    return { figures: figuresOf(told), peers: {}, ratios: {} };
  },
};

function figuresOf(told: readonly Told[]): Record<string, number> {
  const figures: Record<string, number> = {};
  const add = (name: string, value: number) => {
    figures[name] = (figures[name] ?? 0) + value;
  };
  for (const { score, seconds } of told) {
    for (const [name, value] of Object.entries(score.all)) add(name, value);
    add('false_explained_quantity_share', score.falseQuantityShare / told.length);
    for (const [cause, tally] of score.byCause)
      for (const [name, value] of Object.entries(tally)) add(`${cause}_${name}`, value);
    for (const [name, value] of Object.entries(seconds)) add(name, value / told.length);
  }
  const share = (part: string, whole: string) => (figures[part] ?? 0) / (figures[whole] || 1);
  return {
    precision_explained: share('right', 'explained'),
    recall_identifiable: share('recalled', 'identifiable'),
    ...figures,
  };
}
