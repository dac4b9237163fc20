import {
  add,
  type Decimal,
  decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  round,
  subtract,
  sum,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { TariffTables } from '../tariff/tables.ts';
import {
  type Charge,
  DEDUCTIONS,
  type DutyRequest,
  type DutyRequestLine,
  type Step,
  type ValuationMethod,
} from './contract.ts';
import { type Refuse, readAmount, step } from './problem.ts';

/** What the goods of one line are worth in yuan, with its share of freight and insurance. */
export interface ValuedLine {
  readonly line: DutyRequestLine;
  readonly path: string;
  readonly method: ValuationMethod;
  /** Price with its adjustments, and the charges of an import in or those of an export out: exact. */
  readonly worth: Decimal;
  readonly freight: Decimal;
  readonly insurance: Decimal;
  readonly steps: Step[];
}

export interface Valued {
  readonly lines: readonly ValuedLine[];
  readonly freight: Decimal;
  readonly insurance: Decimal;
  readonly exchange: readonly { currency: string; yuan: Decimal }[];
  readonly steps: Step[];
}

/** What the price holds already. Terms with another kind of price need an officer's valuation. */
const TERMS: Readonly<Record<string, { freight: boolean; insurance: boolean }>> = {
  EXW: { freight: false, insurance: false },
  FCA: { freight: false, insurance: false },
  FAS: { freight: false, insurance: false },
  FOB: { freight: false, insurance: false },
  CFR: { freight: true, insurance: false },
  CPT: { freight: true, insurance: false },
  CI: { freight: false, insurance: true },
  CIF: { freight: true, insurance: true },
  CIP: { freight: true, insurance: true },
  DAP: { freight: true, insurance: true },
  DPU: { freight: true, insurance: true },
  DDP: { freight: true, insurance: true },
};

const INCLUDED = '关税法 第二十四条、第二十五条';
const EXPORTED = '关税法（出口货物计税价格）';
const CENTS = 2;
const HUNDRED = decimal(100);

/**
 * Values every line: exchange, adjustments, and the freight and insurance of the consignment shared by
 * value. What is missing is refused; the value then is a stand-in that nobody will see.
 */
export function valueLines(request: DutyRequest, tables: TariffTables, refuse: Refuse): Valued {
  const exchange = exchanger(request, tables, refuse);
  const priced = request.lines.map((line, index) => price(request, line, index, exchange, refuse));
  const steps: Step[] = [];
  const whole = { prices: sum(priced.map((one) => one.price)), exchange, tables, refuse, steps };
  const { freight, insurance } = chargesOf(request, whole);

  const weights = priced.map((one) => one.weight);
  const freights = share(freight, weights);
  const insurances = share(insurance, weights);
  const lines = priced.map((one, index): ValuedLine => {
    const own = { freight: freights[index] ?? ZERO, insurance: insurances[index] ?? ZERO };
    return { ...one, ...own, worth: one.stated ?? worthOf(request, one, own, refuse) };
  });
  return { lines, freight, insurance, exchange: exchange.used(), steps };
}

interface Exchange {
  /** In yuan; zero, refused, where no rate is published. */
  (amount: Decimal, currency: string | null, path: string): Decimal;
  used(): readonly { currency: string; yuan: Decimal }[];
}

function exchanger({ on }: DutyRequest, tables: TariffTables, refuse: Refuse): Exchange {
  const known = new Map<string, Decimal>();
  const exchange = (amount: Decimal, currency: string | null, path: string): Decimal => {
    if (!currency) {
      refuse({ code: 'duty.currency_missing', path });
      return ZERO;
    }
    const yuan = known.get(currency) ?? tables.yuanPer(currency, on);
    if (!yuan) {
      refuse({ code: 'duty.exchange_rate_missing', path, seen: currency, params: { on } });
      return ZERO;
    }
    known.set(currency, yuan);
    return multiply(amount, yuan);
  };
  return Object.assign(exchange, {
    used: () => [...known].map(([currency, yuan]) => ({ currency, yuan })),
  });
}

interface Priced {
  readonly line: DutyRequestLine;
  readonly path: string;
  readonly method: ValuationMethod;
  /** Declared value with adjustments, in yuan. */
  readonly price: Decimal;
  /** What the line counts for when charges are shared: its declared value. */
  readonly weight: Decimal;
  readonly stated: Decimal | null;
  readonly steps: Step[];
}

function price(
  request: DutyRequest,
  line: DutyRequestLine,
  index: number,
  exchange: Exchange,
  refuse: Refuse,
): Priced {
  const path = `lines[${index}]`;
  const steps: Step[] = [];
  if (line.valuation) {
    const { method, reason } = line.valuation;
    const stated = readAmount(line.valuation.value, `${path}.valuation.value`, refuse) ?? ZERO;
    const customsValue = round(stated, CENTS);
    steps.push(
      step(
        'duty.step_valuation_stated',
        { method: `duty.${method}_method`, customsValue, reason },
        '关税法 第二十七条',
      ),
    );
    // Its freight and insurance are within the stated value; its share of them is still its own.
    const declared = line.value ? (readAmount(line.value, `${path}.value`, refuse) ?? ZERO) : ZERO;
    const weight = isZero(declared) ? ZERO : exchange(declared, request.currency, 'currency');
    return { line, path, method, price: weight, weight, stated: customsValue, steps };
  }

  const value = readAmount(line.value, `${path}.value`, refuse);
  if (value && isZero(value)) refuse({ code: 'duty.value_zero', path: `${path}.value`, seen: '0' });
  const weight = exchange(value ?? ZERO, request.currency, 'currency');
  if (value) {
    const params = { value, currency: request.currency ?? '', amount: weight };
    steps.push(step('duty.step_price', params, '关税法 第二十四条'));
  }
  let adjusted = weight;
  for (const [i, { kind, amount, currency }] of (line.adjustments ?? []).entries()) {
    const at = `${path}.adjustments[${i}]`;
    const yuan = exchange(
      readAmount(amount, `${at}.amount`, refuse) ?? ZERO,
      currency,
      `${at}.currency`,
    );
    const isDeduction = DEDUCTIONS.has(kind);
    adjusted = isDeduction ? subtract(adjusted, yuan) : add(adjusted, yuan);
    const code = isDeduction ? 'duty.step_deduction' : 'duty.step_addition';
    const basis = isDeduction ? '关税法 第二十六条' : '关税法 第二十五条';
    steps.push(
      step(code, { kind: `duty.${kind}_adjustment`, amount: yuan, price: adjusted }, basis),
    );
  }
  if (isNegative(adjusted)) {
    refuse({ code: 'duty.deductions_exceed_price', path: `${path}.adjustments` });
    adjusted = ZERO;
  }
  return { line, path, method: 'transaction', price: adjusted, weight, stated: null, steps };
}

interface Whole {
  readonly prices: Decimal;
  readonly exchange: Exchange;
  readonly tables: TariffTables;
  readonly refuse: Refuse;
  readonly steps: Step[];
}

/**
 * Freight and insurance to be added to an import's price, or taken out of an export's. An import that
 * leaves its insurance open is insured by law at a share of price and freight; an export's charges are
 * taken out only where they are stated (在货价中单独列明).
 */
function chargesOf(request: DutyRequest, whole: Whole): Pick<Valued, 'freight' | 'insurance'> {
  const { refuse, steps } = whole;
  if (request.lines.every((line) => line.valuation)) return { freight: ZERO, insurance: ZERO };
  const holds = TERMS[request.tradeTerms ?? ''];
  if (!holds) {
    const terms = request.tradeTerms ?? '';
    refuse({ code: 'duty.trade_terms_unpriced', path: 'tradeTerms', seen: terms });
    return { freight: ZERO, insurance: ZERO };
  }
  const isImport = request.ieFlag === 'I';
  const counts = (isHeld: boolean) => isHeld !== isImport;
  let freight = ZERO;
  if (counts(holds.freight)) {
    if (request.freight) {
      freight = charge(request, request.freight, whole.prices, 'freight', whole);
      const code = isImport ? 'duty.step_freight_added' : 'duty.step_freight_taken_out';
      steps.push(step(code, { freight }, isImport ? INCLUDED : EXPORTED));
    } else if (isImport) {
      refuse({ code: 'duty.freight_missing', path: 'freight', seen: request.tradeTerms ?? '' });
    }
  }
  let insurance = ZERO;
  if (counts(holds.insurance)) {
    const insured = add(whole.prices, freight);
    if (request.insurance) {
      insurance = charge(request, request.insurance, insured, 'insurance', whole);
      const code = isImport ? 'duty.step_insurance_added' : 'duty.step_insurance_taken_out';
      steps.push(step(code, { insurance }, isImport ? INCLUDED : EXPORTED));
    } else if (isImport) {
      insurance = insuredByLaw(request, insured, whole);
    }
  }
  return { freight, insurance };
}

function insuredByLaw({ on }: DutyRequest, insured: Decimal, whole: Whole): Decimal {
  const share = whole.tables.policy('insuranceShare', on);
  if (!share) {
    whole.refuse({ code: 'duty.policy_missing', params: { name: 'insuranceShare', on } });
    return ZERO;
  }
  const insurance = round(multiply(insured, share.value), CENTS);
  const permille = multiply(share.value, decimal(1000));
  whole.steps.push(
    step('duty.step_insurance_by_law', { insured, permille, insurance }, share.basis),
  );
  return insurance;
}

function charge(
  { grossMassKg }: DutyRequest,
  stated: Charge,
  base: Decimal,
  path: 'freight' | 'insurance',
  { exchange, refuse }: Whole,
): Decimal {
  if (stated.kind === 'rate') {
    const percent = readAmount(stated.percent, `${path}.percent`, refuse) ?? ZERO;
    return divide(multiply(base, percent), HUNDRED, CENTS);
  }
  const amount = readAmount(stated.amount, `${path}.amount`, refuse) ?? ZERO;
  const yuan = exchange(amount, stated.currency, `${path}.currency`);
  if (stated.kind === 'total') return round(yuan, CENTS);
  const kilograms = readAmount(grossMassKg, 'grossMassKg', refuse) ?? ZERO;
  return divide(multiply(yuan, kilograms), decimal(1000), CENTS);
}

/**
 * Shares an amount of whole cents by weight. Each share is the difference of two rounded running
 * totals, so that no cent is lost, none is negative, and what rounding left over goes to the next.
 */
function share(amount: Decimal, weights: readonly Decimal[]): Decimal[] {
  const whole = sum(weights);
  if (isZero(whole)) return weights.map((_, index) => (index === 0 ? amount : ZERO));
  let running = ZERO;
  let given = ZERO;
  return weights.map((weight) => {
    running = add(running, weight);
    const upToHere = divide(multiply(amount, running), whole, CENTS);
    const own = subtract(upToHere, given);
    given = upToHere;
    return own;
  });
}

function worthOf(
  { ieFlag }: DutyRequest,
  { price: own, path, steps }: Priced,
  { freight, insurance }: Pick<Valued, 'freight' | 'insurance'>,
  refuse: Refuse,
): Decimal {
  const charges = add(freight, insurance);
  if (!isZero(charges)) steps.push(step('duty.step_shares', { freight, insurance }));
  if (ieFlag === 'I') return add(own, charges);
  const left = subtract(own, charges);
  if (!isNegative(left)) return left;
  refuse({ code: 'duty.charges_exceed_price', path: `${path}.value` });
  return ZERO;
}
