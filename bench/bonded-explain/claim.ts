import type { Cause } from '../../src/contexts/bonded/explain/contract.ts';
import type { Spot } from '../../src/contexts/bonded/stocktake/differences.ts';

/** One thing that was called explained. */
export interface Claim extends Spot {
  readonly cause: Cause;
  readonly grade: string;
  readonly quantity: number;
  readonly records: readonly string[];
}

export interface Tally {
  explained: number;
  right: number;
  identifiable: number;
  recalled: number;
}

/** What the claims of one year were worth, held against its sealed answers. */
export interface Score {
  readonly all: Tally;
  readonly byCause: ReadonlyMap<Cause, Tally>;
  readonly precision: number;
  readonly recall: number;
  /** Of what was called explained, by absolute quantity, what was not so. */
  readonly falseQuantityShare: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}
