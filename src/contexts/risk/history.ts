import { addDays, type LocalDate } from '../../kernel/dates.ts';
import type { FactSet, FactValue } from '../facts/index.ts';
import { derive, positive } from './derive.ts';
import { createPeers, deviation, type Peers } from './peers.ts';
import { createTally } from './tally.ts';

/** How many days back a consignment is taken for part of the same one, split. */
const SPLIT_DAYS = 3;
/** Splits are asked about for three days; what is older by a month need not be remembered. */
const SPLIT_FORGOTTEN_AFTER_DAYS = 30;

/**
 * What the past says about a declaration. It speaks of *earlier days only*: a decision never looks
 * ahead, nor sideways at its own day. So the order in which a day's declarations arrive changes
 * nothing, and going through the same days again gives the same facts.
 */
export interface History {
  /**
   * The facts that follow from the declaration and from declarations of days before `on`, under the
   * names of `riskFacts`. The caller adds them to the facts declared, best by `Object.assign`:
   * spreading two large objects into one is many times slower in V8.
   */
  factsFor(observation: FactSet, on: LocalDate): FactSet;
  /** Remembers a declaration of a day, to be seen from later days. */
  observe(facts: FactSet, on: LocalDate): void;
}

type Known = Record<string, FactValue>;

export function createHistory(): History {
  const prices = createPeers();
  const weights = createPeers();
  const dutyTypes = createTally();
  const dutyRates = createTally();
  const routes = createTally();
  const departures = createTally();
  const importers = createTally();
  const importersOfGoods = createTally();
  const repeats = createTally(SPLIT_FORGOTTEN_AFTER_DAYS);
  const tallies = [
    [dutyTypes, dutyTypeKey],
    [dutyRates, dutyRateKey],
    [routes, routeKey],
    [departures, departureKey],
    [importers, importerKey],
    [importersOfGoods, importerOfGoodsKey],
    [repeats, repeatKey],
  ] as const;
  /** Days on which anything was declared, in order. */
  const days: LocalDate[] = [];
  /** Observations of the newest day, folded when it is over: statistics of the past stay unchanged. */
  const aside: FactSet[] = [];
  let newestDay: LocalDate = '';

  function fold(facts: FactSet, day: LocalDate): void {
    const derived = derive(facts);
    addPeer(prices, priceGroup(facts), day, derived['price.perKg']);
    addPeer(weights, weightGroup(facts), day, derived['weight.perUnit']);
    for (const [tally, keyIn] of tallies) {
      const key = keyIn(facts);
      if (key !== null) tally.add(key, day, cents(positive(facts, 'goods.value') ?? 0));
    }
  }

  /** The first of the days a split is looked for; the same for every declaration of a day. */
  let split = { on: '', from: '' };
  function splitFrom(on: LocalDate): LocalDate {
    if (split.on !== on) split = { on, from: addDays(on, -SPLIT_DAYS) };
    return split.from;
  }

  function foldNewestDay(): void {
    for (const facts of aside) fold(facts, newestDay);
    aside.length = 0;
  }

  function partyFacts(known: Known, facts: FactSet, on: LocalDate): void {
    const importer = importerKey(facts);
    if (importer === null) return;
    known['importer.earlier'] = importers.before(importer, on).count;
    const ofGoods = importerOfGoodsKey(facts);
    if (ofGoods !== null)
      known['importer.earlierGoods'] = importersOfGoods.before(ofGoods, on).count;
    const repeat = repeatKey(facts);
    if (repeat === null) return;
    const { count, sum } = repeats.between(repeat, splitFrom(on), on);
    known['importer.recentSame'] = count;
    known['importer.recentSameValue'] = sum / 100;
  }

  function shareFacts(known: Known, facts: FactSet, on: LocalDate): void {
    const route = routeKey(facts);
    const departure = departureKey(facts);
    if (route !== null && departure !== null) {
      const { count } = routes.before(route, on);
      known['route.earlier'] = count;
      if (count > 0) known['route.share'] = departures.before(departure, on).count / count;
    }
    const dutyType = dutyTypeKey(facts);
    const dutyRate = dutyRateKey(facts);
    if (dutyType !== null && dutyRate !== null) {
      const { count } = dutyTypes.before(dutyType, on);
      known['peers.taxRateCount'] = count;
      if (count > 0) known['peers.taxRateShare'] = dutyRates.before(dutyRate, on).count / count;
    }
  }

  return {
    factsFor(observation, on) {
      if (on > newestDay) foldNewestDay();
      const known: Known = derive(observation);
      known['history.days'] = placeOf(days, on);
      priceFacts(known, prices, observation, on);
      weightFacts(known, weights, observation, on);
      shareFacts(known, observation, on);
      partyFacts(known, observation, on);
      return known;
    },

    observe(facts, day) {
      if (day > newestDay) {
        foldNewestDay();
        newestDay = day;
      }
      const place = placeOf(days, day);
      if (days[place] !== day) days.splice(place, 0, day);
      if (day === newestDay) aside.push(facts);
      else fold(facts, day);
    },
  };
}

/** How many of the days lie before one: late filings are few, so the end is looked at first. */
function placeOf(days: readonly LocalDate[], on: LocalDate): number {
  let place = days.length;
  while (place > 0 && (days[place - 1] ?? '') >= on) place -= 1;
  return place;
}

function priceFacts(known: Known, prices: Peers, facts: FactSet, on: LocalDate): void {
  const price = positive(known, 'price.perKg');
  const group = priceGroup(facts);
  if (price === null || group === null) return;
  const { count, statistics } = prices.before(group, on);
  known['peers.count'] = count;
  if (!statistics) return;
  known['peers.priceLow'] = statistics.low;
  known['peers.priceMedian'] = statistics.median;
  known['peers.priceHigh'] = statistics.high;
  known['peers.priceDeviation'] = deviation(price, statistics);
}

function weightFacts(known: Known, weights: Peers, facts: FactSet, on: LocalDate): void {
  const weight = positive(known, 'weight.perUnit');
  const group = weightGroup(facts);
  if (weight === null || group === null) return;
  const { count, statistics } = weights.before(group, on);
  known['peers.weightCount'] = count;
  if (!statistics) return;
  known['peers.weightLow'] = statistics.low;
  known['peers.weightMedian'] = statistics.median;
  known['peers.weightHigh'] = statistics.high;
  known['peers.weightDeviation'] = deviation(weight, statistics);
}

function addPeer(peers: Peers, group: string | null, day: LocalDate, value?: number): void {
  if (group !== null && value !== undefined) peers.add(group, day, value);
}

const cents = (amount: number): number => Math.round(amount * 100);

/** A key of facts, or the first characters of one; no key when one of them is missing. */
function keyOf(...parts: readonly (string | readonly [string, number])[]) {
  const readings = parts.map((part) => (typeof part === 'string' ? ([part, 100] as const) : part));
  return (facts: FactSet): string | null => {
    let key = '';
    for (const [name, characters] of readings) {
      const value = facts[name];
      if (value === undefined || value === null) return null;
      key += `${String(value).slice(0, characters)}\n`;
    }
    return key;
  };
}

const GOODS = ['declaration.ieFlag', 'goods.hs6', 'goods.origin'] as const;
const priceGroup = keyOf(...GOODS, 'declaration.currency');
const weightGroup = keyOf(...GOODS, 'goods.unit');
const dutyTypeKey = keyOf(...GOODS, 'goods.taxType');
const dutyRateKey = keyOf(...GOODS, 'goods.taxType', 'goods.taxRate');
const routeKey = keyOf('declaration.ieFlag', 'goods.origin', ['goods.hs6', 2]);
const departureKey = keyOf(
  'declaration.ieFlag',
  'goods.origin',
  ['goods.hs6', 2],
  'route.departure',
);
const importerKey = keyOf('declaration.ieFlag', 'party.importer');
const importerOfGoodsKey = keyOf('declaration.ieFlag', 'party.importer', ['goods.hs6', 4]);
const repeatKey = keyOf(
  ...['declaration.ieFlag', 'party.importer', 'party.seller', 'goods.hs6'],
  'declaration.currency',
);
