import { z } from 'zod';
import { Label } from '../../facts/contract.ts';
import { Lane } from '../../risk/contract.ts';
import { BillNumber, CargoId, Problem, TimelineEntry } from '../contract.ts';

/** Most bills one part of a manifest may carry; a large ship sends several parts. */
const BILLS_MAX = 2000;
const HOUSES_MAX = 500;
const CONTAINERS_MAX = 500;

/**
 * Leaves may be absent: a manifest that lacks a field is *returned* with every problem at once.
 * Only shape and size are checked here; `check.ts` decides what a complete bill is.
 */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => (value ? value : null));
const amount = z
  .union([z.string().trim().max(40), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === '' ? null : String(value),
  );
const count = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? null);
const occurredAt = z.iso.datetime().optional();
const reason = z.string().trim().min(1).max(2000);

/* ---------------------------------------------------------------- what is carried */

export const CargoParty = z.object({
  /** Unified social credit code (统一社会信用代码) where the party has one. */
  uscc: text(18),
  name: text(200),
  country: text(2),
});
export type CargoParty = z.infer<typeof CargoParty>;

export const Container = z.object({
  /** Four letters and seven digits; the last checks the others (ISO 6346). */
  number: text(20),
  /** Size and type code, for example `22G1`. */
  sizeType: text(4),
  seals: z.array(z.string().trim().min(1).max(40)).max(10).default([]),
});
export type Container = z.infer<typeof Container>;

/** What one bill says of its goods; a house bill says the same things. */
export const HouseContent = z.object({
  number: text(40),
  packages: count,
  /** Kind of packages (包装种类), 2 digits; `00` is bulk. */
  packageKind: text(2),
  grossMassKg: amount,
  description: text(500),
  marks: text(200),
  shipper: CargoParty.nullish().transform((party) => party ?? null),
  consignee: CargoParty.nullish().transform((party) => party ?? null),
  /** UN/LOCODE, five letters or digits: `DEHAM`. */
  loadingPort: text(20),
  dischargePort: text(20),
  containers: z.array(Container).max(CONTAINERS_MAX).default([]),
  /** Dangerous goods by UN number, hazard class and packing group; `null` for goods that are not. */
  dangerous: z
    .object({ unNumber: text(4), hazardClass: text(5), packingGroup: text(3) })
    .nullish()
    .transform((mark) => mark ?? null),
});
export type HouseContent = z.infer<typeof HouseContent>;

/**
 * A master bill with its house bills. Packages and gross mass of the houses add up to the master's;
 * who claims goods of a consolidation claims them on a house.
 */
export const BillContent = HouseContent.extend({
  houses: z.array(HouseContent).max(HOUSES_MAX).default([]),
});
export type BillContent = z.infer<typeof BillContent>;
export type BillInput = z.input<typeof BillContent>;

export const Conveyance = z.object({
  /** Mode of transport (运输方式), 1 digit: 2 water, 3 rail, 4 road, 5 air. */
  mode: text(1),
  name: text(80),
  /** IMO number, registration or flight. */
  registration: text(40),
});

/* ---------------------------------------------------------------- manifests */

/** Original (原始 MT1401), pre-loading (预配 MT2401), arrival (运抵), tally (理货), loading (装载). */
export const ManifestKind = z.enum(['original', 'preLoading', 'arrival', 'tally', 'loading']);
export type ManifestKind = z.infer<typeof ManifestKind>;
export const Direction = z.enum(['I', 'E']);
export type Direction = z.infer<typeof Direction>;

/** A voyage's manifest, or one part of it: what comes in (original) or is to go out (pre-loading). */
const voyage = {
  id: CargoId,
  /** Parts carry the same header; each is answered on its own. */
  part: z
    .object({ number: z.number().int().min(1).max(99), of: z.number().int().min(1).max(99) })
    .default({ number: 1, of: 1 }),
  /** The organisation that carries, and files or has this filed. */
  carrier: text(40),
  conveyance: Conveyance,
  voyageNo: text(40),
  /** Customs office of entry or exit. */
  office: text(4),
  /** The organisation whose premises the goods come to. */
  terminal: text(40),
  /** Expected day of arrival or departure. */
  date: text(10),
  /** When the conveyance left the last port abroad, once it has. */
  sailedAt: z.iso
    .datetime()
    .nullish()
    .transform((at) => at ?? null),
  bills: z.array(BillContent).min(1).max(BILLS_MAX),
  occurredAt,
};
export const VoyageManifest = z.object({ kind: z.enum(['original', 'preLoading']), ...voyage });
export type VoyageManifest = z.infer<typeof VoyageManifest>;
export type VoyageInput = z.input<typeof VoyageManifest>;

/** A position in the yard, where the report knows it. */
const yard = text(40);
const report = { id: CargoId, premises: z.string().trim().min(1).max(120), occurredAt };
const ArrivalReport = z.object({
  kind: z.literal('arrival'),
  ...report,
  bills: z
    .array(z.object({ number: BillNumber, yard }))
    .min(1)
    .max(BILLS_MAX),
});
/** What was counted, beside what was manifested. */
export const TallyLine = z.object({
  number: BillNumber,
  packages: z.number().int().min(0),
  grossMassKg: z
    .union([z.string().trim().max(40), z.number()])
    .nullish()
    .transform((mass) => (mass === null || mass === undefined ? null : String(mass))),
  /** Containers with the seals they came with; left out, containers are not compared. */
  containers: z
    .array(z.object({ number: z.string().trim().max(20), seals: z.array(z.string().max(40)) }))
    .max(CONTAINERS_MAX)
    .nullish()
    .transform((list) => list ?? null),
  damaged: z.number().int().min(0).default(0),
  note: z.string().trim().max(500).default(''),
  yard,
});
export type TallyLine = z.infer<typeof TallyLine>;
const TallyReport = z.object({
  kind: z.literal('tally'),
  ...report,
  bills: z.array(TallyLine).min(1).max(BILLS_MAX),
});
const LoadingReport = z.object({
  kind: z.literal('loading'),
  ...report,
  conveyance: Conveyance,
  voyageNo: text(40),
  bills: z
    .array(z.object({ number: BillNumber, packages: count, grossMassKg: amount }))
    .min(1)
    .max(BILLS_MAX),
});

export const ManifestFiling = z.discriminatedUnion('kind', [
  VoyageManifest,
  ArrivalReport,
  TallyReport,
  LoadingReport,
]);
export type ManifestFiling = z.infer<typeof ManifestFiling>;
export type CargoReport = Exclude<ManifestFiling, VoyageManifest>;

/** The answer for one bill of a manifest. */
export const BillResult = z.object({
  number: z.string(),
  outcome: z.enum(['recorded', 'refused']),
  problems: z.array(Problem),
  /** Declarations that had been waiting for this bill and now agree with it. */
  matched: z.array(z.string()),
  doNotLoad: z.boolean(),
  /** Cases opened by what was found. */
  cases: z.array(z.string()),
});
export type BillResult = z.infer<typeof BillResult>;

/**
 * The answer to a filing. A voyage's manifest with an error is *returned* whole: nothing of it is
 * written, and it may be filed again, mended, under the same id. A report is answered bill by bill.
 */
export const ManifestResult = z.object({
  id: z.string(),
  part: z.number().int(),
  kind: ManifestKind,
  outcome: z.enum(['accepted', 'returned']),
  repeated: z.boolean(),
  problems: z.array(Problem),
  bills: z.array(BillResult),
});
export type ManifestResult = z.infer<typeof ManifestResult>;

/* ---------------------------------------------------------------- what is done to a bill */

/** The whole bill as it should be: a master with all its houses. */
export const Amendment = z.object({ content: BillContent, reason, occurredAt });
/** House bills (分拨) that together are the bill; each keeps what it does not say itself. */
export const Split = z.object({ houses: z.array(HouseContent).min(2).max(HOUSES_MAX), reason });
export const Reason = z.object({ reason, occurredAt });
export const Answer = z.object({
  approve: z.boolean(),
  note: z.string().trim().max(2000).default(''),
});
export const DoNotLoadOrder = z.object({ reason, legalBasis: z.string().trim().min(1).max(300) });

/* ---------------------------------------------------------------- a bill */

export const BillStatus = z.enum([
  /** Somebody declared goods on it, or it was reported; its manifest is not in yet. */
  'awaited',
  'manifested',
  'deleted',
]);
export const ClaimStatus = z.enum([
  /** The manifest is not in yet. */
  'waiting',
  /** Within what the bill has. */
  'matched',
  /** The manifest came and has less. */
  'exceeding',
]);
export type ClaimStatus = z.infer<typeof ClaimStatus>;

/** What a declaration takes of a bill. A quantity it does not state yet is all that is left. */
export const Claim = z.object({
  declaration: z.string(),
  packages: z.number().int().nullable(),
  grossMassKg: z.string().nullable(),
  /** Declaration lines, and the containers they are in; empty for all. */
  lines: z.array(z.number().int()),
  containers: z.array(z.string()),
  organisation: z.string().nullable(),
  status: ClaimStatus,
  at: z.string(),
  matchedAt: z.string().nullable(),
});
export type Claim = z.infer<typeof Claim>;

export const Quantity = z.object({ packages: z.number().int(), grossMassKg: z.string() });
export type Quantity = z.infer<typeof Quantity>;

export const Discrepancy = z.object({
  kind: z.enum([
    'short',
    'over',
    'wrong',
    'damaged',
    'unmanifested',
    'loadedAgainstOrder',
    'overClaimed',
  ]),
  /** What the record says, and what was found. */
  expected: z.string(),
  found: z.string(),
  caseId: z.string().nullable(),
  at: z.string(),
});
export type Discrepancy = z.infer<typeof Discrepancy>;

/** Where the goods are, in the order they pass; exports pass them from the gate to the ship. */
export const Stage = z.enum([
  'abroad',
  'aboard',
  'arrived',
  'tallied',
  'inYard',
  'examined',
  'released',
  'atGate',
  'out',
]);
export type Stage = z.infer<typeof Stage>;
export const StageReached = z.object({
  stage: Stage,
  at: z.string(),
  place: z.string().nullable(),
});
export type StageReached = z.infer<typeof StageReached>;

const DoNotLoad = z.object({
  reason: z.string(),
  legalBasis: z.string(),
  by: z.string(),
  post: z.string().nullable(),
  since: z.string(),
  /** A proposal to lift it, waiting for another person in another post. */
  lift: z
    .object({
      reason: z.string(),
      proposedBy: z.string(),
      proposedPost: z.string().nullable(),
      at: z.string(),
    })
    .nullable(),
});

/** A change asked for after the goods arrived: an officer answers it. `content` is `null` for a deletion. */
const PendingChange = z.object({
  content: BillContent.nullable(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedPost: z.string().nullable(),
  at: z.string(),
});

/** What risk said of the bill before it arrived; for customs only. */
export const BillAssessment = z.object({
  decisionId: z.string(),
  lane: Lane,
  score: z.number().int(),
  hits: z.array(z.object({ check: z.string(), mandatory: z.boolean(), sentence: Label })),
});
export type BillAssessment = z.infer<typeof BillAssessment>;

export const Bill = z.object({
  number: z.string(),
  /** The master of a house bill. */
  master: z.string().nullable(),
  houses: z.array(z.string()),
  status: BillStatus,
  version: z.number().int(),
  direction: Direction.nullable(),
  /** As it stands now; `null` while the manifest is awaited. */
  content: HouseContent.nullable(),
  manifest: z.string().nullable(),
  carrier: z.string().nullable(),
  office: z.string().nullable(),
  terminal: z.string().nullable(),
  conveyance: z.string().nullable(),
  voyageNo: z.string().nullable(),
  mode: z.string().nullable(),
  date: z.string().nullable(),
  manifestedAt: z.string().nullable(),
  claims: z.array(Claim),
  assessment: BillAssessment.nullable(),
  doNotLoad: DoNotLoad.nullable(),
  change: PendingChange.nullable(),
  arrived: z.object({ premises: z.string(), at: z.string() }).nullable(),
  tally: TallyLine.omit({ number: true, yard: true })
    .extend({ at: z.string(), agrees: z.boolean() })
    .nullable(),
  loaded: z.object({ at: z.string(), packages: z.number().int().nullable() }).nullable(),
  discrepancies: z.array(Discrepancy),
  journey: z.array(StageReached),
});
export type Bill = z.infer<typeof Bill>;

export const BillDetail = z.object({
  bill: Bill,
  /** What nobody has claimed yet; `null` while the manifest is awaited. */
  left: Quantity.nullable(),
  /** The houses of a master, each with what is left of it. */
  houses: z.array(
    z.object({
      number: z.string(),
      packages: z.number().int().nullable(),
      grossMassKg: z.string().nullable(),
      left: Quantity.nullable(),
      claims: z.number().int(),
    }),
  ),
  timeline: z.array(TimelineEntry),
  /** Commands this reader may give now; the server decides again. */
  allowed: z.array(z.string()),
});
export type BillDetail = z.infer<typeof BillDetail>;

export const WhereIs = z.object({
  number: z.string(),
  stage: Stage.nullable(),
  journey: z.array(StageReached),
});
export type WhereIs = z.infer<typeof WhereIs>;

/** What somebody has to do about a bill next. */
export const BillTask = z.enum(['confirmArrival', 'tally', 'load', 'answerChange', 'answerLift']);
export type BillTask = z.infer<typeof BillTask>;

export const BillRow = z.object({
  number: z.string(),
  master: z.string().nullable(),
  status: BillStatus,
  direction: Direction.nullable(),
  manifest: z.string().nullable(),
  carrier: z.string().nullable(),
  office: z.string().nullable(),
  terminal: z.string().nullable(),
  conveyance: z.string().nullable(),
  voyageNo: z.string().nullable(),
  date: z.string().nullable(),
  description: z.string().nullable(),
  consignee: z.string().nullable(),
  packages: z.number().int().nullable(),
  grossMassKg: z.string().nullable(),
  claimedPackages: z.number().int(),
  claimedGrossMassKg: z.string(),
  claims: z.number().int(),
  stage: Stage.nullable(),
  stageAt: z.string().nullable(),
  doNotLoad: z.boolean(),
  task: BillTask.nullable(),
  taskSince: z.string().nullable(),
  manifestedAt: z.string().nullable(),
});
export type BillRow = z.infer<typeof BillRow>;

export const BillSearch = z.object({
  /** Number (or its beginning), goods, consignee or conveyance. */
  q: z.string().trim().max(100).optional(),
  manifest: z.string().max(64).optional(),
  direction: Direction.optional(),
  status: BillStatus.optional(),
  stage: Stage.optional(),
  task: BillTask.optional(),
  office: z.string().max(4).optional(),
  terminal: z.string().max(40).optional(),
  doNotLoad: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type BillSearch = z.infer<typeof BillSearch>;
export const BillPage = z.object({
  rows: z.array(BillRow),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});
export type BillPage = z.infer<typeof BillPage>;

export const ManifestRow = z.object({
  id: z.string(),
  kind: ManifestKind,
  direction: Direction.nullable(),
  carrier: z.string().nullable(),
  office: z.string().nullable(),
  terminal: z.string().nullable(),
  conveyance: z.string().nullable(),
  voyageNo: z.string().nullable(),
  date: z.string().nullable(),
  /** Parts received, of how many. */
  parts: z.number().int(),
  of: z.number().int(),
  bills: z.number().int(),
  filedAt: z.string(),
});
export type ManifestRow = z.infer<typeof ManifestRow>;
export const ManifestSearch = z.object({
  q: z.string().trim().max(100).optional(),
  kind: ManifestKind.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ManifestSearch = z.infer<typeof ManifestSearch>;
export const ManifestPage = z.object({
  rows: z.array(ManifestRow),
  next: z.string().nullable(),
});
export type ManifestPage = z.infer<typeof ManifestPage>;

/** A manifest with what its filer was answered, part by part. */
export const ManifestDetail = z.object({
  manifest: ManifestRow,
  answers: z.array(ManifestResult),
});
export type ManifestDetail = z.infer<typeof ManifestDetail>;

/** How many bills stand where, for the live map. */
export const StageCounts = z.object({
  rows: z.array(z.object({ direction: Direction, stage: Stage, bills: z.number().int() })),
});
export type StageCounts = z.infer<typeof StageCounts>;
