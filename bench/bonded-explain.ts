import { explain } from '../src/contexts/bonded/explain/explain.ts';
import type { Bench } from './bench.ts';
import { secondsOf } from './bench.ts';
import { type Score, score } from './bonded-explain/score.ts';
import { makeYear } from './bonded-explain/year.ts';

const SEEDS = ['101', '102', '103', '104', '105'] as const;
const FULL = { orders: 3_000, troubled: 40 };
const QUICK = { orders: 800, troubled: 15 };

/** How much of what was done to a year of records is found again, and how much is claimed that was not. */
export const bondedExplain: Bench = {
  name: 'bonded-explain',
  about: 'Differences of a count attributed to faults sealed in an AdventureWorks-shaped year.',
  async run({ quick, log }) {
    const scores: Score[] = [];
    let seconds = 0;
    for (const seed of quick ? SEEDS.slice(0, 1) : SEEDS) {
      const year = makeYear(seed, quick ? QUICK : FULL);
      seconds += await secondsOf(async () => {
        scores.push(score(year, explain(year.evidence)));
      });
      const last = scores.at(-1);
      if (last) log(`seed ${seed}: precision ${last.precision}, recall ${last.recall}`);
    }
    return {
      figures: { ...figuresOf(scores), explain_s: seconds / scores.length },
      peers: {},
      ratios: {},
    };
  },
};

function figuresOf(scores: readonly Score[]): Record<string, number> {
  const figures: Record<string, number> = {};
  const add = (name: string, value: number) => {
    figures[name] = (figures[name] ?? 0) + value;
  };
  for (const { all, byCause, falseQuantityShare } of scores) {
    for (const [name, value] of Object.entries(all)) add(name, value);
    add('false_explained_quantity_share', falseQuantityShare / scores.length);
    for (const [cause, tally] of byCause)
      for (const [name, value] of Object.entries(tally)) add(`${cause}_${name}`, value);
  }
  const share = (part: string, whole: string) => (figures[part] ?? 0) / (figures[whole] || 1);
  return {
    precision_explained: share('right', 'explained'),
    recall_identifiable: share('recalled', 'identifiable'),
    ...figures,
  };
}
