// A feed falls silent when it used to send and has not for a day; whoever sent once is no feed.
import { expect, test } from 'vitest';
import { isSilent } from './silence.ts';

const NOW = '2026-10-08T08:00:00.000Z';
const DAY_MS = 86_400_000;

test.each([
  [60, '2026-10-08T07:59:00.000Z', false],
  [60, '2026-10-07T08:00:00.000Z', false],
  [60, '2026-10-07T07:59:59.999Z', true],
  [5, '2026-10-01T08:00:00.000Z', true],
  [4, '2026-10-01T08:00:00.000Z', false],
  // A clock that is ahead of ours is no silence.
  [60, '2026-10-08T09:00:00.000Z', false],
])('%d days, last heard %s: %s', (days, lastReceivedAt, silent) => {
  expect(isSilent({ days, lastReceivedAt }, NOW, DAY_MS)).toBe(silent);
});
