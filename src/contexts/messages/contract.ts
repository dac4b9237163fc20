import { z } from 'zod';

/** A message is refused when it is longer; the longest manifests in use are a tenth of it. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

/** What a message is about. All standards of one kind are read into the same fields. */
export const Kind = z.enum([
  'declaration',
  'declarationResponse',
  'manifest',
  'transportInstruction',
  'bondedList',
  'bondedListResponse',
  'gatePassport',
  'gatePassportResponse',
  'writeOffFiling',
  'order',
  'orderResponse',
  'inventory',
  'inventoryResponse',
  'receipt',
]);
export type Kind = z.infer<typeof Kind>;

/** One thing that is wrong with a message, or was tolerated, and where it stands in it. */
export const ReadingProblem = z.object({
  /** `/Signature/Object/Package[1]/…` in XML, `7 NAD/3/2` (segment, element, component) in EDIFACT. */
  path: z.string(),
  code: z.string(),
  text: z.string(),
  severity: z.enum(['error', 'warning']),
  /** The line it stands in, where it stands in one. */
  line: z.number().int().optional(),
});
export type ReadingProblem = z.infer<typeof ReadingProblem>;

/**
 * What was understood of a file. A file that holds several documents has the others in
 * `document.further`, each with its standard and kind; `document` is `null` when it was refused.
 */
export const Reading = z.object({
  standard: z.string().nullable(),
  kind: Kind.nullable(),
  document: z.record(z.string(), z.unknown()).nullable(),
  problems: z.array(ReadingProblem),
});
export type Reading = z.infer<typeof Reading>;
