import type { StockAnswer } from '../../answers.ts';
import { type Random, randomFor } from '../random.ts';
import { type FaultKind, isMeasured, type Plant } from './plant.ts';
import { COUNTED_AT, type Quarter } from './quarter.ts';
import { type Happened, quantityText, stockOf, UNIT } from './stock.ts';

/** One tag of the count, as it was written. */
export interface Counted {
  readonly part: string;
  readonly stock: string;
  readonly site: string;
  quantity: number;
  readonly bin: string;
}

/** What reaches customs of a quarter: the feed, the count, and the truth about where they are wrong. */
export interface Told {
  readonly events: readonly Happened[];
  readonly count: readonly Counted[];
  readonly answers: readonly StockAnswer[];
  /** What was sent, and its sender took back on paper only. */
  readonly cancelled: readonly Happened[];
}

interface Telling {
  readonly plant: Plant;
  readonly random: Random;
  events: Happened[];
  readonly count: Counted[];
  readonly cancelled: Happened[];
  /** Parts and orders that carry a fault already. */
  readonly spoilt: Set<string>;
}
/** Spoils one record; answers what it adds to counted less book, or nothing where none suits. */
type Fault = (telling: Telling) => Omit<StockAnswer, 'id' | 'fault'> | null;

const WEEK_MS = 7 * 86_400_000;

/** What is told of a quarter: the truth, with each of the plant's faults planted once. */
export function tell(plant: Plant, { events, truth }: Quarter, seed: string): Told {
  const random = randomFor(seed, 'factory faults', plant.ledger.id);
  const kinds = new Map(plant.parts.map(({ part, kind }) => [part, kind]));
  const count: Counted[] = truth.all().map(({ part, place, site, quantity }, index) => ({
    ...{ part, stock: stockOf(place, kinds.get(part) ?? 'material'), site, quantity },
    bin: `${site.slice(0, 1).toUpperCase()}${String(1 + (index % 40)).padStart(2, '0')}`,
  }));
  const telling: Telling = {
    ...{ plant, random, events: [...events], count, cancelled: [], spoilt: new Set() },
  };
  const answers = plant.faults.flatMap((fault) => {
    const answer = FAULTS[fault](telling);
    return answer ? [{ id: `count:${plant.ledger.id}:${answer.part}`, fault, ...answer }] : [];
  });
  return { events: telling.events, count, answers, cancelled: telling.cancelled };
}

/** An event of the last month, before its last week, with a line of a part that carries no fault yet. */
function pick(
  { events, random, spoilt, plant }: Telling,
  kind: Happened['kind'],
  suits: (part: Plant['parts'][number], quantity: number) => boolean = () => true,
): { event: Happened; place: number; part: string; quantity: number } | null {
  const parts = new Map(plant.parts.map((part) => [part.part, part]));
  const fit = events.flatMap((event, place) => {
    const before = COUNTED_AT - event.at;
    if (event.kind !== kind || before < WEEK_MS || before > 5 * WEEK_MS) return [];
    return event.lines.flatMap(({ part, quantity }) => {
      const known = parts.get(part);
      return known && known.kind === 'material' && !spoilt.has(part) && suits(known, quantity)
        ? [{ event, place, part, quantity }]
        : [];
    });
  });
  if (fit.length === 0) return null;
  const found = random.pick(fit);
  spoilt.add(found.part);
  return found;
}

const answerOf = (
  telling: Telling,
  part: string,
  quantity: number,
  record: string | null,
  account: StockAnswer['account'] = 'rawMaterial',
) => ({
  ...{ part, account, quantity: signed(quantity), record },
  site: telling.plant.ledger.sites[0] ?? '',
});
const signed = (quantity: number): string =>
  quantity < 0 ? `-${quantityText(-quantity)}` : quantityText(quantity);

const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  /** One slip was entered a second time, with one line of it. */
  duplicate(telling) {
    const found = pick(telling, 'issued', ({ unit }) => isMeasured(unit));
    if (!found) return null;
    const { event, place, part, quantity } = found;
    const lines = event.lines.filter((line) => line.part === part);
    const again = { ...event, id: `${event.id}-B`, at: event.at + 60_000, lines };
    telling.events.splice(place + 1, 0, again);
    return answerOf(telling, part, quantity, again.id);
  },
  /** Grams were written down as kilograms ought to be: a thousandth reached the book. */
  unitFactor(telling) {
    const isKg = ({ unit }: Plant['parts'][number], quantity: number) =>
      unit === '035' && quantity > 5 * UNIT;
    // A thousandth of whole hundredths can be written down exactly.
    const found =
      pick(telling, 'issued', (part, quantity) => isKg(part, quantity) && quantity % 1_000 === 0) ??
      pick(telling, 'issued', isKg);
    return found && thousandth(telling, found);
  },
  /** Offcuts lie in the scrap yard, and nobody told of them. */
  scrapNotDeclared(telling) {
    const found = pick(telling, 'scrapped', ({ unit }) => unit === '035');
    if (!found) return null;
    const { event, place, part, quantity } = found;
    const lines = event.lines.filter((line) => line.part !== part);
    telling.events.splice(place, 1, ...(lines.length > 0 ? [{ ...event, lines }] : []));
    return answerOf(telling, part, quantity, event.id, 'scrap');
  },
  /** A slip was cancelled in the store, after it had been sent. */
  missingReversal(telling) {
    const found = pick(
      telling,
      'issued',
      ({ unit }, quantity) => !isMeasured(unit) && quantity < 60 * UNIT,
    );
    if (!found) return null;
    const { event, place, part } = found;
    const quantity = 5 * UNIT;
    const slip = {
      ...{ ...event, id: `${event.id}-X`, at: event.at + 120_000, document: `LLX${event.order}` },
      lines: [{ part, quantity }],
    };
    telling.events.splice(place + 1, 0, slip);
    telling.cancelled.push(slip);
    return answerOf(telling, part, quantity, slip.id);
  },
  /** Goods came in the last days, and their list has not been sent yet. */
  notPosted(telling) {
    const { events, spoilt } = telling;
    const place = events.findLastIndex(({ kind }) => kind === 'imported');
    const event = events[place];
    const line = event?.lines.find(({ part }) => !spoilt.has(part));
    if (!event || !line) return null;
    spoilt.add(line.part);
    const lines = event.lines.filter((each) => each !== line);
    events.splice(place, 1, ...(lines.length > 0 ? [{ ...event, lines }] : []));
    return answerOf(telling, line.part, line.quantity, event.document ?? null);
  },
  /** Goods have arrived at the other site; nobody has told of it. */
  inTransit(telling) {
    const { events } = telling;
    const place = events.findLastIndex(({ kind }) => kind === 'arrived');
    const event = events[place];
    const line = event?.lines[0];
    if (!event || !line) return null;
    events.splice(place, 1);
    return {
      ...answerOf(telling, line.part, line.quantity, event.id, 'semiFinished'),
      site: event.site,
    };
  },
  /** Two digits of a tag changed places. */
  countingError(telling) {
    const { count, spoilt, random } = telling;
    const fit = count.filter(
      ({ part, quantity, stock }) =>
        stock === 'materials' &&
        !spoilt.has(part) &&
        quantity % UNIT === 0 &&
        swapped(quantity) > 0,
    );
    if (fit.length === 0) return null;
    const tag = random.pick(fit);
    spoilt.add(tag.part);
    const before = tag.quantity;
    tag.quantity = swapped(before);
    return answerOf(telling, tag.part, tag.quantity - before, tag.bin);
  },
  /** Gone, and no record knows where. */
  shortage: (telling) => gone(telling, 20 * UNIT),
  /** The same of a material so dear that the duty on one piece is worth asking for. */
  dearShortage: (telling) => gone(telling, 4 * UNIT, DEAR),
};

/** In yuan. */
const DEAR = 1_000;

/** @param keptMin where less is kept, nothing is taken. */
function gone(telling: Telling, keptMin: number, worthMin = 0): ReturnType<Fault> {
  const { count, spoilt, random, plant } = telling;
  const whole = new Set(
    plant.parts
      .filter(({ unit, unitValue }) => !isMeasured(unit) && Number(unitValue) >= worthMin)
      .map(({ part }) => part),
  );
  const fit = count.filter(
    ({ part, stock, quantity }) =>
      stock === 'materials' && whole.has(part) && !spoilt.has(part) && quantity >= keptMin,
  );
  if (fit.length === 0) return null;
  const tag = random.pick(fit);
  spoilt.add(tag.part);
  const missing = (1 + random.int(3)) * UNIT;
  tag.quantity -= missing;
  return { ...answerOf(telling, tag.part, -missing, null), site: tag.site };
}

function thousandth(
  telling: Telling,
  { event, place, part, quantity }: NonNullable<ReturnType<typeof pick>>,
) {
  const small = Math.round(quantity / 1000);
  const lines = event.lines.map((line) => (line.part === part ? { part, quantity: small } : line));
  telling.events.splice(place, 1, { ...event, lines });
  return answerOf(telling, part, small - quantity, event.id);
}

/** With its last two digits of whole units exchanged, or 0 where they are the same. */
function swapped(quantity: number): number {
  const whole = quantity / UNIT;
  const [tens, ones] = [Math.floor(whole / 10) % 10, whole % 10];
  if (whole < 100 || tens === ones) return 0;
  return (whole + (ones - tens) * 9) * UNIT;
}
