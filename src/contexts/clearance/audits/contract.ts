import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { DeclarationContent } from '../contract.ts';

const Day = z.string().refine(isLocalDate, 'input.not_a_day');
const Said = z.string().trim().min(1).max(2000);
const occurredAt = z.iso.datetime().optional();

/** Chosen by the caller; what the port opens itself is called after its declaration. */
export const AuditId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/);

export const AuditOrigin = z.enum([
  /** Drawn from the blue lane (放行后稽查通道). */
  'lane',
  /** An officer or supervisor selected it. */
  'officer',
  /** The enterprise came by itself (主动披露). */
  'disclosure',
]);
export const AuditStatus = z.enum([
  'open',
  /** The enterprise's turn: documents or a supplementary declaration are awaited. */
  'awaitingEnterprise',
  'concluded',
]);
export type AuditStatus = z.infer<typeof AuditStatus>;

/** What differs between what was declared and what is so. */
export const Difference = z.object({
  declaration: z.string().min(1).max(64),
  lineNo: z.number().int().min(1).nullable(),
  field: z.enum([
    'hsCode',
    'originCountry',
    'value',
    'quantity',
    'netMassKg',
    'preference',
    'freight',
    'insurance',
    'royalty',
    'other',
  ]),
  declared: z.string().trim().max(500),
  found: z.string().trim().max(500),
});
export type Difference = z.infer<typeof Difference>;

export const AuditOpening = z.object({
  id: AuditId,
  /** The declarations it is about, all of one domestic party and released at most three years ago. */
  declarations: z.array(z.string().min(1).max(64)).min(1).max(200),
  reason: Said,
  occurredAt,
});
export type AuditOpening = z.infer<typeof AuditOpening>;

/** What the enterprise is asked for, by a day. */
export const AuditRequest = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  /** Documents, or a supplementary declaration (补充申报) of price, classification or origin. */
  kind: z.enum(['documents', 'supplementPrice', 'supplementClassification', 'supplementOrigin']),
  items: z.array(z.string().trim().min(1).max(200)).min(1).max(50),
  dueOn: Day,
});
export type AuditRequest = z.infer<typeof AuditRequest>;
export const AuditReply = z.object({
  request: z.string(),
  statement: Said,
  /** Files kept by the port, by the hash of their content. */
  files: z
    .array(z.object({ name: z.string().trim().min(1).max(200), fileId: z.string().max(80) }))
    .max(50)
    .default([]),
  occurredAt,
});
export type AuditReply = z.infer<typeof AuditReply>;
export const AuditExtension = z.object({ request: z.string(), dueOn: Day, reason: Said });

/** The enterprise reports its own mistake before customs finds it. */
export const Disclosure = z.object({
  id: AuditId,
  declarations: AuditOpening.shape.declarations,
  statement: Said,
  differences: z.array(Difference).min(1).max(200),
  occurredAt,
});
export type Disclosure = z.infer<typeof Disclosure>;

/** A declaration as it should have been: from it the duty is assessed anew. */
export const Correction = z.object({
  declaration: z.string().min(1).max(64),
  content: DeclarationContent,
});
export type Correction = z.infer<typeof Correction>;

export const Mitigation = z.enum(['none', 'lighter', 'reduced', 'notPunished']);
export const AuditConclusion = z
  .object({
    result: z.enum(['conforms', 'differs']),
    statement: Said,
    differences: z.array(Difference).max(200).default([]),
    /** What follows for the money. */
    duty: z.enum(['none', 'supplementary', 'refund']).default('none'),
    /** Recomputed declarations; their duty is reviewed by them. Without, an officer reviews it. */
    corrections: z.array(Correction).max(50).default([]),
    mitigation: Mitigation.default('none'),
    occurredAt,
  })
  .superRefine((said, context) => {
    const say = (message: string, path: string) =>
      context.addIssue({ code: 'custom', message, path: [path] });
    if ((said.result === 'differs') !== said.differences.length > 0) {
      say('clearance.audit_differences_disagree', 'differences');
    }
    if (said.result === 'conforms' && said.duty !== 'none')
      say('clearance.audit_duty_without_difference', 'duty');
    if (said.duty === 'none' && said.corrections.length > 0)
      say('clearance.audit_correction_without_duty', 'corrections');
    const corrected = new Set(said.corrections.map(({ declaration }) => declaration));
    if (corrected.size < said.corrections.length)
      say('clearance.audit_corrected_twice', 'corrections');
  });
export type AuditConclusion = z.infer<typeof AuditConclusion>;

export const Audit = z.object({
  id: AuditId,
  version: z.number().int(),
  origin: AuditOrigin,
  status: AuditStatus,
  /** The audited party, by USCC, and the office that audits. */
  organisation: z.string(),
  office: z.string(),
  declarations: z.array(z.string()),
  reason: z.string(),
  openedAt: z.string(),
  openedBy: z.string(),
  requests: z.array(
    AuditRequest.extend({
      askedAt: z.string(),
      repliedAt: z.string().nullable(),
      statement: z.string().nullable(),
      files: z.array(z.object({ name: z.string(), fileId: z.string() })),
      overdue: z.boolean(),
    }),
  ),
  /** What the enterprise disclosed itself. */
  disclosed: z.array(Difference),
  conclusion: z
    .object({
      result: z.enum(['conforms', 'differs']),
      statement: z.string(),
      differences: z.array(Difference),
      duty: z.enum(['none', 'supplementary', 'refund']),
      /** Declarations whose duty is assessed anew by what the audit recomputed. */
      corrected: z.array(z.string()),
      mitigation: Mitigation,
      at: z.string(),
      by: z.string(),
    })
    .nullable(),
  allowed: z.array(z.enum(['ask', 'extend', 'reply', 'conclude'])),
  story: z.array(
    z.object({
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      organisation: z.string().nullable(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type Audit = z.infer<typeof Audit>;

export const AuditRow = Audit.pick({
  id: true,
  origin: true,
  status: true,
  organisation: true,
  office: true,
  openedAt: true,
}).extend({
  declarations: z.number().int(),
  /** When the enterprise has to have answered by, while it is its turn. */
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  result: z.enum(['conforms', 'differs']).nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditSearch = z.object({
  status: AuditStatus.optional(),
  origin: AuditOrigin.optional(),
  declaration: z.string().max(64).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditSearch = z.infer<typeof AuditSearch>;
export const AuditPage = z.object({ rows: z.array(AuditRow), next: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
