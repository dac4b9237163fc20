import type { Stowed } from '../../src/contexts/chemicals/segregation/stowage.ts';
import { printedClasses } from './slow-checker.ts';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BAYS_A_HOLD = 4;

/** A small ship stowed at random: 2 to 25 containers over 16 bays, 8 rows, on deck and in four holds. */
export function randomStowage(random: () => number): Stowed[] {
  const below = (bound: number): number => Math.floor(random() * bound);
  const someClass = (): string => printedClasses[below(printedClasses.length)] as string;
  return Array.from({ length: 2 + below(24) }, (_, index): Stowed => {
    const bay = below(16);
    return {
      id: `C${index}`,
      ...{ bay, row: below(8), tier: below(5) },
      place: random() < 0.5 ? 'deck' : Math.floor(bay / BAYS_A_HOLD),
      goods: Array.from({ length: 1 + below(2) }, () => ({
        class: someClass(),
        subsidiary: random() < 0.3 ? [someClass()] : [],
      })),
    };
  });
}
