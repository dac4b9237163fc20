import { contentHash } from '../../../kernel/canonical.ts';
import { quantityText } from '../quantity.ts';
import { type Spot, spotKey } from '../stocktake/differences.ts';
import type { CauseRow, ExplanationFigures, ExplanationRow, RemedyDraft } from './contract.ts';
import type { AttributedCause, Explanation } from './explain.ts';
import type { Remedy } from './remedies.ts';

/** One explanation in the words of the contract, without what the part says of itself. */
export type ExplanationKept = Omit<ExplanationRow, 'description' | 'unit'>;

export function explanationKept(
  { difference, explained, residual, possible, remedy, isWhole }: Explanation,
  number: number,
): ExplanationKept {
  const { part, account, site } = difference;
  return {
    ...{ number, part, account, site, isWhole },
    book: quantityText(difference.book),
    counted: quantityText(difference.counted),
    difference: quantityText(difference.difference),
    explained: explained.map(causeRow),
    residual: quantityText(residual),
    possible: possible.map((set) => ({
      causes: set.causes.map(causeRow),
      residual: quantityText(set.residual),
    })),
    remedy: remedy && remedyDraft(remedy),
  };
}

const causeRow = ({ cause, grade, quantity, records, remedy }: AttributedCause): CauseRow => ({
  ...{ cause, grade, quantity: quantityText(quantity) },
  ...{ records: [...records], remedy: remedyDraft(remedy) },
});

function remedyDraft(remedy: Remedy): RemedyDraft {
  switch (remedy.kind) {
    case 'replace':
      return {
        ...{ kind: remedy.kind, event: remedy.event, line: remedy.line },
        by: remedy.by.map((line) => ({ ...line, quantity: quantityText(line.quantity) })),
      };
    case 'enter': {
      const { kind, order, document, lines } = remedy.draft;
      return {
        kind: remedy.kind,
        draft: {
          ...{ kind, order, document },
          lines: lines.map(({ part, quantity, from, to }) => ({
            ...{ part, quantity: quantityText(quantity) },
            ...{ from: from && { ...from }, to: to && { ...to } },
          })),
        },
      };
    }
    case 'recount':
      return { ...remedy, bins: [...remedy.bins] };
    case 'supplementaryDeclaration':
    case 'dutyPayment':
      return { ...remedy, quantity: quantityText(remedy.quantity) };
    default:
      return { ...remedy };
  }
}

/** What the run came to; spots that agree are not in it. */
export function figuresOf(rows: readonly ExplanationKept[]): ExplanationFigures {
  const differing = rows.filter(({ difference }) => difference !== '0');
  const isWhole = ({ residual }: ExplanationKept): boolean => residual === '0';
  const has = ({ explained }: ExplanationKept): boolean => explained.length > 0;
  const open = differing.filter((row) => !isWhole(row));
  const byCause = new Map<CauseRow['cause'], number>();
  for (const { cause } of rows.flatMap(({ explained }) => explained))
    byCause.set(cause, (byCause.get(cause) ?? 0) + 1);
  return {
    differing: differing.length,
    explainedWhole: differing.filter(isWhole).length,
    explainedInPart: open.filter(has).length,
    unexplained: open.filter((row) => !has(row)).length,
    withPossible: open.filter(({ possible }) => possible.length > 0).length,
    byCause: [...byCause].map(([cause, explained]) => ({ cause, explained })).sort(byName),
  };
}
const byName = (a: { cause: string }, b: { cause: string }): number => (a.cause < b.cause ? -1 : 1);

export const resultHashOf = (rows: readonly ExplanationKept[]): string => contentHash(rows);

/** The number of each spot in its count. */
export const numbered = (rows: readonly (Spot & { readonly number: number })[]) => {
  const numbers = new Map(rows.map((row) => [spotKey(row), row.number]));
  return (spot: Spot): number => numbers.get(spotKey(spot)) ?? 0;
};
