import type { Quantity } from '../../quantity.ts';
import type { Posting } from '../evidence.ts';
import { amountUsed, type Facts } from '../facts.ts';
import { usesBy } from './version.ts';

/** What an order took of a part, over what it declares to need: about one is right, about two is twice. */
export const ONCE = 1.25;
export const TWICE = 1.6;
/** Of what it declares an order has had this share before anybody calls it supplied. */
export const ENOUGH = 0.9;
/** As near as this an order has what it declares, and no other quantity of it. */
export const JUST = 0.02;

type OfOrder = Pick<Posting, 'order' | 'kind'>;

/**
 * What the order of an issue declares to need of a part, by what it was to make, and of a receipt what it was to make;
 * `null` where it does not say.
 */
export function needOf(facts: Facts, part: string, { order, kind }: OfOrder): Quantity | null {
  const known = order === null ? undefined : facts.orderOf.get(order);
  if (known && kind === 'received') return part === known.product ? known.planned || null : null;
  const use = known && usesBy(facts, known, known.version).get(part);
  if (!known || !use || kind !== 'issued') return null;
  return amountUsed(use, known.planned);
}

/** All that was issued of the part to the order of this issue, or received from it, as a share of what it declares. */
export function overDeclared(facts: Facts, part: string, posting: OfOrder): number | null {
  const need = needOf(facts, part, posting);
  if (need === null || posting.order === null) return null;
  const taken = (facts.linesOfOrder.get(posting.order) ?? [])
    .filter((line) => line.part === part && isOf(facts, line.posting, posting.kind))
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return taken / Math.max(1, need);
}

const isOf = (facts: Facts, { id, kind, state }: Posting, asked: Posting['kind']): boolean =>
  kind === asked && state === 'applied' && !facts.reversed.has(id);
