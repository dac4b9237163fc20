// The joint order by itself: clocks, pauses, answers that stand, one visit for all.
import { describe, expect, test } from 'vitest';
import { place } from '../../../kernel/event.ts';
import { envelope, NOW } from '../permits/fixtures.ts';
import { type AskedCheck, linkageStream, type NewLinkageEvent } from './events.ts';
import * as order from './order.ts';

const asked = (id: string, changes: Partial<AskedCheck> = {}): AskedCheck => ({
  ...{ id, owner: '2225', authority: 'customs', topic: 'animalQuarantine', rule: 'r', lines: [1] },
  ...{ reason: { zh: '检疫', en: 'quarantine' }, legalBasis: '法', visit: true, goods: 'g1' },
  ...{ dueAt: '2026-07-05T01:00:00.000Z', ...changes },
});
const next = (
  before: order.OrderState | null,
  events: readonly NewLinkageEvent[],
  at = NOW,
): order.OrderState =>
  place(linkageStream('B1'), before?.seq ?? 0, events, {
    ...envelope,
    occurredAt: at,
  }).reduce<order.OrderState | null>(order.apply, before) as order.OrderState;
const askAll = (before: order.OrderState | null, ...checks: AskedCheck[]) =>
  next(before, [{ kind: 'clearance.checksAsked', payload: { declaration: 'B1', checks } }]);
const passed = { outcome: 'passed' as const, conditions: null, note: '' };
const two = () =>
  askAll(
    null,
    asked('B1-a'),
    asked('B1-b', { owner: 'maritimeSafety', authority: 'maritimeSafety', visit: false }),
  );
const kindsOf = (events: readonly NewLinkageEvent[]) =>
  events.map(({ kind }) => kind.replace('clearance.', ''));

describe('an answer', () => {
  test('of the last check meets its owner’s condition, and no other’s', () => {
    const events = order.answer(two(), 'B1-a', passed);
    expect(events.at(-1)?.payload).toMatchObject({
      ...{ condition: 'quarantineCleared', owner: '2225', outcome: 'cleared' },
    });
    expect(order.standingOf(next(two(), events).checks, 'maritimeSafety')).toBe('open');
  });

  test('stands: the same again is no news, another one is refused', () => {
    const state = next(two(), order.answer(two(), 'B1-a', passed));
    expect(order.answer(state, 'B1-a', passed)).toEqual([]);
    const refused = { outcome: 'refused' as const, conditions: null, note: '带虫' };
    expect(() => order.answer(state, 'B1-a', refused)).toThrow('clearance.check_already_answered');
    expect(() => order.answer(state, 'B1-z', passed)).toThrow('clearance.check_not_found');
  });

  test('that refuses decides for its owner at once, whatever the other checks say', () => {
    const state = askAll(null, asked('B1-a'), asked('B1-c', { topic: 'foodSafety' }));
    const events = order.answer(state, 'B1-a', {
      outcome: 'refused',
      conditions: null,
      note: '带虫',
    });
    expect(events.at(-1)?.payload).toMatchObject({ outcome: 'refused', reason: '带虫' });
    const then = next(state, events);
    expect(kindsOf(order.answer(then, 'B1-c', passed))).toEqual(['checkAnswered']);
  });
});

describe('a clock', () => {
  test('stands still while paused, and its end moves by as long', () => {
    let state = next(two(), order.pause(two(), 'B1-a', { code: 'awaitingLaboratory', note: '' }));
    expect(order.pause(state, 'B1-a', { code: 'awaitingLaboratory', note: '' })).toEqual([]);
    expect(() => order.pause(state, 'B1-a', { code: 'forceMajeure', note: '' })).toThrow(
      'clearance.check_already_paused',
    );
    const told = order.overdueOf(state, '2026-08-01T00:00:00.000Z');
    expect(told.map(({ payload }) => payload)).toMatchObject([{ check: 'B1-b' }]);
    state = next(state, order.resume(state, 'B1-a', '', '2026-07-04T01:00:00.000Z'));
    expect(state.checks[0]).toMatchObject({ pause: null, dueAt: '2026-07-07T01:00:00.000Z' });
    expect(order.resume(state, 'B1-a', '', '2026-07-05T01:00:00.000Z')).toEqual([]);
  });

  test('that jumps back moves no end', () => {
    const state = next(two(), order.pause(two(), 'B1-a', { code: 'forceMajeure', note: '' }));
    const [resumed] = order.resume(state, 'B1-a', '', '2026-06-01T00:00:00.000Z');
    expect(resumed?.payload).toMatchObject({ dueAt: '2026-07-05T01:00:00.000Z' });
  });

  test('tells once that a day has passed', () => {
    const late = '2026-07-06T00:00:00.000Z';
    const state = next(two(), order.overdueOf(two(), late));
    expect(state.checks.map(({ overdue }) => overdue)).toEqual([true, true]);
    expect(order.overdueOf(state, late)).toEqual([]);
  });
});

describe('a visit', () => {
  const visit = {
    ...{ id: 'V1', note: '' },
    participants: [
      {
        owner: '2225',
        officers: ['陈立'],
        findings: '合格',
        outcome: 'passed' as const,
        conditions: null,
      },
      {
        owner: 'maritimeSafety',
        officers: ['孙雨桐'],
        findings: '',
        outcome: null,
        conditions: null,
      },
    ],
  };
  test('answers for those who were there and said so, and is recorded once', () => {
    const events = order.recordVisit(two(), visit);
    expect(kindsOf(events)).toEqual(['visitRecorded', 'checkAnswered', 'ownerAnswered']);
    const state = next(two(), events);
    expect(state.checks[0]).toMatchObject({ status: 'passed', visitId: 'V1', note: '合格' });
    expect(order.recordVisit(state, visit)).toEqual([]);
  });

  test('joins the customs examination while there is one', () => {
    const joined: NewLinkageEvent = {
      kind: 'clearance.checksJoined',
      payload: { declaration: 'B1', examination: 'B1-X1' },
    };
    const state = next(two(), [joined]);
    expect(() => order.recordVisit(state, visit)).toThrow('clearance.check_joined_to_examination');
    expect(() => order.answer(state, 'B1-a', passed)).toThrow(
      'clearance.check_joined_to_examination',
    );
    expect(order.answer(state, 'B1-b', passed)).not.toEqual([]);
    const done = next(state, order.recordVisit(state, { ...visit, id: 'B1-X1' }));
    expect(done).toMatchObject({ examination: null, checks: [{ visitId: 'B1-X1' }, {}] });
  });

  test('names nobody who was not asked', () => {
    const [first] = visit.participants;
    const stranger = { ...visit, participants: [{ ...first, owner: 'police' }] } as typeof visit;
    expect(() => order.recordVisit(two(), stranger)).toThrow('clearance.check_not_theirs');
  });
});

test('an amendment keeps what was said of the same goods, asks anew about others, and drops the rest', () => {
  const state = next(two(), order.answer(two(), 'B1-a', passed));
  const same = askAll(state, asked('B1-a'));
  expect(same.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'B1-a passed',
    'B1-b withdrawn',
  ]);
  const elsewhere = askAll(
    two(),
    asked('B1-a', { owner: '2248', dueAt: '2027-01-01T00:00:00.000Z' }),
  );
  expect(elsewhere.checks[0]).toMatchObject({ owner: '2248', dueAt: '2026-07-05T01:00:00.000Z' });
  const other = askAll(state, asked('B1-a', { goods: 'g2' }));
  expect(other.checks[0]).toMatchObject({ status: 'pending' });
  expect(order.standingOf(same.checks, 'maritimeSafety')).toBe('cleared');
});
