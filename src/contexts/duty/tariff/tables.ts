import type { LocalDate } from '../../../kernel/dates.ts';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { LevyTreatment, TaxKind } from '../calculation/contract.ts';

/** Percent of the value, yuan for each unit, or both added. At least one is there. */
export interface TariffRate {
  readonly percent: Decimal | null;
  readonly perUnit: Decimal | null;
  /** The unit `perUnit` speaks of; null where there is none. */
  readonly unit: string | null;
}

/** One row of the tariff: what one heading pays, column by column. A null column does not exist. */
export interface TariffRow {
  readonly code: string;
  readonly mfn: TariffRate | null;
  readonly mfnProvisional: TariffRate | null;
  readonly general: TariffRate | null;
  readonly quota: TariffRate | null;
  readonly quotaProvisional: TariffRate | null;
  readonly export: TariffRate | null;
  readonly exportProvisional: TariffRate | null;
  readonly vat: TariffRate | null;
  readonly consumption: TariffRate | null;
  /** Consumption tax is due from this customs value a unit upwards (高档化妆品、高档手表). */
  readonly consumptionFrom: { readonly value: Decimal; readonly unit: string } | null;
}

export interface Agreement {
  readonly code: string;
  readonly countries: ReadonlySet<string>;
  /** 协定税率, or 特惠税率 for least developed countries. */
  readonly treatment: 'agreement' | 'preferential';
}

export type SpecialKind = Extract<
  TaxKind,
  'antiDumping' | 'countervailing' | 'safeguard' | 'retaliatory'
>;
export const SPECIAL_KINDS: readonly SpecialKind[] = [
  'antiDumping',
  'countervailing',
  'safeguard',
  'retaliatory',
];

export interface SpecialDuty {
  readonly code: string;
  readonly kind: SpecialKind;
  readonly rate: TariffRate;
  readonly basis: string;
}

/** How much of each tax a nature of levy leaves to pay: 1 is all of it, 0 nothing. */
export interface Relief {
  readonly importDuty: Decimal;
  readonly consumptionTax: Decimal;
  readonly vat: Decimal;
}

/**
 * A row that is in force but cannot be understood: a cell that is no number, a rate by quantity without
 * its unit. Whoever needs the row must not go on as if it were not there.
 */
export class UnreadableRow extends Error {
  readonly table: string;
  readonly code: string;

  constructor(table: string, code: string) {
    super(`${table} ${code}`);
    this.name = 'UnreadableRow';
    this.table = table;
    this.code = code;
  }
}

/** A number the law sets, and where it says so. */
export interface Policy {
  readonly value: Decimal;
  readonly basis: string;
}

export const POLICIES = [
  'insuranceShare',
  'valueScale',
  'exemptUpTo.importDuty',
  'exemptUpTo.exportDuty',
  'exemptUpTo.consumptionTax',
  'exemptUpTo.vat',
  'consumptionFormula',
  'vatFormula',
  'lateDeclaration.rate',
  'lateDeclaration.firstDay',
  'lateDeclaration.exemptBelow',
  'latePayment.rate',
  'latePayment.days',
  'latePayment.exemptBelow',
  'deferredInterest.percent',
  'deferredInterest.yearDays',
] as const;
export type PolicyName = (typeof POLICIES)[number];

/**
 * The tables as they stand on any day. Asked by the day of law, so that midnight needs no ceremony.
 * Any question may throw `UnreadableRow`.
 */
export interface TariffTables {
  /** What was read, for the record of an assessment. */
  versions(): readonly { name: string; version: string; source: string }[];
  /** The row of the code itself, or of the longest heading above it. */
  row(hsCode: string, on: LocalDate): TariffRow | null;
  agreement(code: string, on: LocalDate): Agreement | null;
  agreementRate(hsCode: string, agreement: string, on: LocalDate): TariffRate | null;
  specialDuties(
    hsCode: string,
    origin: string,
    manufacturer: string | null,
    on: LocalDate,
  ): readonly SpecialDuty[];
  /** Countries without most-favoured-nation treatment pay the general rate. */
  isGeneral(country: string, on: LocalDate): boolean;
  /** Yuan for one unit, as published for the month of that day; null when none was. */
  yuanPer(currency: string, on: LocalDate): Decimal | null;
  relief(levyNature: string, on: LocalDate): Relief | null;
  levyTreatment(supervisionMode: string, on: LocalDate): LevyTreatment;
  /** Null only where the table has no such row in force: then nothing that needs it is assessed. */
  policy(name: PolicyName, on: LocalDate): Policy | null;
  isRestDay(day: LocalDate): boolean;
}
