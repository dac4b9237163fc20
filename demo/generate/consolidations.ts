import type { Draft } from './declaration.ts';
import { type Random, randomFor } from './random.ts';

/** Of the ships that bring goods of several importers from one place, how many bring some of them under one master bill. */
const SHIPS_SHARE = 0.3;
const HOUSES = { least: 2, most: 4 } as const;

/**
 * Now and then a forwarder puts the goods of several importers into one box (拼箱): they travel under one
 * master bill, and each is declared on its house bill, `MASTER*HOUSE`. Only goods that are otherwise
 * ordinary: `isApart` tells of those that have a bill of their own for a reason.
 */
export function consolidate(
  drafts: readonly Draft[],
  date: string,
  seed: string,
  isApart: (draft: Draft) => boolean,
): void {
  const together = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { ieFlag, air, office } = draft.chain;
    if (ieFlag !== 'I' || air || draft.packageKind === '00' || isApart(draft)) continue;
    const key = [office.code, draft.conveyance, draft.voyageNo, draft.partner].join('/');
    together.set(key, [...(together.get(key) ?? []), draft]);
  }
  for (const [key, aboard] of together) {
    const random = randomFor(seed, 'consolidation', date, key);
    if (aboard.length < HOUSES.least || !random.chance(SHIPS_SHARE)) continue;
    const houses = aboard.slice(0, HOUSES.least + random.int(HOUSES.most - HOUSES.least + 1));
    const master = masterNumber(houses[0], random);
    for (const draft of houses) draft.transportDocNo = `${master}*${draft.transportDocNo}`;
  }
}

const masterNumber = (draft: Draft | undefined, random: Random): string =>
  `${draft?.carrier.prefix ?? ''}LCL${String(random.int(100_000_000)).padStart(8, '0')}`;
