import type { Claim } from '../claim.ts';
import type { Answer, Piece } from './year.ts';

/** A piece of a sealed answer that a claim can be of. */
export interface Open {
  readonly answer: Answer;
  readonly piece: Piece;
}

/** No claim is read as more pieces than these, nor looked for among more. */
const MOST_PIECES = 6;
const MOST_OPEN = 16;

/**
 * What each claim of one spot is of: pieces of a cause it may name that are its quantity to the last digit, each piece
 * once. A claim that is a whole answer is all of it, and not the one piece that happens to be as large. Pieces that its own records name go before others of the same size, one piece before several, and those of
 * answers that must be found before those that need not.
 */
export function pair(
  claims: readonly Claim[],
  there: readonly Open[],
): ReadonlyMap<Claim, readonly Open[]> {
  const left = new Set(there.toSorted((a, b) => weight(b) - weight(a)));
  const of = new Map<Claim, readonly Open[]>();
  const take = (claim: Claim, found: readonly Open[]): void => {
    if (found.length === 0) return;
    of.set(claim, found);
    for (const each of found) left.delete(each);
  };
  const unpaired = (): Claim[] => claims.filter((claim) => !of.has(claim));
  const fits = (claim: Claim, { answer, piece }: Open): boolean =>
    answer.accepted.includes(claim.cause) && piece.quantity === claim.quantity;
  for (const claim of unpaired()) take(claim, wholeAnswer(claim, [...left]));
  for (const claim of unpaired())
    take(claim, [...left].filter((each) => fits(claim, each) && isNamed(claim, each)).slice(0, 1));
  for (const claim of unpaired())
    take(claim, [...left].filter((each) => fits(claim, each)).slice(0, 1));
  for (const claim of unpaired()) {
    const suited = [...left].filter(({ answer }) => answer.accepted.includes(claim.cause));
    const named = suited.filter((each) => isNamed(claim, each));
    const others = suited.filter((each) => !named.includes(each));
    take(claim, sumTo(claim.quantity, [...named, ...others].slice(0, MOST_OPEN)));
  }
  return of;
}

/** All pieces of the one answer that the claim names and is to the last digit, where it has several. */
function wholeAnswer(claim: Claim, left: readonly Open[]): readonly Open[] {
  const [first] = left.filter(
    ({ answer }) =>
      answer.pieces.length > 1 &&
      answer.quantity === claim.quantity &&
      answer.accepted.includes(claim.cause) &&
      answer.pieces.some((piece) => isNamed(claim, { answer, piece })),
  );
  const all = left.filter(({ answer }) => answer === first?.answer);
  return all.length === first?.answer.pieces.length ? all : [];
}

const weight = ({ answer }: Open): number => (answer.label === 'must' ? 1 : 0);

/** `posting:ID#LINE`, `paper:ID`. */
const isNamed = ({ records }: Claim, { piece }: Open): boolean =>
  records.some((record) =>
    piece.records.has(record.slice(record.indexOf(':') + 1).replace(/#\d+$/, '')),
  );

/** The fewest of these that make the sum; none where none do. */
function sumTo(sum: number, open: readonly Open[]): readonly Open[] {
  const search = (from: number, size: number, rest: number): Open[] | null => {
    if (size === 0) return rest === 0 ? [] : null;
    for (let at = from; at <= open.length - size; at += 1) {
      const one = open[at];
      const more = one && search(at + 1, size - 1, rest - one.piece.quantity);
      if (one && more) return [one, ...more];
    }
    return null;
  };
  for (let size = 2; size <= Math.min(MOST_PIECES, open.length); size += 1) {
    const found = search(0, size, sum);
    if (found) return found;
  }
  return [];
}
