import { z } from 'zod';
import { Problem } from '../cargo/contract.ts';
import { Finding } from '../cases/contract.ts';
import { ChainLink } from '../parties/contract.ts';
import { Lane, ShownDecision } from '../risk/contract.ts';
import { Participant } from './linkage/contract.ts';
import { AXES, Clock, Modes, Step } from './modes/contract.ts';

export { Problem };

/* ---------------------------------------------------------------- what is declared */

/** Most lines one declaration may hold; China's customs declaration form takes 50. */
export const LINES_MAX = 50;
/** Most filings one bulk request may carry. */
export const BULK_FILINGS_MAX = 1000;

/**
 * Leaves of a filed declaration may be absent: a declaration that lacks a field is *returned* with
 * every problem listed at once, not cut off at the first. Only shape and size are checked here;
 * `check.ts` decides what a complete declaration is.
 */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => (value ? value : null));
/** Decimal text, or a JSON number of at most 15 digits, kept as text: exact from here on. */
const amount = z
  .union([z.string().trim().max(40), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === '' ? null : String(value),
  );

export const Party = z.object({
  /** Unified social credit code (统一社会信用代码) for domestic parties. */
  uscc: text(18),
  name: text(200),
  /** ISO country, for parties abroad. */
  country: text(2),
});
export type Party = z.infer<typeof Party>;

export const Line = z.object({
  lineNo: z.number().int().min(1).max(LINES_MAX),
  /** 10-digit tariff code (商品编码). */
  hsCode: text(10),
  description: text(500),
  specification: text(500),
  originCountry: text(2),
  quantity: amount,
  /** 3-digit unit code (计量单位). */
  unit: text(3),
  netMassKg: amount,
  /** Price per `unit`, and line total, in the declaration's currency. */
  unitPrice: amount,
  value: amount,
  /** Preferential origin agreement claimed, or null. */
  preference: text(10),
});
export type Line = z.infer<typeof Line>;

export const DeclarationContent = z.object({
  filing: z.enum(AXES.filing),
  /** The other modes it is under; absent, the ordinary way of its day. */
  modes: Modes.optional(),
  ieFlag: z.enum(['I', 'E']),
  /** Nationwide integrated clearance: three separate offices (申报地, 进出境, 查验). */
  declarationOffice: text(4),
  borderOffice: text(4),
  examinationOffice: text(4),
  /** Customs supervision mode (监管方式), 4 digits; 0110 is ordinary trade. */
  supervisionMode: text(4),
  /** Nature of levy (征免性质), 3 digits. */
  levyNature: text(3),
  parties: z.object({
    /** Who files, and for whom: the declarant or broker (申报单位). */
    declarant: Party.nullish().transform((p) => p ?? null),
    /** Domestic consignee or consignor (境内收发货人): importer or exporter. */
    domestic: Party.nullish().transform((p) => p ?? null),
    /** End user or producer (消费使用/生产销售单位). */
    owner: Party.nullish().transform((p) => p ?? null),
    overseas: Party.nullish().transform((p) => p ?? null),
    forwarder: Party.nullish().transform((p) => p ?? null),
    carrier: Party.nullish().transform((p) => p ?? null),
    terminal: Party.nullish().transform((p) => p ?? null),
  }),
  /** Trade terms (成交方式) as incoterm: CIF, CFR, FOB, EXW. */
  tradeTerms: text(3),
  transport: z.object({
    /** Mode of transport (运输方式), 1 digit: 2 water, 3 rail, 4 road, 5 air. */
    mode: text(1),
    conveyance: text(80),
    voyageNo: text(40),
    /** Bill of lading or air waybill number (提运单号). */
    transportDocNo: text(40),
    /** Country the goods came from or go to (启运国/运抵国). */
    partnerCountry: text(2),
    /** Expected or actual arrival or departure date. */
    date: text(10),
  }),
  packages: z.object({
    kind: text(2),
    count: z
      .number()
      .int()
      .nullish()
      .transform((n) => n ?? null),
  }),
  grossMassKg: amount,
  netMassKg: amount,
  currency: text(3),
  totalValue: amount,
  freight: amount,
  insurance: amount,
  licences: z
    .array(z.object({ kind: text(4), number: text(40) }))
    .max(20)
    .default([]),
  documents: z
    .array(z.object({ kind: text(40), number: text(80), fileId: text(80) }))
    .max(40)
    .default([]),
  remarks: text(1000),
  lines: z.array(Line).max(LINES_MAX),
});
export type DeclarationContent = z.infer<typeof DeclarationContent>;
/** As it arrives on the wire, before absent leaves become `null`. */
export type DeclarationInput = z.input<typeof DeclarationContent>;

/** The caller chooses the id: a retry with the same id and content is the same declaration. */
export const DeclarationId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'Letters, digits, dot, dash and underscore, up to 64.',
  );

export const Filing = z.object({
  id: DeclarationId,
  content: DeclarationContent,
  /** When it was filed in the world; only posts that may load history may say (`mayBackdate`). */
  occurredAt: z.iso.datetime().optional(),
});
export type Filing = z.infer<typeof Filing>;

/* ---------------------------------------------------------------- its life */

export const DeclarationStatus = z.enum([
  'draft',
  'returned',
  /** Accepted and decided; waiting for conditions no officer has to act on. */
  'accepted',
  'documentaryCheck',
  'examination',
  /** A finding is recorded; its disposition is not carried out yet. */
  'disposition',
  'held',
  /** Conditionally removed (附条件提离): away from the port, not yet to be sold or used. */
  'removed',
  'released',
  /** Ended without release: returned abroad, destroyed, detained or handed to anti-smuggling. */
  'refusedEntry',
  'closed',
  'cancelled',
]);
export type DeclarationStatus = z.infer<typeof DeclarationStatus>;

export const ConditionKind = z.enum([
  'documentsInOrder',
  'manifestMatched',
  'arrivalConfirmed',
  'targetingClosed',
  'examinationDisposed',
  'permitsWrittenDown',
  'quarantineCleared',
  'authorityCleared',
  'taxPaidOrGuaranteed',
  'transitEnded',
]);
export type ConditionKind = z.infer<typeof ConditionKind>;

/** Release is computed, never clicked: it happens when no condition is `unmet`. */
export const Condition = z.object({
  kind: ConditionKind,
  status: z.enum(['met', 'unmet', 'notApplicable', 'notComputed']),
  /** What it holds up: removal from the port, use afterwards, or the one release of both. */
  stage: z.enum(['removal', 'use', 'release']),
  /** The organisation whose turn it is. */
  owner: z.string(),
  /** Its clock: running since, and stopped when. */
  since: z.string().nullable(),
  metAt: z.string().nullable(),
  legalBasis: z.string(),
  /** The event that met it. */
  evidence: z.string().nullable(),
  /** The day its owner has to have answered by, where the law sets one. */
  dueAt: z.string().nullable(),
  /** Why its owner would not meet it, in the owner's words; an officer then disposes. */
  refusal: z.string().nullable(),
});
export type Condition = z.infer<typeof Condition>;

export const ExaminationMethod = z.enum([
  'documents',
  'scan',
  'unpackPartly',
  'unpackWholly',
  'sampling',
]);
export const Disposition = z.enum([
  'release',
  'amend',
  'pay',
  'rectify',
  'return',
  'destroy',
  'detain',
  'transferToAntiSmuggling',
]);
export type Disposition = z.infer<typeof Disposition>;

export const DocumentaryCheck = z.object({
  outcome: z.enum(['passed', 'examine', 'returned']),
  note: z.string().trim().max(2000).default(''),
  occurredAt: z.iso.datetime().optional(),
});

export const ExaminationRecord = z.object({
  methods: z.array(ExaminationMethod).min(1),
  /** At least two officers examine (海关法 practice); person ids or names. */
  officers: z.array(z.string().trim().min(1).max(80)).min(2),
  /** The cargo side attends and signs; `null` name means absent, which needs a reason. */
  attendance: z.object({
    name: z.string().trim().max(80).nullable(),
    signature: z.string().trim().max(200).nullable(),
    absentReason: z.string().trim().max(200).nullable(),
  }),
  sealsRemoved: z.array(z.string().trim().max(40)).max(50).default([]),
  sealsApplied: z.array(z.string().trim().max(40)).max(50).default([]),
  photographs: z.array(z.string().max(80)).max(50).default([]),
  samples: z
    .array(z.object({ id: z.string().min(1).max(60), laboratory: z.string().max(120) }))
    .max(20)
    .default([]),
  /** A re-examination names the examination it repeats. */
  repeats: z.string().nullable().default(null),
  findings: z.array(Finding).max(20).default([]),
  /** Other authorities who were there (关检联动): one visit, one record, each with what it found. */
  participants: z.array(Participant).max(20).default([]),
  note: z.string().trim().max(2000).default(''),
  occurredAt: z.iso.datetime().optional(),
});
export type ExaminationRecord = z.infer<typeof ExaminationRecord>;

export const SampleResult = z.object({
  sample: z.string(),
  outcome: z.enum(['conforms', 'differs']),
  report: z.string().trim().max(2000),
  occurredAt: z.iso.datetime().optional(),
});

export const DispositionRecord = z.object({
  disposition: Disposition,
  note: z.string().trim().max(2000).default(''),
  occurredAt: z.iso.datetime().optional(),
});

/** A case is settled when what the disposition asked for was done: paid, amended, rectified, carried out. */
export const DispositionCarriedOut = z.object({
  evidence: z.string().trim().min(1).max(2000),
  occurredAt: z.iso.datetime().optional(),
});

/** Downgrading a selection needs a coded reason and a second post. */
export const DowngradeReason = z.enum([
  'standardException',
  'articulableReason',
  'sameGoodsExaminedRecently',
  'dataCorrected',
]);
export const DowngradeProposal = z.object({
  to: z.enum(['yellow', 'blue', 'green']),
  reason: DowngradeReason,
  note: z.string().trim().min(1).max(2000),
});
export const DowngradeApproval = z.object({
  approve: z.boolean(),
  note: z.string().trim().max(2000).default(''),
});

export const Hold = z.object({
  reason: z.string().trim().min(1).max(2000),
  legalBasis: z.string().trim().min(1).max(300),
  occurredAt: z.iso.datetime().optional(),
});
export const Note = z.object({
  note: z.string().trim().min(1).max(2000),
  occurredAt: z.iso.datetime().optional(),
});
export const Arrival = z.object({
  /** Supervised premises where the goods are. */
  premises: z.string().trim().min(1).max(120),
  occurredAt: z.iso.datetime().optional(),
});
export const BulkArrivals = z.object({
  arrivals: z
    .array(Arrival.extend({ id: DeclarationId }))
    .min(1)
    .max(BULK_FILINGS_MAX),
});
/** The answer to one of many acts. */
export const ActResult = z.object({
  id: z.string(),
  outcome: z.enum(['done', 'refused']),
  status: DeclarationStatus.nullable(),
  problems: z.array(Problem),
});
export type ActResult = z.infer<typeof ActResult>;
export const Amendment = z.object({
  content: DeclarationContent,
  reason: z.string().trim().min(1).max(2000),
  occurredAt: z.iso.datetime().optional(),
});

/** The second step of a two-step declaration: everything, with what the summary said unchanged. */
export const Completion = z.object({
  content: DeclarationContent,
  occurredAt: z.iso.datetime().optional(),
});
/** Goods leave one office under seal for another (转关). */
export const TransitStart = z.object({
  seals: z.array(z.string().trim().min(1).max(40)).min(1).max(50),
  /** The last day to arrive, where the office sets another than usual. */
  dueOn: z.iso.date().optional(),
  occurredAt: z.iso.datetime().optional(),
});
export const TransitEnd = z.object({
  /** Supervised premises at destination. */
  premises: z.string().trim().min(1).max(120),
  /** The seals as they were found; with others than were put on, the goods are examined there. */
  seals: z.array(z.string().trim().min(1).max(40)).max(50),
  intact: z.boolean(),
  occurredAt: z.iso.datetime().optional(),
});
/** More about value, classification or origin, when customs asks for it or the declarant offers it (补充申报). */
export const Supplement = z.object({
  about: z.enum(['value', 'classification', 'origin', 'other']),
  statement: z.string().trim().min(1).max(4000),
  documents: z.array(z.string().max(80)).max(20).default([]),
  occurredAt: z.iso.datetime().optional(),
});
export type Supplement = z.infer<typeof Supplement>;

/** Who acted, on every event shown. */
export const TimelineEntry = z.object({
  id: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  occurredAt: z.string(),
  recordedAt: z.string(),
  actor: z.string(),
  organisation: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
  legalBasis: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** The state of a declaration: a fold over its events. */
export const Declaration = z.object({
  id: z.string(),
  /** 18-digit declaration number (报关单号), given on acceptance. */
  number: z.string().nullable(),
  status: DeclarationStatus,
  version: z.number().int(),
  /** The organisation that filed it. */
  organisation: z.string(),
  content: DeclarationContent,
  contentHash: z.string(),
  problems: z.array(Problem),
  lane: Lane.nullable(),
  decisionId: z.string().nullable(),
  filedAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  /** When it might be removed from the port, of a declaration in two stages. */
  removedAt: z.string().nullable(),
  releasedAt: z.string().nullable(),
  /** When the second step of a two-step declaration was filed. */
  completedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** False once a person had to act on it between filing and release. */
  untouched: z.boolean(),
  documentaryCheck: z.enum(['notNeeded', 'pending', 'passed']),
  examinations: z.array(
    z.object({
      id: z.string(),
      orderedAt: z.string(),
      office: z.string().nullable(),
      record: ExaminationRecord.nullable(),
      recordedAt: z.string().nullable(),
      samplesAwaiting: z.array(z.string()),
    }),
  ),
  disposition: z
    .object({ disposition: Disposition, at: z.string(), carriedOutAt: z.string().nullable() })
    .nullable(),
  caseIds: z.array(z.string()),
  hold: z.object({ reason: z.string(), legalBasis: z.string(), since: z.string() }).nullable(),
  downgrade: z
    .object({
      to: Lane,
      reason: DowngradeReason,
      note: z.string(),
      proposedBy: z.string(),
      proposedPost: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
  transit: z
    .object({
      from: z.string(),
      to: z.string(),
      seals: z.array(z.string()),
      startedAt: z.string(),
      dueOn: z.string().nullable(),
      endedAt: z.string().nullable(),
      /** False when a seal was broken or another one. */
      intact: z.boolean().nullable(),
    })
    .nullable(),
  supplements: z.array(Supplement.omit({ occurredAt: true }).extend({ at: z.string() })),
  conditions: z.array(Condition),
  /** The steps of its mode, for the page to show where it stands. */
  steps: z.array(Step),
  clocks: z.array(Clock),
});
export type Declaration = z.infer<typeof Declaration>;

export const DeclarationDetail = z.object({
  declaration: Declaration,
  decision: ShownDecision.nullable(),
  /** The parties of the consignment, from shipper to end user. */
  chain: z.array(ChainLink),
  timeline: z.array(TimelineEntry),
  /** Commands this reader may give now, for the page; the server decides again. */
  allowed: z.array(z.string()),
});
export type DeclarationDetail = z.infer<typeof DeclarationDetail>;

/** One row of a list: what people search and sort by. */
export const DeclarationRow = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: DeclarationStatus,
  filing: z.enum(AXES.filing),
  ieFlag: z.enum(['I', 'E']),
  declarationOffice: z.string().nullable(),
  borderOffice: z.string().nullable(),
  examinationOffice: z.string().nullable(),
  organisation: z.string(),
  domesticUscc: z.string().nullable(),
  domesticName: z.string().nullable(),
  hsCode: z.string().nullable(),
  description: z.string().nullable(),
  originCountry: z.string().nullable(),
  partnerCountry: z.string().nullable(),
  lines: z.number().int(),
  totalValue: z.string().nullable(),
  currency: z.string().nullable(),
  lane: Lane.nullable(),
  score: z.number().int().nullable(),
  filedAt: z.string().nullable(),
  releasedAt: z.string().nullable(),
});
export type DeclarationRow = z.infer<typeof DeclarationRow>;

export const DeclarationSearch = z.object({
  q: z.string().trim().max(100).optional(),
  status: z.string().optional(),
  lane: z.string().optional(),
  filing: z.string().optional(),
  ieFlag: z.enum(['I', 'E']).optional(),
  office: z.string().max(4).optional(),
  hs: z.string().max(10).optional(),
  origin: z.string().max(2).optional(),
  party: z.string().max(40).optional(),
  filedFrom: z.string().max(10).optional(),
  filedTo: z.string().max(10).optional(),
  sort: z.enum(['-filedAt', 'filedAt', '-score', '-totalValue']).default('-filedAt'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeclarationSearch = z.infer<typeof DeclarationSearch>;

export const DeclarationPage = z.object({
  rows: z.array(DeclarationRow),
  next: z.string().nullable(),
  /** Exact up to 10,000, then `null`: counting more would slow filings down. */
  total: z.number().int().nullable(),
});
export type DeclarationPage = z.infer<typeof DeclarationPage>;

/** The answer to one filing; in a dry run the answer to "what would happen?". */
export const FilingResult = z.object({
  id: z.string(),
  outcome: z.enum(['accepted', 'returned', 'removed', 'released', 'refused']),
  /** True when the same filing had been received before and this is its first answer again. */
  repeated: z.boolean(),
  number: z.string().nullable(),
  lane: Lane.nullable(),
  problems: z.array(Problem),
  unmet: z.array(ConditionKind),
});
export type FilingResult = z.infer<typeof FilingResult>;

export const BulkFiling = z.object({ filings: z.array(z.unknown()).min(1).max(BULK_FILINGS_MAX) });
export const BulkResult = z.object({ results: z.array(FilingResult) });

/** A row of an officer's work list: why it is there is said in `reasons`. */
export const WorkItem = DeclarationRow.extend({
  task: z.enum([
    'documentaryCheck',
    'examination',
    'disposition',
    'downgradeApproval',
    'sampleResult',
  ]),
  since: z.string(),
  reasons: z.array(z.object({ zh: z.string(), en: z.string() })),
});
export type WorkItem = z.infer<typeof WorkItem>;
