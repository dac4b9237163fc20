import { localDateOf } from '../../../kernel/dates.ts';
import { type Account, accountAt } from '../accounts.ts';
import type { Entry } from '../engine/entry.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import { columnsOf, createTally } from '../writeoff/figures.ts';
import type { ConsumptionNote } from './contract.ts';

export type Drawn = Pick<ConsumptionNote, 'lines' | 'scrap' | 'from' | 'through'> & {
  /** Lots that what was used is of. */
  readonly lots: readonly number[];
};

const USED: ReadonlySet<Account> = new Set<Account>(['embodied', 'intangibleLoss', 'excessUse']);

/** What entries of the journal used, part by part: what a late event divided anew counts as it was divided last. */
export function drawNote(entries: readonly Entry[], parts: readonly NumberedPart[]): Drawn {
  const tally = createTally(() => 'ordinary');
  const lots = new Map<number, Quantity>();
  const days: string[] = [];
  for (const entry of entries) {
    tally.add(entry);
    for (const { lot, from, to, quantity } of entry.movements) {
      const isUse = USED.has(accountAt(to));
      if (!isUse && !USED.has(accountAt(from))) continue;
      lots.set(lot, (lots.get(lot) ?? 0) + (isUse ? quantity : -quantity));
      days.push(localDateOf(entry.occurredAt));
    }
  }
  const columns = parts.map((part) => ({ part, ...columnsOf(tally.byPart, part.number) }));
  days.sort();
  return {
    ...{ from: days[0] ?? null, through: days.at(-1) ?? null },
    lots: [...lots].flatMap(([lot, quantity]) => (quantity > 0 ? [lot] : [])),
    lines: columns.flatMap(({ part, figures }) => {
      const { consumed, intangibleLoss, excessUse } = figures;
      if (consumed === 0 && intangibleLoss === 0 && excessUse === 0) return [];
      return [
        {
          ...{ seqNo: part.number + 1, part: part.part, unit: part.unit },
          used: quantityText(consumed + intangibleLoss),
          ...{ embodied: quantityText(consumed), intangibleLoss: quantityText(intangibleLoss) },
          excessUse: quantityText(excessUse),
        },
      ];
    }),
    scrap: columns.flatMap(({ part, ofWhich }) =>
      ofWhich.tangibleLoss === 0
        ? []
        : [
            {
              ...{ seqNo: part.number + 1, part: part.part, hsCode: part.hsCode },
              ...{ description: part.description, unit: part.unit },
              quantity: quantityText(ofWhich.tangibleLoss),
            },
          ],
    ),
  };
}
