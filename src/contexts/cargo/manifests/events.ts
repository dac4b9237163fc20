import type { z } from 'zod';
import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type {
  BillAssessment,
  BillContent,
  Conveyance,
  Direction,
  Discrepancy,
  HouseContent,
  ManifestKind,
  Stage,
  TallyLine,
} from './contract.ts';

/** What a bill takes over from the manifest it stands on. */
export interface Voyage {
  readonly manifest: string;
  readonly direction: Direction;
  readonly carrier: string | null;
  readonly office: string | null;
  readonly terminal: string | null;
  readonly conveyance: z.infer<typeof Conveyance>;
  readonly voyageNo: string | null;
  readonly date: string | null;
  readonly sailedAt: string | null;
}

/** What can happen to a bill. Its state is a fold over the stream `bill:<number>`. */
export interface Payloads {
  'cargo.billManifested': {
    voyage: Voyage;
    /** Of a house bill, its master's number; of a master, its houses' numbers. */
    master: string | null;
    houses: string[];
    content: HouseContent;
  };
  'cargo.billAmended': {
    before: HouseContent;
    content: HouseContent;
    houses: string[];
    reason: string;
  };
  'cargo.billDeleted': { reason: string };
  'cargo.changeProposed': { content: BillContent | null; reason: string };
  'cargo.changeApproved': { note: string };
  'cargo.changeRejected': { note: string };
  'cargo.claimed': {
    declaration: string;
    organisation: string | null;
    packages: number | null;
    grossMassKg: string | null;
    lines: number[];
    containers: string[];
    /** Whether the bill was there and had as much; else the claim waits for the manifest. */
    matched: boolean;
    /** Where the goods are already, if they arrived before they were declared. */
    arrivedAt: string | null;
  };
  'cargo.claimGivenBack': { declaration: string };
  /** The manifest came, or grew, and a waiting declaration agrees with it. */
  'cargo.billMatched': {
    declaration: string;
    bill: string;
    packages: number;
    grossMassKg: string;
  };
  /** The manifest came and has less than was declared. */
  'cargo.claimExceeds': { declaration: string };
  'cargo.assessed': BillAssessment;
  'cargo.doNotLoad': { reason: string; legalBasis: string };
  'cargo.liftProposed': { reason: string };
  'cargo.liftRejected': { note: string };
  'cargo.doNotLoadLifted': { note: string };
  /** `declarations` are those that have claimed the bill so far and have to be told. */
  'cargo.arrived': { bill: string; premises: string; declarations: string[] };
  'cargo.tallied': Omit<TallyLine, 'number' | 'yard'> & {
    premises: string;
    /** Agrees with the manifest as far as the tolerance of its day allows; then what was counted counts. */
    agrees: boolean;
  };
  'cargo.discrepancyFound': Omit<Discrepancy, 'at'>;
  'cargo.loaded': { packages: number | null; conveyance: string | null; voyageNo: string | null };
  /** The goods reached a stage that somebody else's event tells of. */
  /** A release was revoked before the goods left: they are where they were before it. */
  'cargo.stageWithdrawn': { stage: Stage; source: string };
  'cargo.stageReached': { stage: Stage; place: string | null; source: string };
}
export type BillEvent = EventsOf<Payloads>;
/** An event that is decided but not yet placed in its stream. */
export type NewBillEvent = DecidedOf<Payloads>;

/** What happened to a manifest: stream `manifest:<id>`, one event for each part or report. */
export interface ManifestPayloads {
  'cargo.manifestFiled': {
    kind: ManifestKind;
    part: number;
    of: number;
    contentHash: string;
    bills: string[];
    voyage: Voyage | null;
  };
}

export const streamOf = (bill: string): string => `bill:${bill}`;
export const manifestStreamOf = (manifest: string): string => `manifest:${manifest}`;
