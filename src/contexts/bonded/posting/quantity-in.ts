import type { EventLine, Part } from '../contract.ts';
import { type Quantity, quantity, rate, times } from '../quantity.ts';

type Said = Pick<EventLine, 'quantity' | 'unit' | 'conversion'>;

/** What a line says, in the part's own unit; `null` where it came in another that nothing converts. */
export function quantityIn({ unit }: Pick<Part, 'unit'>, line: Said): Quantity | null {
  const said = quantity(line.quantity);
  if (line.unit === undefined || line.unit === unit) return said;
  return line.conversion === undefined ? null : times(said, rate(line.conversion));
}
