import type { EventLine, LedgerEvent } from '../contract.ts';
import { parseQuantity, QUANTITY_MAX, type Quantity, rate, times } from '../quantity.ts';
import { isPlain } from './plain-line.ts';
import type { LedgerState, PartState } from './state.ts';

/** The lines of an event as the book counts them, each at its place: looked up once, for whoever asks. */
export interface Goods {
  /** Nothing where the ledger has no such part. */
  readonly parts: readonly (PartState | undefined)[];
  /** In the part's unit; 0 where that is more, or less, than can be counted. */
  readonly quantities: readonly Quantity[];
  /** Whether no line says anything else, and all are bonded: then nobody need look at them again. */
  readonly arePlain: boolean;
}

export function goodsOf(state: LedgerState, { lines }: LedgerEvent): Goods {
  const parts = new Array<PartState | undefined>(lines.length);
  const quantities = new Array<Quantity>(lines.length);
  let arePlain = true;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as EventLine;
    const number = state.numbers.get(line.part);
    const part = number === undefined ? undefined : state.parts[number];
    parts[at] = part;
    const isAsSaid = isPlain(line);
    arePlain &&= isAsSaid && line.bonded;
    quantities[at] = !part
      ? 0
      : isAsSaid
        ? (parseQuantity(line.quantity) ?? 0)
        : inUnitsOf(part, line);
  }
  return { parts, quantities, arePlain };
}

/** Rounded half away from zero where it is converted. */
function inUnitsOf({ part }: PartState, line: EventLine): Quantity {
  const said = parseQuantity(line.quantity) ?? 0;
  if (line.conversion === undefined || line.unit === part.unit) return said;
  const converted = times(said, rate(line.conversion));
  return converted <= QUANTITY_MAX ? converted : 0;
}
