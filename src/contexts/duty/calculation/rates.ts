import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isNegative,
  multiply,
  round,
  subtract,
  ZERO,
} from '../../../kernel/decimal.ts';
import type { TariffRate, TariffRow, TariffTables } from '../tariff/tables.ts';
import type { DutyRequest, DutyRequestLine, RateTreatment, Step } from './contract.ts';
import { type Refuse, step } from './problem.ts';
import { quantityIn } from './quantity.ts';

/** A rate and the column it came from. */
export interface Chosen {
  readonly treatment: RateTreatment;
  readonly rate: TariffRate;
}

const CENTS = 2;
const HUNDRED = decimal(100);

/** What a rate makes of a base: a share of it, so much for each unit, or both; to the cent. */
export function amountOf(rate: TariffRate, base: Decimal, quantity: Decimal | null): Decimal {
  const byValue = rate.percent ? multiply(base, rate.percent) : ZERO;
  return round(add(percentOf(byValue), byUnit(rate, quantity)), CENTS);
}

/** The part of a rate that goes by quantity, in yuan: exact. */
export const byUnit = ({ perUnit }: TariffRate, quantity: Decimal | null): Decimal =>
  perUnit && quantity ? multiply(perUnit, quantity) : ZERO;

/** A hundredth, exactly: the point goes two places to the left. */
const percentOf = ({ coefficient, scale }: Decimal): Decimal => ({ coefficient, scale: scale + 2 });

/** The quantity a rate asks for; refused where the line does not state it in that unit. */
export function quantityFor(
  rate: Pick<TariffRate, 'unit'>,
  line: DutyRequestLine,
  path: string,
  refuse: Refuse,
): Decimal | null {
  if (rate.unit === null) return null;
  const quantity = quantityIn(rate.unit, line);
  if (!quantity) {
    refuse({
      code: 'duty.quantity_missing',
      path: `${path}.quantity`,
      params: { unit: rate.unit },
    });
  }
  return quantity;
}

/**
 * Which duty rate an import pays, by its origin (关税法 第十二条、第十三条 and the notes of the tariff):
 * within a quota the quota's; of unknown origin or without most-favoured-nation treatment the general
 * one; else the most-favoured-nation rate, or the provisional one where there is one. Under a proven
 * agreement it pays whichever of that and the agreement's rate is less (从低适用).
 */
export function importRate(
  request: DutyRequest,
  line: DutyRequestLine,
  row: TariffRow,
  tables: TariffTables,
  ask: { dutyBy(rate: TariffRate): Decimal; steps: Step[] },
): Chosen | null {
  const { on } = request;
  if (line.quotaCertificate && row.quota) {
    return row.quotaProvisional
      ? { treatment: 'quotaProvisional', rate: row.quotaProvisional }
      : { treatment: 'quota', rate: row.quota };
  }
  const origin = line.originCountry;
  if (!origin || tables.isGeneral(origin, on)) {
    return row.general && { treatment: 'general', rate: row.general };
  }
  const ordinary: Chosen | null = row.mfnProvisional
    ? { treatment: 'mfnProvisional', rate: row.mfnProvisional }
    : row.mfn && { treatment: 'mfn', rate: row.mfn };
  const agreed = agreedRate(request, line, row, tables, ask.steps);
  if (!agreed || !ordinary) return agreed ?? ordinary;
  return compare(ask.dutyBy(ordinary.rate), ask.dutyBy(agreed.rate)) < 0 ? ordinary : agreed;
}

/** A claimed agreement's rate, or a step that says why the claim has none. */
function agreedRate(
  { on }: DutyRequest,
  line: DutyRequestLine,
  row: TariffRow,
  tables: TariffTables,
  steps: Step[],
): Chosen | null {
  const { preference, originCountry } = line;
  if (!preference || !originCountry) return null;
  const agreement = tables.agreement(preference, on);
  const params = { agreement: preference, origin: originCountry };
  if (!agreement?.countries.has(originCountry)) {
    steps.push(step('duty.step_agreement_not_of_origin', params));
    return null;
  }
  if (!line.originProof) {
    steps.push(step('duty.step_agreement_unproven', params));
    return null;
  }
  const rate = tables.agreementRate(line.hsCode, preference, on);
  if (!rate) {
    steps.push(step('duty.step_agreement_without_rate', { ...params, tariffCode: row.code }));
    return null;
  }
  return { treatment: agreement.treatment, rate };
}

/** An export pays duty only where the tariff has a column for it; the provisional rate goes first. */
export function exportRate({ exportProvisional, export: statutory }: TariffRow): Chosen | null {
  if (exportProvisional) return { treatment: 'exportProvisional', rate: exportProvisional };
  return statutory && { treatment: 'export', rate: statutory };
}

/** An export's value is without its export duty: (price − amount by unit) ÷ (1 + rate). */
export function exportValue(
  worth: Decimal,
  rate: TariffRate,
  quantity: Decimal | null,
  scale: number,
): Decimal {
  const left = subtract(worth, byUnit(rate, quantity));
  if (isNegative(left)) return ZERO;
  return divide(multiply(left, HUNDRED), add(HUNDRED, rate.percent ?? ZERO), scale);
}

/** 组成计税价格: (value with duty + amount by unit) ÷ (1 − rate). */
export function composedPrice(
  withDuty: Decimal,
  rate: TariffRate,
  quantity: Decimal | null,
  scale: number,
): Decimal {
  const rest = subtract(HUNDRED, rate.percent ?? ZERO);
  return divide(multiply(add(withDuty, byUnit(rate, quantity)), HUNDRED), rest, scale);
}
