import { z } from 'zod';
import { CargoId, Problem } from '../contract.ts';
import { Direction, PaperKind, PassportType, RegimeKind, ZoneLine } from '../zones/contract.ts';

export { Direction, PassportType } from '../zones/contract.ts';

/** A reason, as everywhere: the code names the rule broken, the sentence says what to do. */
export const Reason = Problem;
export type Reason = Problem;

/** Decimal text with at most ten places: kilograms and quantities are exact. */
const Amount = z.string().regex(/^\d{1,18}(\.\d{1,10})?$/);
/** As it stands on the vehicle, without spaces or dots: 沪A12345. */
export const Plate = z
  .string()
  .trim()
  .transform((text) => text.replace(/[\s·.-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[\p{Script=Han}A-Z0-9]{5,10}$/u));
const ContainerNo = z.string().regex(/^[A-Z]{4}\d{7}$/);
export const PassportNo = z.string().regex(/^Z\d{4}[IE]\d{18}$/);

/* ------------------------------------------------------------------ papers */

/** A line of a linked paper: what may pass under it, in all. */
export const PaperLine = z.object({
  lineNo: z.number().int().positive(),
  description: z.string().max(200),
  hsCode: z.string().max(10).nullable().default(null),
  unit: z.string().min(1).max(10),
  quantity: Amount,
  grossMassKg: Amount.nullable().default(null),
});
export type PaperLine = z.infer<typeof PaperLine>;

/** What passports are bound to. Whoever owns the paper tells its content; gates count what passes. */
export const Paper = z.object({
  kind: PaperKind,
  no: z.string().min(1).max(40),
  /** The enterprise in the zone it belongs to, by USCC. */
  organisation: z.string().min(1).max(40),
  /** Others who may carry goods under it, where there are any. */
  parties: z.array(z.string().max(40)).max(50).optional(),
  /** The zone it is for; `null` for one that names none, as a bill of lading. */
  zone: z.string().nullable(),
  direction: Direction,
  /** The declaration that covers it, where there is one already. */
  declaration: z.string().max(64).nullable().default(null),
  /** Nothing may pass any more, or not yet. */
  inOrder: z.boolean().default(true),
  licensed: z.boolean().default(false),
  toBeInspected: z.boolean().default(false),
  hazardous: z.boolean().default(false),
  bulk: z.boolean().default(false),
  lines: z.array(PaperLine).min(1).max(500),
});
export type Paper = z.infer<typeof Paper>;

/* --------------------------------------------------------------- passports */

/** What a regime or a weight rule asks of goods. */
export const GoodsMark = z.enum(['licensed', 'toBeInspected', 'hazardous', 'bulk']);
export type GoodsMark = z.infer<typeof GoodsMark>;

/** Bindings (绑定类型), codes 1 to 3: 一车多票, 一票一车, 一票多车. */
export const Binding = z.enum(['oneVehicleManyLists', 'oneListOneVehicle', 'oneListManyVehicles']);
export type Binding = z.infer<typeof Binding>;

/** States (状态), codes 0 to 6. */
export const PassportState = z.enum([
  'applied',
  'approved',
  'crossed',
  'crossedFirstGate',
  'crossedSecondGate',
  'deleted',
  'void',
]);
export type PassportState = z.infer<typeof PassportState>;

/** The part of a paper this vehicle carries; without lines, all that is left of it. */
export const PaperPart = z.object({
  kind: PaperKind,
  no: z.string().min(1).max(40),
  lines: z
    .array(z.object({ lineNo: z.number().int().positive(), quantity: Amount }))
    .max(500)
    .default([]),
});
export type PaperPart = z.infer<typeof PaperPart>;

export const PassportContent = z.object({
  type: PassportType,
  /** `null` for a vehicle that carries nothing under a paper. */
  binding: Binding.nullable(),
  zone: z.string(),
  line: ZoneLine,
  direction: Direction,
  papers: z.array(PaperPart).max(50),
  vehicle: z.object({
    plate: Plate,
    tareKg: Amount,
    /** Mass of the trailer frame (车架重). */
    frameKg: Amount.default('0'),
    kind: z.enum(['container', 'van', 'tanker', 'flatbed', 'other']).default('other'),
  }),
  containers: z
    .array(z.object({ no: ContainerNo, tareKg: Amount, seal: z.string().max(20).nullable() }))
    .max(4)
    .default([]),
  /** Gross mass of the goods on this vehicle. */
  goodsGrossKg: Amount,
  goodsNetKg: Amount.nullable().default(null),
  /** What is carried, where no paper says so. */
  goods: z.string().max(200).nullable().default(null),
  /** What the enterprise says of the goods, where no paper does. */
  marks: z.array(GoodsMark).max(4).default([]),
});
export type PassportContent = z.infer<typeof PassportContent>;
export type PassportContentInput = z.input<typeof PassportContent>;

export const PassportApplication = z.object({
  /** The enterprise's own number: the same id with the same content is the same passport. */
  id: CargoId,
  /** The enterprise in the zone, by USCC, where another applies for it. */
  organisation: z.string().max(40).optional(),
  content: PassportContent,
  occurredAt: z.iso.datetime().optional(),
});
export type PassportApplication = z.infer<typeof PassportApplication>;
export type PassportApplicationInput = z.input<typeof PassportApplication>;

export const ApprovalCondition = z.enum([
  'papersInOrder',
  'quantityWithin',
  'releasePresent',
  'vehicleInOrder',
  'officerPassed',
]);
export type ApprovalCondition = z.infer<typeof ApprovalCondition>;

/** Approval is computed from these; whatever is unmet says why and what to do. */
export const ApprovalStanding = z.object({
  kind: ApprovalCondition,
  status: z.enum(['met', 'unmet', 'notApplicable']),
  reasons: z.array(Reason),
});
export type ApprovalStanding = z.infer<typeof ApprovalStanding>;

export const Claim = z.object({
  kind: PaperKind,
  no: z.string(),
  lineNo: z.number().int(),
  quantity: Amount,
});
export type Claim = z.infer<typeof Claim>;

export const GatePosition = z.enum(['single', 'outer', 'inner']);
export type GatePosition = z.infer<typeof GatePosition>;

/** What the weight rules take the goods for. */
export const WeighedAs = z.enum(['general', 'bulk', 'hazardous', 'empty']);
export type WeighedAs = z.infer<typeof WeighedAs>;

/** One passing of one gate, under one reading. */
export const Crossing = z.object({
  reading: z.string(),
  gate: z.string(),
  lane: z.string(),
  position: GatePosition,
  at: z.string(),
  offline: z.boolean(),
  /** Who opened by hand and why; `null` where the record opened the gate. */
  manual: z.object({ by: z.string(), reason: z.string(), note: z.string() }).nullable(),
  /** What the bridge showed, vehicle and all. */
  measuredKg: z.string().nullable(),
  /** Measured less expected; `null` where nothing was weighed. */
  differenceKg: z.string().nullable(),
});
export type Crossing = z.infer<typeof Crossing>;

export const Passport = z.object({
  number: PassportNo,
  id: z.string(),
  organisation: z.string(),
  office: z.string(),
  state: PassportState,
  version: z.number().int(),
  content: PassportContent,
  /** pending: conditions are unmet · pass · manualPost (转岗) · returned. */
  approval: z.enum(['pending', 'pass', 'manualPost', 'returned']),
  conditions: z.array(ApprovalStanding),
  claims: z.array(Claim),
  /** The regime of the day it was approved: it holds for the whole movement. */
  regime: z.object({ kind: RegimeKind, from: z.string(), on: z.string() }).nullable(),
  /** Gates to be passed, in order of passing: positions of the zone's gates. */
  gates: z.array(GatePosition),
  weighedAs: WeighedAs,
  /** Papers whose release it was approved by; a gate asks whether they are in force still. */
  goesBy: z.array(Paper.pick({ kind: true, no: true, declaration: true })),
  appliedAt: z.string(),
  approvedAt: z.string().nullable(),
  validUntil: z.string().nullable(),
  crossings: z.array(Crossing),
  /** Readings that passed under it and should not have. */
  flagged: z.array(z.object({ reading: z.string(), reasons: z.array(Reason) })),
  /** Set while an examination was ordered at the gate. */
  examination: z.object({ reading: z.string(), reason: z.string(), at: z.string() }).nullable(),
  completedAt: z.string().nullable(),
  endedNote: z.string().nullable(),
});
export type Passport = z.infer<typeof Passport>;

export const PassportAnswer = z.object({
  id: z.string(),
  outcome: z.enum(['approved', 'manualPost', 'pending', 'refused']),
  number: z.string().nullable(),
  repeated: z.boolean(),
  state: PassportState.nullable(),
  conditions: z.array(ApprovalStanding),
  problems: z.array(Reason),
});
export type PassportAnswer = z.infer<typeof PassportAnswer>;

export const PASSPORTS_MAX = 1000;
export const BulkPassports = z.object({
  passports: z.array(z.unknown()).min(1).max(PASSPORTS_MAX),
});
export const BulkPassportAnswers = z.object({ results: z.array(PassportAnswer) });

export const PassportNote = z.object({ note: z.string().trim().min(1).max(500) });
export const PassportDecision = PassportNote.extend({ decision: z.enum(['pass', 'return']) });

/* ---------------------------------------------------------------- readings */

export const Weighing = z.object({
  kg: z.string().regex(/^-?\d{1,9}(\.\d{1,3})?$/),
  /** The single measurements behind the figure: a bridge that has not settled shows here. */
  samplesKg: z
    .array(z.string().regex(/^-?\d{1,9}(\.\d{1,3})?$/))
    .max(50)
    .default([]),
});
export type Weighing = z.infer<typeof Weighing>;

/** What a gate saw of one vehicle in one lane. What it cannot read is `null`: missing is not false. */
export const Reading = z.object({
  /** The gate's own number: the same id with the same content is the same reading. */
  id: CargoId,
  gate: z.string().max(20),
  lane: z.string().max(20),
  plate: Plate,
  passport: PassportNo.nullable().default(null),
  containers: z.array(ContainerNo).max(4).nullable().default(null),
  weighing: Weighing.nullable().default(null),
  seals: z
    .array(z.object({ no: z.string().max(20), state: z.enum(['intact', 'broken']) }))
    .max(8)
    .nullable()
    .default(null),
  /** Only posts that load history say when; everybody else's readings are of this moment. */
  occurredAt: z.iso.datetime().optional(),
});
export type Reading = z.infer<typeof Reading>;
export type ReadingInput = z.input<typeof Reading>;

/** Open · wait: an officer decides · refuse: turn round, with what to do. */
export const Verdict = z.enum(['open', 'wait', 'refuse']);
export type Verdict = z.infer<typeof Verdict>;

export const WeightComparison = z.object({
  expectedKg: z.string(),
  measuredKg: z.string(),
  differenceKg: z.string(),
  allowedKg: z.string(),
  rule: z.string(),
});
export type WeightComparison = z.infer<typeof WeightComparison>;

export const GateAnswer = z.object({
  reading: z.string(),
  verdict: Verdict,
  repeated: z.boolean(),
  passport: z.string().nullable(),
  /** Why not, or, with severity `warning`, what else is to be known. */
  reasons: z.array(Reason),
  weight: WeightComparison.nullable(),
  /** The passport has now passed every gate it had to. */
  completed: z.boolean(),
});
export type GateAnswer = z.infer<typeof GateAnswer>;

export const ManualReason = z.enum([
  'weighedAgain',
  'differenceExplained',
  'readingFaulty',
  'sealCheckedAndReplaced',
  'examined',
  'emergency',
  'other',
]);

/** An officer's answer to a waiting vehicle. */
export const GateDecision = z.object({
  decision: z.enum(['open', 'turnAway']),
  reason: ManualReason,
  note: z.string().trim().min(1).max(500),
});

/* ----------------------------------------------------------------- offline */

/** What a gate did while it could not ask. */
export const OfflineReading = Reading.extend({
  occurredAt: z.iso.datetime(),
  passed: z.boolean(),
  /** The person on duty who let it through or turned it away. */
  onDuty: z.string().trim().min(1).max(80),
});
export type OfflineReading = z.infer<typeof OfflineReading>;

/** Readings are understood one by one: a wrong one does not stop the rest. */
export const OfflineUpload = z.object({
  readings: z.array(z.unknown()).min(1).max(1000),
});
export const OfflineAnswer = z.object({
  reading: z.string(),
  outcome: z.enum(['accepted', 'flagged', 'refused']),
  repeated: z.boolean(),
  passport: z.string().nullable(),
  /** The declared downtime it happened in: why it is told late, and its passport approved late. */
  downtime: z.string().nullable(),
  reasons: z.array(Reason),
  caseId: z.string().nullable(),
});
export type OfflineAnswer = z.infer<typeof OfflineAnswer>;

/** What a gate needs to go on without us: every passport that may pass, and what to expect of it. */
export const OfflineList = z.object({
  gate: z.string(),
  asOf: z.string(),
  passports: z.array(
    z.object({
      number: z.string(),
      plate: z.string(),
      direction: Direction,
      type: PassportType,
      /** The position that is to be passed next. */
      next: GatePosition,
      containers: z.array(z.object({ no: z.string(), seal: z.string().nullable() })),
      expectedKg: z.string(),
      allowedKg: z.string(),
      validUntil: z.string(),
    }),
  ),
  /** SHA-256 of the list as canonical JSON, to be compared after copying. */
  hash: z.string(),
});
export type OfflineList = z.infer<typeof OfflineList>;

/* ------------------------------------------------------------------- reads */

export const ReadingRow = z.object({
  id: z.string(),
  gate: z.string(),
  lane: z.string(),
  plate: z.string(),
  direction: Direction,
  at: z.string(),
  offline: z.boolean(),
  /** `superseded`: the vehicle was read again; `turnedAway` and `openedByHand`: an officer decided. */
  standing: z.enum([
    'open',
    'wait',
    'refuse',
    'openedByHand',
    'turnedAway',
    'superseded',
    'flagged',
  ]),
  passport: z.string().nullable(),
  reasons: z.array(Reason),
  weight: WeightComparison.nullable(),
});
export type ReadingRow = z.infer<typeof ReadingRow>;

export const PassportDetail = z.object({
  passport: Passport,
  papers: z.array(
    z.object({
      kind: PaperKind,
      no: z.string(),
      declaration: z.string().nullable(),
      lines: z.array(
        z.object({
          lineNo: z.number().int(),
          description: z.string(),
          unit: z.string(),
          quantity: z.string(),
          /** Of all passports together: promised to one that may still cross, and crossed. */
          claimed: z.string(),
          crossed: z.string(),
        }),
      ),
    }),
  ),
  readings: z.array(ReadingRow),
  timeline: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  /** What the reader may do now. */
  acts: z.array(z.enum(['cancel', 'decide', 'reconsider'])),
});
export type PassportDetail = z.infer<typeof PassportDetail>;

export const PassportRow = z.object({
  number: z.string(),
  id: z.string(),
  type: PassportType,
  state: PassportState,
  approval: z.string(),
  zone: z.string(),
  direction: Direction,
  plate: z.string(),
  organisation: z.string(),
  appliedAt: z.string(),
  validUntil: z.string().nullable(),
  completedAt: z.string().nullable(),
});
export type PassportRow = z.infer<typeof PassportRow>;

export const PassportSearch = z.object({
  q: z.string().max(64).optional(),
  zone: z.string().max(40).optional(),
  state: z.string().max(100).optional(),
  type: PassportType.optional(),
  paper: z.string().max(40).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PassportSearch = z.output<typeof PassportSearch>;
export const PassportPage = z.object({
  rows: z.array(PassportRow),
  next: z.string().nullable(),
});
export type PassportPage = z.infer<typeof PassportPage>;

/** The live board of a gate, or of all within reach. */
export const GateBoard = z.object({
  waiting: z.array(ReadingRow),
  latest: z.array(ReadingRow),
});
export type GateBoard = z.infer<typeof GateBoard>;

/** What officers at gates have to do, the longest waiting first. */
export const GateWork = z.object({
  passports: z.array(PassportRow),
  readings: z.array(ReadingRow),
});
export type GateWork = z.infer<typeof GateWork>;

/* ---------------------------------------------------------------- vehicles */

/** A vehicle registered with customs (车辆备案). */
export const Vehicle = z.object({
  plate: Plate,
  organisation: z.string().min(1).max(40),
  tareKg: Amount,
  kind: z.enum(['container', 'van', 'tanker', 'flatbed', 'other']),
  isSuspended: z.boolean().default(false),
});
export type Vehicle = z.infer<typeof Vehicle>;
