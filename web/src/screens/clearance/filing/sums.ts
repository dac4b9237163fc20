import type { DeclarationContent, Line } from '../../../../../src/contexts/clearance/contract.ts';
import {
  type Decimal,
  multiply,
  parseDecimal,
  round,
  sum,
  toText,
} from '../../../../../src/kernel/decimal.ts';

const read = (text: string | null): Decimal | null => (text ? parseDecimal(text) : null);

/** Quantity × unit price, to two places as invoices are; `null` until both are numbers. */
export function lineValue(line: Pick<Line, 'quantity' | 'unitPrice'>): string | null {
  const quantity = read(line.quantity);
  const price = read(line.unitPrice);
  return quantity && price ? toText(round(multiply(quantity, price), 2)) : null;
}

/** What the lines add up to; `null` while one of them says nothing. */
export function lineSums(content: DeclarationContent): {
  readonly totalValue: string | null;
  readonly netMassKg: string | null;
} {
  const total = (field: 'value' | 'netMassKg') => {
    const parts = content.lines.map((line) => read(line[field]));
    const known = parts.filter((part) => part !== null);
    return known.length === parts.length && known.length > 0 ? toText(sum(known)) : null;
  };
  return { totalValue: total('value'), netMassKg: total('netMassKg') };
}

/** Whether two texts are the same number. */
export function isSameNumber(a: string | null, b: string | null): boolean {
  const x = read(a);
  const y = read(b);
  return x !== null && y !== null && toText(x) === toText(y);
}
