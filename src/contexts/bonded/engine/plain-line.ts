import type { EventLine } from '../contract.ts';

/** Whether a line says a part and a quantity, and nothing else but whether it is bonded: as most do. */
export const isPlain = (line: { readonly [F in keyof EventLine]?: unknown }): boolean =>
  line.unit === undefined &&
  line.conversion === undefined &&
  line.lot === undefined &&
  line.insteadOf === undefined &&
  line.from === undefined;

/** A line with every field in its place, said or not: lines of many forms take several times as long to read. */
export const formed = (line: EventLine): EventLine => ({
  part: line.part,
  quantity: line.quantity,
  unit: line.unit,
  conversion: line.conversion,
  lot: line.lot,
  insteadOf: line.insteadOf,
  from: line.from,
  bonded: line.bonded,
});

/** Such a line that says a part and a quantity. */
export const plainLine = (part: string, quantity: string, bonded: boolean): EventLine => ({
  part,
  quantity,
  unit: undefined,
  conversion: undefined,
  lot: undefined,
  insteadOf: undefined,
  from: undefined,
  bonded,
});
