import type { Labels } from './hazard.ts';
import { type Level, required } from './required.ts';

/** Where a closed container stands: bays are counted in lengths of 20 feet from the bow, rows from port, tiers from below. */
export interface Stowed {
  readonly id: string;
  readonly bay: number;
  readonly row: number;
  readonly tier: number;
  /** Above a deck that resists fire and liquid, or in the hold of that number below it. */
  readonly place: 'deck' | number;
  readonly goods: readonly Labels[];
}

export interface StowageConflict {
  readonly containers: readonly [string, string];
  readonly level: Level;
  readonly between: readonly [string, string];
}

/** Containers 24 m apart have four others of 6.1 m between them. */
const BAYS_APART = 5;
/** A container space between two: one place is left free. */
const SPACE = 2;

/**
 * Pairs of containers that stand nearer than their goods allow, by 7.4.3 for closed containers on a
 * ship with closed holds. Only neighbours within 24 m, or of one hold, can be too near, and they are
 * found by bay. The distances are those of the Code as remembered: compare before operational use.
 */
export function conflictsOnShip(stowed: readonly Stowed[]): StowageConflict[] {
  const order = new Map(stowed.map(({ id }, index) => [id, index]));
  const byBay = grouped(stowed, ({ bay }) => bay);
  const byHold = grouped(stowed, ({ place }) => place);
  const conflicts: StowageConflict[] = [];
  for (const one of stowed) {
    for (const other of near(one, byBay, byHold)) {
      if ((order.get(other.id) ?? 0) <= (order.get(one.id) ?? 0)) continue;
      const asked = strictest(one, other);
      if (asked.level === 0 || isFarEnough(one, other, asked.level)) continue;
      conflicts.push({ containers: [one.id, other.id], ...asked });
    }
  }
  return conflicts;
}

function grouped<Key>(
  stowed: readonly Stowed[],
  keyOf: (one: Stowed) => Key,
): ReadonlyMap<Key, readonly Stowed[]> {
  const groups = new Map<Key, Stowed[]>();
  for (const one of stowed) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

function near(
  one: Stowed,
  byBay: ReadonlyMap<number, readonly Stowed[]>,
  byHold: ReadonlyMap<Stowed['place'], readonly Stowed[]>,
): Set<Stowed> {
  const found = new Set<Stowed>(one.place === 'deck' ? [] : byHold.get(one.place));
  for (let bay = one.bay - BAYS_APART + 1; bay < one.bay + BAYS_APART; bay += 1) {
    for (const other of byBay.get(bay) ?? []) found.add(other);
  }
  return found;
}

function strictest(one: Stowed, other: Stowed): Pick<StowageConflict, 'level' | 'between'> {
  let level: Level = 0;
  let between: readonly [string, string] = ['', ''];
  for (const a of one.goods) {
    for (const b of other.goods) {
      const asked = required(a, b);
      if (asked.level > level) ({ level, between } = asked);
    }
  }
  return { level, between };
}

function isFarEnough(a: Stowed, b: Stowed, level: Level): boolean {
  const along = Math.abs(a.bay - b.bay);
  const across = Math.abs(a.row - b.row);
  const isOnDeck = a.place === 'deck' && b.place === 'deck';
  const isUnderDeck = a.place !== 'deck' && b.place !== 'deck';
  const bulkhead = isUnderDeck && a.place !== b.place;
  if (level === 1) return true;
  if (level === 4) return along >= BAYS_APART && (!isUnderDeck || bulkhead);
  // The deck itself lies between them.
  if (!isOnDeck && !isUnderDeck) return true;
  if (level === 3) return isOnDeck ? along >= SPACE || across >= SPACE + 1 : bulkhead;
  return along >= SPACE || across >= SPACE || bulkhead;
}
