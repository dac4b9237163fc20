import type { Instant } from '../../../kernel/dates.ts';

const FIRST_MS = 60_000;
/** The longest a terminal that does not answer goes without being told again. */
const LONGEST_MS = 6 * 3_600_000;

/** When to try again after so many attempts, the last of them now: after 1, 2, 4 … minutes, at last every six hours. */
export function nextAttempt(attempts: number, now: Instant): Instant {
  const waitMs = Math.min(FIRST_MS * 2 ** Math.max(0, attempts - 1), LONGEST_MS);
  return new Date(Date.parse(now) + waitMs).toISOString();
}

/**
 * Between these two moments an attempt is not due. It is due from its time on; and also when its time
 * is further off than any interval we ever set, because then the clock was put back.
 */
export const notDue = (now: Instant): { readonly after: Instant; readonly until: Instant } => ({
  after: now,
  until: new Date(Date.parse(now) + LONGEST_MS).toISOString(),
});
