import type { Instant } from '../../../kernel/dates.ts';

/** What is known of somebody who sends. */
interface Sending {
  /** On how many days what it told of happened. */
  readonly days: number;
  readonly lastReceivedAt: Instant;
}

/** Whoever told of fewer days sent something once, and is no feed that could fall silent. */
const FEED_DAYS = 5;

/** Whether a feed has sent nothing for longer than it may. */
export const isSilent = (
  { days, lastReceivedAt }: Sending,
  now: Instant,
  afterMs: number,
): boolean => days >= FEED_DAYS && Date.parse(now) - Date.parse(lastReceivedAt) > afterMs;
