import type { Db } from '../../../platform/postgres/transaction.ts';
import { findHead } from '../journal/store/entries.ts';
import { foldMovements } from '../journal/store/movements.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { readLedgerBook } from '../ledgers/service/read.ts';
import { quantityText } from '../quantity.ts';
import {
  type DifferenceKept,
  type DutyRateOf,
  differenceKept,
  endsOf,
  figuresOf,
} from './compared.ts';
import type { Stocktake, StocktakeFigures, TagEnd } from './contract.ts';
import { askedOf, type Spot, takeStock } from './differences.ts';
import { createJournalBook } from './journal-book.ts';
import { allTags } from './store/tags.ts';

export interface Compared {
  /** The last row of the journal that was read. */
  readonly asOf: number;
  readonly tags: number;
  readonly rows: readonly DifferenceKept[];
  readonly notCounted: readonly (Spot & { readonly number: number; readonly book: string })[];
  readonly ends: readonly TagEnd[];
  readonly figures: StocktakeFigures;
  readonly partOf: (part: string) => NumberedPart;
}

/** Days of the ledger are days of the port. */
const startOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();

/**
 * Compares a count with the journal as far as it is written, reading each once and changing nothing. What was not
 * counted has no difference; a partial count says nothing of the rest.
 */
export async function compare(
  db: Db,
  stocktake: Stocktake,
  dutyRateOf: DutyRateOf,
): Promise<Compared> {
  const { ledger: id, scope, rateBase, bookOf } = stocktake;
  const { ledger, parts } = await readLedgerBook(db, id);
  const tags = await allTags(db, id, stocktake.id);
  const { moments, until } = askedOf(tags, scope);
  const asOf = await findHead(db, id);
  const journal = createJournalBook({
    ...{ ledger, parts, bookOf, moments },
    until: until ?? '',
    periodFrom: startOf(stocktake.periodFrom ?? ledger.opensOn),
  });
  await foldMovements(db, id, asOf, journal);
  const result = takeStock(tags, scope, journal.close(), rateBase);

  const byName = new Map(parts.map((part) => [part.part, part]));
  const partOf = (name: string): NumberedPart => byName.get(name) as NumberedPart;
  const rows = result.differences.map((difference, index) =>
    differenceKept(
      ...([difference, index + 1, partOf(difference.part)] as const),
      (at) => tags[at]?.tag ?? '',
      dutyRateOf,
    ),
  );
  const notCounted = result.notCounted.map(({ part, account, site, book }, index) => ({
    ...{ part, account, site, number: rows.length + index + 1, book: quantityText(book) },
  }));
  const ends = endsOf(tags.length, result);
  const figures = figuresOf(rows, notCounted.length, ends);
  return { asOf, tags: tags.length, rows, notCounted, ends, figures, partOf };
}
