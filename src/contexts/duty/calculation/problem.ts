import { type Decimal, isNegative, parseDecimal, toText } from '../../../kernel/decimal.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { Step } from './contract.ts';

/** Collects what stands in the way, so that all of it is told at once. */
export type Refuse = (refusal: Refusal) => void;

/** Reads an amount somebody declared: absent or malformed is refused, and never taken for zero. */
export function readAmount(
  text: string | null | undefined,
  path: string,
  refuse: Refuse,
): Decimal | null {
  if (text === null || text === undefined || text === '') {
    refuse({ code: 'duty.amount_missing', path });
    return null;
  }
  const value = parseDecimal(text);
  if (value && !isNegative(value)) return value;
  refuse({ code: 'duty.amount_malformed', path, seen: seen(text) });
  return null;
}

type Params = Readonly<Record<string, Decimal | string | number>>;

/** Params that are yuan, as people read them: never fewer than two places. */
const YUAN = new Set([
  ...['amount', 'base', 'byUnit', 'consumptionTax', 'customsValue', 'duty', 'fee', 'freight'],
  ...[
    'insurance',
    'insured',
    'interest',
    'limit',
    'payable',
    'price',
    'sum',
    'threshold',
    'withDuty',
    'worth',
  ],
]);

/** A sentence of the explanation; its numbers are told exactly. */
export function step(code: string, params: Params, legalBasis?: string): Step {
  const told: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'object') told[name] = value;
    else told[name] = YUAN.has(name) ? yuanText(value) : toText(value);
  }
  return { code, params: told, ...(legalBasis && { legalBasis }) };
}

/** `7.4` is `7.40`; what is finer than a cent is told whole. */
function yuanText(value: Decimal): string {
  const text = toText(value);
  const point = text.indexOf('.');
  if (point < 0) return `${text}.00`;
  return text.length - point > 2 ? text : `${text}0`;
}
