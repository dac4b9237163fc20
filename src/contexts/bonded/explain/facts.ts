import type { Instant } from '../../../kernel/dates.ts';
import type { Quantity } from '../quantity.ts';
import { bySpot, type Spot, spotKey } from '../stocktake/differences.ts';
import type { Effect } from './candidate.ts';
import type {
  Carried,
  Differing,
  Evidence,
  OrderFacts,
  Paper,
  Place,
  Posting,
  PostingLine,
  Use,
} from './evidence.ts';

/** A line of a posting, with the posting it stands in. */
export interface Line extends PostingLine {
  readonly posting: Posting;
  readonly index: number;
  /** The name of the record: the event's id and the line's place in it. */
  readonly record: string;
}

/** The evidence in a fixed order, found by what detectors ask for. Made once for an explanation. */
export interface Facts extends Evidence {
  readonly targets: ReadonlyMap<string, Differing>;
  /** The parts that were counted somewhere, and of them those that differ somewhere. */
  readonly parts: ReadonlySet<string>;
  readonly differing: ReadonlySet<string>;
  readonly lines: readonly Line[];
  readonly linesOf: ReadonlyMap<string, readonly Line[]>;
  readonly linesOfPosting: ReadonlyMap<string, readonly Line[]>;
  readonly linesOfOrder: ReadonlyMap<string, readonly Line[]>;
  readonly orderOf: ReadonlyMap<string, OrderFacts>;
  readonly usesOf: ReadonlyMap<string, readonly Use[]>;
  readonly papersOf: ReadonlyMap<string, readonly Paper[]>;
  readonly linesUnder: ReadonlyMap<string, readonly Line[]>;
  /** Where the journal says that an order was closed. */
  readonly closings: ReadonlyMap<string, readonly Posting[]>;
  readonly reversed: ReadonlySet<string>;
  readonly reversals: ReadonlyMap<string, readonly Posting[]>;
  /** When the last tag was written: what a posting without a counted spot is held against. */
  readonly countedAt: Instant;
}

export function gather(evidence: Evidence): Facts {
  const postings = evidence.postings.toSorted(by(({ id }) => id));
  const papers = evidence.papers.toSorted(by(({ id }) => id));
  const lines = postings.flatMap((posting) =>
    posting.lines.map((line, index): Line => {
      return { ...line, posting, index, record: `posting:${posting.id}#${index}` };
    }),
  );
  const differences = evidence.differences.toSorted(bySpot);
  // A reversal that waits for its event takes it back as well, wherever that was lost.
  const reversing = postings.filter(
    ({ reverses, state }) => reverses !== null && state !== 'refused',
  );
  return {
    ...evidence,
    ...{ postings, papers, lines, differences },
    orders: evidence.orders.toSorted(by(({ order }) => order)),
    substitutes: evidence.substitutes.toSorted(
      by((it) => `${it.part}\t${it.instead}\t${it.record}`),
    ),
    tags: evidence.tags.toSorted(by(({ id }) => id)),
    targets: new Map(differences.map((it) => [spotKey(it), it])),
    parts: new Set(differences.map(({ part }) => part)),
    differing: new Set(differences.flatMap((it) => (it.difference === 0 ? [] : [it.part]))),
    linesOf: grouped(lines, ({ part }) => part),
    linesOfPosting: grouped(lines, ({ posting }) => posting.id),
    linesOfOrder: grouped(lines, ({ posting }) => posting.order),
    linesUnder: grouped(lines, ({ posting }) => posting.document),
    orderOf: new Map(evidence.orders.map((it) => [it.order, it])),
    usesOf: grouped(
      evidence.consumptions.toSorted(by((it) => `${it.version}\t${it.part}\t${it.from}`)),
      ({ product }) => product,
    ),
    papersOf: grouped(papers, ({ document }) => document),
    closings: grouped(postings, ({ kind, order }) => (kind === 'orderClosed' ? order : null)),
    reversed: new Set(reversing.map(({ reverses }) => reverses as string)),
    reversals: grouped(reversing, ({ reverses }) => reverses),
    countedAt: differences.reduce((last, it) => (it.countedAt > last ? it.countedAt : last), ''),
  };
}

const by =
  <T>(key: (item: T) => string) =>
  (a: T, b: T): number => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };

/** Items by their key, in the order they came; those without one are left out. */
export function grouped<T>(
  items: Iterable<T>,
  key: (item: T) => string | null,
): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** Whether the book figure of a count at that moment has this posting in it. */
export const isInBook = (
  facts: Evidence,
  { state, recordedAt, occurredAt, isLate }: Posting,
  at: Instant,
) =>
  state === 'applied' && !isLate && (facts.bookOf === 'recorded' ? recordedAt : occurredAt) <= at;

/** In the book, and neither a reversal nor reversed. */
export const stands = (facts: Facts, posting: Posting, at: Instant): boolean =>
  isInBook(facts, posting, at) && posting.reverses === null && !facts.reversed.has(posting.id);

/** Goods and the order they are of, if any: said outright, or by the posting they stand in. */
type OfOrder = Omit<Carried, 'quantity'> & {
  readonly order?: string | null;
  readonly posting?: Posting;
};

/**
 * What carrying these goods does to the two places, where they were counted. Nothing is left in process on an order
 * that the book had closed by then: whatever was or was not taken for it is embodied, or gone.
 */
export function effectsOf(
  facts: Facts,
  { part, from, to, posting, order = posting?.order ?? null }: OfOrder,
  quantity: Quantity,
): Effect[] {
  const at = (place: Place | null, signed: Quantity): Effect[] => {
    if (place === null || signed === 0) return [];
    const spot = { part, account: place.account, site: place.site };
    const target = facts.targets.get(spotKey(spot));
    if (!target) return [];
    if (place.account === 'inProcess' && isClosed(facts, order, target.countedAt)) return [];
    return [{ ...spot, quantity: signed }];
  };
  return [...at(from, -quantity), ...at(to, quantity)];
}

const isClosed = (facts: Facts, order: string | null, at: Instant): boolean =>
  order !== null && (facts.closings.get(order) ?? []).some((it) => stands(facts, it, at));

/** When a part was counted where these goods left or arrived; the whole count's moment otherwise. */
export function countedAtOf(facts: Facts, { part, from, to }: Omit<Carried, 'quantity'>): Instant {
  for (const place of [from, to]) {
    if (place === null) continue;
    const spot: Spot = { part, account: place.account, site: place.site };
    const target = facts.targets.get(spotKey(spot));
    if (target) return target.countedAt;
  }
  return facts.countedAt;
}

const RATE_UNIT = 1_000_000_000n;

/** Made × net ÷ (1 - losses), half away from zero: what a version says was used. */
export function amountUsed({ net, lossRate }: Use, made: Quantity): Quantity {
  const rest = RATE_UNIT - lossRate;
  return Number((2n * BigInt(made) * net + rest) / (2n * rest));
}
