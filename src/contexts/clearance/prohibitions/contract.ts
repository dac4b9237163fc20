import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';

const Day = z.string().refine(isLocalDate, 'input.not_a_day');
const Words = z.object({
  zh: z.string().trim().min(1).max(500),
  en: z.string().trim().min(1).max(500),
});

/** Most rules one load may carry. */
export const RULES_MAX = 5000;

/** What one rule does to goods it speaks of. */
export const Effect = z.discriminatedUnion('kind', [
  /** They may not pass (禁止): the filing is returned. */
  z.object({ kind: z.literal('prohibited') }),
  /** They pass with a permit of one of these kinds (限制): named in the declaration and written down. */
  z.object({
    kind: z.literal('permit'),
    permitKinds: z.array(z.string().length(1)).min(1).max(10),
  }),
  /** An authority has to clear them (检验检疫 and other authorities). */
  z.object({
    kind: z.literal('check'),
    /** Organisation id of the authority; `customs` is the examining office itself (关检融合). */
    authority: z.string().min(1).max(40),
    topic: z.enum([
      'animalQuarantine',
      'plantQuarantine',
      'foodSafety',
      'healthQuarantine',
      'dangerousGoods',
      'medicines',
      'pesticides',
      'productSafety',
    ]),
    /** Somebody looks at the goods themselves: joined to the customs examination when there is one. */
    visit: z.boolean(),
    /** Days the authority has. */
    days: z.number().int().min(1).max(60),
    /** Of a hundred declarations, how many are asked for; the rest pass on their documents. */
    percent: z.number().int().min(1).max(100),
  }),
]);
export type Effect = z.infer<typeof Effect>;

/** One dated prohibition or restriction. A rule speaks of a line when every part of it does. */
export const ProhibitionRule = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  label: Words,
  /** Beginnings of tariff codes, 2 to 10 digits. */
  hs: z
    .array(z.string().regex(/^\d{2,10}$/))
    .min(1)
    .max(200),
  /** Beginnings it does not mean. */
  exceptHs: z
    .array(z.string().regex(/^\d{2,10}$/))
    .max(200)
    .default([]),
  ieFlag: z.enum(['I', 'E']),
  /** Countries of origin (imports) or of destination (exports); none: all. */
  countries: z.array(z.string().length(2)).max(250).default([]),
  /** Supervision modes (监管方式) it does not apply to. */
  exceptModes: z
    .array(z.string().regex(/^\d{4}$/))
    .max(100)
    .default([]),
  effect: Effect,
  /** The law it stands on, by name and article. */
  legalBasis: z.string().trim().min(1).max(300),
  /** Half-open: in force on `from`, no longer on `to`. */
  from: Day,
  to: Day.nullable().default(null),
});
export type ProhibitionRule = z.infer<typeof ProhibitionRule>;

export const ProhibitionLoad = z.object({
  /** Who published it, or `compiled by the project, not official`. */
  source: z.string().trim().min(1).max(300),
  version: z.string().trim().min(1).max(60),
  rules: z.array(z.unknown()).min(1).max(RULES_MAX),
});
export type ProhibitionLoad = z.infer<typeof ProhibitionLoad>;
export const ProhibitionLoaded = z.object({
  written: z.number().int(),
  unchanged: z.number().int(),
});

/** A rule as it is kept, with where it came from. */
export const KeptRule = ProhibitionRule.extend({
  source: z.string(),
  version: z.string(),
  loadedAt: z.string(),
});
export type KeptRule = z.infer<typeof KeptRule>;

/** “What applies to these goods today?” */
export const ProhibitionSearch = z.object({
  hs: z
    .string()
    .regex(/^\d{2,10}$/)
    .optional(),
  ieFlag: z.enum(['I', 'E']).optional(),
  country: z.string().length(2).optional(),
  mode: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  on: z.iso.date().optional(),
});
export type ProhibitionSearch = z.infer<typeof ProhibitionSearch>;
export const ProhibitionAnswer = z.object({ on: z.string(), rules: z.array(KeptRule) });
export type ProhibitionAnswer = z.infer<typeof ProhibitionAnswer>;
