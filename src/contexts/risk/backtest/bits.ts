/** Sets of rows as bits, 32 to a word: row `r` is bit `r & 31` of word `r >>> 5`. */
export type Bits = Int32Array;

const wordsFor = (rows: number): number => (rows + 31) >>> 5;

export const noBits = (rows: number): Bits => new Int32Array(wordsFor(rows));

/** Every row there is. */
export function allBits(rows: number): Bits {
  const bits = noBits(rows).fill(-1);
  const left = rows & 31;
  if (left !== 0) bits[bits.length - 1] = (1 << left) - 1;
  return bits;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) count += ones(at(bits, word));
  return count;
}

export function countBoth(a: Bits, b: Bits): number {
  let count = 0;
  for (let word = 0; word < a.length; word += 1) count += ones(at(a, word) & at(b, word));
  return count;
}

/** Keeps in `bits` what is in `others` as well. */
export function keepBoth(bits: Bits, others: Bits): Bits {
  for (let word = 0; word < bits.length; word += 1) bits[word] = at(bits, word) & at(others, word);
  return bits;
}

export function addAll(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word] = at(bits, word) | at(others, word);
}

/** Visits the rows, the last one first. */
export function eachBackwards(bits: Bits, visit: (row: number) => void): void {
  for (let word = bits.length - 1; word >= 0; word -= 1) {
    let rest = at(bits, word);
    while (rest !== 0) {
      const highest = 31 - Math.clz32(rest);
      visit((word << 5) | highest);
      rest &= ~(1 << highest);
    }
  }
}

const at = (bits: Bits, word: number): number => bits[word] as number;

/** How many bits of a word are set, in parallel (Hacker's Delight, 5-1). */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
