import type { World } from './world.ts';

/** What the load is asked to do; given to the process that makes it. */
export interface Order {
  readonly url: string;
  readonly world: World;
  /** Declarations that are filed again and again under ids of their own. */
  readonly contents: number;
  readonly prefix: string;
  readonly filingsPerS: number;
  readonly crossingsPerS: number;
  /** Seconds that count, after seconds that do not. */
  readonly seconds: number;
  readonly warmUp: number;
  /** A request that got no answer is sent again as it was, until there is one. */
  readonly patient: boolean;
}

/** What came of it: milliseconds from the moment each was due, and everything that was acknowledged. */
export interface Outcome {
  readonly filingMs: readonly number[];
  readonly gateMs: readonly number[];
  /** Until the last filing was answered. */
  readonly seconds: number;
  /** Filings by id, as the port answered. */
  readonly filed: Readonly<Record<string, 'accepted' | 'returned' | 'removed' | 'released'>>;
  /** Passports whose vehicle the gate let through. */
  readonly crossed: readonly string[];
  /** Payments by id, with what was applied. */
  readonly paid: Readonly<Record<string, string>>;
  /** Release notices the terminal acknowledged. */
  readonly acknowledged: readonly string[];
  readonly bills: number;
  readonly findings: number;
  readonly arrived: number;
  /** Whatever was not answered as it should have been. */
  readonly faults: readonly string[];
}
