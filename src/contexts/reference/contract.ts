import { z } from 'zod';

/** A table's name: `customs_office`. Lower case with underscores, as in the message standards. */
export const TableName = z.string().regex(/^[a-z][a-z0-9_]{1,40}$/);

/** A code as the tables hold it: letters of both cases mean different things (licence `b` is not `B`). */
export const Code = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/);

/** A code table and where it comes from: nothing in the platform has a code without provenance. */
export const CodeTable = z.object({
  name: TableName,
  label: z.object({ zh: z.string().min(1), en: z.string().min(1) }),
  /** Who published it, or `compiled by the project, not official`. */
  source: z.string().min(1).max(300),
  version: z.string().min(1).max(60),
  loadedAt: z.string(),
  entries: z.number().int(),
});
export type CodeTable = z.infer<typeof CodeTable>;

/** One code, in force on `[from, to)`; `to` is `null` while nobody has ended it. */
export const CodeEntry = z.object({
  code: Code,
  zh: z.string().min(1).max(400),
  en: z.string().min(1).max(400),
  /** Columns of the table beyond the common ones, as text. */
  attributes: z.record(z.string(), z.string()),
  from: z.string(),
  to: z.string().nullable(),
});
export type CodeEntry = z.infer<typeof CodeEntry>;

export const CodeSearch = z.object({
  q: z.string().trim().max(60).optional(),
  /** The day whose codes are wanted; today when left out. */
  on: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(500),
});

export const CodePage = z.object({
  table: CodeTable,
  entries: z.array(CodeEntry.pick({ code: true, zh: true, en: true })),
});
