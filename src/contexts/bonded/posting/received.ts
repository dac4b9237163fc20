import type { LedgerEvent } from '../contract.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { ListInput, ListReceipt } from './contract.ts';
import { quantityIn } from './quantity-in.ts';

type Parts = ReadonlyMap<string, NumberedPart>;

/**
 * A list's entry without what an ERP had moved under its number before the list was known: those goods are in the book,
 * and the list brings only the rest. No lines are left where that is everything.
 */
export function restOf(
  event: LedgerEvent,
  parts: Parts,
  moved: ReadonlyMap<number, Quantity>,
): LedgerEvent {
  if (moved.size === 0) return event;
  const left = new Map(moved);
  const lines = event.lines.flatMap((line) => {
    const part = parts.get(line.part);
    const said = part ? quantityIn(part, line) : null;
    if (!part || said === null) return [line];
    const there = Math.min(said, left.get(part.number) ?? 0);
    if (there === 0) return [line];
    left.set(part.number, (left.get(part.number) ?? 0) - there);
    const { unit, conversion, ...rest } = line;
    return there === said ? [] : [{ ...rest, quantity: quantityText(said - there) }];
  });
  return { ...event, lines };
}

/** Part by part what a list says and what was received for it; empty while nobody told of any receipt. */
export function receiptsOf(
  { lines }: ListInput,
  parts: Parts,
  moved: ReadonlyMap<number, Quantity>,
  confirmed: ReadonlyMap<string, Quantity>,
): ListReceipt[] {
  if (moved.size === 0 && confirmed.size === 0) return [];
  const listed = new Map<string, Quantity>();
  for (const line of lines) {
    const part = parts.get(line.part);
    const said = (part && quantityIn(part, line)) ?? 0;
    listed.set(line.part, (listed.get(line.part) ?? 0) + said);
  }
  const named = new Map([...parts.values()].map(({ part, number }) => [number, part]));
  const received = new Map(confirmed);
  for (const [number, amount] of moved) {
    const part = named.get(number);
    if (part !== undefined) received.set(part, (received.get(part) ?? 0) + amount);
  }
  return [...new Set([...listed.keys(), ...received.keys()])].map((part) => {
    const [said, came] = [listed.get(part) ?? 0, received.get(part) ?? 0];
    return {
      ...{ part, listed: quantityText(said), received: quantityText(came) },
      difference: quantityText(came - said),
    };
  });
}
