import type { Bench } from './bench.ts';
import { beginLife, breaksOf, commutes, isUndone, type Lived } from './bonded/lived.ts';

const MOVEMENTS = 10_000_000;
const QUICK = 100_000;
/** A book begins anew after so many, so that a long run sees many lives and none grows without end. */
const OF_ONE_LIFE = 20_000;
const UNDONE_EVERY = 20;
const SHOWN = 20;

export interface Lives {
  readonly movements: number;
  readonly lives: number;
  readonly undone: number;
  readonly commuting: number;
  readonly breaks: readonly string[];
}

/** Lives book after book at random until there are so many movements; says everything that was ever wrong. */
export function live(seed: string, movements: number, log: (line: string) => void): Lives {
  const breaks: string[] = [];
  let [done, lives, undone, commuting] = [0, 0, 0, 0];
  while (done < movements) {
    const life = beginLife(seed, lives);
    const own = oneLife(life, Math.min(OF_ONE_LIFE, movements - done));
    done += own.movements;
    undone += own.undone;
    breaks.push(...[...own.breaks, ...breaksOf(life)].map((each) => `life ${lives}: ${each}`));
    if (!commutes(seed, lives)) breaks.push(`life ${lives}: another order, another position`);
    commuting += 1;
    lives += 1;
    if (lives % 50 === 0) log(`${done} movements of ${lives} books, ${breaks.length} breaks`);
  }
  return { movements: done, lives, undone, commuting, breaks };
}

function oneLife(life: Lived, wanted: number) {
  const breaks: string[] = [];
  let [movements, undone] = [0, 0];
  for (let events = 0; movements < wanted; events += 1) {
    const before = life.journal.length;
    if (events % UNDONE_EVERY === 0) {
      const was = isUndone(life);
      if (was !== null) undone += 1;
      if (was === false) breaks.push(`event ${before} and its reversal left something`);
    } else life.post(life.next());
    for (const entry of life.journal.slice(before)) movements += entry.movements.length;
  }
  return { movements, undone, breaks };
}

/** `--movements N` makes it as long as one has time for. */
export const bondedProperties: Bench = {
  name: 'bonded-properties',
  about:
    'Books that live at random: nothing is lost, nothing below nothing, undone is undone, replay is the book.',
  async run({ quick, seed = '1', movements = quick ? QUICK : MOVEMENTS, log }) {
    const { breaks, ...figures } = live(seed, movements, log);
    for (const each of breaks.slice(0, SHOWN)) log(each);
    return { figures: { ...figures, breaks: breaks.length }, peers: {}, ratios: {} };
  },
};
