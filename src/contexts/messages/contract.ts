import { z } from 'zod';
import { isLocalDate } from '../../kernel/dates.ts';
import { Problem } from '../cargo/contract.ts';
import { ConditionKind } from '../clearance/contract.ts';
import { Assessment } from '../duty/calculation/contract.ts';
import { CheckResult, Lane } from '../risk/contract.ts';

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
  'payment',
  'waybill',
  'withdrawal',
  'goodsReturn',
  'warehouseEntry',
  'taxNotice',
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

/* ---------------------------------------------------------------- signatures */

/** Over the bytes of the message: GM/T 0003 and 0004, RFC 8017 (PSS and v1.5), FIPS 186-5. */
export const SignatureAlgorithm = z.enum([
  'SM2-SM3',
  'RSA-PSS-SHA256',
  'RSA-SHA256',
  'ECDSA-P256-SHA256',
]);
export type SignatureAlgorithm = z.infer<typeof SignatureAlgorithm>;

/** What a message's signature turned out to be; why it was not accepted stands among the problems. */
export const SignatureSeen = z.object({
  status: z.enum(['unsigned', 'verified', 'refused']),
  algorithm: SignatureAlgorithm.nullable(),
  /** The thumbprint of the key it was made with, or says it was. */
  key: z.string().nullable(),
});
export type SignatureSeen = z.infer<typeof SignatureSeen>;

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
  signature: SignatureSeen,
});
export type Receipt = z.infer<typeof Receipt>;

export const MessageId = z.string().regex(/^[0-9a-f]{32}$/);

/** The answer sent again, under an id the caller chooses: asking twice with one id sends it once. */
export const ResendRequest = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
});
export type ResendRequest = z.infer<typeof ResendRequest>;
export const Resent = z.object({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  /** A partner with a folder finds it there; others fetch it from `/{id}/answer`. */
  to: z.enum(['folder', 'http']),
  /** When it was put into the folder, or made ready to be fetched; `null` while it waits. */
  sentAt: z.string().nullable(),
});
export type Resent = z.infer<typeof Resent>;
export const ResentList = z.object({ resent: z.array(Resent) });
/** Most times the answer to one message is sent again. */
export const RESENT_MAX = 100;

/* ---------------------------------------------------------------- trying a message */

const Day = z.string().refine(isLocalDate, 'input.not_a_day');

/** `coming`: rules on trial count as if they were live, in place of those they follow. */
export const TrialRules = z.enum(['inForce', 'coming']);
export type TrialRules = z.infer<typeof TrialRules>;

export const TrialAsked = z.object({
  rules: TrialRules.default('inForce'),
  /**
   * The day whose law, rates and rules count. Left out: today, and of coming rules the first day on which
   * all of them count.
   */
  on: Day.optional(),
});
export type TrialAsked = z.infer<typeof TrialAsked>;

/** What rules would decide of a declaration. What model and draw would select is told to nobody beforehand. */
export const TrialDecision = z.object({
  lane: Lane,
  /** Why it would be looked at, as its declarant would be told. */
  reasons: z.array(
    CheckResult.pick({ check: true, sentence: true, advice: true, legalBasis: true }),
  ),
  /** What release would wait for. */
  unmet: z.array(ConditionKind),
  /** Duty and tax; `null` where they cannot be told, or something else is wrong first. */
  duty: Assessment.nullable(),
});
export type TrialDecision = z.infer<typeof TrialDecision>;

/** What would happen to a message; nothing of it was kept. */
export const Trial = z.object({
  rules: TrialRules,
  on: Day,
  receipt: Receipt,
  /** Beside `receipt.documents`: `null` for what is no declaration, or would not be accepted. */
  decisions: z.array(TrialDecision.nullable()),
});
export type Trial = z.infer<typeof Trial>;

/* ---------------------------------------------------------------- connections */

export const PartnerId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);

/** A public key of a partner. It counts from `validFrom` until before `validTo`, and not from `revokedFrom` on. */
export const PartnerKey = z.object({
  /** The thumbprint: SHA-256 of the public key (SPKI, DER) in hexadecimal, its first 32 digits. */
  id: z.string(),
  algorithm: SignatureAlgorithm,
  validFrom: Day,
  validTo: Day.nullable(),
  revokedFrom: Day.nullable(),
  revokedBecause: z.string().nullable(),
  registeredBy: z.string(),
  registeredAt: z.string(),
  /** As of today. */
  standing: z.enum(['valid', 'notYet', 'expired', 'revoked']),
});
export type PartnerKey = z.infer<typeof PartnerKey>;

/** Most keys a partner may have, those that ended included. */
export const PARTNER_KEYS_MAX = 50;

export const KeyRegistration = z.object({
  /** PEM: a public key, or an X.509 certificate of it, which counts no longer than it says. */
  pem: z.string().min(1).max(16_384),
  algorithm: SignatureAlgorithm,
  validFrom: Day,
  validTo: Day.nullable().default(null),
});
export type KeyRegistration = z.infer<typeof KeyRegistration>;

export const KeyRevocation = z.object({
  from: Day,
  reason: z.string().trim().min(1).max(500),
});
export type KeyRevocation = z.infer<typeof KeyRevocation>;

/** How messages go to and fro with one partner, as the operator set it. */
export const ConnectionTerms = z.object({
  /** Messages without a good signature are refused. */
  mustSign: z.boolean(),
  /** What our answers are signed with. */
  answersSignedWith: z.enum(['SM2-SM3', 'ECDSA-P256-SHA256']),
  /** The post of the partner in whose name files of its folder are filed; `null`: it has no folder. */
  folderPost: z.string().max(64).nullable(),
});
export type ConnectionTerms = z.infer<typeof ConnectionTerms>;

export const Connection = ConnectionTerms.extend({
  partner: PartnerId,
  keys: z.array(PartnerKey),
});
export type Connection = z.infer<typeof Connection>;
export const Connections = z.object({ connections: z.array(Connection) });

/** A key that answers are signed with. */
export const PortKey = z.object({
  id: z.string(),
  algorithm: SignatureAlgorithm,
  /** PEM, SPKI. */
  pem: z.string(),
  signsFrom: z.string(),
  signsTo: z.string().nullable(),
});
export type PortKey = z.infer<typeof PortKey>;
export const PortKeys = z.object({ keys: z.array(PortKey) });
export const PortKeyRotation = z.object({
  algorithm: ConnectionTerms.shape.answersSignedWith,
});
export type PortKeyRotation = z.infer<typeof PortKeyRotation>;
