import { z } from 'zod';
import { isLocalDate, type LocalDate } from '../../kernel/dates.ts';
import { Label } from '../facts/contract.ts';

/**
 * Certification grades of enterprises (海关信用等级). From 2026-04-01 there are five; before that day
 * three, of which `registered` (注册登记和备案企业) is now `regular` (常规企业).
 */
export const Grade = z.enum([
  'advancedCertified',
  'certified',
  'regular',
  'dishonest',
  'seriouslyDishonest',
  'registered',
]);
export type Grade = z.infer<typeof Grade>;

/** The day the five grades took the place of the three. */
export const FIVE_GRADES_FROM: LocalDate = '2026-04-01';

const date = z.string().refine(isLocalDate, 'A date that exists, as YYYY-MM-DD.');

/** A grade in force on `[from, to)`. */
export const GradePeriod = z.object({
  grade: Grade,
  from: date,
  to: date.nullish().transform((to) => to ?? null),
});
export type GradePeriod = z.infer<typeof GradePeriod>;

export const Enterprise = z.object({
  /** Unified social credit code (统一社会信用代码). */
  uscc: z.string().trim().max(18),
  nameZh: z.string().trim().min(1).max(200),
  nameEn: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .transform((name) => (name ? name : null)),
  /** Customs registration code (海关编码), 10 characters. */
  customsRegNo: z
    .string()
    .trim()
    .regex(/^[0-9A-Z]{10}$/)
    .nullish()
    .transform((code) => code ?? null),
  registeredOn: date,
  /** The whole history, in any order; a day no period covers is an ordinary one. */
  grades: z.array(GradePeriod).max(100).default([]),
});
export type Enterprise = z.infer<typeof Enterprise>;

/** Most enterprises one request may carry. */
export const ENTERPRISES_MAX = 2000;

export const EnterpriseUpsert = z.object({
  enterprises: z.array(Enterprise).min(1).max(ENTERPRISES_MAX),
});
export const EnterpriseUpserted = z.object({ written: z.number().int() });

/** One row of a list, with the grade in force on the day asked about. */
export const EnterpriseRow = Enterprise.omit({ grades: true }).extend({ grade: Grade });
export type EnterpriseRow = z.infer<typeof EnterpriseRow>;

export const EnterpriseSearch = z.object({
  /** The beginning of the code, or part of a name. */
  q: z.string().trim().max(100).default(''),
  /** Continues after this code. */
  after: z.string().max(18).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EnterpriseSearch = z.infer<typeof EnterpriseSearch>;
export const EnterprisePage = z.object({
  rows: z.array(EnterpriseRow),
  next: z.string().nullable(),
});

/** A customs zone under one regime; a zone that changes its regime is two periods. */
export const Zone = z.object({
  code: z.string(),
  label: Label,
  regime: z.enum([
    'bondedZone',
    'bondedPort',
    'comprehensiveBondedZone',
    'specialComprehensiveBondedZone',
    'freeTradeZone',
  ]),
  /** The customs office in charge. */
  office: z.string(),
  from: z.string(),
  to: z.string().nullable(),
});
export type Zone = z.infer<typeof Zone>;

/** What a party does for a consignment. */
export const ChainRole = z.enum([
  'shipper',
  'forwarder',
  'carrier',
  'terminal',
  'broker',
  'importer',
  'endUser',
]);
export type ChainRole = z.infer<typeof ChainRole>;

/** One party of a consignment's chain, as its declaration states it. */
export const ChainLink = z.object({
  role: ChainRole,
  uscc: z.string().nullable(),
  name: z.string().nullable(),
  country: z.string().nullable(),
});
export type ChainLink = z.infer<typeof ChainLink>;
