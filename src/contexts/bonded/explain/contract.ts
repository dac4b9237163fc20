import { z } from 'zod';

/** Why a count and the book can differ. */
export const Cause = z.enum([
  /** An event of an order, or goods the gate saw, that the book lacked when it was counted. */
  'notPosted',
  /** 截止: the event and the count disagree about which of them was first. */
  'cutOff',
  'unitFactor',
  /** Used by one version of the unit consumption, booked by another. */
  'version',
  /** 边角料 or 残次品 that nobody declared. */
  'scrapNotDeclared',
  /** Another part was used in place of the one the book says. */
  'substitution',
  /** Entered twice. */
  'duplicate',
  /** Cancelled or corrected, and never reversed. */
  'missingReversal',
  /** Not where the book has it: on the road, or at a subcontractor's. */
  'inTransit',
  /** Bonded and domestic goods of one part taken for each other. */
  'bondedMixed',
  'reworkTwice',
  /** A slip of the pen, a tag counted twice, two bins exchanged. Only ever possible. */
  'countingError',
]);
export type Cause = z.infer<typeof Cause>;

/**
 * How far a record identifies a quantity. `certain`: two records contradict each other, whatever was counted.
 * `strong`: a contradiction with, rarely, an innocent reading. `documented`: a record has the quantity, and only
 * the difference says that something is wrong with it. `pattern`: no record, only the shape of the difference.
 */
export const Grade = z.enum(['certain', 'strong', 'documented', 'pattern']);
export type Grade = z.infer<typeof Grade>;
