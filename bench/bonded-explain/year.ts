import { drawer, type Random, randomFor } from '../../demo/generate/random.ts';
import type { Account } from '../../src/contexts/bonded/accounts.ts';
import type {
  Carried,
  Differing,
  Evidence,
  Posting,
  PostingLine,
  Tag,
} from '../../src/contexts/bonded/explain/evidence.ts';
import type { Spot } from '../../src/contexts/bonded/stocktake/differences.ts';
import {
  ANNEX,
  at,
  build,
  COUNTED_AT,
  type Factory,
  happen,
  lineFor,
  MAIN,
  UNIT,
  YEAR_FROM,
} from './factory.ts';
import type { Answer } from './fault.ts';
import { FAULTS } from './faults.ts';

export interface Year {
  readonly evidence: Evidence;
  readonly answers: readonly Answer[];
  /** Spots where counting was not exact or goods are gone without any record. */
  readonly noisy: ReadonlySet<string>;
  readonly factory: Factory;
}

/** How much goes wrong in a year. */
export interface Rates {
  readonly orders: number;
  /** How many spots get faults, of one to five. */
  readonly troubled: number;
  /** How many of them get just one. */
  readonly single: number;
  /** How often each fault is chosen, beside the others; 1 where it is not said. */
  readonly faults: Readonly<Record<string, number>>;
  /** Spots where goods are gone and nobody can tell why, spots off by a little, and slips of the pen. */
  readonly lost: number;
  readonly slightlyOff: number;
  readonly transposed: number;
}

const USUAL: Rates = {
  ...{ orders: 3_000, troubled: 40, single: 0.5, faults: {} },
  ...{ lost: 1 / 30, slightlyOff: 0.1, transposed: 0.02 },
};

export const keyOf = ({ part, account, site }: Spot): string => `${part} ${account} ${site}`;
const COUNTED: readonly Account[] = [
  'rawMaterial',
  'semiFinished',
  'finished',
  'scrap',
  'defective',
];

/** A year of records with faults in them, and the answers apart. The same for the same seed. */
export function makeYear(seed: string, changes: Partial<Rates> = {}): Year {
  const rates = { ...USUAL, ...changes };
  const { orders, troubled, single, faults } = rates;
  const factory = build(seed, orders);
  const random = randomFor(seed, 'faults');
  const answers: Answer[] = [];
  const names = Object.keys(FAULTS);
  const draw = drawer(names, (name) => faults[name] ?? 1);
  const pieces = [...factory.parts.values()].filter(({ kind }) => kind === 'material');
  for (let n = 0; n < troubled; n += 1) {
    const part = random.pick(pieces);
    const count = random.chance(single) ? 1 : 2 + random.int(4);
    for (let fault = 0; fault < count; fault += 1) {
      const name = draw(random);
      answers.push(...(FAULTS[name]?.(factory, part, random) ?? []));
    }
  }
  stockUp(factory);
  for (const { posting } of factory.happenings)
    if (posting) posting.isLate = posting.recordedAt > COUNTED_AT;
  const { differences, tags, noisy } = count(factory, answers, random, rates);
  const { papers, uses: consumptions, substitutes } = factory;
  const postings = factory.happenings.flatMap(({ posting }) => posting ?? []);
  return {
    evidence: {
      ...{ bookOf: 'occurred', differences, postings, papers, orders: factory.orders },
      ...{ consumptions, substitutes, tags },
    },
    ...{ answers, noisy, factory },
  };
}

const isInBook = ({ state, occurredAt, isLate }: Posting): boolean =>
  state === 'applied' && !isLate && occurredAt <= COUNTED_AT;

/** Enough of everything on the first day that neither the goods nor the book ever run out. */
function stockUp(factory: Factory): void {
  const all = factory.happenings;
  const entered = all
    .flatMap(({ posting }) => (posting?.state === 'applied' ? [posting] : []))
    .sort(byEntry);
  const short = new Map<string, number>();
  const real = all.flatMap(({ truth }) => truth ?? []).sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const moves of [entered, real]) {
    const sums = new Map<string, number>();
    for (const { lines } of moves)
      for (const { part, from, to, quantity, bonded = true } of lines as PostingLine[]) {
        if (!bonded) continue;
        for (const [place, signed] of [
          [from, -quantity],
          [to, quantity],
        ] as const) {
          if (place?.site !== MAIN || !STORES.includes(place.account)) continue;
          const sum = (sums.get(part) ?? 0) + signed;
          sums.set(part, sum);
          short.set(part, Math.min(short.get(part) ?? 0, sum));
        }
      }
  }
  for (const { part, kind, step } of factory.parts.values()) {
    const quantity = Math.ceil((40 * UNIT - (short.get(part) ?? 0)) / step) * step;
    const store = kind === 'material' ? 'rawMaterial' : kind;
    const line = { ...lineFor(part, quantity, at('customsIn'), at(store)), lot: `OPEN-${part}` };
    const told = { order: null, document: `OPEN-${part}`, at: `${YEAR_FROM}T00:01:00.000Z` };
    happen(factory, 'imported', { ...told, lines: [line] });
  }
}
const STORES: readonly Account[] = ['rawMaterial', 'semiFinished', 'finished'];
/** What was entered after the count comes after all that was entered before, each in the order it happened. */
export const byEntry = (a: Posting, b: Posting): number => {
  const key = ({ recordedAt, occurredAt }: Posting): string =>
    `${recordedAt > COUNTED_AT ? 1 : 0}${occurredAt}`;
  return key(a) < key(b) ? -1 : 1;
};

function count(factory: Factory, answers: Answer[], random: Random, rates: Rates) {
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
    if (posting && isInBook(posting))
      move(
        book,
        posting.lines.filter(({ bonded }) => bonded),
      );
  }
  return tagged(factory, book, real, answers, random, rates);
}

function tagged(
  factory: Factory,
  book: ReadonlyMap<string, number>,
  real: ReadonlyMap<string, number>,
  answers: Answer[],
  random: Random,
  rates: Rates,
) {
  const differences: Differing[] = [];
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
        const off = missed + noise(random, there, part.step, rates);
        if (off !== 0) noisy.add(key);
        let counted = Math.max(0, there + off);
        const slipped = random.chance(rates.transposed)
          ? transpose(counted, part.step, random)
          : null;
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
        });
      }
  return { differences, tags, noisy };
}

/** Some spots are off by a little, a few by what nobody can tell. */
function noise(random: Random, there: number, step: number, rates: Rates): number {
  if (random.chance(rates.lost))
    return -Math.round((there * random.between(0.005, 0.03)) / step) * step;
  if (!random.chance(rates.slightlyOff)) return 0;
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
