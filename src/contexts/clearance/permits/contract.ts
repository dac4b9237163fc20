import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { Problem } from '../contract.ts';

/** Most permits one load may carry. */
export const PERMITS_MAX = 1000;

const Day = z.string().refine(isLocalDate, 'input.not_a_day');
/** Exact and above zero: decimal text. */
const Amount = z
  .string()
  .trim()
  .max(40)
  .refine((text) => {
    const value = parseDecimal(text);
    return value !== null && value.coefficient > 0n;
  }, 'clearance.permit_amount_not_positive');

/** A permit is known by its kind and number, as declarations name it: `1-26AB100001`. */
export const PermitId = z.string().regex(/^[0-9A-Za-z]-[\p{L}\p{N}()（）._-]{1,40}$/u);
/** Licence kind (监管证件代码), one character whose case matters; table `licence_kind`. */
export const PermitKind = z.string().regex(/^[0-9A-Za-z]$/);
export const PermitNumber = z.string().regex(/^[\p{L}\p{N}()（）._-]{1,40}$/u);

/** What a permit or a quota allows; what its authority may change later. */
export const PermitTerms = z
  .object({
    /** Who may use it, by USCC: as domestic party or as owner of the goods. */
    holder: z.string().trim().min(1).max(18),
    holderName: z.string().trim().max(200).default(''),
    ieFlag: z.enum(['I', 'E']),
    /** Tariff codes or their beginnings (4 to 10 digits) it covers. */
    goods: z
      .array(z.string().regex(/^\d{4,10}$/))
      .min(1)
      .max(50),
    /** Countries of origin it is confined to, as country quotas are; none: any. */
    origins: z.array(z.string().length(2)).max(50).default([]),
    /** How much may pass: a quantity in a unit, a value in a currency, or both; `null` sets no bound. */
    quantity: Amount.nullable().default(null),
    unit: z
      .string()
      .regex(/^\d{3}$/)
      .nullable()
      .default(null),
    value: Amount.nullable().default(null),
    currency: z.string().length(3).nullable().default(null),
    /** Declarations it may serve: 1 for one shipment per permit (一批一证); `null` for any number. */
    uses: z.number().int().min(1).max(100_000).nullable().default(1),
    validFrom: Day,
    /** Its last day (有效截止日期). */
    validUntil: Day,
  })
  .superRefine((terms, context) => {
    const say = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    if (terms.validUntil < terms.validFrom)
      say('clearance.permit_ends_before_it_begins', 'validUntil');
    if ((terms.quantity === null) !== (terms.unit === null)) {
      say('clearance.permit_quantity_needs_unit', 'unit');
    }
    if ((terms.value === null) !== (terms.currency === null)) {
      say('clearance.permit_value_needs_currency', 'currency');
    }
  });
export type PermitTerms = z.infer<typeof PermitTerms>;

export const PermitInput = z.object({ kind: PermitKind, number: PermitNumber, terms: PermitTerms });
export type PermitInput = z.infer<typeof PermitInput>;
export const PermitsInput = z.object({ permits: z.array(z.unknown()).min(1).max(PERMITS_MAX) });

/** The answer to one of many: loading the same permit again is the same permit. */
export const PermitResult = z.object({
  id: z.string(),
  outcome: z.enum(['issued', 'known', 'refused']),
  problems: z.array(Problem),
  /** Declarations that had been waiting for it and now have it. */
  matched: z.array(z.string()),
});
export type PermitResult = z.infer<typeof PermitResult>;

export const PermitChange = z.object({
  terms: PermitTerms,
  /** The version the change was made from: two who change at once do not overwrite each other. */
  basedOn: z.number().int(),
  reason: z.string().trim().min(1).max(2000),
});
export type PermitChange = z.infer<typeof PermitChange>;
export const PermitRevocation = z.object({ reason: z.string().trim().min(1).max(2000) });

/** One declaration's write-down: reserved (预核扣) at acceptance, written down (核扣) at release. */
export const PermitUse = z.object({
  declaration: z.string(),
  status: z.enum(['reserved', 'writtenDown', 'givenBack']),
  lines: z.array(z.number().int()),
  quantity: z.string().nullable(),
  value: z.string().nullable(),
  since: z.string(),
});
export type PermitUse = z.infer<typeof PermitUse>;

export const PermitStatus = z.enum(['valid', 'notYetValid', 'expired', 'usedUp', 'revoked']);
export type PermitStatus = z.infer<typeof PermitStatus>;

/** One row of a list. */
export const PermitRow = z.object({
  id: z.string(),
  kind: PermitKind,
  number: PermitNumber,
  issuer: z.string(),
  version: z.number().int(),
  status: PermitStatus,
  terms: PermitTerms,
  /** Reserved and written down together, and what is left; `null` where there is no bound. */
  quantityTaken: z.string(),
  quantityLeft: z.string().nullable(),
  valueTaken: z.string(),
  valueLeft: z.string().nullable(),
  usesTaken: z.number().int(),
  usesLeft: z.number().int().nullable(),
});
export type PermitRow = z.infer<typeof PermitRow>;

export const Permit = PermitRow.extend({
  uses: z.array(PermitUse),
  /** Declarations that named it and may not use it yet, with the reason. */
  waiting: z.array(z.object({ declaration: z.string(), reason: Problem, since: z.string() })),
  story: z.array(
    z.object({
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      organisation: z.string().nullable(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Acts this reader may perform now. */
  allowed: z.array(z.enum(['change', 'revoke'])),
});
export type Permit = z.infer<typeof Permit>;

export const PermitSearch = z.object({
  q: z.string().trim().max(60).optional(),
  kind: PermitKind.optional(),
  holder: z.string().max(18).optional(),
  status: PermitStatus.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PermitSearch = z.infer<typeof PermitSearch>;
export const PermitPage = z.object({ rows: z.array(PermitRow), next: z.string().nullable() });
export type PermitPage = z.infer<typeof PermitPage>;

/** Permits of one declaration, for its page: each named one and what became of it. */
export const DeclarationPermits = z.object({
  permits: z.array(
    z.object({
      id: z.string(),
      status: z.enum(['reserved', 'writtenDown', 'givenBack', 'waiting']),
      /** Why it waits, and what to do. */
      reason: Problem.nullable(),
      quantity: z.string().nullable(),
      unit: z.string().nullable(),
      since: z.string(),
    }),
  ),
});
export type DeclarationPermits = z.infer<typeof DeclarationPermits>;
