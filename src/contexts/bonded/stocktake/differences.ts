import type { Instant } from '../../../kernel/dates.ts';
import { type Decimal, decimal, multiply } from '../../../kernel/decimal.ts';
import type { Account } from '../accounts.ts';
import { QUANTITY_DIGITS, type Quantity, quantity, RATE_DIGITS, type Rate } from '../quantity.ts';
import {
  ACCOUNT_OF,
  type CountedStock,
  type CountLine,
  type CountScope,
  type RateBase,
} from './contract.ts';

/** One part in one account at one site: what a book figure and a count are both about. */
export interface Spot {
  readonly part: string;
  readonly account: Account;
  readonly site: string;
}

/** Equal spots have equal keys, and keys sort as parts do. */
export const spotKey = ({ part, account, site }: Spot): string => `${part}\t${account}\t${site}`;

/** What the ledger knows of a part in the period of the count; `null` is not known. */
export interface PartFigures {
  readonly unitValue: string | null;
  readonly consumption: Quantity | null;
  readonly openingAndImports: Quantity | null;
}

export interface Book {
  /** What the book holds at a moment; `null` where the ledger has no such part. */
  positionAt(spot: Spot, at: Instant): Quantity | null;
  /** Every spot where the book holds something at a moment: what a count should have looked at. */
  heldAt(at: Instant): Iterable<Spot & { readonly quantity: Quantity }>;
  figuresOf(part: string): PartFigures;
}

export interface Difference extends Spot {
  readonly book: Quantity;
  readonly counted: Quantity;
  /** Counted less book: above nothing 盘盈, below nothing 盘亏. */
  readonly difference: Quantity;
  /** When the last of its tags was written, which is the moment the book is asked about. */
  readonly countedAt: Instant;
  /** |difference| over the base, rounded half away from zero; `null` where there is no base. */
  readonly rate: Rate | null;
  readonly rateBase: RateBase;
  /** What the rate is measured against; `null` where that is not known. */
  readonly base: Quantity | null;
  /** Difference × value of one unit, signed and exact; `null` where the value is not known. */
  readonly value: Decimal | null;
  /** Places of its tags in the count, from 0. */
  readonly lines: readonly number[];
}

export interface Stocktake {
  readonly differences: readonly Difference[];
  /** In the scope and in the book, and nobody counted them. Not counted is not zero: there is no difference. */
  readonly notCounted: readonly (Spot & { readonly book: Quantity })[];
  /** Tags outside what the count was to cover. */
  readonly outOfScope: readonly number[];
  /** Tags of parts the ledger does not have. */
  readonly unknownParts: readonly number[];
  /** Tags of goods bought at home, which the ledger does not hold. */
  readonly notOfTheLedger: readonly number[];
}

/**
 * Compares a count with the book. Tags of one spot are added up, whatever their bins and lots, and compared
 * with the book at the moment the last of them was written. Every tag ends in exactly one of the lists.
 */
export function takeStock(
  lines: readonly CountLine[],
  scope: CountScope,
  book: Book,
  rateBase: RateBase,
): Stocktake {
  const covers = reading(scope);
  const sorted = sortTags(lines, covers);
  const differences: Difference[] = [];
  const unknownParts: number[] = [];
  for (const tags of sorted.bySpot.values()) {
    const position = book.positionAt(tags.spot, tags.countedAt);
    if (position === null) unknownParts.push(...tags.lines);
    else differences.push(differenceOf(tags, position, book.figuresOf(tags.spot.part), rateBase));
  }
  const notCounted: (Spot & { book: Quantity })[] = [];
  for (const { quantity: held, ...spot } of sorted.until === null
    ? []
    : book.heldAt(sorted.until)) {
    if (held === 0 || sorted.bySpot.has(spotKey(spot))) continue;
    if (covers(spot.part, spot.site, stocksIn(spot.account)))
      notCounted.push({ ...spot, book: held });
  }
  return {
    differences: differences.sort(bySpot),
    notCounted: notCounted.sort(bySpot),
    outOfScope: sorted.outOfScope,
    unknownParts: unknownParts.sort((a, b) => a - b),
    notOfTheLedger: sorted.notOfTheLedger,
  };
}

/** The spots a count asks the book about, each with its moment, and the last moment of all. */
export function askedOf(
  lines: readonly CountLine[],
  scope: CountScope,
): { readonly moments: ReadonlyMap<string, Instant>; readonly until: Instant | null } {
  const { bySpot, until } = sortTags(lines, reading(scope));
  return { moments: new Map([...bySpot].map(([key, { countedAt }]) => [key, countedAt])), until };
}

export const bySpot = (a: Spot, b: Spot): number => {
  const [x, y] = [spotKey(a), spotKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

interface Tags {
  readonly spot: Spot;
  counted: Quantity;
  countedAt: Instant;
  readonly lines: number[];
}

function sortTags(lines: readonly CountLine[], covers: Covers) {
  const bySpot = new Map<string, Tags>();
  const outOfScope: number[] = [];
  const notOfTheLedger: number[] = [];
  let until: Instant | null = null;
  for (const [at, line] of lines.entries()) {
    const account = ACCOUNT_OF[line.stock];
    const spot = account && { part: line.part, account, site: line.site };
    if (!covers(line.part, line.site, [line.stock])) outOfScope.push(at);
    else if (spot === null) notOfTheLedger.push(at);
    else {
      const key = spotKey(spot);
      const tags = bySpot.get(key) ?? { spot, counted: 0, countedAt: line.countedAt, lines: [] };
      tags.counted += quantity(line.quantity);
      if (line.countedAt > tags.countedAt) tags.countedAt = line.countedAt;
      tags.lines.push(at);
      bySpot.set(key, tags);
      if (until === null || line.countedAt > until) until = line.countedAt;
    }
  }
  return { bySpot, outOfScope, notOfTheLedger, until };
}

type Covers = (part: string, site: string, stocks: readonly CountedStock[]) => boolean;

function reading(scope: CountScope): Covers {
  const parts = scope.parts && new Set(scope.parts);
  const { sites, stocks: wanted } = scope;
  return (part, site, stocks) =>
    (parts === null || parts.has(part)) &&
    (sites === null || sites.includes(site)) &&
    (wanted === null || stocks.some((stock) => wanted.includes(stock)));
}

const STOCKS = Object.keys(ACCOUNT_OF) as readonly CountedStock[];
const stocksIn = (account: Account): readonly CountedStock[] =>
  STOCKS.filter((stock) => ACCOUNT_OF[stock] === account);

function differenceOf(
  { spot, counted, countedAt, lines }: Tags,
  book: Quantity,
  figures: PartFigures,
  rateBase: RateBase,
): Difference {
  const difference = counted - book;
  return {
    ...spot,
    ...{ book, counted, difference, countedAt, lines, rateBase },
    base: figures[rateBase],
    rate: share(difference, figures[rateBase]),
    value: figures.unitValue === null ? null : worth(difference, figures.unitValue),
  };
}

const RATE_UNIT = 10n ** BigInt(RATE_DIGITS);

/** |part| ÷ whole, half away from zero; `null` where there is nothing to divide by. */
export function share(part: Quantity, whole: Quantity | null): Rate | null {
  if (whole === null || whole <= 0) return null;
  const divisor = BigInt(whole);
  return (2n * BigInt(Math.abs(part)) * RATE_UNIT + divisor) / (2n * divisor);
}

const worth = (amount: Quantity, unitValue: string): Decimal =>
  multiply({ coefficient: BigInt(amount), scale: QUANTITY_DIGITS }, decimal(unitValue));
