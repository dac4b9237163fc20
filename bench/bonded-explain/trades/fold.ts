import { COUNTED_AT, type Entry, type Happening, type Line, type World } from './world.ts';

/** Units of each part by account and site. */
export type Held = ReadonlyMap<string, number>;
export const spotOf = (part: string, account: string, site: string): string =>
  JSON.stringify([part, account, site]);
export const readSpot = (spot: string): [part: string, account: string, site: string] =>
  JSON.parse(spot);

const STORE = { material: 'rawMaterial', semiFinished: 'semiFinished', finished: 'finished' };

type Move = readonly [account: string, site: string, sign: 1 | -1];

/** What lies where at the count, by what `told` makes of each happening: the truth, or what was entered. */
export function fold(world: World, told: (happening: Happening) => readonly Entry[]): Held {
  const entries = world.happenings
    .flatMap(told)
    .filter(({ at }) => at <= COUNTED_AT)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const undone = new Set(entries.flatMap(({ reverses }) => reverses ?? []));
  const closed = new Set(
    entries.flatMap(({ kind, order }) => (kind === 'orderClosed' ? (order ?? []) : [])),
  );
  const siteOf = new Map(world.orders.map(({ no, site }) => [no, site]));
  const storeOf = new Map(world.parts.map(({ part, kind }) => [part, STORE[kind]]));
  const held = new Map<string, number>();
  for (const entry of entries) {
    if (undone.has(entry.id) || entry.isRefused) continue;
    const inProcess = closed.has(entry.order ?? '')
      ? null
      : (siteOf.get(entry.order ?? '') ?? world.trade.sites[0]);
    for (const line of entry.lines)
      if (line.bonded !== false)
        for (const [account, site, sign] of movesOf(entry, line, storeOf, inProcess, world)) {
          const spot = spotOf(line.part, account, site);
          held.set(spot, (held.get(spot) ?? 0) + sign * line.quantity);
        }
  }
  return held;
}

function movesOf(
  { kind, site: at, toSite = '' }: Entry,
  { part }: Line,
  storeOf: ReadonlyMap<string, string>,
  inProcess: string | null,
  { trade }: World,
): readonly Move[] {
  const site = at ?? trade.sites[0];
  const store = storeOf.get(part) ?? '';
  const process = (sign: 1 | -1): Move[] =>
    inProcess === null ? [] : [['inProcess', inProcess, sign]];
  const between = (from: string, to: string, there = site): Move[] => [
    [from, site, -1],
    [to, there, 1],
  ];
  switch (kind) {
    case 'imported':
    case 'received':
      return [[store, site, 1]];
    case 'issued':
    case 'overIssued':
      return [[store, site, -1], ...process(1)];
    case 'returned':
      return [...process(-1), [store, site, 1]];
    case 'scrapped':
      return [...process(-1), ['scrap', site, 1]];
    case 'rejected':
      return between(store, 'defective');
    case 'moved':
      return between(store, 'inTransit', toSite);
    case 'arrived':
      return between('inTransit', store);
    case 'sentOut':
      return between(store, 'outsourced');
    case 'cameBack':
      return between('outsourced', store);
    case 'exported':
      return [[store, site, -1]];
    default:
      return [];
  }
}
