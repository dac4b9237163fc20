import { z } from 'zod';
import { BatchId } from '../../cargo/batches/contract.ts';
import { FilingResult, Problem } from '../contract.ts';

export { BatchId };

/** Ids of the declarations are this and a number: short enough to leave room for it. */
export const ConsolidationId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,55}$/, 'Letters, digits, dot, dash, underscore, up to 56.');

export const ConsolidationRequest = z.object({
  id: ConsolidationId,
  /** Declares what crossed up to and including this day; the day it is done when absent. */
  through: z.iso.date().optional(),
  /** When it was done, where history is loaded; only a post that loads history may say so. */
  occurredAt: z.iso.datetime().optional(),
});
export type ConsolidationRequest = z.infer<typeof ConsolidationRequest>;

export const ConsolidatedDeclaration = z.object({
  id: z.string(),
  outcome: z.enum(['planned', ...FilingResult.shape.outcome.options]),
  number: z.string().nullable(),
  lines: z.number().int(),
  currency: z.string(),
  totalValue: z.string(),
  problems: z.array(Problem),
});
export type ConsolidatedDeclaration = z.infer<typeof ConsolidatedDeclaration>;

/** `planned`: built and not yet answered, for instance after a power cut; asking again completes it. */
export const Consolidation = z.object({
  id: z.string(),
  application: BatchId,
  organisation: z.string(),
  through: z.string(),
  status: z.enum(['planned', 'declared', 'partlyDeclared', 'returned', 'nothing']),
  movements: z.number().int(),
  declarations: z.array(ConsolidatedDeclaration),
  plannedAt: z.string(),
  answeredAt: z.string().nullable(),
});
export type Consolidation = z.infer<typeof Consolidation>;

/** One line that would be declared, and the movements it adds up. */
export const ConsolidationPreview = z.object({
  through: z.string(),
  declarations: z.array(
    z.object({
      currency: z.string(),
      totalValue: z.string(),
      grossMassKg: z.string(),
      netMassKg: z.string(),
      packages: z.number().int(),
      lines: z.array(
        z.object({
          hsCode: z.string(),
          description: z.string(),
          originCountry: z.string(),
          unit: z.string(),
          unitPrice: z.string(),
          quantity: z.string(),
          value: z.string(),
          movements: z.number().int(),
        }),
      ),
    }),
  ),
  /** Movements that goods which came back have cancelled out: there is nothing to declare of them. */
  settled: z.number().int(),
});
export type ConsolidationPreview = z.infer<typeof ConsolidationPreview>;
