import type { Instant } from '../../../kernel/dates.ts';

/** What is known of how somebody sends. */
interface Habit {
  /** On how many days it sent something. */
  readonly sendingDays: number;
  readonly longestPauseMs: number | null;
  readonly lastReceivedAt: Instant;
}

/** Whoever sent on fewer days has no habit yet, and none to fall short of. */
const HABIT_DAYS = 5;
const DAY_MS = 86_400_000;

/** The longest it has paused so far; `null` where there is no habit yet. */
export const habitualPauseMs = ({ sendingDays, longestPauseMs }: Habit): number | null =>
  sendingDays < HABIT_DAYS ? null : longestPauseMs;

/** Whether it has been silent longer than it ever was: a week-end is no silence for one that rests on them. */
export function isSilent(habit: Habit, now: Instant): boolean {
  const pause = habitualPauseMs(habit);
  if (pause === null) return false;
  return Date.parse(now) - Date.parse(habit.lastReceivedAt) > Math.max(pause, DAY_MS);
}
