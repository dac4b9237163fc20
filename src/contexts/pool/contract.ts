import { z } from 'zod';
import { Label } from '../facts/contract.ts';

/**
 * A mapping: source columns → facts, with types, units and code conversions, as a small JSON file.
 * Bringing one's own CSV, NDJSON, Parquet or XLSX needs a mapping and no code.
 */
export const MappedColumn = z.object({
  /** The column's name in the file; several names may be given, the first present is used. */
  from: z.union([z.string(), z.array(z.string()).min(1)]),
  /** The fact it becomes, or a dataset column when the mapping is for import only. */
  to: z.string(),
  type: z.enum(['text', 'decimal', 'integer', 'boolean', 'date']),
  required: z.boolean().default(false),
  /** Date pattern in strptime form (`%Y%m%d`); ISO when left out. */
  format: z.string().optional(),
  /** Thousands mark to remove before reading a number. */
  thousands: z.enum([',', ' ', "'", '.']).optional(),
  /** Decimal mark when it is not a point. */
  decimalMark: z.enum([',']).optional(),
  /** Multiplies a number: exact decimal text, for unit conversion (`0.001`). */
  factor: z.string().optional(),
  /** Code conversion: value seen → value meant. A value that is not in the table is set aside. */
  codes: z.record(z.string(), z.string()).optional(),
  /** Pads text on the left with zeros to this length (HS codes lose theirs in spreadsheets). */
  padTo: z.number().int().positive().optional(),
  /** Keeps this many characters from the left: the HS6 of a ten-digit code. */
  keep: z.number().int().positive().optional(),
  /**
   * Decimal places kept, rounded half away from zero; the number then holds 18 digits in all and
   * reads several times faster. Left out: 28 digits and 10 places, and a longer value is set aside.
   */
  decimals: z.number().int().min(0).max(9).optional(),
  /** Least and greatest value accepted; a row outside is set aside. */
  min: z.string().optional(),
  max: z.string().optional(),
});
export type MappedColumn = z.infer<typeof MappedColumn>;

export const Mapping = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.number().int(),
  label: Label,
  /** Where the file comes from and under what licence. */
  source: z.string(),
  dataset: z.string().regex(/^[a-z][a-z0-9_]*$/),
  format: z.enum(['csv', 'ndjson', 'parquet', 'xlsx']).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'gb18030']).optional(),
  /** The fact that identifies a row, and the fact that dates it. */
  id: z.string(),
  date: z.string(),
  columns: z.array(MappedColumn).min(1),
  /** Facts that are the same for every row: `{ "declaration.ieFlag": "I" }`. */
  constants: z.record(z.string(), z.string()).default({}),
  /** The names (`to`) of columns that hold outcomes. Imported for evaluation, never read by a decision. */
  labels: z.array(z.string()).default([]),
});
export type Mapping = z.infer<typeof Mapping>;

export const QualityCheck = z.object({
  name: z.string(),
  label: Label,
  passed: z.boolean(),
  violations: z.number().int(),
});

export const Dataset = z.object({
  name: z.string(),
  label: Label,
  kind: z.enum(['events', 'file']),
  rows: z.number().int(),
  bytes: z.number().int().nullable(),
  /** When the newest row was recorded, and when the pool last looked. */
  freshAt: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), label: Label.nullable() })),
  quality: z.array(QualityCheck),
  /** What it is made of: event kinds, or files with their hash, mapping and rejects. */
  lineage: z.array(
    z.object({
      source: z.string(),
      mapping: z.string().nullable(),
      sha256: z.string().nullable(),
      at: z.string().nullable(),
      rows: z.number().int(),
      rejected: z.number().int(),
    }),
  ),
});
export type Dataset = z.infer<typeof Dataset>;

/** One file on its way into the pool, or in it. */
export const ImportJob = z.object({
  id: z.string(),
  mapping: z.string(),
  /** The file's name as its bringer calls it. */
  file: z.string(),
  state: z.enum(['running', 'done', 'refused', 'failed']),
  rows: z.number().int(),
  rejected: z.number().int(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** How much of it is done, from 0 to 1; `null` where the engine does not tell. */
  share: z.number().nullable(),
  /** The same bytes through the same mapping were there already: nothing was added. */
  repeated: z.boolean(),
  refusals: z.array(
    z.object({
      code: z.string(),
      path: z.string().optional(),
      seen: z.string().optional(),
      params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  ),
});
export type ImportJob = z.infer<typeof ImportJob>;

export const SqlQuestion = z.object({ sql: z.string().min(1).max(20_000) });
export const SqlAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  truncated: z.boolean(),
  elapsedMs: z.number(),
  snapshotAt: z.string(),
});
export type SqlAnswer = z.infer<typeof SqlAnswer>;
