import type { DecidedOf } from '../../../kernel/event.ts';
import type { StocktakeFigures, StocktakeInput } from './contract.ts';

/** What can happen to a count, on the stream `bonded-stocktake:<ledger>/<id>`. */
interface StocktakePayloads {
  'bonded.stocktakeOpened': { ledger: string; content: StocktakeInput; contentHash: string };
  /** Tags were written down; `tags` is how many there are now. */
  'bonded.tagsTaken': { taken: number; tags: number };
  /** Nothing is added any more. It was compared with the book as row `asOf` of the journal left it. */
  'bonded.stocktakeClosed': { asOf: number; figures: StocktakeFigures };
  /** Its differences were explained. */
  'bonded.differencesExplained': { run: number; evidenceHash: string; resultHash: string };
}

export type NewStocktakeEvent = DecidedOf<StocktakePayloads>;

export const stocktakeStream = (ledger: string, id: string): string =>
  `bonded-stocktake:${ledger}/${id}`;
