import { openDuckdb } from '../src/platform/analytics/duckdb.ts';
import type { Bench } from './bench.ts';
import { differ, type Extent } from './differential/differ.ts';
import { columnar, compiled, duckdb, interpreted, oracle } from './differential/judges.ts';

const SEED = 20_261_122;

/** The long run: as many cases against CEL as patience allows, then the emitters among themselves. */
const LONG = {
  oracle: { rules: 400, rows: 2_500, batches: 10 },
  emitters: { rules: 400, rows: 50_000, batches: 50 },
};
const QUICK: typeof LONG = {
  oracle: { rules: 100, rows: 200, batches: 1 },
  emitters: { rules: 100, rows: 2_000, batches: 1 },
};

export const differential: Bench = {
  name: 'differential',
  about:
    'Random rules on random rows by everything that evaluates rules, and by @bufbuild/cel; ends at the first difference.',
  async run({ quick, log }) {
    const extent = quick ? QUICK : LONG;
    const analytics = await openDuckdb({ file: ':memory:', memoryMegabytes: 2_048 });
    try {
      const emitters = { compiled, columnar, duckdb: duckdb(analytics) };
      const progress = (name: string, { rules, rows, batches }: Extent) => {
        const whole = rules * rows * batches;
        return (pairs: number) =>
          log(`${name}: ${pairs.toLocaleString('en')} of ${whole.toLocaleString('en')} pairs`);
      };
      const withOracle = await differ(
        { interpreted, ...emitters, oracle },
        extent.oracle,
        SEED,
        progress('with CEL', extent.oracle),
      );
      const among = await differ(
        emitters,
        extent.emitters,
        SEED + extent.oracle.batches,
        progress('among emitters', extent.emitters),
      );
      return {
        figures: {
          pairs_with_oracle: withOracle.pairs,
          pairs_among_emitters: withOracle.pairs + among.pairs,
          differences: 0,
          share_true: among.isTrue / among.pairs,
          share_unknown: among.isUnknown / among.pairs,
        },
        peers: {},
        ratios: {},
      };
    } finally {
      await analytics.close();
    }
  },
};
