// When a period ends: its first day does not count, pauses are added, days of rest move what the law lets them move.
import { describe, expect, test } from 'vitest';
import { content, life } from '../fixtures.ts';
import {
  COMPLETE_DECLARATION,
  CONSOLIDATE,
  DECLARE,
  END_TRANSIT,
  RELEASE_FOR_USE,
} from './clock-rules.ts';
import { clocksRunning, daysFrom, dueDay, isWeekend } from './running.ts';

describe('the last day', () => {
  // 1 July 2026 is a Wednesday.
  test.each([
    ['fourteen days end on a working day', DECLARE, '2026-07-01', 0, '2026-07-15'],
    ['on a Saturday, so on Monday', DECLARE, '2026-06-27', 0, '2026-07-13'],
    ['on a Sunday, so on Monday', COMPLETE_DECLARATION, '2026-06-28', 0, '2026-07-13'],
    ['five days stood still', COMPLETE_DECLARATION, '2026-07-01', 5, '2026-07-20'],
    ['stood still until a Saturday, so on Monday', DECLARE, '2026-07-01', 3, '2026-07-20'],
    [
      'the tenth of the next month, whatever day that is',
      CONSOLIDATE,
      '2026-09-30',
      0,
      '2026-10-10',
    ],
    ['a week for a transit, weekends counted', END_TRANSIT, '2026-07-01', 0, '2026-07-08'],
    ['thirty working days are six weeks', RELEASE_FOR_USE, '2026-07-01', 0, '2026-08-12'],
    ['over the end of a year', DECLARE, '2026-12-28', 0, '2027-01-11'],
  ])('%s', (_, rule, startedOn, pausedDays, expected) => {
    expect(dueDay(rule, startedOn, isWeekend, pausedDays)).toBe(expected);
  });

  test('a holiday in the week moves it too, a worked Saturday does not', () => {
    const national = (on: string) => on >= '2026-10-01' && on <= '2026-10-07';
    expect(dueDay(DECLARE, '2026-09-18', national)).toBe('2026-10-08');
    expect(dueDay(DECLARE, '2026-06-27', () => false)).toBe('2026-07-11');
  });
});

describe('of a declaration', () => {
  const filed = (on: string, changes: Parameters<typeof content>[0] = {}) => ({
    ...life('green'),
    content: content(changes),
    filedAt: `${on}T02:00:00.000Z`,
  });
  const declareClock = (on: string) => clocksRunning(filed(on), isWeekend)[0];

  test('filed on the last day it was in time, the day after it was late', () => {
    expect(declareClock('2026-07-15')).toMatchObject({ dueOn: '2026-07-15', overdue: false });
    expect(declareClock('2026-07-16')).toMatchObject({ dueOn: '2026-07-15', overdue: true });
  });

  test('the day is the port’s own: four in the afternoon at Greenwich is tomorrow here', () => {
    const late = { ...filed('2026-07-15'), filedAt: '2026-07-15T16:00:00.000Z' };
    expect(clocksRunning(late, isWeekend)[0]).toMatchObject({ overdue: true });
  });

  test('movements of a month are declared by the tenth of the next', () => {
    const modes = {
      line: 'secondLine',
      batch: 'consolidated',
      zone: 'Z',
      applicationNo: 'A',
    } as const;
    const [clock] = clocksRunning(filed('2026-07-20', { modes }), isWeekend);
    expect(clock).toMatchObject({
      kind: 'consolidate',
      startedOn: '2026-07-31',
      dueOn: '2026-08-10',
    });
  });

  test('without a day of entry no clock has begun; exports have none', () => {
    const transport = { ...content().transport, date: null };
    expect(clocksRunning(filed('2026-07-15', { transport }), isWeekend)).toMatchObject([
      { startedOn: null, dueOn: null, overdue: false },
    ]);
    expect(clocksRunning(filed('2026-07-15', { ieFlag: 'E' }), isWeekend)).toEqual([]);
  });

  test('what was cancelled waits for nothing', () => {
    const summary = filed('2026-07-02', { filing: 'twoStep' });
    const over = { ...summary, status: 'cancelled', endedAt: summary.filedAt } as const;
    expect(clocksRunning(summary, isWeekend).map(({ kind }) => kind)).toContain(
      'completeDeclaration',
    );
    expect(clocksRunning(over, isWeekend).map(({ kind }) => kind)).toEqual(['declare']);
  });
});

test('days between two dates are counted, never backwards', () => {
  expect(daysFrom('2026-02-27', '2026-03-02')).toBe(3);
  expect(daysFrom('2026-03-02', '2026-02-27')).toBe(0);
});
