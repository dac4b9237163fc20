import type { Db } from '../../../../platform/postgres/transaction.ts';
import { type Account, accountAt } from '../../accounts.ts';
import type { Entry } from '../../engine/entry.ts';
import { readEntries } from '../../journal/store/entries.ts';
import type { Quantity } from '../../quantity.ts';
import type { Count } from '../counts.ts';
import { type Columns, createTally, type PurposeOf } from '../figures.ts';
import { createMakings, type Made } from '../makings.ts';
import { isAdjustment, isCovered, isLate, isWithin, type Reach } from '../period.ts';

/** What the journal says of the rows one filing covers. */
export interface Gathered {
  readonly byPart: ReadonlyMap<number, Columns>;
  /** What closed orders of the period took for each product, by its number. */
  readonly made: ReadonlyMap<number, Made>;
  /** Rows about a period that is filed already. */
  readonly late: number;
  /** Events of the period that still wait for what they need. */
  readonly waiting: number;
  /** Rows that reached the journal after the count was explained, and would have been in the book it was compared with. */
  readonly unknownToCount: number;
  /** What write-off brought the book to since the count was compared with it, by part and place: see `placeKey`. */
  readonly adjusted: ReadonlyMap<string, Quantity>;
  /** The first row beyond the reach. */
  readonly nextFrom: number;
  /** When the first goods came in under bond; `null` for not yet. */
  readonly firstImportAt: string | null;
}

/** Reads the journal once, from where the filing before left off up to the reach of this one. */
export async function gather(
  db: Db,
  { ledger, site }: { readonly ledger: string; readonly site: string },
  reach: { readonly now: Reach; readonly filed: Reach; readonly from: number },
  purposeOf: PurposeOf,
  count: Pick<Count, 'asOf' | 'countedAt' | 'comparedTo'> | null,
): Promise<Gathered> {
  const { now, filed, from } = reach;
  const tally = createTally(purposeOf);
  const makings = createMakings();
  const held = new Set<string>();
  const adjusted = new Map<string, Quantity>();
  let late = 0;
  let unknownToCount = 0;
  let nextFrom: number | null = null;
  let firstImportAt: string | null = null;
  for await (const entries of readEntries(
    db,
    ledger,
    Math.min(from - 1, count?.comparedTo ?? from),
  )) {
    for (const entry of entries) {
      if (count && isAdjustment(entry) && isSince(count, entry) && entry.seq <= now.lastSeq)
        addAdjustment(adjusted, entry, site);
      if (!isWithin(entry, now)) nextFrom ??= entry.seq;
      if (!isCovered(entry, now, filed)) continue;
      if (entry.outcome === 'held') held.add(entry.event);
      else held.delete(entry.event);
      tally.add(entry);
      makings.add(entry);
      if (entry.kind === 'imported' && (firstImportAt === null || entry.occurredAt < firstImportAt))
        firstImportAt = entry.occurredAt;
      if (isAdjustment(entry) || entry.movements.length === 0) continue;
      if (isLate(entry, filed)) late += 1;
      if (count && isUnknownTo(count, entry)) unknownToCount += 1;
    }
    if ((entries.at(-1)?.seq ?? 0) >= now.lastSeq) break;
  }
  return {
    ...{
      byPart: tally.byPart,
      made: makings.byProduct(),
      late,
      adjusted,
      unknownToCount,
      waiting: held.size,
      firstImportAt,
    },
    nextFrom: nextFrom ?? now.lastSeq + 1,
  };
}

const isUnknownTo = ({ asOf, countedAt }: Pick<Count, 'asOf' | 'countedAt'>, entry: Entry) =>
  entry.seq > asOf && (entry.occurredAt <= countedAt || entry.kind === 'reversed');

/** Not in the book that the count was compared with: written later, or dated after the count. */
const isSince = (
  { comparedTo, countedAt }: Pick<Count, 'comparedTo' | 'countedAt'>,
  entry: Entry,
) => entry.seq > comparedTo || entry.occurredAt > countedAt;

export const placeKey = (part: number, account: Account, site: string): string =>
  `${part}\t${account}\t${site}`;

/** Signed: what the entry added to the place that was counted, at the first site where it names none. */
function addAdjustment(
  adjusted: Map<string, Quantity>,
  { movements, detail }: Entry,
  firstSite: string,
): void {
  const site = typeof detail?.site === 'string' ? detail.site : firstSite;
  for (const { part, from, to, quantity } of movements)
    for (const [place, signed] of [
      [from, -quantity],
      [to, quantity],
    ] as const) {
      const key = placeKey(part, accountAt(place), site);
      adjusted.set(key, (adjusted.get(key) ?? 0) + signed);
    }
}
