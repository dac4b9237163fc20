import type { EventKind } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import type { Carried } from './evidence.ts';

/** What a person may do about a cause, as a draft: nothing here happens by itself. */
export type Remedy =
  /** The book of today has it: nothing is left but to show the count's own moment. */
  | { readonly kind: 'entered'; readonly event: string }
  /** Let a held event through, or send a refused one again. */
  | { readonly kind: 'release'; readonly event: string }
  | { readonly kind: 'reverse'; readonly event: string }
  /** A correction is a reversal and a new event: these lines are the new one's, in its place. */
  | {
      readonly kind: 'replace';
      readonly event: string;
      readonly line: number;
      readonly by: readonly DraftLine[];
    }
  | { readonly kind: 'enter'; readonly draft: DraftEvent }
  | { readonly kind: 'recount'; readonly part: string; readonly bins: readonly string[] }
  /** 补充申报, for more than the book has. */
  | {
      readonly kind: 'supplementaryDeclaration';
      readonly part: string;
      readonly quantity: Quantity;
    }
  /** 补税, for less than the book has: nobody's tolerance waives it. */
  | { readonly kind: 'dutyPayment'; readonly part: string; readonly quantity: Quantity };

export interface DraftLine {
  readonly part: string;
  readonly quantity: Quantity;
  readonly insteadOf: string | null;
  readonly bonded: boolean;
}

export interface DraftEvent {
  readonly kind: EventKind | null;
  readonly order: string | null;
  readonly document: string | null;
  readonly lines: readonly Carried[];
}

export const draftLine = (
  part: string,
  quantity: Quantity,
  more: Partial<DraftLine> = {},
): DraftLine => ({ part, quantity, insteadOf: null, bonded: true, ...more });

/** What is owed or declared for a quantity that no record explains; `null` when there is none. */
export function remedyFor(part: string, quantity: Quantity): Remedy | null {
  if (quantity === 0) return null;
  return quantity < 0
    ? { kind: 'dutyPayment', part, quantity: -quantity }
    : { kind: 'supplementaryDeclaration', part, quantity };
}
