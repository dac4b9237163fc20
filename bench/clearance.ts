import { type Bench, type BenchOptions, quantile } from './bench.ts';
import { ordinaryContents } from './clearance/filings.ts';
import { makeDay } from './clearance/make-day.ts';
import type { Outcome } from './clearance/order.ts';
import { recount } from './clearance/recount.ts';
import { overload } from './clearance/reports.ts';
import { bearing, prepare, type World } from './clearance/world.ts';
import { BUSY_ALL_DAY, call, startPort } from './port.ts';

/** Twelve million filings a day. */
const FILINGS_PER_S = 140;
const CROSSINGS_PER_S = 10;
const CONTENTS = 8_000;
/** A port runs for weeks: what its code costs to be compiled is not its day's. */
const WARM_UP_S = 60;
const FAULTS_SHOWN = 10;

/** A mixed day, with reports overloaded beside it; everything that was acknowledged is counted afterwards. */
export const clearance: Bench = {
  name: 'clearance',
  about: `A mixed day at ${FILINGS_PER_S} filings a second over the modes, with manifests, gates, findings, payments, and reports overloaded beside it: filing → decision from the moment each was due.`,
  async run(options) {
    const { quick, log } = options;
    const port = await startPort(['--no-demo'], null, BUSY_ALL_DAY);
    try {
      const contents = quick ? 1_000 : CONTENTS;
      const world = await prepare(port, await ordinaryContents(contents));
      log('The port is ready for the day.');
      const reports = overload(port.url, world);
      const day = await makeDay({
        ...{ url: port.url, world, contents, prefix: 'D', patient: false },
        ...{ filingsPerS: FILINGS_PER_S, crossingsPerS: CROSSINGS_PER_S },
        ...{ seconds: quick ? 20 : 600, warmUp: quick ? 5 : WARM_UP_S },
      });
      const read = await reports.end();
      tell(day, log);
      for (const each of read.faults.slice(0, FAULTS_SHOWN)) log(`report: ${each}`);
      log(`${read.answered} reports were answered, ${read.limited} told to come later`);
      const { lost, doubled } = await recount(port.url, world.keys.supervisor, day, log);
      for (const each of [...lost, ...doubled].slice(0, FAULTS_SHOWN)) log(each);
      return {
        figures: {
          p50_ms: quantile(day.filingMs, 0.5),
          p99_ms: quantile(day.filingMs, 0.99),
          gate_p50_ms: quantile(day.gateMs, 0.5),
          gate_p99_ms: quantile(day.gateMs, 0.99),
          filings_per_s: day.filingMs.length / day.seconds,
          untouched_share: await untouchedShare(port.url, world),
          lost: lost.length,
          doubled: doubled.length,
          faults: day.faults.length + read.faults.length,
          reports: read.answered,
        },
        peers: {},
        ratios: {},
      };
    } finally {
      await port.stop();
    }
  },
};

function tell(day: Outcome, log: BenchOptions['log']): void {
  const filed = Object.keys(day.filed).length;
  const paid = Object.keys(day.paid).length;
  log(`${filed} filings, ${day.bills} bills, ${day.arrived} arrivals, ${paid} payments`);
  log(`${day.crossed.length} crossings, ${day.findings} acts of officers`);
  log(`${day.acknowledged.length} notices acknowledged`);
  for (const each of day.faults.slice(0, FAULTS_SHOWN)) log(`fault: ${each}`);
}

/** Of what was released, the share that nobody had to act on, as the port itself says. */
async function untouchedShare(url: string, { keys }: World): Promise<number> {
  const { figures } = await call<{ figures: { metric: string; value: number | string | null }[] }>(
    ...([url, bearing(keys.supervisor), '/api/figures'] as const),
  );
  return Number(figures.find(({ metric }) => metric === 'untouched')?.value ?? Number.NaN);
}
