// Release is withheld by each condition alone, and by nothing else.
import { describe, expect, test } from 'vitest';
import { conditionsOf, releaseIsDue } from './conditions.ts';
import type { ConditionKind } from './contract.ts';
import type { State } from './declaration.ts';
import { content, life } from './fixtures.ts';

const PROVIDERS_TO_COME = new Set<ConditionKind>([
  'manifestMatched',
  'permitsWrittenDown',
  'quarantineCleared',
  'authorityCleared',
  'taxPaidOrGuaranteed',
]);
const arrived = { kind: 'clearance.arrivalConfirmed', payload: { premises: '外四期' } } as const;
const statusOf = (state: State, kind: ConditionKind, notComputed = PROVIDERS_TO_COME) =>
  conditionsOf(state, notComputed).find((condition) => condition.kind === kind)?.status;

test('a green declaration is due for release when its goods have arrived', () => {
  expect(releaseIsDue(conditionsOf(life('green'), PROVIDERS_TO_COME))).toBe(false);
  expect(releaseIsDue(conditionsOf(life('green', [arrived]), PROVIDERS_TO_COME))).toBe(true);
});

describe('each condition, removed in turn, withholds release', () => {
  const due = {
    ...life('green', [arrived]),
    content: content({ licences: [{ kind: '1', number: 'L1' }] }),
  };
  const withheld: [ConditionKind, State, Set<ConditionKind>][] = [
    ['documentsInOrder', { ...due, documentsAt: null }, PROVIDERS_TO_COME],
    ['arrivalConfirmed', { ...due, arrivedAt: null }, PROVIDERS_TO_COME],
    ['targetingClosed', { ...due, targetingClosedAt: null }, PROVIDERS_TO_COME],
    ['examinationDisposed', { ...due, examinations: life('red').examinations }, PROVIDERS_TO_COME],
    ...[...PROVIDERS_TO_COME].map((kind): [ConditionKind, State, Set<ConditionKind>] => [
      kind,
      due,
      new Set([...PROVIDERS_TO_COME].filter((other) => other !== kind)),
    ]),
  ];
  test('the whole list is tried', () => {
    expect(withheld.map(([kind]) => kind).sort()).toEqual(
      conditionsOf(due, PROVIDERS_TO_COME)
        .map((condition) => condition.kind)
        .sort(),
    );
  });
  test.each(withheld)('%s', (kind, state, notComputed) => {
    const conditions = conditionsOf(state, notComputed);
    expect(
      conditions.filter((condition) => condition.status === 'unmet').map((c) => c.kind),
    ).toEqual([kind]);
    expect(releaseIsDue(conditions)).toBe(false);
  });
});

test('a provider that does not exist shows as not computed, never as met', () => {
  for (const kind of PROVIDERS_TO_COME) {
    expect(statusOf(life('green', [arrived]), kind)).toBe('notComputed');
    expect(statusOf(life('green', [arrived]), kind, new Set())).not.toBe('met');
  }
});

test('a hold reopens targeting; lifting it closes targeting again', () => {
  const held = { kind: 'clearance.held', payload: { reason: 'x', legalBasis: 'y' } } as const;
  const lifted = { kind: 'clearance.holdLifted', payload: { note: 'z' } } as const;
  expect(statusOf(life('green', [arrived, held]), 'targetingClosed')).toBe('unmet');
  expect(statusOf(life('green', [arrived, held, lifted]), 'targetingClosed')).toBe('met');
});

test('before acceptance there is nothing to meet, and nothing is due', () => {
  const draft = { ...life('green'), acceptedAt: null };
  expect(conditionsOf(draft, PROVIDERS_TO_COME)).toEqual([]);
  expect(releaseIsDue([])).toBe(false);
});
