import { z } from 'zod';
import {
  DocumentReceipt,
  Kind,
  MessageOutcome,
  MessageProblem,
  Receipt,
  Resent,
  SignatureSeen,
  Trial,
} from '../contract.ts';

/** Most characters of a message that a page is shown; the whole is there as a file. */
export const SHOWN_CHARACTERS_MAX = 300_000;
/** Most entries of a list of a large document that a page is shown; the whole is there as a file. */
export const SHOWN_ENTRIES_MAX = 50;

export const MessageSearch = z.object({
  /** A reference, a record, a number customs gave, or a partner: its beginning. */
  q: z.string().trim().max(80).optional(),
  /** One partner, whole. */
  partner: z.string().trim().max(80).optional(),
  standard: z.string().trim().max(40).optional(),
  kind: Kind.optional(),
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
  /** Of the message and of its documents together. */
  problems: z.number().int(),
  signature: SignatureSeen.shape.status,
  /** How often its answer was asked for again. */
  resent: z.number().int(),
  /** Of its first document. */
  reference: z.string().nullable(),
  record: DocumentReceipt.shape.record,
});
export type MessageRow = z.infer<typeof MessageRow>;
export const MessagePage = z.object({ rows: z.array(MessageRow), next: z.string().nullable() });
export type MessagePage = z.infer<typeof MessagePage>;

/** A part of the text as it came, in characters from its beginning; `to` is the first behind it. */
export const TextPlace = z.object({
  from: z.number().int(),
  to: z.number().int(),
  /** False where the thing itself is not there: then it is what should hold it. */
  isExact: z.boolean(),
});
export type TextPlace = z.infer<typeof TextPlace>;

/** A field of what was understood: `lines[0].hsCode` of document 0. */
export const FieldPlace = z.object({ document: z.number().int(), path: z.string() });
export type FieldPlace = z.infer<typeof FieldPlace>;

/** A problem with its place on both sides: in the text as it came, and in what was understood of it. */
export const PlacedProblem = MessageProblem.extend({
  /** The document it was found in when that was filed; `null` for one of the message itself. */
  document: z.number().int().nullable(),
  place: TextPlace.nullable(),
  fields: z.array(FieldPlace),
});
export type PlacedProblem = z.infer<typeof PlacedProblem>;

/** A message as it is looked at: as it came, as it was understood, and what was wrong, each beside the others. */
export const MessageView = z.object({
  syntax: z.enum(['xml', 'edifact']).nullable(),
  /** As it came, read in its own encoding. */
  raw: z.string(),
  rawIsWhole: z.boolean(),
  /** Our document of each, in the order of `receipt.documents`. */
  understood: z.array(z.record(z.string(), z.unknown())),
  understoodIsWhole: z.boolean(),
  problems: z.array(PlacedProblem),
});
export type MessageView = z.infer<typeof MessageView>;

export const MessageDetail = MessageView.extend({
  receipt: Receipt,
  sentBy: z.string(),
  /** How often its answer was asked for again, and when, the last first. */
  resent: z.array(Resent),
});
export type MessageDetail = z.infer<typeof MessageDetail>;

/** A message that was only tried, looked at as one that was sent; nothing of it was kept. */
export const TriedMessage = MessageView.extend({ trial: Trial });
export type TriedMessage = z.infer<typeof TriedMessage>;

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
  /** The last thirty days, the oldest first. */
  days: z.array(
    z.object({ day: z.string(), received: z.number().int(), refused: z.number().int() }),
  ),
  /** The oldest message of the last thirty days that came back or was refused and has not been sent again. */
  oldestUnmended: z.object({ id: z.string(), receivedAt: z.string() }).nullable(),
  /** The oldest answer it was to be sent again that still waits to be put into its folder. */
  oldestUnanswered: z.object({ id: z.string(), askedAt: z.string() }).nullable(),
  /** The longest time it sent nothing in the last ninety days; `null` for one that sent on too few days to have a habit. */
  longestPauseHours: z.number().nullable(),
  /** It sends regularly, and has been silent longer than it ever was, and for more than a day. */
  isSilent: z.boolean(),
});
export type PartnerHealth = z.infer<typeof PartnerHealth>;
export const PartnerHealths = z.object({ partners: z.array(PartnerHealth) });
export type PartnerHealths = z.infer<typeof PartnerHealths>;
