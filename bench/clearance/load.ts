import { readFileSync, writeFileSync } from 'node:fs';
import { localDateOf } from '../../src/kernel/dates.ts';
import { createDesks } from './desks.ts';
import { ordinaryContents } from './filings.ts';
import { createLorries, PER_LIST } from './lorries.ts';
import type { Order, Outcome } from './order.ts';
import { createPace } from './pace.ts';
import { createSender } from './sender.ts';
import { createTally } from './tally.ts';
import { createTraders, PER_SHIP } from './traders.ts';

/**
 * The process that makes the day: everything is sent when it is due, whether or not what went before
 * has been answered, and timed from that moment. A slow port cannot slow the day down.
 */

/** Ships report before their goods are declared, one in ten of them after. */
const MANIFEST_LEAD_S = 6;
const MANIFEST_LAG_S = 4;
const LATE_EVERY = 10;
const ARRIVAL_LAG_S = 8;
const LIST_LEAD_S = 2;

const [orderFile = '', outcomeFile = ''] = process.argv.slice(2);
const order = JSON.parse(readFileSync(orderFile, 'utf8')) as Order;
writeFileSync(outcomeFile, JSON.stringify(await makeDay(order)));

async function makeDay(order: Order): Promise<Outcome> {
  const { world, filingsPerS, crossingsPerS, warmUp, prefix } = order;
  const contents = await ordinaryContents(order.contents);
  const ends = warmUp + order.seconds;
  const total = filingsPerS * ends;
  const sender = createSender(order.url, order.patient);
  const tally = createTally();
  const pace = createPace(MANIFEST_LEAD_S, (what) => tally.fault(what));
  const shared = { keys: world.keys, prefix, timedFrom: warmUp };
  const traders = createTraders(sender, pace, tally, {
    ...{ ...shared, contents, total },
    on: localDateOf(new Date().toISOString()),
    guaranteed: new Set(world.guaranteed),
  });
  const lorries = createLorries(sender, pace, tally, shared);
  const desks = createDesks(sender, tally, world);

  const ships = Math.ceil(total / PER_SHIP);
  const shipsPerS = filingsPerS / PER_SHIP;
  const crossings = crossingsPerS * ends;
  const isLate = (ship: number): boolean => ship % LATE_EVERY === LATE_EVERY - 1;
  const reportIf = (late: boolean) => async (ship: number) => {
    if (isLate(ship) === late) await traders.report(ship);
  };
  await Promise.all([
    pace.each(shipsPerS, -MANIFEST_LEAD_S, ships, reportIf(false)),
    pace.each(shipsPerS, MANIFEST_LAG_S, ships, reportIf(true)),
    pace.each(filingsPerS, 0, total, traders.file),
    pace.each(shipsPerS, ARRIVAL_LAG_S, ships, traders.arrive),
    pace.each(
      ...([crossingsPerS / PER_LIST, -LIST_LEAD_S, Math.ceil(crossings / PER_LIST)] as const),
      lorries.registerList,
    ),
    pace.each(crossingsPerS, 0, crossings, lorries.cross),
    ...Object.values(desks).map((work) => pace.repeatedly(ends, work)),
  ]);
  await pace.settled();
  sender.close();
  const { crossed, acknowledged, filedUntil, fault: _, ...others } = tally;
  return {
    ...others,
    seconds: filedUntil - warmUp,
    crossed: [...crossed],
    acknowledged: [...acknowledged],
  };
}
