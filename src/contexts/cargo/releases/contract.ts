import { z } from 'zod';
import { BillNumber, CargoId, Problem } from '../contract.ts';

/* ---------------------------------------------------------------- what is signed */

/**
 * Everything signed is a JWS in compact form (RFC 7515) under Ed25519 (RFC 8037): about 700
 * characters, so that a notice fits a QR code, and any JOSE library can verify it. The header's `typ`
 * says which of these it is, so that one can never pass for another.
 */
export const SIGNED_TYPES = {
  notice: 'jianghai-release+jws',
  revocation: 'jianghai-revocation+jws',
  revocations: 'jianghai-revocations+jws',
  offline: 'jianghai-offline-list+jws',
} as const;

export const Jws = z
  .string()
  .max(20_000_000)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

/** Goods may leave the port before they are released for use (附条件提离), under these conditions. */
export const ConditionalRemoval = z.object({
  kind: z.literal('removal'),
  conditions: z.array(z.string().max(200)).min(1).max(20),
});
export type ConditionalRemoval = z.infer<typeof ConditionalRemoval>;

/** An electronic release notice (电子放行信息): what a terminal needs in order to let goods go. */
export const ReleaseNotice = z.object({
  id: z.string().max(80),
  declaration: z.string(),
  declarationNumber: z.string().nullable(),
  bill: z.string().nullable(),
  containers: z.array(z.string()),
  packages: z.number().int().nullable(),
  grossMassKg: z.string().nullable(),
  /** The office at the border, and the organisation whose gate is to open; `null`: whoever holds the goods. */
  office: z.string().nullable(),
  terminal: z.string().nullable(),
  releasedAt: z.string(),
  issuedAt: z.string(),
  /** Not valid from this moment on. */
  validUntil: z.string(),
  conditional: ConditionalRemoval.nullable(),
});
export type ReleaseNotice = z.infer<typeof ReleaseNotice>;

/** A release taken back, as the terminal is told of it. */
export const RevocationNotice = z.object({
  release: z.string(),
  declaration: z.string(),
  reason: z.string(),
  legalBasis: z.string().nullable(),
  revokedAt: z.string(),
});
export type RevocationNotice = z.infer<typeof RevocationNotice>;

/** Every revoked notice that would still be valid otherwise. */
export const RevocationList = z.object({
  /** How many releases were ever revoked: of two lists the one with the higher number is the newer. */
  number: z.number().int(),
  issuedAt: z.string(),
  entries: z.array(z.object({ release: z.string(), revokedAt: z.string() })),
});
export type RevocationList = z.infer<typeof RevocationList>;

/** What gates go by while there is no network: every release in force at one moment. */
export const OfflineReleases = z.object({
  issuedAt: z.string(),
  terminal: z.string().nullable(),
  entries: z.array(
    ReleaseNotice.pick({
      id: true,
      declaration: true,
      declarationNumber: true,
      bill: true,
      containers: true,
      packages: true,
      grossMassKg: true,
      validUntil: true,
      conditional: true,
    }),
  ),
});
export type OfflineReleases = z.infer<typeof OfflineReleases>;

/** A public key as JWK (RFC 7517, RFC 8037), with the days it signed. */
export const PublicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
  /** Its thumbprint (RFC 7638). */
  kid: z.string(),
  x: z.string(),
  signsFrom: z.string(),
  /** `null` while it is the one that signs. */
  signsTo: z.string().nullable(),
});
export type PublicKey = z.infer<typeof PublicKey>;
export const PublicKeys = z.object({ keys: z.array(PublicKey) });
export type PublicKeys = z.infer<typeof PublicKeys>;

/* ---------------------------------------------------------------- verification */

/** Three answers that do not depend on each other: was it changed, who signed it, does it still hold? */
export const Verification = z.object({
  notice: ReleaseNotice.nullable(),
  /** Unchanged since it was signed with the key it carries. */
  integrity: z.enum(['intact', 'changed', 'unreadable']),
  /** That key is one of the port's, in use on the day of issue. */
  issuer: z.enum(['trusted', 'unknownKey', 'outsideKeyDates', 'unreadable']),
  /** In date, and not on the revocation list; without a list nobody can say *in force*. */
  status: z.enum(['inForce', 'revoked', 'expired', 'notChecked', 'unreadable']),
  /** The list the status was checked against: who holds an old one knows how old it is. */
  revocations: z.object({ number: z.number().int(), issuedAt: z.string() }).nullable(),
  /** No verdict speaks against it. */
  holds: z.boolean(),
});
export type Verification = z.infer<typeof Verification>;

/* ---------------------------------------------------------------- its life */

export const ReleaseStatus = z.enum([
  /** Issued; the terminal has not confirmed that it knows. */
  'notified',
  'acknowledged',
  'revoked',
  /** The goods have left by it. */
  'used',
]);
export type ReleaseStatus = z.infer<typeof ReleaseStatus>;

/** What came of the last try to tell the terminal. */
export const DeliveryOutcome = z.enum([
  /** Put on the terminal's list; it fetches. */
  'listed',
  'acknowledged',
  /** The peer answered, and not with an acknowledgement of this notice. */
  'notAcknowledged',
  'redirected',
  'failed',
  'timedOut',
  'unreachable',
  /** The operator no longer allows the host the terminal registered. */
  'hostNotAllowed',
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

export const Release = z.object({
  id: z.string(),
  status: ReleaseStatus,
  notice: ReleaseNotice,
  /** The signed notice, as the terminal was given it. */
  signed: Jws,
  revocation: RevocationNotice.nullable(),
  signedRevocation: Jws.nullable(),
  organisation: z.string(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  revocationAcknowledgedAt: z.string().nullable(),
  leftAt: z.string().nullable(),
  /** Of what is to be acknowledged now, the notice or its revocation. */
  delivery: z.object({
    attempts: z.number().int(),
    lastAt: z.string().nullable(),
    lastOutcome: DeliveryOutcome.nullable(),
    nextAt: z.string().nullable(),
  }),
});
export type Release = z.infer<typeof Release>;

export const Releases = z.object({ releases: z.array(Release) });

/** Which of a release's two messages: to know of the release is not to know that it was taken back. */
export const Acknowledged = z.enum(['notice', 'revocation']);
export type Acknowledged = z.infer<typeof Acknowledged>;

/** A terminal reads on from where it stood; what it has not acknowledged comes again by itself. */
export const ReleaseFeedQuery = z.object({
  since: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const ReleaseFeed = z.object({
  items: z.array(
    z.object({
      release: z.string(),
      /** The notice, or its revocation: the header's `typ` says which. */
      signed: Jws,
      toAcknowledge: Acknowledged,
      attempt: z.number().int(),
    }),
  ),
  next: z.string(),
});
export type ReleaseFeed = z.infer<typeof ReleaseFeed>;

export const ReleaseSearch = z.object({
  status: ReleaseStatus.optional(),
  /** Only what a terminal has still to acknowledge. */
  awaiting: z.enum(['true', 'false']).default('false'),
  q: z.string().trim().max(80).optional(),
  cursor: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ReleaseSearch = z.infer<typeof ReleaseSearch>;
export const ReleasePage = z.object({ releases: z.array(Release), next: z.string().nullable() });
export type ReleasePage = z.infer<typeof ReleasePage>;

export const Acknowledgement = z.object({
  release: z.string().min(1).max(80),
  of: Acknowledged.default('notice'),
});
export const Acknowledgements = z.object({
  acknowledgements: z.array(Acknowledgement).min(1).max(1000),
});
export const AcknowledgementResult = z.object({
  release: z.string(),
  outcome: z.enum(['done', 'refused']),
  problems: z.array(Problem),
});
export type AcknowledgementResult = z.infer<typeof AcknowledgementResult>;

/** Where a terminal wants to be told, instead of asking. */
export const Webhook = z.object({ url: z.string().trim().max(500).nullable() });
/** What is posted there, many at once. */
export const WebhookPush = z.object({
  messages: z.array(z.object({ release: z.string(), signed: Jws })),
});
/** What a terminal's machine answers, in order to acknowledge: the digest shows what it has read. */
export const WebhookAnswer = z.object({
  acknowledgements: z.array(
    z.object({
      release: z.string(),
      /** SHA-256 of the signed text, in hex. */
      digest: z.string(),
    }),
  ),
});

/* ---------------------------------------------------------------- downtime */

export const DowntimeInput = z.object({
  id: CargoId,
  from: z.iso.datetime(),
  /** The gate that works alone; `null` when the whole system is down. */
  gate: z.string().trim().min(1).max(40).nullable().default(null),
  reason: z.string().trim().min(1).max(2000),
});
export const DowntimeEnd = z.object({ note: z.string().trim().min(1).max(2000) });
/** A declared time without the system: gates go by their offline lists and report afterwards. */
export const Downtime = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  gate: z.string().nullable(),
  reason: z.string(),
  declaredBy: z.string(),
  note: z.string().nullable(),
});
export type Downtime = z.infer<typeof Downtime>;
export const Downtimes = z.object({ downtimes: z.array(Downtime) });

/* ---------------------------------------------------------------- paperless bill */

/** A bill of lading or delivery order filed electronically (提单无纸化电子申报). */
export const ElectronicBillInput = z.object({
  id: CargoId,
  bill: BillNumber,
  kind: z.enum(['billOfLading', 'deliveryOrder']),
  issuer: z.string().trim().min(1).max(200),
  /** The issuer's own number of the document. */
  reference: z.string().trim().min(1).max(80),
  /** SHA-256 of the document, in hex, where there is one. */
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
});
/** Two roles, as title is held in trade: whose goods they are, and who has the document in hand. */
export const ElectronicBill = ElectronicBillInput.extend({
  beneficiary: z.string(),
  holder: z.string(),
  status: z.enum(['held', 'surrendered']),
  version: z.number().int(),
});
export type ElectronicBill = z.infer<typeof ElectronicBill>;
export const ElectronicBills = z.object({ bills: z.array(ElectronicBill) });

/** The holder hands the document on; only a holder who is also the beneficiary passes the goods on as well. */
export const Endorsement = z.object({
  holder: z.string().trim().min(1).max(40),
  beneficiary: z.string().trim().min(1).max(40).nullable().default(null),
});
