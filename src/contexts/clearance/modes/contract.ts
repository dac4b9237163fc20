import { z } from 'zod';
import { Problem } from '../../cargo/contract.ts';
import { Label } from '../../facts/contract.ts';

/**
 * The modes of clearance as orthogonal axes: a declaration stands at one value of each. The order of
 * the values matters in one way only: where nothing was chosen, the first that was in force on the day
 * is meant.
 */
export const AXES = {
  /** How it is filed: at once after arrival, before it, or in two steps (申报方式). */
  filing: ['standard', 'advance', 'twoStep'],
  /** Whether release from the port and release for use are one act or two (准入方式). */
  admission: ['oneStage', 'twoStage'],
  /** Which line the goods cross (一线、二线、区内、区间). */
  line: ['port', 'firstLine', 'secondLine', 'withinZone', 'betweenZones'],
  /** Whether goods may be in the zone before they are declared (先进区后报关). */
  entry: ['declareFirst', 'enterFirst'],
  /** One consignment, or many movements under one declaration (集中申报). */
  batch: ['single', 'consolidated'],
  /** Where it is filed and where the goods are looked at. */
  place: ['fileAnywhere', 'borderExamination', 'destinationExamination', 'fileInlandReleaseAtPort'],
  /** Whether the goods travel under seal between two offices first (转关). */
  transit: ['none', 'transit'],
  /** What carries them; read from the declared mode of transport. */
  transport: ['sea', 'rail', 'road', 'air', 'other'],
} as const;
export type Axis = keyof typeof AXES;

export const ModeChoice = z.object({
  filing: z.enum(AXES.filing),
  admission: z.enum(AXES.admission),
  line: z.enum(AXES.line),
  entry: z.enum(AXES.entry),
  batch: z.enum(AXES.batch),
  place: z.enum(AXES.place),
  transit: z.enum(AXES.transit),
  transport: z.enum(AXES.transport),
});
export type ModeChoice = z.infer<typeof ModeChoice>;

const shortText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => (value ? value : undefined))
    .optional();

/**
 * The modes as a declaration states them, beside `filing` and the mode of transport, which have fields
 * of their own. Whatever is left out is the ordinary way of its day.
 */
export const Modes = ModeChoice.omit({ filing: true, transport: true })
  .partial()
  .extend({
    /** The zone, for everything that crosses one of its lines or moves within it. */
    zone: shortText(40),
    /** The passport by which goods entered the zone before they were declared (核放单). */
    passportNo: shortText(30),
    /** The application form that the movements were drawn from (业务申报表). */
    applicationNo: shortText(30),
    /** The other office of a transit: of destination for imports (指运地), of departure for exports (启运地). */
    transitOffice: shortText(4),
  });
export type Modes = z.infer<typeof Modes>;

/* ------------------------------------------------------------------ what a mode consists of */

/** Whose turn a step or a clock is; `owner.*` in the messages names each. */
export const ModeOwner = z.enum([
  'declarant',
  'carrier',
  'terminal',
  'gate',
  'riskControlCentre',
  'taxCollectionCentre',
  'declarationOffice',
  'borderOffice',
  'destinationOffice',
]);
export type ModeOwner = z.infer<typeof ModeOwner>;

export const Step = z.object({
  id: z.string(),
  label: Label,
  by: ModeOwner,
  /** Taken only when the decision asks for it. */
  ifSelected: z.boolean(),
});
export type Step = z.infer<typeof Step>;

export const ClockKind = z.enum([
  'declare',
  'declareAfterEntry',
  'consolidate',
  'completeDeclaration',
  'endTransit',
  'releaseForUse',
]);
export type ClockKind = z.infer<typeof ClockKind>;

/** A period that begins with one event and must end with another. */
export const ClockRule = z.object({
  kind: ClockKind,
  label: Label,
  owner: ModeOwner,
  /** The event its first day is counted from; that day itself does not count. */
  from: z.enum(['conveyanceEntered', 'monthEnded', 'removalPermitted', 'transitStarted']),
  until: z.enum(['filed', 'completed', 'transitEnded', 'released']),
  days: z.number().int(),
  counting: z.enum(['calendarDays', 'workingDays']),
  /** A last day that is a day of rest moves to the next working day. */
  restDayPostpones: z.boolean(),
  /** Days before the last one on which its owner is warned. */
  warnDaysBefore: z.number().int(),
  onWarning: Label,
  onExpiry: Label,
  /** What expiry leads to, for those who subscribe to it. */
  consequence: z.enum(['lateDeclarationFee', 'caseOpened']),
  legalBasis: z.string(),
});
export type ClockRule = z.infer<typeof ClockRule>;

export const ModeValue = z.object({
  axis: z.enum(Object.keys(AXES) as [Axis, ...Axis[]]),
  id: z.string(),
  label: Label,
  explanation: Label,
  /** What choosing it asks of the declarant, and what it saves; `null` for what is ordinary. */
  asks: Label.nullable(),
  saves: Label.nullable(),
  legalBasis: z.string(),
  /** In force from a day and, for what has been replaced, until the day before `to`. */
  effective: z.object({ from: z.string(), to: z.string().nullable() }),
  steps: z.array(z.string()),
  withoutSteps: z.array(z.string()),
  conditions: z.object({
    /** Conditions of release it adds. */
    adds: z.array(z.string()),
    /** Conditions that cannot arise under it. */
    drops: z.array(z.string()),
    /** Conditions that hold up use, not removal, where admission has two stages. */
    forUse: z.array(z.string()),
  }),
  clocks: z.array(ClockRule),
  /** Fields it requires beyond what every declaration has. */
  requires: z.array(z.string()),
  /** Fields that may be filled in later. */
  mayWait: z.array(z.string()),
  /** Imports or exports only; `null` is for both. */
  only: z.enum(['I', 'E']).nullable(),
  /** Certified grades of enterprises that may not use it. */
  notForGrades: z.array(z.string()),
});
export type ModeValue = z.infer<typeof ModeValue>;

/** A combination that cannot be, and why: the code of a sentence. */
export const ModeConflict = z.object({
  code: z.string(),
  /** Every axis named stands at one of its values. */
  when: z.record(z.string(), z.array(z.string())),
  legalBasis: z.string().nullable(),
});
export type ModeConflict = z.infer<typeof ModeConflict>;

export const ModePair = z.object({
  a: z.string(),
  b: z.string(),
  /** Together as they are; only with a third choice; never. */
  status: z.enum(['together', 'withAnother', 'never']),
  codes: z.array(z.string()),
});
export type ModePair = z.infer<typeof ModePair>;

/** What a person choosing needs: every value of every axis, and which go together. */
export const ModeCatalogue = z.object({
  on: z.string(),
  values: z.array(ModeValue.extend({ inForce: z.boolean() })),
  steps: z.array(Step),
  conflicts: z.array(ModeConflict),
  pairs: z.array(ModePair),
  pauseCodes: z.array(z.object({ code: z.string(), label: Label })),
});
export type ModeCatalogue = z.infer<typeof ModeCatalogue>;

/* ------------------------------------------------------------------ clocks that run */

/** Every reason for which a clock may stand still; anything else is none. */
const AnyPauseCode = z.enum([
  'awaitingLaboratory',
  'awaitingAuthority',
  'underInvestigation',
  'forceMajeure',
  'systemDowntime',
  'courtOrder',
  /** The declarant was asked for documents. */
  'awaitingDocuments',
  /** The cargo side has not presented the goods. */
  'awaitingPresentation',
]);
/** Those of a declaration's clocks. */
export const PauseCode = AnyPauseCode.exclude(['awaitingDocuments', 'awaitingPresentation']);
export type PauseCode = z.infer<typeof PauseCode>;
/** Those of the clock of an authority's check. */
export const CheckPauseCode = AnyPauseCode.extract([
  'awaitingDocuments',
  'awaitingLaboratory',
  'awaitingPresentation',
  'forceMajeure',
]);
export type CheckPauseCode = z.infer<typeof CheckPauseCode>;

export const Clock = z.object({
  kind: ClockKind,
  label: Label,
  owner: ModeOwner,
  startedOn: z.string().nullable(),
  /** The last day, pauses so far counted in; `null` while it has not begun. */
  dueOn: z.string().nullable(),
  dueAt: z.string().nullable(),
  pausedAt: z.string().nullable(),
  pauseCode: PauseCode.nullable(),
  metAt: z.string().nullable(),
  warnedAt: z.string().nullable(),
  expiredAt: z.string().nullable(),
  /** Ended, or still running, after its last day. */
  overdue: z.boolean(),
  onExpiry: Label,
  legalBasis: z.string(),
});
export type Clock = z.infer<typeof Clock>;

export const ClockPause = z.object({
  clock: ClockKind,
  code: PauseCode,
  note: z.string().trim().min(1).max(2000),
  occurredAt: z.iso.datetime().optional(),
});
export const ClockResumption = z.object({
  clock: ClockKind,
  note: z.string().trim().max(2000).default(''),
  occurredAt: z.iso.datetime().optional(),
});

/** A row of the list of clocks that run. */
export const ClockRow = z.object({
  declaration: z.string(),
  kind: ClockKind,
  owner: ModeOwner,
  organisation: z.string(),
  office: z.string().nullable(),
  dueOn: z.string(),
  paused: z.boolean(),
  overdue: z.boolean(),
});
export type ClockRow = z.infer<typeof ClockRow>;
export const ClockPage = z.object({ rows: z.array(ClockRow), next: z.string().nullable() });

/* ------------------------------------------------------------------ before choosing */

export const ModePreviewRequest = z.object({
  choice: ModeChoice.partial().default({}),
  /** As much of the declaration as has been written; absent fields are told as missing. */
  content: z.unknown().optional(),
  /** The day it would be filed; today when left out. */
  on: z.string().optional(),
});

export const ModePreview = z.object({
  on: z.string(),
  choice: ModeChoice,
  /** Why the choice cannot be made; empty when it can. */
  problems: z.array(Problem),
  steps: z.array(Step),
  clocks: z.array(ClockRule.extend({ dueOn: z.string().nullable() })),
  conditions: z.array(z.object({ kind: z.string(), stage: z.enum(['removal', 'use', 'release']) })),
  requires: z.array(z.string()),
  missing: z.array(z.string()),
  asks: z.array(Label),
  saves: z.array(Label),
  /** What it would cost in duty and tax, where that can be told. */
  quote: z.unknown().nullable(),
  /** Hours from filing to release of what was filed like this lately. */
  waiting: z
    .object({ consignments: z.number().int(), medianHours: z.number(), p95Hours: z.number() })
    .nullable(),
});
export type ModePreview = z.infer<typeof ModePreview>;
