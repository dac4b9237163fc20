import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { Label } from '../../facts/contract.ts';

const Day = z.string().refine(isLocalDate);
const effective = { from: Day, to: Day.nullable() };

/** First line: abroad–zone (一线). Second line: zone–domestic (二线). The others never leave a zone. */
export const ZoneLine = z.enum(['first', 'second', 'within', 'between']);
export type ZoneLine = z.infer<typeof ZoneLine>;

/** Into the zone (进区) or out of it (出区). */
export const Direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof Direction>;

/** Gate passport types (核放单类型), in the order of their codes 1 to 6. */
export const PassportType = z.enum([
  /** 1 先入区后报关. */
  'enterFirstDeclareLater',
  /** 2 一线一体化进出区. */
  'firstLineIntegrated',
  /** 3 二线进出区. */
  'secondLine',
  /** 4 非报关进出区. */
  'withoutDeclaration',
  /** 5 卡口登记货物. */
  'registeredGoods',
  /** 6 空车. */
  'emptyVehicle',
]);
export type PassportType = z.infer<typeof PassportType>;

/** Linked papers (关联单证), codes 1 to 3: 核注清单, 出入库单, 提运单. */
export const PaperKind = z.enum(['list', 'stockBill', 'bill']);
export type PaperKind = z.infer<typeof PaperKind>;

export const RegimeKind = z.enum([
  'bondedZone',
  'bondedPort',
  'exportProcessing',
  'bondedLogisticsCentre',
  'comprehensiveBondedZone',
  'specialComprehensiveBondedZone',
]);
export type RegimeKind = z.infer<typeof RegimeKind>;

/** When an officer looks before a passport is approved (转岗). */
export const ManualRule = z.enum([
  'always',
  'vehicleNotRegistered',
  'licensed',
  'toBeInspected',
  'hazardous',
]);
export type ManualRule = z.infer<typeof ManualRule>;

/** What a regime asks of one kind of movement over one of its lines. */
export const Asks = z.object({
  passport: PassportType,
  line: ZoneLine,
  directions: z.array(Direction).min(1),
  /** The papers it may be bound to; empty where it is bound to none. */
  papers: z.array(PaperKind),
  /** Whether the goods must have been released, and where only these need it: *unless* (除…外). */
  release: z.enum(['needed', 'ifLicensedOrInspected', 'notNeeded']),
  /** Papers whose goods are declared afterwards (集中申报): no release is waited for. */
  declaredLater: z.array(PaperKind).default([]),
  manual: z.array(ManualRule),
  /** Days a passport may be used, counted from its approval. */
  validDays: z.number().int().positive(),
});
export type Asks = z.infer<typeof Asks>;

/** A regime as it stood in a period: what it keeps of the goods and what each line asks for. */
export const Regime = z.object({
  kind: RegimeKind,
  label: Label,
  legalBasis: z.string(),
  source: z.string(),
  ...effective,
  /** Whether customs keeps a ledger (账册) and counts unit consumption (单耗) of what is inside. */
  ledger: z.boolean(),
  unitConsumption: z.boolean(),
  asks: z.array(Asks),
});
export type Regime = z.infer<typeof Regime>;

export const Lane = z.object({
  id: z.string(),
  direction: Direction,
  /** A lane for empty vehicles lets nothing else through. */
  emptyOnly: z.boolean(),
  weighbridge: z.boolean(),
  readsContainers: z.boolean(),
});
export type Lane = z.infer<typeof Lane>;

/** A gate (卡口). In a two-gate zone the outer one is passed first on the way in, last on the way out. */
export const Gate = z.object({
  id: z.string().regex(/^[A-Z0-9-]{2,20}$/),
  zone: z.string(),
  label: Label,
  line: ZoneLine.extract(['first', 'second']),
  position: z.enum(['single', 'outer', 'inner']),
  lanes: z.array(Lane).min(1),
  ...effective,
});
export type Gate = z.infer<typeof Gate>;

/** A special supervision zone (海关特殊监管区域) or bonded place, with the regimes it has had. */
export const Zone = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  label: Label,
  /** The customs office in charge (主管海关). */
  office: z.string().regex(/^\d{4}$/),
  source: z.string(),
  regimes: z.array(z.object({ kind: RegimeKind, ...effective })).min(1),
  gateModes: z.array(z.object({ mode: z.enum(['single', 'double']), ...effective })).min(1),
});
export type Zone = z.infer<typeof Zone>;

export const ZoneBook = z.object({
  zones: z.array(Zone),
  gates: z.array(Gate),
  regimes: z.array(Regime),
});
export type ZoneBook = z.infer<typeof ZoneBook>;

/** A zone on one day, as a page shows it. */
export const ZoneOnDay = z.object({
  id: z.string(),
  label: Label,
  office: z.string(),
  source: z.string(),
  gateMode: z.enum(['single', 'double']),
  regime: Regime,
  gates: z.array(Gate),
  /** The regimes it has had and will have, so that a change is seen coming. */
  history: z.array(z.object({ kind: RegimeKind, ...effective })),
});
export type ZoneOnDay = z.infer<typeof ZoneOnDay>;
