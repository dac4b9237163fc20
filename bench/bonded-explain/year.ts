import { type Random, randomFor } from '../../demo/generate/random.ts';
import type { Account } from '../../src/contexts/bonded/accounts.ts';
import type { Carried, Evidence, Tag } from '../../src/contexts/bonded/explain/evidence.ts';
import type { Difference, Spot } from '../../src/contexts/bonded/stocktake/differences.ts';
import { ANNEX, build, COUNTED_AT, type Factory, MAIN, UNIT } from './factory.ts';
import type { Answer } from './fault.ts';
import { FAULTS } from './faults.ts';

export interface Year {
  readonly evidence: Evidence;
  readonly answers: readonly Answer[];
  /** Spots where counting was not exact or goods are gone without any record. */
  readonly noisy: ReadonlySet<string>;
}

export interface YearOptions {
  readonly orders: number;
  /** How many spots get faults, of one to five. */
  readonly troubled: number;
}

export const keyOf = ({ part, account, site }: Spot): string => `${part} ${account} ${site}`;
const COUNTED: readonly Account[] = [
  'rawMaterial',
  'semiFinished',
  'finished',
  'scrap',
  'defective',
];

/** A year of records with faults in them, and the answers apart. The same for the same seed. */
export function makeYear(seed: string, { orders, troubled }: YearOptions): Year {
  const factory = build(seed, orders);
  const random = randomFor(seed, 'faults');
  const answers: Answer[] = [];
  const names = Object.keys(FAULTS);
  const pieces = [...factory.parts.values()].filter(({ kind }) => kind === 'material');
  for (let n = 0; n < troubled; n += 1) {
    const part = random.pick(pieces);
    const count = random.chance(0.5) ? 1 : 2 + random.int(4);
    for (let fault = 0; fault < count; fault += 1) {
      const name = random.pick(names);
      answers.push(...(FAULTS[name]?.(factory, part, random) ?? []));
    }
  }
  const { differences, tags, noisy } = count(factory, answers, random);
  const { papers, uses: consumptions, substitutes } = factory;
  const postings = factory.happenings.flatMap(({ posting }) => posting ?? []);
  return {
    evidence: {
      ...{ bookOf: 'recorded', differences, postings, papers, orders: factory.orders },
      ...{ consumptions, substitutes, tags },
    },
    ...{ answers, noisy },
  };
}

function count(factory: Factory, answers: Answer[], random: Random) {
  const book = new Map<string, number>();
  const real = new Map<string, number>();
  const move = (into: Map<string, number>, lines: readonly Carried[]) => {
    for (const { part, quantity, from, to } of lines)
      for (const [place, signed] of [
        [from, -quantity],
        [to, quantity],
      ] as const)
        if (place) {
          const key = keyOf({ part, ...place });
          into.set(key, (into.get(key) ?? 0) + signed);
        }
  };
  for (const { truth, posting } of factory.happenings) {
    if (truth && truth.at <= COUNTED_AT) move(real, truth.lines);
    if (posting && posting.state === 'applied' && posting.recordedAt <= COUNTED_AT)
      move(
        book,
        posting.lines.filter(({ bonded }) => bonded),
      );
  }
  return tagged(factory, book, real, answers, random);
}

function tagged(
  factory: Factory,
  book: ReadonlyMap<string, number>,
  real: ReadonlyMap<string, number>,
  answers: Answer[],
  random: Random,
) {
  const differences: Difference[] = [];
  const tags: Tag[] = [];
  const noisy = new Set<string>();
  let bin = 0;
  for (const part of factory.parts.values())
    for (const account of COUNTED)
      for (const site of account === 'rawMaterial' ? [MAIN, ANNEX] : [MAIN]) {
        const spot: Spot = { part: part.part, account, site };
        const key = keyOf(spot);
        if (!book.has(key) && !real.has(key)) continue;
        const held = book.get(key) ?? 0;
        const there = Math.max(0, real.get(key) ?? 0);
        const missed = there === (real.get(key) ?? 0) ? 0 : there - (real.get(key) ?? 0);
        const off = missed + noise(random, there, part.step);
        if (off !== 0) noisy.add(key);
        let counted = Math.max(0, there + off);
        const slipped = random.chance(0.02) ? transpose(counted, part.step, random) : null;
        if (slipped !== null && slipped !== counted) {
          const quantity = slipped - counted;
          answers.push({
            ...spot,
            cause: 'countingError',
            quantity,
            proof: 'none',
            story: 'digits',
          });
          noisy.add(key);
          counted = slipped;
        }
        bin += 1;
        tags.push({
          ...spot,
          id: `T${bin}`,
          quantity: counted,
          bin: `A-${String(bin).padStart(4, '0')}`,
        });
        differences.push({
          ...{ ...spot, book: held, counted, difference: counted - held, countedAt: COUNTED_AT },
          ...{ rate: null, rateBase: 'consumption', value: null, lines: [bin - 1] },
        });
      }
  return { differences, tags, noisy };
}

/** One spot in ten is off by a little, one in thirty by what nobody can tell. */
function noise(random: Random, there: number, step: number): number {
  if (random.chance(1 / 30))
    return -Math.round((there * random.between(0.005, 0.03)) / step) * step;
  if (!random.chance(0.1)) return 0;
  const sign = random.chance(0.5) ? 1 : -1;
  return step === UNIT
    ? sign * (1 + random.int(3)) * UNIT
    : sign * Math.round((there * random.between(0, 0.002)) / step) * step;
}

function transpose(counted: number, step: number, random: Random): number | null {
  const digits = [...String(counted / step)];
  if (digits.length < 2) return null;
  const place = random.int(digits.length - 1);
  const [left, right] = [digits[place], digits[place + 1]] as [string, string];
  return (
    Number([...digits.slice(0, place), right, left, ...digits.slice(place + 2)].join('')) * step
  );
}
