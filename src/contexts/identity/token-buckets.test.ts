// A limit lets a burst through, then so many a second; an account shuts for longer each time.
import { expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { lockSecondsAfter } from './lock-out.ts';
import { createTokenBuckets } from './token-buckets.ts';

test('a burst passes, the next waits, and time gives back', () => {
  const clock = createManualClock('2026-07-01T00:00:00.000Z');
  const buckets = createTokenBuckets({ clock, capacity: 3, perSecond: 0.1 });
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 10]);
  expect(buckets.take('b')).toBe(0);
  clock.set('2026-07-01T00:00:10.000Z');
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 10]);
  clock.set('2026-07-02T00:00:00.000Z');
  expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 10]);
});

test('a clock set back takes nothing away', () => {
  const clock = createManualClock('2026-07-01T00:00:10.000Z');
  const buckets = createTokenBuckets({ clock, capacity: 2, perSecond: 1 });
  buckets.take('a');
  clock.set('2026-07-01T00:00:00.000Z');
  expect(buckets.take('a')).toBe(0);
});

test.each([
  { failures: 4, seconds: 0 },
  { failures: 5, seconds: 30 },
  { failures: 6, seconds: 60 },
  { failures: 9, seconds: 480 },
  { failures: 10, seconds: 900 },
  { failures: 500, seconds: 900 },
])('after $failures wrong passwords an account is shut for $seconds s', ({ failures, seconds }) => {
  expect(lockSecondsAfter(failures)).toBe(seconds);
});
