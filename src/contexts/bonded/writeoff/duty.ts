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
  readonly lines: ReadonlyMap<
    string,
    { readonly value: string; readonly origin: string; customsValue: string; payable: string }
  >;
  readonly missing: ReadonlyMap<string, readonly Refusal[]>;
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
  const parts: string[] = [];
  for (const shortage of shortages) {
    const stated = asked.stated.find(({ part }) => part === shortage.part);
    const { line, problems } = lineOf(shortage, stated, asked.on, lines.length + 1, tariff);
    if (line) {
      lines.push(line);
      parts.push(shortage.part);
    } else missing.set(shortage.part, problems);
  }
  if (lines.length === 0) return { request: null, assessment: null, lines: new Map(), missing };
  const request = requestOf(asked, lines);
  const { assessment, refusals } = assess(request, tariff);
  for (const refusal of refusals) {
    const at = /^lines\[(\d+)\]/.exec(refusal.path ?? '')?.[1];
    const about = at === undefined ? parts : [parts[Number(at)] ?? ''];
    for (const part of about) missing.set(part, [...(missing.get(part) ?? []), refusal]);
  }
  if (!assessment || missing.size > 0)
    return { request: null, assessment: null, lines: new Map(), missing };
  return {
    ...{ request, assessment, missing },
    lines: new Map(
      assessment.lines.map(({ customsValue, payable }, index) => {
        const { value, originCountry } = lines[index] as DutyRequest['lines'][number];
        const own = { value: value ?? customsValue, origin: originCountry ?? '' };
        return [parts[index] ?? '', { ...own, customsValue, payable }];
      }),
    ),
  };
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
  // What a product is made of was deferred, not the product: its materials have to be stated.
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
