import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';

/** Most bytes of a list that is sent to a server, packed or not; the command line takes larger ones. */
export const LIST_BYTES_MAX = 32_000_000;
/** Rows of a difference on one page. */
export const CHANGES_PAGE = 100;

/** A list's own name, as in `chemical_NAME` on the command line. */
export const ListName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, 'chemicals.list_name_malformed');
const Day = z.string().refine(isLocalDate, 'input.not_a_day');
const Count = z.number().int().nonnegative();

/** What is said of a version beside its text, in the query. */
export const ListUpload = z.object({
  /** Who publishes it. */
  source: z.string().trim().min(1).max(200),
  version: z.string().trim().min(1).max(60),
  from: Day,
});
export type ListUpload = z.infer<typeof ListUpload>;

/** One version of an official list, and where it came from. */
const Provenance = z.object({
  id: z.string(),
  list: z.string(),
  source: z.string(),
  version: z.string(),
  /** The day from which goods are judged by it. */
  from: z.string(),
  rows: Count,
  /** Rows of its file that were wrong, and are not in it. */
  setAside: Count,
  sha256: z.string(),
  /** Who brought it; `null` for a version that was put in force on the command line. */
  proposedBy: z.string().nullable(),
});

export const LoadedVersion = Provenance.extend({
  /** First day a later version holds instead. */
  to: z.string().nullable(),
  loadedAt: z.string(),
  approvedBy: z.string().nullable(),
  standing: z.enum(['coming', 'inForce', 'ended']),
});
export type LoadedVersion = z.infer<typeof LoadedVersion>;

/** A version that waits for another account. */
export const ProposedVersion = Provenance.extend({
  proposedAt: z.string(),
  /** Whether this reader may answer it; the server decides again. */
  mayAnswer: z.boolean(),
});
export type ProposedVersion = z.infer<typeof ProposedVersion>;

/** A control list that comes with the platform: compiled, not official. */
export const ShippedList = z.object({
  list: z.string(),
  entries: Count,
  /** Of them, those that were compared with the text of the law. */
  compared: Count,
});
export type ShippedList = z.infer<typeof ShippedList>;

export const ListOverview = z.object({
  shipped: z.array(ShippedList),
  /** The newest first. */
  loaded: z.array(LoadedVersion),
  proposed: z.array(ProposedVersion),
});
export type ListOverview = z.infer<typeof ListOverview>;

export const ChangeKind = z.enum(['added', 'changed', 'removed']);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const DifferenceQuery = z.object({
  change: ChangeKind.optional(),
  cursor: z.coerce.number().int().min(0).default(0),
});

/** What a version changes in the version it succeeds, or would succeed; without one, everything in it is new. */
export const VersionDifference = z.object({
  version: z.union([ProposedVersion, LoadedVersion]),
  against: LoadedVersion.nullable(),
  added: Count,
  changed: Count,
  removed: Count,
  unchanged: Count,
  changes: z.array(
    z.object({
      change: ChangeKind,
      row: z.string(),
      /** Columns that say something else than before: a role (`cas`, `class`) or the file's own heading. */
      fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  next: z.number().int().nullable(),
});
export type VersionDifference = z.infer<typeof VersionDifference>;

/** Another account's answer. `against` is the version the reader saw it compared with. */
export const ListAnswer = z.object({
  approve: z.boolean(),
  against: z.string().nullable(),
  note: z.string().trim().max(2000).default(''),
});
export type ListAnswer = z.infer<typeof ListAnswer>;
