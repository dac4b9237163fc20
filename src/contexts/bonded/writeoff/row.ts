import type { Account } from '../accounts.ts';
import type { PartKind } from '../contract.ts';
import { type Quantity, rateText } from '../quantity.ts';
import { share } from '../stocktake/differences.ts';
import type { Tolerance } from './contract.ts';
import type { CountedSpot } from './counts.ts';
import { type Columns, remainderAfter } from './figures.ts';
import { isWithin } from './tolerance.ts';

/** What is known of one part when a filing is drafted. */
interface PartFacts {
  readonly partKind: PartKind;
  readonly opening: Quantity;
  readonly columns: Columns;
  readonly counted: PartCount | null;
}

/** What a count says of one part, all its places together. */
export interface PartCount {
  readonly counted: Quantity;
  readonly pending: Quantity;
  readonly unexplained: Quantity;
  readonly spots: readonly CountedSpot[];
  /** Nobody looked at some place where the book holds something. */
  readonly isWhole: boolean;
}

/** One part of a filing, in quantities. */
export interface Row {
  readonly opening: Quantity;
  readonly columns: Columns;
  readonly remainder: Quantity;
  readonly shouldRemain: Quantity;
  readonly counted: Quantity | null;
  readonly explained: Quantity;
  readonly unexplained: Quantity;
  readonly actualRemain: Quantity | null;
  readonly difference: Quantity | null;
  readonly base: Quantity;
  readonly rate: string | null;
  readonly isWithinTolerance: boolean | null;
  readonly adjustedUp: Quantity;
  readonly adjustedDown: Quantity;
  readonly closing: Quantity;
  readonly shortage: Quantity;
}

/** Where write-off can bring the book to the count: what is on an order or on its way is told by its own events. */
const ADJUSTED: ReadonlySet<Account> = new Set<Account>([
  ...(['rawMaterial', 'semiFinished', 'finished', 'scrap', 'defective', 'byProduct'] as const),
]);
export const isAdjusted = ({ account, unexplained }: CountedSpot): boolean =>
  unexplained !== 0 && ADJUSTED.has(account);

/**
 * One row of a filing. The count is compared with the book of its own moment; what differed then is carried to the end
 * of the period, so that a count need not fall on its last day. What was used beyond the recorded consumption is out
 * of the book and yet not accounted for: it is part of the difference. Of a part, what is over in one place makes up for
 * what is short in another; of two parts never.
 */
export function rowOf(facts: PartFacts, tolerance: Tolerance): Row {
  const { opening, columns, counted } = facts;
  const remainder = remainderAfter(opening, columns);
  const isKnown = counted?.isWhole === true;
  const explained = counted?.pending ?? 0;
  const unexplained = counted?.unexplained ?? 0;
  const spots = counted?.spots.filter(isAdjusted) ?? [];
  const up = spots.reduce((sum, spot) => sum + Math.max(0, spot.unexplained), 0);
  const down = spots.reduce((sum, spot) => sum + Math.max(0, -spot.unexplained), 0);
  return {
    ...judged(facts, { remainder, explained, unexplained, isKnown }, tolerance),
    counted: isKnown ? counted.counted : null,
    ...{ adjustedUp: up, adjustedDown: down, closing: remainder + up - down },
  };
}

/** What a supplementary filing takes over from the filing it supplements. */
export interface Before {
  readonly closing: Quantity;
  readonly explained: Quantity;
  readonly actualRemain: Quantity | null;
}

/**
 * One row of a supplementary filing: what was counted stands, and what came late changes what must remain. As far as
 * that is what records had identified, it is explained; what goes beyond was never seen by the count.
 */
export function supplementaryRowOf(
  facts: Omit<PartFacts, 'counted' | 'opening'>,
  before: Before,
  tolerance: Tolerance,
): Row {
  const opening = before.closing;
  const remainder = remainderAfter(opening, facts.columns);
  const isKnown = before.actualRemain !== null;
  const left = (before.actualRemain ?? remainder) - remainder;
  const isSameWay = Math.sign(left) === Math.sign(before.explained);
  const explained = isSameWay
    ? Math.sign(left) * Math.min(Math.abs(left), Math.abs(before.explained))
    : 0;
  const unexplained = left - explained;
  return {
    ...judged({ ...facts, opening }, { remainder, explained, unexplained, isKnown }, tolerance),
    counted: null,
    adjustedUp: Math.max(0, unexplained),
    adjustedDown: Math.max(0, -unexplained),
    closing: remainder + unexplained,
  };
}

interface Found {
  readonly remainder: Quantity;
  readonly explained: Quantity;
  readonly unexplained: Quantity;
  readonly isKnown: boolean;
}

function judged(
  { opening, columns }: Pick<PartFacts, 'opening' | 'columns'>,
  { remainder, explained, unexplained, isKnown }: Found,
  tolerance: Tolerance,
): Omit<Row, 'counted' | 'adjustedUp' | 'adjustedDown' | 'closing'> {
  const { figures } = columns;
  const shouldRemain = remainder + figures.excessUse;
  const actualRemain = isKnown ? remainder + explained + unexplained : null;
  const rest = unexplained - figures.excessUse;
  const base =
    tolerance.base === 'openingAndImports'
      ? opening + figures.imported + figures.exchangedIn + figures.made
      : figures.consumed + figures.intangibleLoss + figures.excessUse;
  const rate = share(rest, base);
  return {
    ...{ opening, columns, remainder, shouldRemain, explained, unexplained, actualRemain, base },
    difference: actualRemain === null ? null : actualRemain - shouldRemain,
    rate: rate === null ? null : rateText(rate),
    isWithinTolerance: isKnown ? isWithin(rest, base, tolerance) : null,
    shortage: Math.max(0, -rest),
  };
}

/** Whether a row adds up: said apart from how it was made, for whoever signs. */
export const addsUp = (row: Row): boolean =>
  row.remainder === remainderAfter(row.opening, row.columns) &&
  row.closing === row.remainder + row.adjustedUp - row.adjustedDown &&
  row.shouldRemain === row.remainder + row.columns.figures.excessUse &&
  (row.actualRemain === null ||
    (row.actualRemain === row.remainder + row.explained + row.unexplained &&
      row.difference === row.actualRemain - row.shouldRemain)) &&
  row.shortage === Math.max(0, row.columns.figures.excessUse - row.unexplained);

export const kindOf = (partKind: PartKind): 'material' | 'product' =>
  partKind === 'material' ? 'material' : 'product';
