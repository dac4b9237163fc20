import assert from 'node:assert/strict';
import { type Account, accountAt, isOnHand } from '../accounts.ts';
import type { Entry, Movement } from '../engine/entry.ts';
import type { Quantity } from '../quantity.ts';
import { Figure, type OfWhich } from './contract.ts';

/** What a figure does to the remainder. */
export const SIGN: Readonly<Record<Figure, 1 | -1>> = {
  ...{ imported: 1, made: 1, exchangedIn: 1 },
  ...{ consumed: -1, intangibleLoss: -1, excessUse: -1, domesticSale: -1, reExported: -1 },
  ...{ exported: -1, carriedOver: -1, transferredOut: -1, exchangedOut: -1, destroyed: -1 },
};

const FIGURE_OF: Partial<Readonly<Record<Account, Figure>>> = {
  customsIn: 'imported',
  made: 'made',
  embodied: 'consumed',
  intangibleLoss: 'intangibleLoss',
  excessUse: 'excessUse',
  domesticSale: 'domesticSale',
  reExport: 'reExported',
  export: 'exported',
  destroyed: 'destroyed',
};

/** Why goods of a list moved, where that has a column of its own. */
export type Purpose = 'ordinary' | 'carriedOver' | 'transferredOut' | 'exchanged';
export type PurposeOf = (document: string | null) => Purpose;

/** So much of a figure: below nothing where a reversal takes it back. */
interface Counted {
  readonly figure: Figure | OfWhich;
  readonly quantity: Quantity;
}

/**
 * What one movement of an entry adds to the columns of its part. A movement between two places on hand is in no
 * column, but for what becomes scrap; what a count changed is stated by the filing that wrote it off.
 */
export function countedOf(entry: Entry, movement: Movement, purposeOf: PurposeOf): Counted[] {
  const [from, to] = [accountAt(movement.from), accountAt(movement.to)];
  const { quantity } = movement;
  if (isOnHand(from) && isOnHand(to)) {
    if ((from === 'scrap') === (to === 'scrap')) return [];
    return [{ figure: 'tangibleLoss', quantity: to === 'scrap' ? quantity : -quantity }];
  }
  const outside = isOnHand(from) ? to : from;
  const figure = FIGURE_OF[outside];
  if (figure === undefined) return [];
  const isGiven = outside === from;
  const isAdded = SIGN[figure] === 1 ? isGiven : !isGiven;
  const signed = isAdded ? quantity : -quantity;
  const found: Counted[] = [{ figure: by(figure, purposeOf(entry.document)), quantity: signed }];
  if (from === 'scrap' || to === 'scrap') {
    if (outside === 'domesticSale') found.push({ figure: 'scrapSold', quantity: signed });
    if (outside === 'destroyed') found.push({ figure: 'scrapDestroyed', quantity: signed });
  }
  return found;
}

function by(figure: Figure, purpose: Purpose): Figure {
  if (purpose === 'exchanged' && figure === 'imported') return 'exchangedIn';
  if (purpose === 'ordinary' || (figure !== 'exported' && figure !== 'reExported')) return figure;
  return purpose === 'exchanged' ? 'exchangedOut' : purpose;
}

/** The columns of one part. */
export interface Columns {
  readonly figures: Record<Figure, Quantity>;
  readonly ofWhich: Record<OfWhich, Quantity>;
}

const emptyColumns = (): Columns => ({
  figures: Object.fromEntries(Figure.options.map((figure) => [figure, 0])) as Columns['figures'],
  ofWhich: { tangibleLoss: 0, scrapSold: 0, scrapDestroyed: 0 },
});

/** Adds the movements of entries up, by the number of the part. */
export function createTally(purposeOf: PurposeOf) {
  const byPart = new Map<number, Columns>();
  return {
    byPart: byPart as ReadonlyMap<number, Columns>,
    add(entry: Entry): void {
      for (const movement of entry.movements) {
        const columns = byPart.get(movement.part) ?? emptyColumns();
        byPart.set(movement.part, columns);
        for (const { figure, quantity } of countedOf(entry, movement, purposeOf)) {
          const of = (figure in columns.figures ? columns.figures : columns.ofWhich) as Record<
            string,
            Quantity
          >;
          of[figure] = (of[figure] ?? 0) + quantity;
          assert(Number.isSafeInteger(of[figure]), `${figure} left the safe integers.`);
        }
      }
    },
  };
}

export const columnsOf = (byPart: ReadonlyMap<number, Columns>, part: number): Columns =>
  byPart.get(part) ?? emptyColumns();

/** Opening and all figures added up: what the book holds at the end. */
export const remainderAfter = (opening: Quantity, { figures }: Columns): Quantity =>
  Figure.options.reduce((sum, figure) => sum + SIGN[figure] * figures[figure], opening);
