import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { RegimeKind } from '../zones/contract.ts';
import type {
  ApprovalStanding,
  Claim,
  Crossing,
  Direction,
  GatePosition,
  Passport,
  PassportContent,
  Reason,
  Verdict,
  WeighedAs,
  WeightComparison,
} from './contract.ts';

/** The goods that passed under a paper with one vehicle, and whether all of the paper has passed now. */
export interface PaperPassed {
  readonly kind: Claim['kind'];
  readonly no: string;
  readonly lines: readonly { readonly lineNo: number; readonly quantity: string }[];
  readonly isComplete: boolean;
}

/** What can happen to a passport (核放单), on the stream `passport:<number>`. */
export interface Payloads {
  'cargo.passportApplied': {
    id: string;
    organisation: string;
    office: string;
    content: PassportContent;
    contentHash: string;
  };
  /** The conditions of approval were computed and something is unmet. */
  'cargo.passportPending': { conditions: ApprovalStanding[] };
  /** A rule of the regime asks an officer to look (转岗). */
  'cargo.passportRouted': { conditions: ApprovalStanding[] };
  'cargo.passportApproved': {
    conditions: ApprovalStanding[];
    claims: Claim[];
    regime: { kind: RegimeKind; from: string; on: string };
    gates: GatePosition[];
    weighedAs: WeighedAs;
    goesBy: Passport['goesBy'];
    validUntil: string;
    note: string | null;
  };
  'cargo.passportReturned': { note: string };
  'cargo.passportDeleted': { note: string };
  'cargo.passportVoided': { reason: 'expired' | 'regimeChanged'; note: string };
  'cargo.crossed': CrossedPayload;
  /** Passed, and should not have: it counts for nothing but the case it opened. */
  'cargo.crossingFlagged': { crossing: Crossing; reasons: Reason[] };
  /** Of two passings of one gate the earlier is the true one, whichever we heard of first. */
  'cargo.crossingCorrected': { crossing: Crossing; replaces: string };
  'cargo.gateRefused': GateRefusedPayload;
  'cargo.turnedAway': { reading: string; reason: string; note: string };
  /** A seal was broken or exchanged: the goods are examined before they go on. */
  'cargo.gateExaminationOrdered': { reading: string; reason: string };
  'cargo.gateExaminationClosed': { reading: string; note: string };
  'cargo.passportCompleted': { passport: string; papers: PaperPassed[] };
}

/** Everything a ledger needs in order to post without asking back. */
export interface CrossedPayload {
  passport: string;
  crossing: Crossing;
  gate: string;
  direction: Direction;
  vehicle: string;
  /** Declared gross mass of the goods; what the bridge showed is in `crossing`. */
  grossMassKg: string;
  at: string;
  papers: Claim[];
  /** Every gate has now been passed: what the passport carried counts from here. */
  isLast: boolean;
  /** The regime the movement goes by: that of the day of approval. */
  regime: RegimeKind;
}

export interface GateRefusedPayload {
  reading: string;
  gate: string;
  lane: string;
  vehicle: string;
  verdict: Exclude<Verdict, 'open'>;
  reasons: Reason[];
  weight: WeightComparison | null;
}

export type PassportEvent = EventsOf<Payloads>;
export type NewEvent = DecidedOf<Payloads>;

export const streamOf = (passport: string): string => `passport:${passport}`;
/** A reading without a passport has a stream of its own, with one event. */
export const streamOfReading = (reading: string): string => `reading:${reading}`;
