import {
  add,
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  multiply,
  parseDecimal,
  subtract,
  sum,
  toText,
} from '../../../kernel/decimal.ts';
import { type Refusal, seen } from '../../../kernel/refusal.ts';
import type { BatchBalance, StockBillLine } from './contract.ts';

/** Where a line of an application stands. Invariant: reserved + crossed ≤ cap, and none is negative. */
export interface Balance {
  readonly lineNo: number;
  readonly cap: Decimal;
  /** Tax in CNY a unit would owe. */
  readonly securityPerUnit: Decimal;
  /** On bills of goods going the application's way. */
  readonly reserved: Decimal;
  /** On bills of goods coming back. */
  readonly returning: Decimal;
  readonly crossed: Decimal;
  /** On declarations, planned ones included. */
  readonly declared: Decimal;
}

/** From this share of a cap on, everybody concerned is warned. */
const NEAR = decimal('0.8');

export const usedOf = ({ reserved, crossed }: Balance): Decimal => add(reserved, crossed);
export const remainingOf = (balance: Balance): Decimal => subtract(balance.cap, usedOf(balance));
/** Past the gate, and on no declaration. */
export const undeclaredOf = ({ crossed, declared }: Balance): Decimal =>
  subtract(crossed, declared);
/** What may still be put on a bill to come back. */
export const returnableOf = (balance: Balance): Decimal =>
  subtract(undeclaredOf(balance), balance.returning);

export const isNear = (balance: Balance): boolean =>
  compare(usedOf(balance), multiply(balance.cap, NEAR)) >= 0;

/** Tax that goods on bills or past the gate would owe while no declaration covers them. */
export function securityNeeded(balances: Iterable<Balance>): Decimal {
  return sum(
    [...balances].map((balance) =>
      multiply(subtract(usedOf(balance), balance.declared), balance.securityPerUnit),
    ),
  );
}

export interface Drawn {
  readonly problems: Refusal[];
  readonly warnings: Refusal[];
  /** The lines as they would be; those not touched are absent. */
  readonly after: ReadonlyMap<number, Balance>;
}

/**
 * Draws a stock bill from an application's lines: every problem at once, and nothing when there is
 * one.
 *
 * @param deposit what is held in CNY; it must cover the tax of all that is under way.
 */
export function draw(
  balances: ReadonlyMap<number, Balance>,
  lines: readonly StockBillLine[],
  kind: 'draw' | 'return',
  deposit: Decimal,
): Drawn {
  const problems: Refusal[] = [];
  const after = new Map<number, Balance>();
  const numbers = new Set<number>();
  lines.forEach((line, index) => {
    const path = `lines[${index}]`;
    const before = balances.get(line.lineNo);
    const quantity = measured(line, path, problems);
    if (!before) {
      problems.push({
        code: 'cargo.batch_unknown_line',
        path: `${path}.lineNo`,
        seen: String(line.lineNo),
      });
      return;
    }
    if (numbers.has(line.lineNo)) {
      problems.push({
        code: 'cargo.batch_line_repeated',
        path: `${path}.lineNo`,
        seen: String(line.lineNo),
      });
    }
    numbers.add(line.lineNo);
    if (!quantity) return;
    const left = kind === 'draw' ? remainingOf(before) : returnableOf(before);
    if (compare(quantity, left) > 0) {
      problems.push({
        code: kind === 'draw' ? 'cargo.batch_over_cap' : 'cargo.batch_over_return',
        path: `${path}.quantity`,
        seen: line.quantity,
        params: { lineNo: line.lineNo, remaining: toText(left), cap: toText(before.cap) },
      });
      return;
    }
    const field = kind === 'draw' ? 'reserved' : 'returning';
    after.set(line.lineNo, { ...before, [field]: add(before[field], quantity) });
  });
  if (kind === 'draw') problems.push(...uncovered(balances, after, deposit));
  if (problems.length > 0) return { problems, warnings: [], after: new Map() };
  return { problems, warnings: kind === 'draw' ? nearing(balances, after) : [], after };
}

function uncovered(
  before: ReadonlyMap<number, Balance>,
  after: ReadonlyMap<number, Balance>,
  deposit: Decimal,
): Refusal[] {
  const needed = securityNeeded(new Map([...before, ...after]).values());
  if (compare(needed, deposit) <= 0) return [];
  const params = { needed: toText(needed), held: toText(deposit) };
  return [{ code: 'cargo.batch_deposit_exhausted', path: 'application', params }];
}

/** Warns once: when a bill takes a line past four fifths. */
function nearing(
  before: ReadonlyMap<number, Balance>,
  after: ReadonlyMap<number, Balance>,
): Refusal[] {
  return [...after.values()].flatMap((balance) => {
    const earlier = before.get(balance.lineNo);
    if (!isNear(balance) || (earlier && isNear(earlier))) return [];
    const { lineNo, cap } = balance;
    return [
      {
        code: 'cargo.batch_near_cap',
        params: { lineNo, used: toText(usedOf(balance)), cap: toText(cap) },
        severity: 'warning' as const,
      },
    ];
  });
}

/** The quantity of a line, if all its measures are sound. */
function measured(line: StockBillLine, path: string, problems: Refusal[]): Decimal | null {
  const read = (field: 'quantity' | 'netMassKg' | 'grossMassKg'): Decimal | null => {
    const value = parseDecimal(line[field]);
    if (value && !isNegative(value) && !isZero(value)) return value;
    problems.push({
      code: 'cargo.batch_amount',
      path: `${path}.${field}`,
      seen: seen(line[field]),
    });
    return null;
  };
  const quantity = read('quantity');
  const net = read('netMassKg');
  const gross = read('grossMassKg');
  if (net && gross && compare(net, gross) > 0) {
    problems.push({
      code: 'cargo.batch_net_exceeds_gross',
      path: `${path}.netMassKg`,
      seen: line.netMassKg,
      params: { gross: line.grossMassKg },
    });
  }
  return quantity;
}

/** Gives back what was reserved and will not pass. */
export function free(balance: Balance, kind: 'draw' | 'return', quantity: Decimal): Balance {
  const field = kind === 'draw' ? 'reserved' : 'returning';
  return { ...balance, [field]: subtract(balance[field], quantity) };
}

/** What was on a bill has passed the gate: of what is drawn it is now crossed, of what returns it is gone. */
export function pass(balance: Balance, kind: 'draw' | 'return', quantity: Decimal): Balance {
  const freed = free(balance, kind, quantity);
  const crossed =
    kind === 'draw' ? add(freed.crossed, quantity) : subtract(freed.crossed, quantity);
  return { ...freed, crossed };
}

export function shown(balance: Balance): BatchBalance {
  const used = usedOf(balance);
  const left = remainingOf(balance);
  return {
    lineNo: balance.lineNo,
    cap: toText(balance.cap),
    reserved: toText(balance.reserved),
    crossed: toText(balance.crossed),
    declared: toText(balance.declared),
    remaining: toText(left),
    used: share(used, balance.cap),
    level: isZero(left) ? 'exhausted' : isNear(balance) ? 'near' : 'free',
  };
}

/** A share with two places, rounded down so that `1.00` means all of it. */
function share(part: Decimal, whole: Decimal): string {
  if (isZero(whole)) return '1.00';
  const scale = Math.max(part.scale, whole.scale);
  const numerator = part.coefficient * 10n ** BigInt(scale - part.scale);
  const denominator = whole.coefficient * 10n ** BigInt(scale - whole.scale);
  const hundredths = (numerator * 100n) / denominator;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

/** Puts some of what crossed on a declaration, or (a negative quantity) takes it off again. */
export const declare = (balance: Balance, quantity: Decimal): Balance => ({
  ...balance,
  declared: add(balance.declared, quantity),
});
