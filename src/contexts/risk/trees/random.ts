/** Uniform in [0, 1), the same sequence for the same seed on every machine (Mulberry32, T. Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Draws a share of the numbers 0 … count - 1 anew at each call, ascending, every choice equally
 * likely (selection sampling: Knuth, The Art of Computer Programming 2, §3.4.2, algorithm S). The
 * whole share is no draw: it is the same list each time.
 */
export function drawer(count: number, share: number, random: () => number): () => Uint32Array {
  const wanted = Math.max(1, Math.round(count * share));
  const drawn = new Uint32Array(wanted);
  const drawAnew = () => {
    let found = 0;
    for (let i = 0; found < wanted; i += 1) {
      if ((count - i) * random() < wanted - found) {
        drawn[found] = i;
        found += 1;
      }
    }
    return drawn;
  };
  drawAnew();
  return wanted === count ? () => drawn : drawAnew;
}
