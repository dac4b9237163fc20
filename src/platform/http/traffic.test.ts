// A port is busy when several are being answered all the time, whether or not its loop is late.
import { expect, test } from 'vitest';
import { watchTraffic } from './traffic.ts';

/** Traffic by a clock of ours. */
function traffic() {
  let atMs = 0;
  const watched = watchTraffic(() => atMs);
  return {
    isBusy: watched.isBusy,
    pass: (ms: number) => {
      atMs += ms;
    },
    /** So many a second, each answered after so many milliseconds. */
    second: (callers: number, ms: number) => {
      for (let n = 0; n < callers; n += 1) {
        watched.answered(ms);
        atMs += 1_000 / callers;
      }
    },
  };
}

test.each([
  { callers: 10, ms: 20, isBusy: false },
  { callers: 50, ms: 20, isBusy: false },
  { callers: 140, ms: 20, isBusy: true },
  { callers: 4, ms: 900, isBusy: true },
])('$callers a second, each answered after $ms ms: busy $isBusy', ({ callers, ms, isBusy }) => {
  const { second, isBusy: busy } = traffic();
  second(callers, ms);
  second(callers, ms);
  expect(busy()).toBe(isBusy);
});

test('a busy port is at rest again soon after the last was answered', () => {
  const { second, pass, isBusy } = traffic();
  second(140, 20);
  expect(isBusy()).toBe(true);
  pass(900);
  expect(isBusy()).toBe(true);
  pass(1_100);
  expect(isBusy()).toBe(false);
});
