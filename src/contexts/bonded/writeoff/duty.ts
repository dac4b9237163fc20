import type { LocalDate } from '../../../kernel/dates.ts';
import { decimal, multiply, round, toText } from '../../../kernel/decimal.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import { type Assessment, assess, type DutyRequest, type openTariff } from '../../duty/index.ts';
import type { PartKind } from '../contract.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { Stated } from './contract.ts';

export type Tariff = ReturnType<typeof openTariff>;

/** What one unit of a part cost at the frontier, and where it was made; `null` is not known. */
export interface Price {
  readonly unitValue: string | null;
  readonly currency: string | null;
  /** `null` where the lists name several, or none. */
  readonly origin: string | null;
}

export interface Shortage {
  readonly part: string;
  /** The part of the row it is owed for: a product is owed for as its materials (折料). */
  readonly of: string;
  readonly partKind: PartKind;
  readonly unit: string;
  readonly hsCode: string | null;
  readonly quantity: Quantity;
  readonly price: Price;
}

/** What is owed for shortages, or of each what is missing. */
export interface Owed {
  readonly request: DutyRequest | null;
  readonly assessment: Assessment | null;
  /** By the part of the row, line by line. */
  readonly lines: ReadonlyMap<string, readonly OwedLine[]>;
  readonly missing: ReadonlyMap<string, readonly Refusal[]>;
}

export interface OwedLine {
  readonly part: string;
  readonly quantity: Quantity;
  readonly value: string;
  readonly origin: string;
  readonly customsValue: string;
  readonly payable: string;
}

const CENTS = 2;

/**
 * The duty on bonded goods that are not there (海关法 第三十三条): as if each part had been sold at home on the day, at
 * the value and origin of its import lists, with the interest on tax deferred since `since`. A part is never set off
 * against another. What is missing for one part stops the bill of all, and is said of that part.
 */
export function oweFor(
  shortages: readonly Shortage[],
  asked: {
    readonly bill: string;
    readonly on: LocalDate;
    readonly since: LocalDate;
    readonly stated: readonly Stated[];
  },
  tariff: Tariff,
): Owed {
  const missing = new Map<string, readonly Refusal[]>();
  const lines: DutyRequest['lines'] = [];
  const owed: Shortage[] = [];
  const miss = (of: string, problems: readonly Refusal[]) =>
    missing.set(of, [...(missing.get(of) ?? []), ...problems]);
  for (const shortage of shortages) {
    const isOwn = shortage.part === shortage.of;
    const stated = isOwn ? asked.stated.find(({ part }) => part === shortage.part) : undefined;
    const { line, problems } = lineOf(shortage, stated, asked.on, lines.length + 1, tariff);
    if (line) {
      lines.push(line);
      owed.push(shortage);
    } else miss(shortage.of, problems);
  }
  if (lines.length === 0) return { request: null, assessment: null, lines: new Map(), missing };
  const request = requestOf(asked, lines);
  const { assessment, refusals } = assess(request, tariff);
  for (const refusal of refusals) {
    const at = /^lines\[(\d+)\]/.exec(refusal.path ?? '')?.[1];
    const about = at === undefined ? owed : owed.slice(Number(at), Number(at) + 1);
    for (const of of new Set(about.map((each) => each.of))) miss(of, [refusal]);
  }
  if (!assessment || missing.size > 0)
    return { request: null, assessment: null, lines: new Map(), missing };
  const byRow = new Map<string, OwedLine[]>();
  for (const [index, { customsValue, payable }] of assessment.lines.entries()) {
    const { value, originCountry } = lines[index] as DutyRequest['lines'][number];
    const { of, part, quantity } = owed[index] as Shortage;
    const own = { value: value ?? customsValue, origin: originCountry ?? '' };
    byRow.set(of, [...(byRow.get(of) ?? []), { part, quantity, ...own, customsValue, payable }]);
  }
  return { request, assessment, missing, lines: byRow };
}

function requestOf(
  { bill, on, since }: { bill: string; on: LocalDate; since: LocalDate },
  lines: DutyRequest['lines'],
): DutyRequest {
  return {
    ...{ declaration: bill, on, ieFlag: 'I', supervisionMode: null, levyNature: null },
    // Lists state values at the frontier, freight and insurance within.
    ...{ tradeTerms: 'CIF', currency: 'CNY', freight: null, insurance: null },
    ...{ deferredSince: since < on ? since : on, lines },
  };
}

function lineOf(
  { part, partKind, unit, hsCode, quantity, price }: Shortage,
  stated: Stated | undefined,
  on: LocalDate,
  lineNo: number,
  tariff: Tariff,
): { line: DutyRequest['lines'][number] | null; problems: Refusal[] } {
  const problems: Refusal[] = [];
  const miss = (code: string): void => {
    problems.push({ code, path: 'part', seen: part });
  };
  const code = stated?.hsCode ?? hsCode;
  const origin = stated?.origin ?? price.origin;
  // What a product is made of was deferred, not the product: where its materials are not known, its value is stated.
  if (partKind !== 'material' && stated?.value === undefined) miss('bonded.product_short');
  if (code === null) miss('bonded.hs_code_missing');
  if (origin === null) miss('bonded.origin_missing');
  const { value, problem } = worthOf(quantity, price, stated, on, tariff);
  if (problem) miss(problem);
  if (code === null || value === null || problems.length > 0) return { line: null, problems };
  const valuation = stated?.value && {
    valuation: { method: 'fallback' as const, value: stated.value, reason: stated.reason },
  };
  const line: DutyRequest['lines'][number] = {
    ...{ lineNo, hsCode: code, originCountry: origin, preference: null, value },
    ...{ quantity: quantityText(quantity), unit, netMassKg: null },
    ...valuation,
  };
  return { line, problems };
}

/** In yuan, to the cent: rounded once, half away from zero. */
function worthOf(
  quantity: Quantity,
  { unitValue, currency }: Price,
  stated: Stated | undefined,
  on: LocalDate,
  tariff: Tariff,
): { value: string | null; problem: string | null } {
  if (stated?.value !== undefined) return { value: stated.value, problem: null };
  if (unitValue === null || currency === null)
    return { value: null, problem: 'bonded.value_missing' };
  const yuan = tariff.yuanPer(currency, on);
  if (yuan === null) return { value: null, problem: 'bonded.exchange_missing' };
  const worth = multiply(multiply(decimal(quantityText(quantity)), decimal(unitValue)), yuan);
  return { value: toText(round(worth, CENTS)), problem: null };
}
