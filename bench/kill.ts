import { setTimeout as sleep } from 'node:timers/promises';
import { randomFor } from '../demo/generate/random.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { ordinaryContents } from './clearance/filings.ts';
import { makeDay } from './clearance/make-day.ts';
import { recount } from './clearance/recount.ts';
import { prepare } from './clearance/world.ts';
import { startPort } from './port.ts';

const KILLS = 100;
const QUICK_KILLS = 2;
const CONTENTS = 1_000;
const UP_S = { least: 0.5, most: 9 };
/** Seconds of the day for each kill: the time between two, and the start after one. */
const DAY_S_PER_KILL = 10;
/** As much as a port catches up with that is away half of the time. */
const FILINGS_PER_S = 35;
const CROSSINGS_PER_S = 3;
const SHOWN = 20;

/**
 * The server is killed with -9 at random moments of the mixed day and started again; whoever got no
 * answer sends the same again, as programs with ids of their own do.
 */
export const kill: Bench = {
  name: 'kill',
  about:
    'The server killed with -9 at random moments of a mixed day: everything acknowledged is there afterwards, exactly once.',
  run: (options) => killAgainAndAgain(options.quick ? QUICK_KILLS : KILLS, options.log),
};

export async function killAgainAndAgain(kills: number, log: BenchOptions['log']) {
  let port = await startPort(['--no-demo']);
  try {
    const world = await prepare(port, await ordinaryContents(CONTENTS));
    log('The port is ready for the day.');
    let isOver = false;
    const making = makeDay({
      ...{ url: port.url, world, contents: CONTENTS, prefix: 'K', patient: true },
      ...{ filingsPerS: FILINGS_PER_S, crossingsPerS: CROSSINGS_PER_S },
      ...{ seconds: kills * DAY_S_PER_KILL + 5, warmUp: 0 },
    }).finally(() => {
      isOver = true;
    });
    // A failure is thrown where the day is awaited.
    making.catch(() => undefined);
    const random = randomFor('kill', kills);
    let killed = 0;
    while (killed < kills && !isOver) {
      await sleep(random.between(UP_S.least, UP_S.most) * 1000);
      await port.kill();
      killed += 1;
      port = await startPort(['--no-demo'], port);
      log(`killed ${killed} times, ready again after ${port.secondsToReady.toFixed(1)} s`);
    }
    const day = await making;
    for (const each of day.faults.slice(0, SHOWN)) log(`fault: ${each}`);
    const { lost, doubled } = await recount(port.url, world.keys.supervisor, day, log);
    for (const each of [...lost, ...doubled].slice(0, SHOWN)) log(each);
    return {
      figures: {
        kills: killed,
        acknowledged: Object.keys(day.filed).length + day.crossed.length + day.acknowledged.length,
        acknowledged_lost: lost.length,
        doubled: doubled.length,
        faults: day.faults.length,
      },
      peers: {},
      ratios: {},
    };
  } finally {
    await port.stop();
  }
}
