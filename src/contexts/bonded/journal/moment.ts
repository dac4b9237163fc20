import type { Instant } from '../../../kernel/dates.ts';

/** Days that some months do not have are left to `Date`. */
const KEPT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Whether a text is at sight a moment as the journal keeps it; of some that are, it does not say so. */
export const isKept = (moment: string): boolean => KEPT.test(moment);

/** A moment as the journal keeps it: in UTC, to the millisecond. */
export const asKept = (moment: Instant): Instant =>
  isKept(moment) ? moment : new Date(moment).toISOString();
