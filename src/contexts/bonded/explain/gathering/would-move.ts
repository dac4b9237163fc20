import type { EventLine, LedgerEvent, Part } from '../../contract.ts';
import { type End, ROUTES, STORE } from '../../engine/routes.ts';
import { type Quantity, quantity, rate, times } from '../../quantity.ts';
import type { Carried, Place } from '../evidence.ts';

/**
 * What a line of an event would move, had the book taken it; `null` where that cannot be said: its kind moves nothing,
 * or it came in a unit that nobody knows.
 */
export function wouldMove(
  event: Pick<LedgerEvent, 'kind' | 'order' | 'toSite'>,
  line: EventLine,
  part: Part,
  on: { readonly site: string; readonly product: string | null },
): Carried | null {
  const route = ROUTES[event.kind];
  const amount = inUnitsOf(part, line);
  if (!route || amount === null) return null;
  const account = (end: End) =>
    end === 'store' ? (line.from ?? STORE[part.kind]) : end === 'order' ? 'inProcess' : end;
  const isOfOrder = event.kind === 'rejected' && event.order !== undefined;
  const made = on.product === part.part ? 'made' : 'inProcess';
  const from: Place = { account: isOfOrder ? made : account(route.from), site: on.site };
  const to: Place = { account: account(route.to), site: on.site };
  return {
    ...{ part: part.part, quantity: amount, from },
    to: to.account === 'inProcess' ? to : { ...to, site: event.toSite ?? on.site },
  };
}

function inUnitsOf({ unit }: Part, line: EventLine): Quantity | null {
  const said = quantity(line.quantity);
  if (line.unit === undefined || line.unit === unit) return said;
  return line.conversion === undefined ? null : times(said, rate(line.conversion));
}
