import { z } from 'zod';
import { Problem } from '../cargo/contract.ts';

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

/* ---------------------------------------------------------------- a message's life */

/** Most bytes a sender may send at once; what is longer than `MESSAGE_BYTES_MAX` is kept and refused. */
export const MESSAGE_BODY_MAX = 20 * 1024 * 1024;
/** Most bytes one partner may send in a day. */
export const PARTNER_BYTES_PER_DAY_MAX = 2 * 1024 * 1024 * 1024;
/** Most documents of one file that are filed. */
export const DOCUMENTS_MAX = 500;
/** Most characters of a message that a page is shown; the whole is there as a file. */
export const SHOWN_CHARACTERS_MAX = 500_000;

export const MessageOutcome = z.enum([
  /** What it says was filed. */
  'filed',
  /** It was filed and came back with problems. */
  'returned',
  /** Nothing of it was filed. */
  'refused',
  /** Understood and kept; nothing is filed of its kind. */
  'kept',
]);
export type MessageOutcome = z.infer<typeof MessageOutcome>;

/** As everywhere: the sentence is made from `code`. The path is one of the message, or of our document. */
export const MessageProblem = Problem.extend({ line: z.number().int().optional() });
export type MessageProblem = z.infer<typeof MessageProblem>;

export const RecordKind = z.enum(['declaration', 'manifest', 'bondedList', 'gatePassport']);
export type RecordKind = z.infer<typeof RecordKind>;

/** What became of one document of a message. */
export const DocumentReceipt = z.object({
  standard: z.string(),
  kind: Kind,
  /** The sender's own reference of the document. */
  reference: z.string().nullable(),
  outcome: MessageOutcome,
  /** What it made, as everybody else finds it; `null` where nothing was. */
  record: z.object({ kind: RecordKind, id: z.string() }).nullable(),
  /** The number customs gave. */
  number: z.string().nullable(),
  problems: z.array(MessageProblem),
});
export type DocumentReceipt = z.infer<typeof DocumentReceipt>;

/** What a sender is answered. The same file again is answered with the same. */
export const Receipt = z.object({
  id: z.string(),
  /** The organisation that sent it. */
  partner: z.string(),
  receivedAt: z.string(),
  /** SHA-256 of the bytes. */
  hash: z.string(),
  bytes: z.number().int(),
  repeated: z.boolean(),
  /** It was only tried: nothing was kept, and nothing of it happened. */
  dryRun: z.boolean(),
  standard: z.string().nullable(),
  kind: Kind.nullable(),
  /** The worst of its documents'. */
  outcome: MessageOutcome,
  documents: z.array(DocumentReceipt),
  /** What was wrong with the message itself, or was put up with. */
  problems: z.array(MessageProblem),
});
export type Receipt = z.infer<typeof Receipt>;

export const MessageId = z.string().regex(/^[0-9a-f]{32}$/);

export const MessageSearch = z.object({
  /** A reference, a record, a number customs gave, or a partner: its beginning. */
  q: z.string().trim().max(80).optional(),
  standard: z.string().trim().max(40).optional(),
  outcome: MessageOutcome.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MessageSearch = z.infer<typeof MessageSearch>;

export const MessageRow = Receipt.pick({
  id: true,
  partner: true,
  receivedAt: true,
  bytes: true,
  standard: true,
  kind: true,
  outcome: true,
}).extend({
  documents: z.number().int(),
  /** Of its first document. */
  reference: z.string().nullable(),
  record: DocumentReceipt.shape.record,
});
export type MessageRow = z.infer<typeof MessageRow>;
export const MessagePage = z.object({ rows: z.array(MessageRow), next: z.string().nullable() });
export type MessagePage = z.infer<typeof MessagePage>;

export const MessageDetail = z.object({
  receipt: Receipt,
  sentBy: z.string(),
  /** As it came, read in its own encoding. */
  raw: z.string(),
  rawIsWhole: z.boolean(),
  /** Our document of each, in the order of `receipt.documents`. */
  understood: z.array(z.record(z.string(), z.unknown())),
});
export type MessageDetail = z.infer<typeof MessageDetail>;

/** How the connection with one partner fares. */
export const PartnerHealth = z.object({
  partner: z.string(),
  lastReceivedAt: z.string(),
  today: z.number().int(),
  /** Of the last thirty days. */
  received: z.number().int(),
  refused: z.number().int(),
  /** Refused of a hundred received, in the last thirty days. */
  refusedPercent: z.number(),
});
export type PartnerHealth = z.infer<typeof PartnerHealth>;
export const PartnerHealths = z.object({ partners: z.array(PartnerHealth) });
