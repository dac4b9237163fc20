/**
 * How many atoms of each element there are, as two numbers: the hydrogens, and the others weighed, each element with a
 * weight of its own, so that two compositions are the same when the numbers are (by chance once in some billions). What
 * is added and taken away adds and takes away these.
 */
export interface Atoms {
  readonly heavy: number;
  readonly hydrogen: number;
}

export const NO_ATOMS: Atoms = { heavy: 0, hydrogen: 0 };

/** A whole number below 2³⁸ for each symbol, the same always; so hundreds of atoms stay exact. */
function weightOf(symbol: string): number {
  let hash = 0x811c9dc5;
  for (const sign of `${symbol}${symbol}~`) {
    hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  }
  return (hash >>> 0) * 64 + ((hash >>> 7) & 63) + 1;
}

const weights = new Map<string, number>();

const weighed = (symbol: string): number => {
  const known = weights.get(symbol);
  if (known !== undefined) return known;
  const weight = weightOf(symbol);
  weights.set(symbol, weight);
  return weight;
};

/** The atoms of a formula without brackets, in which a count may be negative: `Cl H-1`. */
export function atomsOf(formula: string): Atoms {
  let [heavy, hydrogen] = [0, 0];
  for (const [, symbol = '', count = ''] of formula.matchAll(/([A-Z][a-z]?)(-?\d*)/g)) {
    const n = count === '' ? 1 : Number(count);
    if (symbol === 'H') hydrogen += n;
    else heavy += n * weighed(symbol);
  }
  return { heavy, hydrogen };
}

export const plus = (a: Atoms, b: Atoms, times = 1): Atoms => ({
  heavy: a.heavy + times * b.heavy,
  hydrogen: a.hydrogen + times * b.hydrogen,
});
