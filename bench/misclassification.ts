import { tariffCode } from '../src/contexts/chemicals/detectors/tariff-code.ts';
import { createIdentifier } from '../src/contexts/chemicals/identify/identifier.ts';
import { shippedLists } from '../src/contexts/chemicals/lists/shipped.ts';
import { type Bench, quantile } from './bench.ts';
import { declaredGoods } from './misclassification/declared-goods.ts';

const LINES = 4000;
const SEED = 20260301;
const FALSE_ALARMS = 0.05;

/** How many exchanged tariff codes are noticed, while one honest line in twenty may be suspected. */
export const misclassification: Bench = {
  name: 'misclassification',
  about:
    'Tariff codes exchanged by a sealed generator. Names are those of the lists that come with the platform, with grades, packing and slips of the pen: it measures coverage, not real detection.',
  async run({ quick, log }) {
    const identifier = createIdentifier(shippedLists());
    const lines = declaredGoods(SEED, quick ? 400 : LINES);
    const times: number[] = [];
    const scored = lines.map(({ description, hsCode, isSwapped }) => {
      const started = performance.now();
      const verdict = tariffCode(identifier.identify(description), hsCode);
      times.push(performance.now() - started);
      return {
        isSwapped,
        points: verdict?.points ?? 0,
        isJudged: verdict?.outcome !== 'notEvaluated',
      };
    });
    const honest = scored.filter(({ isSwapped }) => !isSwapped).map(({ points }) => points);
    const planted = scored.filter(({ isSwapped }) => isSwapped);
    honest.sort((a, b) => b - a);
    // The least suspicion that stays within the false alarms allowed; nothing said is no suspicion.
    const bound = Math.max(1, (honest[Math.floor(honest.length * FALSE_ALARMS)] ?? 0) + 1);
    const caught = planted.filter(({ points }) => points >= bound).length;
    const alarms = honest.filter((points) => points >= bound).length;
    log(`${lines.length} lines, suspected from ${bound} points on`);
    return {
      figures: {
        recall_at_5pct_fpr: caught / planted.length,
        false_positive_rate: alarms / honest.length,
        judged_share: planted.filter(({ isJudged }) => isJudged).length / planted.length,
        p95_ms: quantile(times, 0.95),
      },
      peers: {},
      ratios: {},
    };
  },
};
