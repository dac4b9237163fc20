// A connection is silent when it has a habit and has kept still for longer than it ever did; whoever sent now
// and then has no habit, and rests that were always taken are none.
import { expect, test } from 'vitest';
import { isSilent } from './silence.ts';

const NOW = '2026-10-08T08:00:00.000Z';
const HOUR_MS = 3_600_000;

test.each([
  [40, 10, '2026-10-08T07:59:00.000Z', false],
  // A quick sender still has a day.
  [40, 10, '2026-10-07T08:00:00.000Z', false],
  [40, 10, '2026-10-07T07:59:59.999Z', true],
  // One that rests on week-ends is given them.
  [40, 64, '2026-10-06T08:00:00.000Z', false],
  [40, 64, '2026-10-05T15:59:59.999Z', true],
  [5, 64, '2026-09-01T08:00:00.000Z', true],
  [4, 64, '2026-09-01T08:00:00.000Z', false],
  [1, null, '2026-09-01T08:00:00.000Z', false],
  // A clock that is ahead of ours is no silence.
  [40, 10, '2026-10-08T09:00:00.000Z', false],
])('%d days, at most %s hours apart, last heard %s: %s', (days, hours, lastReceivedAt, silent) => {
  const longestPauseMs = hours === null ? null : hours * HOUR_MS;
  expect(isSilent({ sendingDays: days, longestPauseMs, lastReceivedAt }, NOW)).toBe(silent);
});
