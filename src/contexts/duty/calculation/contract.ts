import { z } from 'zod';

/* ------------------------------------------------------------------ what is asked */

/** Decimal text such as `1234.56`; exact from here on. */
const amount = z.string().max(40);

/** What is collected, each on its own line of a duty bill (税款缴款书 is drawn up by kind). */
export const TaxKind = z.enum([
  'importDuty',
  'exportDuty',
  'antiDumping',
  'countervailing',
  'safeguard',
  'retaliatory',
  'consumptionTax',
  'vat',
]);
export type TaxKind = z.infer<typeof TaxKind>;

/**
 * The six methods in their legal order (海关确定进出口货物计税价格办法): each only when those before
 * it cannot be used. Only the first is the declarant's own; another needs a value an officer states.
 */
export const VALUATION_METHODS = [
  'transaction',
  'identicalGoods',
  'similarGoods',
  'deductive',
  'computed',
  'fallback',
] as const;
export const ValuationMethod = z.enum(VALUATION_METHODS);
export type ValuationMethod = z.infer<typeof ValuationMethod>;

/** Freight or insurance, in one of the three ways the declaration form knows. */
export const Charge = z.discriminatedUnion('kind', [
  /** A sum for the whole consignment. */
  z.object({ kind: z.literal('total'), amount, currency: z.string() }),
  /** Percent of the price (freight), or of price and freight together (insurance). */
  z.object({ kind: z.literal('rate'), percent: amount }),
  /** A sum for each tonne of gross mass; freight only. */
  z.object({ kind: z.literal('perTonne'), amount, currency: z.string() }),
]);
export type Charge = z.infer<typeof Charge>;

/**
 * What the buyer pays or gives beyond the invoice price, and what the invoice holds that is not part
 * of the value (关税法 第二十五条、第二十六条). Deductions are written as positive sums.
 */
export const AdjustmentKind = z.enum([
  'commission',
  'containers',
  'packing',
  'assists',
  'royalties',
  'proceeds',
  'afterImportation',
  'inlandTransport',
  'importTaxes',
]);
export type AdjustmentKind = z.infer<typeof AdjustmentKind>;
export const DEDUCTIONS: ReadonlySet<AdjustmentKind> = new Set([
  'afterImportation',
  'inlandTransport',
  'importTaxes',
]);
export const Adjustment = z.object({ kind: AdjustmentKind, amount, currency: z.string() });
export type Adjustment = z.infer<typeof Adjustment>;

export const DutyRequestLine = z.object({
  lineNo: z.number().int().min(1),
  hsCode: z.string(),
  originCountry: z.string().nullable(),
  /** The agreement claimed (`preference` code table), or null. */
  preference: z.string().nullable(),
  /** Proof of that origin: number of the certificate or statement. A claim without it is not granted. */
  originProof: z.string().nullish(),
  quantity: amount.nullable(),
  unit: z.string().nullable(),
  /** The second statutory quantity, when the tariff measures in another unit than the trade. */
  secondQuantity: amount.nullish(),
  secondUnit: z.string().nullish(),
  netMassKg: amount.nullable(),
  /** Line total in the declaration's currency. */
  value: amount.nullable(),
  adjustments: z.array(Adjustment).nullish(),
  /** An officer's valuation: the whole customs value in yuan, and why. */
  valuation: z
    .object({ method: ValuationMethod, value: amount, reason: z.string().min(1) })
    .nullish(),
  /** Names the producer, for duties that differ by producer. */
  manufacturer: z.string().nullish(),
  /** Number of the tariff-rate quota certificate (关税配额证明) the line is imported under. */
  quotaCertificate: z.string().nullish(),
});
export type DutyRequestLine = z.infer<typeof DutyRequestLine>;

export const DutyRequest = z.object({
  declaration: z.string(),
  /** The day whose law holds: see `dayOfLaw`. */
  on: z.iso.date(),
  ieFlag: z.enum(['I', 'E']),
  supervisionMode: z.string().nullable(),
  levyNature: z.string().nullable(),
  tradeTerms: z.string().nullable(),
  currency: z.string().nullable(),
  freight: Charge.nullable(),
  insurance: Charge.nullable(),
  grossMassKg: amount.nullish(),
  /** When both are known, the late-declaration fee is assessed too. */
  conveyanceEnteredOn: z.iso.date().nullish(),
  acceptedOn: z.iso.date().nullish(),
  /** Since when tax on bonded goods was deferred: with it, the interest (缓税利息) up to `on` is assessed too. */
  deferredSince: z.iso.date().nullish(),
  lines: z.array(DutyRequestLine).min(1),
});
export type DutyRequest = z.infer<typeof DutyRequest>;

/* ------------------------------------------------------------------ what is answered */

/**
 * One step of a calculation, as a sentence and its values: `duty.step_ad_valorem` with base 123.45,
 * rate 6 and amount 7.41 reads “123.45 × 6 % = 7.41”. Params are text or numbers, the same in both
 * languages; a text such as `duty.importDuty_tax`, `duty.mfn_rate` or `duty.transaction_method` is
 * itself a word of the messages, to be put in the reader's language first.
 */
export const Step = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  legalBasis: z.string().optional(),
});
export type Step = z.infer<typeof Step>;

/** Which column of the tariff a rate came from (关税法 第九条 and following). */
export const RateTreatment = z.enum([
  'mfn',
  'mfnProvisional',
  'agreement',
  'preferential',
  'general',
  'quota',
  'quotaProvisional',
  'export',
  'exportProvisional',
  /** Duties on top, and taxes collected for others, have only one column. */
  'special',
  'statutory',
]);
export type RateTreatment = z.infer<typeof RateTreatment>;

/** A rate: percent of the value, yuan for each unit, or both added (从价、从量、复合). */
export const Rate = z.object({
  percent: amount.nullable(),
  perUnit: amount.nullable(),
  unit: z.string().nullable(),
});
export type Rate = z.infer<typeof Rate>;

export const LineTax = z.object({
  kind: TaxKind,
  treatment: RateTreatment,
  rate: Rate,
  /** What the percentage is taken of, in yuan. */
  base: amount,
  /** Quantity in the rate's unit, where it has one. */
  quantity: amount.nullable(),
  /** By the rate alone, to the cent. */
  assessed: amount,
  /** After reliefs and the de minimis of the whole consignment: what is owed. */
  payable: amount,
});
export type LineTax = z.infer<typeof LineTax>;

export const LineAssessment = z.object({
  lineNo: z.number().int(),
  hsCode: z.string(),
  /** The row of the tariff that matched: the code itself, or the longest heading above it. */
  tariffCode: z.string(),
  method: ValuationMethod,
  /** Yuan, to the cent: freight and insurance of this line are within. */
  customsValue: amount,
  freight: amount,
  insurance: amount,
  taxes: z.array(LineTax),
  payable: amount,
  steps: z.array(Step),
});
export type LineAssessment = z.infer<typeof LineAssessment>;

export const TaxTotal = z.object({ kind: TaxKind, assessed: amount, payable: amount });
export type TaxTotal = z.infer<typeof TaxTotal>;

/** How the goods stand to tax at import: bonded goods owe nothing until they leave bond. */
export const LevyTreatment = z.enum(['taxed', 'bonded', 'exempt']);
export type LevyTreatment = z.infer<typeof LevyTreatment>;

export const Assessment = z.object({
  declaration: z.string(),
  on: z.iso.date(),
  ieFlag: z.enum(['I', 'E']),
  levyTreatment: LevyTreatment,
  /** Every table read and its version, so that the same bytes come out of a replay. */
  tables: z.array(z.object({ name: z.string(), version: z.string(), source: z.string() })),
  /** Yuan for one unit of each currency, as published for the month. */
  exchange: z.array(z.object({ currency: z.string(), yuan: amount })),
  customsValue: amount,
  freight: amount,
  insurance: amount,
  lines: z.array(LineAssessment),
  /** One for each kind that any line has, in the order of `TaxKind`; sums of the lines, exactly. */
  taxes: z.array(TaxTotal),
  /** 滞报金, in whole yuan; null when the days are not known or nothing is late. */
  lateDeclaration: z
    .object({ firstDay: z.iso.date(), lastDay: z.iso.date(), days: z.number().int(), fee: amount })
    .nullable(),
  /** 缓税利息 on all taxes, to the cent; only where it was asked for. */
  deferredInterest: z
    .object({ firstDay: z.iso.date(), lastDay: z.iso.date(), days: z.number().int(), amount })
    .optional(),
  /** Taxes owed; the fee and the interest are beside them, for they are no tax. */
  payable: amount,
  /** About the consignment as a whole; each line has its own. */
  steps: z.array(Step),
});
export type Assessment = z.infer<typeof Assessment>;
