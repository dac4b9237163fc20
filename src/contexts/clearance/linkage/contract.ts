import { z } from 'zod';
import { CheckPauseCode } from '../modes/contract.ts';

export { CheckPauseCode };

const Note = z.string().trim().max(2000).default('');

/** One authority's question about one consignment, with its own clock. */
export const Check = z.object({
  id: z.string(),
  declaration: z.string(),
  /** Organisation or office whose turn it is. */
  owner: z.string(),
  authority: z.string(),
  topic: z.string(),
  rule: z.string(),
  reason: z.object({ zh: z.string(), en: z.string() }),
  legalBasis: z.string(),
  lines: z.array(z.number().int()),
  /** Somebody looks at the goods themselves. */
  visit: z.boolean(),
  status: z.enum(['pending', 'passed', 'passedWithConditions', 'refused', 'withdrawn']),
  since: z.string(),
  /** Moves on by every pause. */
  dueAt: z.string(),
  pause: z.object({ code: CheckPauseCode, note: z.string(), since: z.string() }).nullable(),
  overdue: z.boolean(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string().nullable(),
  /** What its owner said: the findings, and conditions the goods pass under. */
  note: z.string(),
  conditions: z.string().nullable(),
  /** The visit or examination the answer was given at. */
  visitId: z.string().nullable(),
});
export type Check = z.infer<typeof Check>;

/** One order (关检联动): every check of a declaration, and the one visit they share. */
export const JointOrder = z.object({
  declaration: z.string(),
  version: z.number().int(),
  checks: z.array(Check),
  /** The customs examination the visits are joined to; `null` while customs does not examine. */
  examination: z.string().nullable(),
  visits: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      participants: z.array(
        z.object({ owner: z.string(), officers: z.array(z.string()), findings: z.string() }),
      ),
      note: z.string(),
    }),
  ),
  allowed: z.array(z.enum(['answer', 'pause', 'resume', 'visit'])),
});
export type JointOrder = z.infer<typeof JointOrder>;

export const CheckOutcome = z.enum(['passed', 'passedWithConditions', 'refused']);
export type CheckOutcome = z.infer<typeof CheckOutcome>;

export const CheckAnswer = z
  .object({
    outcome: CheckOutcome,
    /** Needed when goods pass under conditions: what the importer has to keep to. */
    conditions: z.string().trim().max(2000).nullable().default(null),
    note: Note,
    occurredAt: z.iso.datetime().optional(),
  })
  .superRefine((said, context) => {
    const say = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    if (said.outcome === 'passedWithConditions' && !said.conditions) {
      say('clearance.check_conditions_needed', 'conditions');
    }
    if (said.outcome === 'refused' && said.note === '')
      say('clearance.check_reason_needed', 'note');
  });
export type CheckAnswer = z.infer<typeof CheckAnswer>;

export const CheckPause = z.object({ code: CheckPauseCode, note: Note });
export const CheckResume = z.object({ note: Note });

/** One authority at a visit: who came, what they found, and its answer if it is given there. */
export const Participant = z.object({
  owner: z.string().trim().min(1).max(40),
  officers: z.array(z.string().trim().min(1).max(80)).min(1).max(20),
  findings: z.string().trim().max(2000).default(''),
  outcome: CheckOutcome.nullable().default(null),
  conditions: z.string().trim().max(2000).nullable().default(null),
});
export type Participant = z.infer<typeof Participant>;

/** One visit, one record: what each authority present found, written down together. */
export const JointVisit = z.object({
  /** Chosen by the caller: the same visit sent again is the same visit. */
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  participants: z.array(Participant).min(1).max(20),
  note: Note,
  occurredAt: z.iso.datetime().optional(),
});
export type JointVisit = z.infer<typeof JointVisit>;

/** An authority's work list, the one due first on top. */
export const CheckWork = Check.extend({
  number: z.string().nullable(),
  description: z.string().nullable(),
  hsCode: z.string().nullable(),
  originCountry: z.string().nullable(),
  domesticName: z.string().nullable(),
  examination: z.string().nullable(),
});
export type CheckWork = z.infer<typeof CheckWork>;
export const CheckSearch = z.object({
  owner: z.string().max(40).optional(),
  status: Check.shape.status.optional(),
  overdue: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CheckSearch = z.infer<typeof CheckSearch>;
export const CheckPage = z.object({ items: z.array(CheckWork), next: z.string().nullable() });
export type CheckPage = z.infer<typeof CheckPage>;
