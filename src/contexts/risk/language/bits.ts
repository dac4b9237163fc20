/** Bits in words of 32: bit `i` is bit `i & 31` of word `i >>> 5`. */
export const noBits = (size: number): Int32Array => new Int32Array((size + 31) >>> 5);

export function setBit(bits: Int32Array, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

export function clearBit(bits: Int32Array, bit: number): void {
  bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) & ~(1 << (bit & 31));
}

/** Writes down which bits are set, in order, clears them, and says how many they were. */
export function takeBits(bits: Int32Array, into: Int32Array): number {
  let count = 0;
  for (let word = 0; word < bits.length; word += 1) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      into[count] = word * 32 + 31 - Math.clz32(left & -left);
      count += 1;
    }
    bits[word] = 0;
  }
  return count;
}
