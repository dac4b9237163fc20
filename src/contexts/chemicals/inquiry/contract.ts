import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { Identification } from '../contract.ts';
import { LegalPosition } from '../law/contract.ts';

/** “What is my product under the law, what do I need, at which window?” */
export const Inquiry = z.object({
  text: z.string().trim().min(1).max(10_000),
  ieFlag: z.enum(['I', 'E']),
  /** Where a code is known already; medicines are told by theirs. */
  hsCode: z
    .string()
    .regex(/^\d{4,10}$/)
    .nullable()
    .default(null),
  /** The country it comes from or goes to; left out, it crosses the border. */
  partnerCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  /** The day whose law is asked; today when it is left out. */
  on: z.string().refine(isLocalDate, 'input.not_a_day').optional(),
});
export type Inquiry = z.infer<typeof Inquiry>;

export const InquiryAnswer = z.object({
  on: z.string(),
  identification: Identification,
  position: LegalPosition,
});
export type InquiryAnswer = z.infer<typeof InquiryAnswer>;

/** Goods in one container, and what may not travel in it together (IMDG 7.2.4, 7.3.4). */
export const Packing = z.object({
  goods: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(80),
        class: z.string().trim().max(8),
        subsidiary: z.array(z.string().trim().max(8)).max(4).default([]),
      }),
    )
    .min(1)
    .max(200),
});
export const PackingAnswer = z.object({
  conflicts: z.array(
    z.object({
      goods: z.tuple([z.string(), z.string()]),
      level: z.number().int(),
      between: z.tuple([z.string(), z.string()]),
      outcome: z.enum(['forbidden', 'needsApproval', 'notEvaluated']),
    }),
  ),
});
