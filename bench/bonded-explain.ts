import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import type { Score } from './bonded-explain/claim.ts';
import { writeYear } from './bonded-explain/files.ts';
import { type Delivery, type Explained, explainFiles, jianghai } from './bonded-explain/program.ts';
import { score } from './bonded-explain/score.ts';
import { writeYear as writeTrade } from './bonded-explain/trades/files.ts';
import { score as scoreTrade } from './bonded-explain/trades/score.ts';
import { makeYear as makeTrade, type Rates as TradeRates } from './bonded-explain/trades/year.ts';
import { makeYear, type Rates } from './bonded-explain/year.ts';

/** A year written to a folder, and how an explanation of it is judged. */
interface Sealed {
  readonly delivery: Delivery;
  readonly judge: (explained: Explained) => Score;
}

interface Generator {
  readonly seeds: readonly string[];
  readonly write: (
    ...of: [seed: string, folder: string, rates: object, quick: boolean]
  ) => Promise<Sealed>;
}

const QUICK: Partial<Rates> = { orders: 400, troubled: 12 };
const QUICK_TRADE: Partial<TradeRates> = { rate: 0.5 };

/**
 * Written apart, and sharing nothing but the files they end in. `assembly` is one large assembler in the shape of
 * AdventureWorks: thousands of orders, a spot with one to five faults. `trades` is a textile, an electronics, a
 * chemical, a machine or a garment factory, by the seed: half a year each, in its own units, numbers and habits of
 * writing things down, with 27 kinds of fault one by one and up to five on a part.
 */
const GENERATORS: Readonly<Record<string, Generator>> = {
  assembly: {
    seeds: ['101', '102', '103', '104', '105'],
    write: async (seed, folder, rates, quick) => {
      const year = makeYear(seed, { ...(quick && QUICK), ...rates });
      const judge = ({ claims }: Explained) => score(year, claims);
      return { delivery: await writeYear(year, folder), judge };
    },
  },
  trades: {
    seeds: ['101', '102', '103', '104', '105'],
    write: async (seed, folder, rates, quick) => {
      if (!/^\d{1,6}$/.test(seed)) throw new Error(`A seed of trades is a whole number: ${seed}.`);
      const year = makeTrade(Number(seed), { ...(quick && QUICK_TRADE), ...rates });
      const judge = (explained: Explained) => scoreTrade(year, explained);
      return { delivery: await writeTrade(year, folder), judge };
    },
  },
};

interface Told {
  readonly score: Score;
  readonly seconds: Explained['seconds'];
}

/** How much of what was done to a year of records is found again, and how much is claimed that was not. */
export const bondedExplain: Bench = {
  name: 'bonded-explain',
  about:
    'Differences of a count attributed to sealed faults, file by file through the command line; --generator assembly or trades.',
  async run({ quick, log, seed, rates, generator: name = 'assembly' }) {
    const generator = GENERATORS[name];
    if (!generator)
      throw new Error(`--generator is one of ${Object.keys(GENERATORS).join(', ')}, not ${name}.`);
    const seeds = seed !== undefined ? [seed] : generator.seeds.slice(0, quick ? 1 : undefined);
    const changes =
      rates === undefined ? {} : (JSON.parse(await readFile(rates, 'utf8')) as object);
    const told: Told[] = [];
    for (const each of seeds) {
      const folder = await mkdtemp(join(tmpdir(), 'jianghai-explain-'));
      try {
        const { delivery, judge } = await generator.write(each, folder, changes, quick);
        const explained = await explainFiles(delivery, jianghai(join(folder, 'data')));
        const one = judge(explained);
        const { precision, recall, wrong, missed } = one;
        log(`seed ${each}: precision ${precision}, recall ${recall}`);
        for (const line of wrong) log(`  claimed and not so: ${line}`);
        for (const line of missed) log(`  not found: ${line}`);
        told.push({ score: one, seconds: explained.seconds });
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
