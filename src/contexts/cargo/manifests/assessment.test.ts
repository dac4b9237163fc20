// What risk says of a bill before its goods arrive: only a mandatory rule that speaks of bills keeps
// goods ashore, and the random draw is for declarations.
import { expect, test } from 'vitest';
import type { CheckResult, Decision, DecisionEngine } from '../../risk/index.ts';
import { createEngine, loadPolicy, replay } from '../../risk/index.ts';
import { assess, factsOf } from './assessment.ts';
import { BillContent, VoyageManifest } from './contract.ts';
import { bill, voyage } from './fixtures.ts';
import { voyageFrom } from './service/voyage.ts';

const content = BillContent.parse(bill('COSU1', { dangerous: { unNumber: '1203' } }));
const facts = factsOf(
  'COSU1',
  content,
  voyageFrom(VoyageManifest.parse(voyage('M1', [bill('COSU1')]))),
  { houses: [], master: null },
);
const policy = loadPolicy();
const drawn = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
const plain = createEngine({ policy: drawn, seed: 's' });

/** The port's engine with one officer's rule that hits. */
const withHit = (
  values: CheckResult['values'],
  changes: Partial<CheckResult> = {},
): DecisionEngine => ({
  versions: plain.versions,
  decide: (subject, on, known) => ({
    ...plain.decide(subject, on, known),
    lane: 'red',
    selectedBy: 'mandatory',
    results: [
      {
        ...{ check: 'R-0007', version: 1, outcome: 'hit', points: 0, told: false, mandatory: true },
        ...{ lane: 'red', values, missing: [], legalBasis: null },
        sentence: { zh: '句', en: 'sentence' },
        advice: { zh: '查', en: 'look' },
        ...changes,
      },
    ],
  }),
});
const kinds = (engine: DecisionEngine): string[] =>
  assess(engine, 'COSU1', '2026-07-02', facts).events.map(({ kind }) => kind);

test.each([
  { name: 'speaks of bills', engine: withHit({ 'bill.unNumber': '1203' }), forbids: true },
  { name: 'speaks of goods', engine: withHit({ 'goods.description': 'x' }), forbids: false },
  {
    name: 'is not mandatory',
    engine: withHit({ 'bill.unNumber': '1203' }, { mandatory: false, lane: null }),
    forbids: false,
  },
])('a rule that $name', ({ engine, forbids }) => {
  expect(kinds(engine)).toEqual(
    forbids ? ['cargo.assessed', 'cargo.doNotLoad'] : ['cargo.assessed'],
  );
});

test('a bill is not drawn into the sample, and its decision replays so', () => {
  const { decision, events } = assess(plain, 'COSU1', '2026-07-02', facts);
  expect(decision).toMatchObject({ selectedBy: 'none', lane: 'green', sampling: null });
  const stored: Decision = JSON.parse(JSON.stringify(decision));
  expect(replay(plain, stored)).toEqual({ identical: true, decision });
  const { 'selection.isSampled': _, ...declared } = facts;
  expect(plain.decide('COSU1', '2026-07-02', declared).selectedBy).toBe('sample');
  expect(events).toMatchObject([{ kind: 'cargo.assessed', payload: { lane: 'green', hits: [] } }]);
});

test('a decision rests on what the bill states', () => {
  const { decision } = assess(plain, 'COSU1', '2026-07-02', facts);
  expect(decision.facts).toMatchObject({
    'bill.loadingCountry': 'DE',
    'bill.massPerPackage': 105,
    'bill.isDangerous': true,
    'route.departure': 'DE',
  });
});
