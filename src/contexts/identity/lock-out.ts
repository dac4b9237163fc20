const FREE_FAILURES = 4;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 15 * 60;

/**
 * How long an account stays shut after so many wrong passwords in a row: the fifth shuts it for 30
 * seconds, each further one for twice as long, never longer than a quarter of an hour. A guesser
 * gets some hundred tries a day; the owner who mistyped waits half a minute.
 */
export function lockSecondsAfter(failures: number): number {
  const beyond = failures - FREE_FAILURES;
  if (beyond <= 0) return 0;
  return Math.min(LONGEST_LOCK_SECONDS, FIRST_LOCK_SECONDS * 2 ** (beyond - 1));
}
