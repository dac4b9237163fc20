import { z } from 'zod';

/** A `Refusal` as it is sent: one thing wrong, or worth knowing (`warning`); its sentence is made from `code` in the reader's language. */
export const Problem = z.object({
  code: z.string(),
  path: z.string().optional(),
  seen: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  legalBasis: z.string().optional(),
  severity: z.enum(['error', 'warning']).optional(),
});
export type Problem = z.infer<typeof Problem>;
