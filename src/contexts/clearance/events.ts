import type { z } from 'zod';
import type { DecidedOf, EventsOf } from '../../kernel/event.ts';
import type { Decision, Lane } from '../risk/index.ts';
import type {
  ConditionKind,
  DeclarationContent,
  Disposition,
  DowngradeReason,
  ExaminationRecord,
  Problem,
  SampleResult,
  Supplement,
} from './contract.ts';
import type { ClockKind, ClockRule, PauseCode } from './modes/contract.ts';

type Downgrade = z.infer<typeof DowngradeReason>;

/** What can happen to a declaration. State is a fold over these; nothing else changes it. */
export interface Payloads {
  'clearance.drafted': { content: DeclarationContent };
  'clearance.submitted': { content: DeclarationContent; contentHash: string };
  'clearance.returned': { problems: Problem[]; note: string | null };
  'clearance.accepted': { number: string };
  'clearance.decided': {
    decisionId: string;
    lane: Lane;
    score: number;
    selectedBy: Decision['selectedBy'];
    checks: string[];
    mandatory: boolean;
  };
  'clearance.required': { computed: ConditionKind[]; requirements: Requirement[] };
  'clearance.conditionMet': ConditionAnswer & { evidence: string };
  'clearance.conditionRefused': ConditionAnswer & { reason: string };
  'clearance.arrivalConfirmed': { premises: string };
  'clearance.documentsChecked': { outcome: 'passed' | 'examine' | 'returned'; note: string };
  'clearance.examinationOrdered': {
    examination: string;
    office: string | null;
    reason: string;
    repeats: string | null;
  };
  'clearance.examined': { examination: string; record: Omit<ExaminationRecord, 'occurredAt'> };
  'clearance.sampleReported': {
    examination: string;
    sample: string;
    outcome: z.infer<typeof SampleResult>['outcome'];
    report: string;
  };
  'clearance.disposed': { disposition: Disposition; note: string };
  'clearance.dispositionCarriedOut': { disposition: Disposition; evidence: string };
  'clearance.caseOpened': { caseId: string };
  'clearance.downgradeProposed': { to: Lane; reason: Downgrade; note: string };
  'clearance.downgradeApproved': { to: Lane; note: string };
  'clearance.downgradeRejected': { note: string };
  'clearance.held': { reason: string; legalBasis: string };
  'clearance.holdLifted': { note: string };
  'clearance.amended': { content: DeclarationContent; contentHash: string; reason: string };
  'clearance.cancelled': { note: string };
  'clearance.completed': {
    content: DeclarationContent;
    contentHash: string;
    /** The last day it was due, and how many days after it came. */
    dueOn: string | null;
    daysLate: number;
  };
  'clearance.supplemented': Omit<Supplement, 'occurredAt'>;
  'clearance.transitStarted': { from: string; to: string; seals: string[]; dueOn: string | null };
  'clearance.transitEnded': { premises: string; seals: string[]; intact: boolean };
  /** Conditional removal (附条件提离): away from the port, not to be sold or used before `released`. */
  'clearance.removalPermitted': {
    filedAt: string;
    ieFlag: 'I' | 'E';
    office: string | null;
    /** What still stands between the goods and their use. */
    outstanding: ConditionKind[];
  };
  'clearance.clockPaused': { clock: ClockKind; code: PauseCode; note: string };
  'clearance.clockResumed': { clock: ClockKind; note: string };
  'clearance.clockWarned': { clock: ClockKind; dueOn: string };
  'clearance.clockExpired': {
    clock: ClockKind;
    dueOn: string;
    consequence: ClockRule['consequence'];
    caseId: string;
  };
  /** Told to have expired by a wrong clock, or given more days since: it runs again. */
  'clearance.clockReopened': { clock: ClockKind; dueOn: string };
  'clearance.released': ReleasedPayload;
  /** Taken back before the goods left; they are held until an officer lifts the hold. */
  'clearance.releaseRevoked': { reason: string; legalBasis: string };
  'clearance.entryRefused': { disposition: Disposition };
  'clearance.closed': { note: string | null };
}

/** What must be met before the goods go, as whoever answers for it asked when the declaration was accepted. */
export interface Requirement {
  readonly kind: ConditionKind;
  /** The organisation or office whose turn it is; one kind may have several owners, each with its own clock. */
  readonly owner: string;
  readonly legalBasis: string;
  /** Met already (a guarantee covers the tax, a permit was written down), and by what. */
  readonly metAt: string | null;
  readonly evidence: string | null;
  readonly dueAt: string | null;
}

/** Which requirement is answered: of this kind, by this owner; `null` answers every owner's. */
export interface ConditionAnswer {
  readonly condition: ConditionKind;
  readonly owner: string | null;
}

/** What the figures need of a release, so that none of them has to join. */
export interface ReleasedPayload {
  filedAt: string;
  arrivedAt: string | null;
  lane: Lane | null;
  selectedBy: Decision['selectedBy'] | null;
  untouched: boolean;
  ieFlag: 'I' | 'E';
  office: string | null;
  /** Seconds each condition's owner held the goods, by condition: each agency's clock apart. */
  clocks: { condition: string; owner: string; seconds: number }[];
}

export type Kind = keyof Payloads;
export type ClearanceEvent = EventsOf<Payloads>;

/** An event that is decided but not yet placed in its stream. */
export type NewEvent = DecidedOf<Payloads> & {
  readonly clock?: ClockKind;
  readonly pauseCode?: PauseCode;
};

export const streamOf = (declarationId: string): string => `declaration:${declarationId}`;
