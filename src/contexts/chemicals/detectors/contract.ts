import { z } from 'zod';
import { Identification } from '../contract.ts';
import { LegalPosition } from '../law/contract.ts';

/** What was looked at; each is a pure function with a reason. */
export const Detector = z.enum([
  'controlled',
  'disguise',
  'tariffCode',
  'hazard',
  'packingGroup',
  'packaging',
  'concentration',
  'price',
  'drift',
  'container',
  'weighing',
]);
export type Detector = z.infer<typeof Detector>;

/** What one detector said: something does not fit, or it could not be judged and for want of what. */
export const Verdict = z.object({
  detector: Detector,
  outcome: z.enum(['misfit', 'notEvaluated']),
  /** 0 to 100: how much it weighs among the others. Not a probability. */
  points: z.number().int().min(0).max(100),
  /** The sentence's code, and the values it speaks of. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  legalBasis: z.string().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

/** What is thought of one line of a declaration. */
export const LineFindings = z.object({
  lineNo: z.number().int(),
  hsCode: z.string().nullable(),
  description: z.string(),
  identification: Identification,
  position: LegalPosition,
  verdicts: z.array(Verdict),
});
export type LineFindings = z.infer<typeof LineFindings>;
