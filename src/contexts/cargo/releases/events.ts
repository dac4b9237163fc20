import type { DecidedOf } from '../../../kernel/event.ts';
import type {
  ConditionalRemoval,
  Downtime,
  ElectronicBill,
  ReleaseNotice,
  RevocationNotice,
} from './contract.ts';

/**
 * A release as clearance computed it, with what a terminal needs to know of the goods. Clearance is
 * above cargo: whoever joins the two makes this value from the event and the declaration's state.
 */
export interface ReleasedGoods {
  /** The event that released them: one notice for each, however often it is told. */
  readonly cause: string;
  readonly declaration: string;
  readonly declarationNumber: string | null;
  /** The declarant, who may read the notice. */
  readonly organisation: string;
  /** Whoever confirmed the arrival; `null` when nobody is known to hold the goods. */
  readonly terminal: string | null;
  readonly bill: string | null;
  readonly containers: readonly string[];
  readonly packages: number | null;
  readonly grossMassKg: string | null;
  readonly office: string | null;
  readonly releasedAt: string;
  readonly conditional: ConditionalRemoval | null;
}

/** What can happen to a release notice, on the stream `release:<id>`. */
export interface ReleasePayloads {
  'cargo.releaseNotified': { notice: ReleaseNotice; organisation: string; kid: string };
  'cargo.releaseAcknowledged': { release: string; declaration: string; terminal: string };
  'cargo.releaseRevoked': { revocation: RevocationNotice; kid: string };
  'cargo.revocationAcknowledged': { release: string; declaration: string; terminal: string };
  /** The goods left by it. */
  'cargo.releaseUsed': { release: string; declaration: string; passport: string | null };
}

/** Declared times without the system, on the stream `downtime:<id>`. */
export interface DowntimePayloads {
  'cargo.downtimeDeclared': Pick<Downtime, 'from' | 'gate' | 'reason'>;
  'cargo.downtimeEnded': { to: string; note: string };
}

/** The life of an electronic bill, on the stream `electronic-bill:<id>`. */
export interface ElectronicBillPayloads {
  'cargo.electronicBillPresented': {
    bill: Omit<ElectronicBill, 'version' | 'status'>;
    contentHash: string;
  };
  'cargo.electronicBillEndorsed': { holder: string; beneficiary: string };
  'cargo.electronicBillSurrendered': { to: string };
}

type Payloads = ReleasePayloads & DowntimePayloads & ElectronicBillPayloads;
export type NewEvent = DecidedOf<Payloads>;

export const releaseStream = (release: string): string => `release:${release}`;
export const downtimeStream = (id: string): string => `downtime:${id}`;
export const electronicBillStream = (id: string): string => `electronic-bill:${id}`;
