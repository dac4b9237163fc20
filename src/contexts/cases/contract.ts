import { z } from 'zod';
import { Label } from '../facts/contract.ts';

/**
 * One case type serves examinations' findings, discrepancies, chemicals and whatever comes later
 * (DESIGN §2): opened by, about, clock, owners, findings, outcome.
 */
export const Finding = z.object({
  /** Coded kind (查获情事), for example `undervaluation`, `misdeclaredGoods`, `quantityDiffers`. */
  kind: z.string().min(1).max(60),
  severity: z.enum(['minor', 'serious', 'critical']),
  /** What was found, in the officer's words. */
  description: z.string().max(2000),
  quantity: z.string().nullable(),
  unit: z.string().nullable(),
  /** The declaration line it is about, or `null` for the whole. */
  lineNo: z.number().int().nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** Most findings one case takes. */
export const FINDINGS_MAX = 200;

/** A finding added to a case that is open; the sender chooses the id, so that twice the same is once. */
export const FindingAdded = Finding.extend({ id: z.string().trim().min(1).max(80) });
export type FindingAdded = z.infer<typeof FindingAdded>;

/** A finding of a case; one that was added says by whom and when, those it was opened with do not. */
export const CaseFinding = Finding.extend({
  added: z
    .object({ id: z.string(), organisation: z.string(), person: z.string(), at: z.string() })
    .optional(),
});
export type CaseFinding = z.infer<typeof CaseFinding>;

export const Case = z.object({
  id: z.string(),
  kind: z.enum(['examinationFinding', 'discrepancy', 'storageConflict']),
  title: Label,
  /** What it is about: `declaration:<id>`. */
  about: z.string(),
  consignment: z.string(),
  openedBy: z.string(),
  openedAt: z.string(),
  /** Organisations that must act, first the one whose turn it is. */
  owners: z.array(z.string()),
  findings: z.array(CaseFinding),
  /** When the next step is due, and since when the clock is paused with which code. */
  dueAt: z.string().nullable(),
  pause: z.object({ code: z.string(), since: z.string() }).nullable(),
  status: z.enum(['open', 'closed']),
  outcome: z.string().nullable(),
  closedAt: z.string().nullable(),
});
export type Case = z.infer<typeof Case>;
