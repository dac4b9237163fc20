import {
  add,
  compare,
  type Decimal,
  decimal,
  isZero,
  multiply,
  round,
  sum,
  toText,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { Relief, TariffRate, TariffRow, TariffTables } from '../tariff/tables.ts';
import type { DutyRequest, LineTax, RateTreatment, Step, TaxKind } from './contract.ts';
import { type Refuse, step } from './problem.ts';
import {
  amountOf,
  byUnit,
  type Chosen,
  composedPrice,
  exportRate,
  exportValue,
  importRate,
  quantityFor,
} from './rates.ts';
import type { ValuedLine } from './value.ts';

/** One tax of one line while it is being worked out. */
export interface Due {
  readonly kind: TaxKind;
  readonly treatment: RateTreatment;
  readonly rate: TariffRate;
  readonly base: Decimal;
  readonly quantity: Decimal | null;
  readonly assessed: Decimal;
  payable: Decimal;
}

export interface TaxedLine {
  readonly valued: ValuedLine;
  readonly row: TariffRow;
  customsValue: Decimal;
  readonly dues: Due[];
}

/** What the taxes of a consignment are worked out from. */
export interface Taxing {
  readonly request: DutyRequest;
  readonly tables: TariffTables;
  readonly valueScale: number;
  readonly relief: Relief | null;
  readonly refuse: Refuse;
  /** About the consignment as a whole. */
  readonly steps: Step[];
}

const CENTS = 2;
const DUTY = '关税法';
const NO_RATE: Chosen = {
  treatment: 'statutory',
  rate: { percent: ZERO, perUnit: null, unit: null },
};

/** Exports pay export duty where there is one, and nothing else. */
export function taxExports(lines: readonly TaxedLine[], taxing: Taxing): void {
  for (const line of lines) {
    const chosen = exportRate(line.row);
    if (!chosen) continue;
    const { valued } = line;
    const quantity = quantityFor(chosen.rate, valued.line, valued.path, taxing.refuse);
    if (valued.method === 'transaction') {
      line.customsValue = exportValue(valued.worth, chosen.rate, quantity, taxing.valueScale);
      valued.steps.push(
        step('duty.step_value_without_duty', {
          worth: valued.worth,
          byUnit: byUnit(chosen.rate, quantity),
          percent: chosen.rate.percent ?? ZERO,
          customsValue: line.customsValue,
        }),
      );
    }
    levy(line, 'exportDuty', chosen, line.customsValue, quantity, DUTY);
  }
  exemptSmall('exportDuty', lines, taxing);
}

/**
 * Duties first, then consumption tax on value and duty, then value added tax on all three: each stands
 * on what was really levied before it (实征税额), so reliefs and the de minimis come in between.
 */
export function taxImports(lines: readonly TaxedLine[], taxing: Taxing): void {
  for (const line of lines) levyDuties(line, taxing);
  exemptSmall('importDuty', lines, taxing);
  for (const line of lines) levyConsumptionTax(line, taxing);
  exemptSmall('consumptionTax', lines, taxing);
  for (const line of lines) levyVat(line, taxing);
  exemptSmall('vat', lines, taxing);
}

function levyDuties(line: TaxedLine, taxing: Taxing): void {
  const { request, tables, refuse } = taxing;
  const { valued, row, customsValue } = line;
  const dutyBy = (rate: TariffRate) => {
    const quantity = quantityFor(rate, valued.line, valued.path, refuse);
    return amountOf(rate, customsValue, quantity);
  };
  const chosen = importRate(request, valued.line, row, tables, { dutyBy, steps: valued.steps });
  if (!chosen) missingRate(line, 'importDuty', taxing);
  const rate = chosen ?? NO_RATE;
  const quantity = quantityFor(rate.rate, valued.line, valued.path, refuse);
  relieve(line, levy(line, 'importDuty', rate, customsValue, quantity, DUTY), taxing);

  const { hsCode, originCountry, manufacturer } = valued.line;
  if (!originCountry) return;
  const special = tables.specialDuties(hsCode, originCountry, manufacturer ?? null, request.on);
  for (const { kind, rate, basis } of special) {
    const quantity = quantityFor(rate, valued.line, valued.path, refuse);
    levy(line, kind, { treatment: 'special', rate }, customsValue, quantity, basis);
  }
}

function levyConsumptionTax(line: TaxedLine, taxing: Taxing): void {
  const { refuse, valueScale } = taxing;
  const { valued, row } = line;
  if (!row.consumption || isBelowThreshold(line, refuse)) return;
  const quantity = quantityFor(row.consumption, valued.line, valued.path, refuse);
  const withDuty = withDuties(line);
  const base = composedPrice(withDuty, row.consumption, quantity, valueScale);
  const basis = policyOf('consumptionFormula', taxing)?.basis;
  if (row.consumption.percent) {
    const params = { withDuty, percent: row.consumption.percent, base };
    const told = quantity
      ? step(
          'duty.step_composed_with_unit',
          { ...params, byUnit: byUnit(row.consumption, quantity) },
          basis,
        )
      : step('duty.step_composed', params, basis);
    valued.steps.push(told);
  }
  const chosen: Chosen = { treatment: 'statutory', rate: row.consumption };
  relieve(line, levy(line, 'consumptionTax', chosen, base, quantity, basis), taxing);
}

/** High-end cosmetics and watches pay from a customs value a unit upwards; below it nothing. */
function isBelowThreshold({ row, valued, customsValue }: TaxedLine, refuse: Refuse): boolean {
  if (!row.consumptionFrom) return false;
  const { value, unit } = row.consumptionFrom;
  const quantity = quantityFor({ unit }, valued.line, valued.path, refuse);
  if (!quantity || compare(customsValue, multiply(value, quantity)) >= 0) return false;
  valued.steps.push(step('duty.step_below_threshold', { threshold: value, unit }));
  return true;
}

function levyVat(line: TaxedLine, taxing: Taxing): void {
  const { row, valued, customsValue } = line;
  if (!row.vat) missingRate(line, 'vat', taxing);
  const duty = sum(dutiesOf(line).map((due) => due.payable));
  const consumptionTax = payableOf(line, 'consumptionTax');
  const base = add(add(customsValue, duty), consumptionTax);
  const basis = policyOf('vatFormula', taxing)?.basis;
  valued.steps.push(
    step('duty.step_vat_base', { customsValue, duty, consumptionTax, base }, basis),
  );
  const rate = row.vat ?? NO_RATE.rate;
  const quantity = quantityFor(rate, valued.line, valued.path, taxing.refuse);
  relieve(line, levy(line, 'vat', { treatment: 'statutory', rate }, base, quantity, basis), taxing);
}

const dutiesOf = ({ dues }: TaxedLine): Due[] =>
  dues.filter(({ kind }) => kind !== 'consumptionTax' && kind !== 'vat');

const payableOf = ({ dues }: TaxedLine, wanted: TaxKind): Decimal =>
  sum(dues.filter(({ kind }) => kind === wanted).map((due) => due.payable));

const withDuties = (line: TaxedLine): Decimal =>
  add(line.customsValue, sum(dutiesOf(line).map((due) => due.payable)));

function levy(
  line: TaxedLine,
  kind: TaxKind,
  { treatment, rate }: Chosen,
  base: Decimal,
  quantity: Decimal | null,
  basis: string | undefined,
): Due {
  const amount = amountOf(rate, base, quantity);
  const due = { kind, treatment, rate, base, quantity, assessed: amount, payable: amount };
  line.dues.push(due);
  const { percent, perUnit, unit } = rate;
  const said = {
    kind: `duty.${kind}_tax`,
    treatment: `duty.${treatment}_rate`,
    tariffCode: line.row.code,
    amount,
  };
  const told =
    percent && perUnit
      ? step(
          'duty.step_compound',
          { ...said, base, percent, quantity: quantity ?? ZERO, perUnit, unit: unit ?? '' },
          basis,
        )
      : perUnit
        ? step(
            'duty.step_by_quantity',
            { ...said, quantity: quantity ?? ZERO, perUnit, unit: unit ?? '' },
            basis,
          )
        : step('duty.step_by_value', { ...said, base, percent: percent ?? ZERO }, basis);
  line.valued.steps.push(told);
  return due;
}

const RELIEVED = {
  importDuty: 'importDuty',
  consumptionTax: 'consumptionTax',
  vat: 'vat',
} as const;

function relieve(line: TaxedLine, due: Due, { relief, request }: Taxing): void {
  const left = relief?.[RELIEVED[due.kind as keyof typeof RELIEVED]];
  if (!left || compare(left, decimal(1)) === 0) return;
  due.payable = round(multiply(due.assessed, left), CENTS);
  const percent = multiply(left, decimal(100));
  const params = { kind: `duty.${due.kind}_tax`, levyNature: request.levyNature ?? '', percent };
  line.valued.steps.push(step('duty.step_relief', { ...params, payable: due.payable }));
}

/** A tax whose sum over the consignment (一票货物) is not above the limit is not levied at all. */
function exemptSmall(
  kind: 'importDuty' | 'exportDuty' | 'consumptionTax' | 'vat',
  lines: readonly TaxedLine[],
  taxing: Taxing,
): void {
  const whole = sum(lines.map((line) => payableOf(line, kind)));
  if (isZero(whole)) return;
  const limit = policyOf(`exemptUpTo.${kind}`, taxing);
  if (!limit || compare(whole, limit.value) > 0) return;
  for (const due of lines.flatMap(({ dues }) => dues)) {
    if (due.kind === kind) due.payable = ZERO;
  }
  taxing.steps.push(
    step(
      'duty.step_de_minimis',
      { kind: `duty.${kind}_tax`, sum: whole, limit: limit.value },
      limit.basis,
    ),
  );
}

/** A number the law sets; where the table has none in force, nothing is assessed. */
export function policyOf(
  name: Parameters<TariffTables['policy']>[0],
  { tables, request, refuse }: Pick<Taxing, 'tables' | 'request' | 'refuse'>,
) {
  const policy = tables.policy(name, request.on);
  if (!policy) refuse({ code: 'duty.policy_missing', params: { name, on: request.on } });
  return policy;
}

function missingRate({ valued, row }: TaxedLine, kind: TaxKind, { refuse }: Taxing): void {
  const params = { kind: `duty.${kind}_tax`, tariffCode: row.code };
  refuse({
    code: 'duty.rate_missing',
    path: `${valued.path}.hsCode`,
    seen: valued.line.hsCode,
    params,
  });
}

export const toLineTax = (due: Due): LineTax => ({
  kind: due.kind,
  treatment: due.treatment,
  rate: {
    percent: due.rate.percent && toText(due.rate.percent),
    perUnit: due.rate.perUnit && toText(due.rate.perUnit),
    unit: due.rate.unit,
  },
  base: toText(due.base),
  quantity: due.quantity && toText(due.quantity),
  assessed: toText(due.assessed),
  payable: toText(due.payable),
});
