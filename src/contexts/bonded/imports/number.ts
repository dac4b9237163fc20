import {
  type Decimal,
  decimal,
  isNegative,
  multiply,
  parseDecimal,
  toText,
} from '../../../kernel/decimal.ts';
import { parseQuantity, parseRate, quantityText, rateText } from '../quantity.ts';

/** How a system writes numbers. */
export interface NumberStyle {
  readonly thousands?: string | undefined;
  readonly decimalMark?: string | undefined;
  readonly factor?: string | undefined;
  readonly absolute: boolean;
}

const PLAIN = /^\d+(?:\.\d+)?$/;

/** Exact decimal text of what was written, or `null` when it is no number. */
export function numberReader(style: NumberStyle): (text: string) => string | null {
  const factor = style.factor === undefined ? null : decimal(style.factor);
  const isSimple = !style.thousands && !style.decimalMark && factor === null;
  return (text) => {
    if (isSimple && PLAIN.test(text)) return text;
    const value = parseDecimal(plain(text, style));
    if (!value) return null;
    const scaled = factor === null ? value : multiply(value, factor);
    return toText(style.absolute && isNegative(scaled) ? magnitude(scaled) : scaled);
  };
}

const magnitude = ({ coefficient, scale }: Decimal): Decimal => ({
  coefficient: -coefficient,
  scale,
});

/** `1.234,50-` as `-1234.50`: thousands out, a point for the mark, the sign in front. */
function plain(text: string, { thousands, decimalMark }: NumberStyle): string {
  let value = text;
  if (thousands !== undefined) value = value.replaceAll(thousands, '').replaceAll('\u00a0', '');
  if (decimalMark !== undefined) value = value.replace(decimalMark, '.');
  if (value.endsWith('-')) value = `-${value.slice(0, -1)}`;
  return value.startsWith('.') ? `0${value}` : value.replace(/^-\./, '-0.');
}

/** Canonical text of a quantity above nothing; `null` when the ledger could not hold it. */
export function toQuantityText(text: string): string | null {
  const quantity = parseQuantity(text);
  return quantity === null || quantity === 0 ? null : quantityText(quantity);
}

/** As `toQuantityText`, for what was counted: nothing is a count. */
export function toCountText(text: string): string | null {
  const quantity = parseQuantity(text);
  return quantity === null ? null : quantityText(quantity);
}

export function toRateText(text: string): string | null {
  const rate = parseRate(text);
  return rate === null ? null : rateText(rate);
}
