import type { Instant } from '../../../kernel/dates.ts';
import {
  type Account,
  accountAt,
  atOneOf,
  isInProcessAt,
  isOnHandAt,
  PLACES_PER_SITE,
  placeOf,
  siteAt,
} from '../accounts.ts';
import type { LedgerInput } from '../contract.ts';
import { eachMovement, type Visit } from '../journal/codec.ts';
import { Flows } from '../journal/flows.ts';
import type { Fold } from '../journal/store/movements.ts';
import type { Moments } from '../journal/store/pages.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import type { Quantity } from '../quantity.ts';
import type { BookOf } from './contract.ts';
import { type Book, type Spot, spotKey } from './differences.ts';

interface JournalBookAsked {
  readonly ledger: Pick<LedgerInput, 'sites' | 'opensOn'>;
  /** Each at the place its number says. */
  readonly parts: readonly NumberedPart[];
  readonly bookOf: BookOf;
  /** Of each counted spot, the moment it was counted. */
  readonly moments: ReadonlyMap<string, Instant>;
  /** The moment of the whole count: what is asked of every spot that nobody counted. */
  readonly until: Instant;
  /** When the period of the base begins. */
  readonly periodFrom: Instant;
}

interface JournalBook {
  /** The book of all rows that were told: asked for once, at the end. */
  close(): Book;
}

/** Where a moment stands to those that were counted at: `between` them every movement is looked at by itself. */
type Stage = 'beforePeriod' | 'counted' | 'between' | 'beyond';

const isStore = atOneOf(['rawMaterial', 'semiFinished', 'finished', 'byProduct']);
const isCustomsIn = atOneOf(['customsIn']);

/** Of every way from an account to an account, whether it adds to a sum (1), takes from it (−1) or neither (0). */
function signsOf(adds: (from: number, to: number) => boolean) {
  const signs = Int8Array.from({ length: PLACES_PER_SITE ** 2 }, (_, way) => {
    const [from, to] = [Math.floor(way / PLACES_PER_SITE), way % PLACES_PER_SITE];
    return Number(adds(from, to)) - Number(adds(to, from));
  });
  return (from: number, to: number): number =>
    signs[(from % PLACES_PER_SITE) * PLACES_PER_SITE + (to % PLACES_PER_SITE)] as number;
}
const openingSign = signsOf((from, to) => isOnHandAt(to) && !isOnHandAt(from));
const importedSign = signsOf((from) => isCustomsIn(from));
const usedSign = signsOf((from, to) => isStore(from) && isInProcessAt(to));

/**
 * The book at the moments of a count, folded from the journal in one pass: any moment, whatever came later. It needs
 * neither the book in memory nor the ledger's writer. Sums stand in plain arrays, by part and place: a ledger has
 * fifty million movements.
 */
export function createJournalBook(asked: JournalBookAsked): Fold & JournalBook {
  const { parts, until, bookOf } = asked;
  const width = placeOf('customsIn', asked.ledger.sites.length);
  const sums = (of: number): Float64Array => new Float64Array(parts.length * of);
  const [atMoment, atUntil] = [sums(width), sums(width)];
  const [used, opening, imported] = [sums(1), sums(1), sums(1)];
  const numbers = new Map(parts.map(({ part, number }) => [part, number]));
  const sites = new Map(asked.ledger.sites.map((site, index) => [site, index]));
  const [last, begin] = [Date.parse(until), Date.parse(asked.periodFrom)];
  const moments = sums(width).fill(last);
  for (const [key, moment] of asked.moments) {
    const at = placeIn(key);
    if (at !== null) moments[at] = Date.parse(moment);
  }

  function placeIn(key: string): number | null {
    const { part, account, site } = spotOf(key);
    const [number, index] = [numbers.get(part), sites.get(site)];
    return number === undefined || index === undefined
      ? null
      : number * width + placeOf(account, index);
  }
  const add = (sums: Float64Array, at: number, quantity: Quantity): void => {
    sums[at] = (sums[at] as number) + quantity;
  };
  const ofPeriod = (
    part: number,
    from: number,
    to: number,
    quantity: Quantity,
    moment: number,
  ): void => {
    if (moment < begin) add(opening, part, openingSign(from, to) * quantity);
    else if (moment <= last) {
      add(imported, part, importedSign(from, to) * quantity);
      add(used, part, usedSign(from, to) * quantity);
    }
  };

  const book: Book = {
    positionAt(spot) {
      const at = placeIn(spotKey(spot));
      return at === null ? null : (atMoment[at] as number);
    },
    *heldAt() {
      for (const { part, number } of parts)
        for (let place = 0; place < width; place += 1) {
          const quantity = atUntil[number * width + place] as number;
          if (quantity === 0 || !isOnHandAt(place)) continue;
          const site = asked.ledger.sites[siteAt(place)] ?? '';
          yield { part, account: accountAt(place), site, quantity };
        }
    },
    figuresOf(name) {
      const number = numbers.get(name);
      const part = number === undefined ? undefined : parts[number];
      if (number === undefined || !part)
        return { unitValue: null, consumption: null, openingAndImports: null };
      return {
        unitValue: part.unitValue,
        consumption: used[number] as number,
        openingAndImports: (opening[number] as number) + (imported[number] as number),
      };
    },
  };

  // What every spot was counted after is most of a journal: it is added up by way first, and into the book at the end.
  let [first, latest] = [last, last];
  for (const moment of moments)
    [first, latest] = [Math.min(first, moment), Math.max(latest, moment)];
  const before = new Flows(parts.length);
  const within = new Flows(parts.length);

  const move =
    (moment: number): Visit =>
    (part, _lot, from, to, quantity) => {
      const [source, target] = [part * width + from, part * width + to];
      if (moment <= (moments[source] as number)) add(atMoment, source, -quantity);
      if (moment <= (moments[target] as number)) add(atMoment, target, quantity);
      if (moment <= last) {
        add(atUntil, source, -quantity);
        add(atUntil, target, quantity);
      }
      ofPeriod(part, from, to, quantity, moment);
    };

  const momentOf = ({ occurredAt, recordedAt }: Moments): number =>
    bookOf === 'recorded' ? recordedAt : occurredAt;
  const stageOf = (moment: number): Stage => {
    if (moment <= first) return moment < begin ? 'beforePeriod' : 'counted';
    return moment <= latest || moment < begin ? 'between' : 'beyond';
  };

  return {
    row(moments, bytes, start, end) {
      const moment = momentOf(moments);
      const stage = stageOf(moment);
      if (stage === 'beforePeriod') before.add(bytes, start, end);
      else if (stage === 'counted') within.add(bytes, start, end);
      else if (stage === 'between') eachMovement(bytes.subarray(start, end), move(moment));
    },
    isOne(from, to) {
      const stage = stageOf(momentOf(from));
      return stage !== 'between' && stage === stageOf(momentOf(to));
    },
    close() {
      addUp(before, move(Math.min(first, begin - 1)));
      addUp(within, move(first));
      return book;
    },
  };
}

function addUp(flows: Flows, visit: Visit): void {
  for (const { from, to, quantities } of flows.all())
    for (const [part, quantity] of quantities.entries())
      if (quantity > 0) visit(part, -1, from, to, quantity);
}

/** What a key is of. */
function spotOf(key: string): Spot {
  const pieces = key.split('\t');
  const [site, account] = [pieces.pop() ?? '', pieces.pop() as Account];
  return { part: pieces.join('\t'), account, site };
}
