import { addDays, type LocalDate } from '../../../src/kernel/dates.ts';
import { QUARTER } from '../calendar.ts';
import { type Random, randomFor } from '../random.ts';
import { isMeasured, OPENED_ON, type Plant, type RecipeLine, type Wanted } from './plant.ts';
import { type Happened, type HappenedLine, openTruth, type Truth, UNIT } from './stock.ts';

const HOUR = 3_600_000;
const [FIRST_MONDAY, WEEKS] = ['2026-07-06', 13];
/** When the whole stock is counted. */
export const COUNTED_AT = Date.parse(`${QUARTER.to}T18:00:00+08:00`);
/** Lines of one inventory list (核注清单). */
const LIST_LINES = 12;
/** What is bought beside the need of a week, as a share of it. */
const RESERVE = 0.6;

export interface Quarter {
  readonly events: readonly Happened[];
  readonly truth: Truth;
}

const at = (day: LocalDate, hour: number): number =>
  Date.parse(`${day}T00:00:00+08:00`) + Math.round(hour * HOUR);

/** A quarter of a factory as it really went, in order of time, up to the count. The same for the same seed. */
export function runQuarter(plant: Plant, seed: string): Quarter {
  const random = randomFor(seed, 'factory', plant.ledger.id);
  const truth = openTruth();
  const events: Happened[] = [];
  const happen = (event: Happened) => {
    if (event.at > COUNTED_AT) return;
    truth.move(event);
    events.push(event);
  };
  const papers = numbering(plant);
  for (let week = 0; week < WEEKS; week += 1) {
    const monday = addDays(FIRST_MONDAY, 7 * week);
    const orders = planWeek(plant, plant.week(week, random), truth);
    const bought = purchases(plant, orders, truth);
    // The first week's materials are what the ledger opens with.
    const bring = week === 0 ? at(OPENED_ON, 9) : at(monday, 6);
    for (const list of bought) {
      const id = papers.next('IM');
      happen({ id, kind: 'imported', at: bring, document: papers.list(bring, 'I'), ...list });
    }
    const work = orders.flatMap((order, place) =>
      orderEvents(plant, { ...order, place, monday, no: papers.order(week) }, random),
    );
    for (const event of work.sort((a, b) => a.at - b.at)) happen(event);
    for (const event of shipments(plant, monday, truth, papers)) happen(event);
  }
  return { events, truth };
}

function numbering({ ledger }: Plant) {
  const counts = new Map<string, number>();
  const count = (of: string): number => {
    const next = (counts.get(of) ?? 0) + 1;
    counts.set(of, next);
    return next;
  };
  const tail = ledger.id.slice(-3);
  return {
    next: (what: string) => `${what}-${tail}-${String(count(what)).padStart(5, '0')}`,
    /** A number as lists have them: office, year, direction, serial. */
    list: (moment: number, direction: 'I' | 'E') =>
      `QD${ledger.office}${new Date(moment).getUTCFullYear() % 100}${direction}${tail}${String(count(direction)).padStart(6, '0')}`,
    order: (week: number) => `W${week + 27}-${String(count(`week ${week}`)).padStart(2, '0')}`,
  };
}
type Numbering = ReturnType<typeof numbering>;

interface Planned extends Wanted {
  /** How many levels of half-made goods are below it: these are made first. */
  readonly depth: number;
}

const linesOf = ({ recipes }: Plant, product: string): readonly RecipeLine[] =>
  recipes.get(product) ?? [];

const depthOf = (plant: Plant, product: string): number =>
  plant.recipes.has(product)
    ? 1 + Math.max(0, ...linesOf(plant, product).map(({ part }) => depthOf(plant, part)))
    : 0;

/** The week's orders and, before them, those for what they need and the store has not. */
function planWeek(plant: Plant, wanted: readonly Wanted[], truth: Truth): Planned[] {
  const needs = new Map<string, number>();
  const orders: Planned[] = wanted.map((each) => ({
    ...each,
    depth: depthOf(plant, each.product),
  }));
  const need = ({ product, quantity }: Wanted) => {
    for (const { part, net } of linesOf(plant, product)) {
      if (!plant.recipes.has(part)) continue;
      needs.set(part, (needs.get(part) ?? 0) + Math.ceil(Number(net) * quantity));
    }
  };
  for (const order of orders) need(order);
  const deepest = Math.max(0, ...orders.map(({ depth }) => depth));
  for (let depth = deepest - 1; depth > 0; depth -= 1) {
    for (const [product, wantedNow] of [...needs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (depthOf(plant, product) !== depth) continue;
      const there = plant.ledger.sites.reduce(
        (sum, site) => sum + truth.of(product, 'store', site) / UNIT,
        0,
      );
      const quantity = Math.max(0, wantedNow - there);
      if (quantity === 0) continue;
      const order = { product, quantity, depth };
      orders.push(order);
      need(order);
    }
  }
  return orders.sort((a, b) => a.depth - b.depth);
}

/** `net` of nine places times whole goods, in hundred-thousandths; whole parts are taken whole. */
function usedOf(plant: Plant, line: RecipeLine, quantity: number): { use: number; scrap: number } {
  const exact = Number(line.net) * quantity * UNIT;
  const unit = plant.parts.find(({ part }) => part === line.part)?.unit ?? '';
  if (!isMeasured(unit)) {
    return { use: Math.ceil(Math.round(exact) / UNIT) * UNIT, scrap: 0 };
  }
  const [tangible, intangible] = [line.tangibleLossRate ?? '0', line.intangibleLossRate ?? '0'];
  const use = Math.round(exact / (1 - Number(tangible) - Number(intangible) * 0.8));
  return { use: round(use), scrap: round(use * Number(tangible)) };
}
/** Scales of the shop floor show grams. */
const round = (quantity: number): number => Math.round(quantity / 100) * 100;

/** What the week needs beyond the store, as lists of imports by site. */
function purchases(plant: Plant, orders: readonly Planned[], truth: Truth) {
  const needs = new Map<string, Map<string, number>>();
  for (const { product, quantity } of orders) {
    const site = plant.siteOf(product);
    const here = needs.get(site) ?? new Map<string, number>();
    needs.set(site, here);
    for (const line of linesOf(plant, product)) {
      if (plant.recipes.has(line.part)) continue;
      here.set(line.part, (here.get(line.part) ?? 0) + usedOf(plant, line, quantity).use);
    }
  }
  return [...needs].flatMap(([site, parts]) => {
    const lines: HappenedLine[] = [];
    for (const [part, needed] of parts) {
      const short = needed * (1 + RESERVE / 2) - truth.of(part, 'store', site);
      if (short <= 0) continue;
      lines.push({
        part,
        quantity: Math.ceil((short + needed * RESERVE) / (10 * UNIT)) * 10 * UNIT,
      });
    }
    return chunks(lines, LIST_LINES).map((some) => ({ site, lines: some }));
  });
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const found: T[][] = [];
  for (let from = 0; from < list.length; from += size) found.push(list.slice(from, from + size));
  return found;
}

/** Everything that is told of one order, from its opening to its closing on the same day. */
function orderEvents(
  plant: Plant,
  order: Planned & { place: number; monday: LocalDate; no: string },
  random: Random,
): Happened[] {
  const { product, quantity, no } = order;
  const site = plant.siteOf(product);
  const day = addDays(order.monday, order.depth - 1);
  // On the day of the count work begins late, and is still on the line when it is counted.
  const start = at(day, (day === QUARTER.to ? 13 : 8) + order.place * 0.05);
  const scrapped: HappenedLine[] = [];
  const issued: HappenedLine[] = [];
  for (const line of linesOf(plant, product)) {
    const { use, scrap } = usedOf(plant, line, quantity);
    const unit = plant.parts.find(({ part }) => part === line.part)?.unit ?? '';
    // Now and then one is broken on the line, or a little more is used than was reckoned with.
    const isBreakable = !isMeasured(unit) && !plant.recipes.has(line.part) && use < 1_000 * UNIT;
    const broken = isBreakable && random.chance(0.04) ? UNIT : 0;
    const more = isMeasured(unit) ? round(use * random.between(-0.001, 0.001)) : broken;
    issued.push({ part: line.part, quantity: use + more });
    if (scrap + broken > 0) scrapped.push({ part: line.part, quantity: scrap + broken });
  }
  const good = quantity * UNIT;
  const isFinished = plant.parts.find(({ part }) => part === product)?.kind === 'finished';
  const isTested = isFinished && quantity >= 1_000;
  const defective = isTested ? Math.round(quantity * random.between(0.001, 0.004)) * UNIT : 0;
  const of = (kind: Happened['kind'], hours: number, lines: readonly HappenedLine[]): Happened => ({
    ...{ id: `${no}-${kind}`, kind, at: start + hours * HOUR, site, order: no, lines },
    ...(kind === 'orderOpened' && { product, planned: good }),
    ...(kind === 'issued' && { document: `LL${no}` }),
    ...(kind === 'scrapped' && { document: `BJ${no}` }),
  });
  const next = plant.ledger.sites.find((each) => each !== site);
  const crossing = next !== undefined && !isFinished && isUsedElsewhere(plant, product);
  return [
    of('orderOpened', 0, []),
    of('issued', 0.25, issued),
    ...(scrapped.length > 0 ? [of('scrapped', 4, scrapped)] : []),
    of('received', 6, [{ part: product, quantity: good }]),
    ...(defective > 0
      ? [{ ...of('rejected', 6.5, [{ part: product, quantity: defective }]), order: undefined }]
      : []),
    of('orderClosed', 7, []),
    ...(crossing
      ? [
          { ...of('moved', 8, [{ part: product, quantity: good }]), toSite: next },
          {
            ...of('arrived', 20, [{ part: product, quantity: good }]),
            ...{ site: next },
          },
        ].map(({ order: _, ...event }) => ({ ...event, document: `DB${no}` }))
      : []),
  ] as Happened[];
}

/** Goods cross to the other site when what they go into is made there. */
const isUsedElsewhere = (plant: Plant, product: string): boolean =>
  [...plant.recipes].some(
    ([into, lines]) =>
      lines.some(({ part }) => part === product) && plant.siteOf(into) !== plant.siteOf(product),
  );

/** On Fridays what is finished goes abroad. */
function shipments(plant: Plant, monday: LocalDate, truth: Truth, papers: Numbering): Happened[] {
  const when = at(addDays(monday, 4), 16);
  const lines = plant.parts
    .filter(({ kind }) => kind === 'finished')
    .flatMap(({ part }) => {
      const there = truth.of(part, 'store', plant.siteOf(part)) / UNIT;
      const quantity = there > 10 ? Math.floor(there * 0.8) : there;
      return quantity > 0 ? [{ part, quantity: quantity * UNIT }] : [];
    });
  const site = plant.siteOf(lines[0]?.part ?? '');
  return chunks(lines, LIST_LINES).map((some) => ({
    ...{ id: papers.next('EX'), kind: 'exported', at: when, site, lines: some },
    document: papers.list(when, 'E'),
  }));
}
