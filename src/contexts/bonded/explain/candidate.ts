import type { Quantity } from '../quantity.ts';
import type { Spot } from '../stocktake/differences.ts';
import type { Cause, Grade } from './contract.ts';
import type { Remedy } from './remedies.ts';

export interface Effect extends Spot {
  /** Signed: what it adds to counted less book. */
  readonly quantity: Quantity;
}

/** One way in which records say that count and book came apart. */
export interface Candidate {
  readonly cause: Cause;
  readonly grade: Grade;
  /** What it makes use of: no two causes may use the same. */
  readonly uses: readonly string[];
  /** Everything a person should look at; what it uses comes first. */
  readonly records: readonly string[];
  readonly effects: readonly Effect[];
  /** How far rounding in the record can put the quantity off; nothing as a rule. */
  readonly slack: Quantity;
  readonly remedy: Remedy;
  /** Its quantity was read off one of the differences, which therefore proves nothing about it. */
  readonly isMirror: boolean;
  /** Its quantity is what is declared: what really happened may differ a little. Only an exact fit says otherwise. */
  readonly isEstimate: boolean;
}

/** The name by which a candidate is the same again, however the records were shuffled. */
export const idOf = ({ cause, uses, effects }: Candidate): string =>
  [
    cause,
    ...uses,
    ...effects.map((it) => `${it.part} ${it.account} ${it.site} ${it.quantity}`),
  ].join('|');

/** Candidates of one shape say the same thing of the same spots by other records of the same kind. */
export const shapeOf = ({ cause, effects }: Candidate): string =>
  [cause, ...effects.map((it) => `${it.part} ${it.account} ${it.site} ${it.quantity}`).sort()].join(
    '|',
  );
