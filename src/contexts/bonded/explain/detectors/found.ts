import type { Quantity } from '../../quantity.ts';
import type { Candidate, Effect } from '../candidate.ts';
import type { Facts } from '../facts.ts';

/** Reads the records and says what they allow; it never looks at how well that would fit. */
export type Detector = (facts: Facts) => Iterable<Candidate>;

type Found = Omit<Candidate, 'records' | 'slack' | 'isMirror' | 'isEstimate'> & {
  readonly cites?: readonly string[];
  readonly slack?: Quantity;
  readonly isMirror?: boolean;
  readonly isEstimate?: boolean;
};

/** A candidate, or none where it concerns nothing that was counted. */
export function* found({
  cites = [],
  slack = 0,
  isMirror = false,
  isEstimate = false,
  ...rest
}: Found): Iterable<Candidate> {
  const effects = merged(rest.effects);
  if (effects.length === 0) return;
  const records = [...new Set([...rest.uses, ...cites])];
  yield { ...rest, effects, slack, isMirror, isEstimate, records };
}

/** One effect per spot; what cancels out is none. */
function merged(effects: readonly Effect[]): readonly Effect[] {
  const bySpot = new Map<string, Effect>();
  for (const effect of effects) {
    const key = `${effect.part}\t${effect.account}\t${effect.site}`;
    const before = bySpot.get(key)?.quantity ?? 0;
    bySpot.set(key, { ...effect, quantity: before + effect.quantity });
  }
  return [...bySpot.values()].filter(({ quantity }) => quantity !== 0);
}

export const orderRecord = (order: string, part: string): string => `order:${order}#${part}`;
export const paperRecord = (id: string): string => `paper:${id}`;
