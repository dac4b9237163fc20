import assert from 'node:assert/strict';
import { randomFor } from '../demo/generate/random.ts';
import { assess } from '../src/contexts/duty/calculation/assess.ts';
import { tariffOf } from '../src/contexts/duty/tariff/testing.ts';
import { alternate, type Bench } from './bench.ts';
import { filesOfTheTariff } from './duty/book.ts';
import { requester } from './duty/cases.ts';
import { differ } from './duty/differ.ts';

const SEED = 20_261_122;
const LONG = { compared: { lines: 250_000, linesPerTariff: 25_000 }, declarations: 4_000 };
const QUICK: typeof LONG = { compared: { lines: 4_000, linesPerTariff: 2_000 }, declarations: 300 };

/**
 * Every line is assessed twice: by the product, with each step explained, and by a calculator written
 * from the formulas with fractions, that explains nothing and shares no code with it. Rates are of
 * processor time, over the tables that come with the platform.
 */
export const duty: Bench = {
  name: 'duty',
  about:
    'Random declaration lines over made-up tariffs against an independent calculator, and lines assessed and explained per second.',
  async run(options) {
    const { quick, log } = options;
    const extent = quick ? QUICK : LONG;
    const compared = differ(extent.compared, SEED, assess, (lines) =>
      log(`${lines.toLocaleString('en')} lines compared`),
    );
    for (const disagreement of compared.shown) log(disagreement);
    const ways = [...compared.taxes].map(([way, count]) => `${way} ${count}`).sort();
    log(`levied: ${ways.join(', ')}`);

    const files = filesOfTheTariff();
    const next = requester(randomFor('duty', 'rate'), files);
    const requests = Array.from({ length: extent.declarations }, next);
    const lines = requests.reduce((sum, request) => sum + request.lines.length, 0);
    const tables = tariffOf();
    const rounds = await alternate(
      {
        ours: async () =>
          lines / processorSeconds(() => requests.map((one) => assess(one, tables))),
      },
      options,
    );
    assert(compared.declarations > compared.refused * 2, 'Most declarations are assessed.');
    return {
      figures: {
        lines_per_s: rounds.of('ours'),
        lines_compared: compared.lines,
        declarations_compared: compared.declarations,
        declarations_refused: compared.refused,
        disagreements: compared.disagreements,
      },
      peers: {},
      ratios: {},
    };
  },
};

function processorSeconds(work: () => unknown[]): number {
  const before = process.cpuUsage();
  const { length } = work();
  const { user, system } = process.cpuUsage(before);
  return length > 0 ? (user + system) / 1e6 : Number.NaN;
}
