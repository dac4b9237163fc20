// Goods are tried against rules in force and against those to come. Nobody learns by trying what model, draw or a list
// of firms would have said.
import { expect, test } from 'vitest';
import { known, policy } from './fixtures.ts';
import { createBookList, type RuleBook } from './rules/book.ts';
import { bookOf, bookRule } from './rules/fixtures.ts';
import { createTrials, type TrialRules } from './trial.ts';

const TODAY = '2026-07-02';
const watched = createBookList({
  ...{ name: 'watched', version: 1, hash: 'h', type: 'text', until: null },
  ...{ values: new Set(['080390']), untils: new Map() },
});
const text = 'goods.hs6 == "080390"';
const yellow = { text, mandatory: 'yellow' as const };
const from = (day: string) => ({ effective: { from: day, to: null } });

const triedWith = (book: RuleBook, rules: TrialRules, on: string): string[] => {
  const sampled = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
  const trials = createTrials({ policy: sampled, seed: 's', books: { current: book } });
  const { results, lane, sampling } = trials.engine(rules).decide('D1', on, known({}));
  expect(sampling).toBeNull();
  const hits = results.filter(({ outcome, check }) => outcome === 'hit' && check.startsWith('R-'));
  return [lane, ...hits.map(({ check, version }) => `${check}@${version}`)];
};

const live = bookRule('R-1', yellow);
const next = bookRule('R-1', { text, points: 0 }, { standing: 'shadow', version: 2 });
const trial = bookRule('R-2', yellow, { standing: 'shadow' });
const later = bookRule('R-3', { ...yellow, ...from('2026-09-01') });
const listed = bookRule('R-4', { ...yellow, text: 'goods.hs6 in lists.watched' }, {}, [watched]);

test.each([
  ['a live rule', [live], 'inForce', TODAY, ['yellow', 'R-1@1']],
  ['and its successor on trial', [live, next], 'inForce', TODAY, ['yellow', 'R-1@1']],
  ['which takes its place', [live, next], 'coming', TODAY, ['green', 'R-1@2']],
  ['a rule on trial', [trial], 'inForce', TODAY, ['green']],
  ['that comes', [trial], 'coming', TODAY, ['yellow', 'R-2@1']],
  ['one that counts later', [later], 'inForce', TODAY, ['green']],
  ['on its day', [later], 'inForce', '2026-09-01', ['yellow', 'R-3@1']],
  ['one that asks a list', [listed], 'inForce', TODAY, ['green']],
] as const)('%s', (_, rules, which, on, told) => {
  expect(triedWith(bookOf(rules, [watched]), which, on)).toEqual(told);
});

test('the day of coming rules is the day the last of them begins', () => {
  const trials = (rules: Parameters<typeof bookOf>[0]) =>
    createTrials({ policy, seed: 's', books: { current: bookOf(rules) } });
  expect(trials([live]).firstDay('coming', TODAY)).toBe(TODAY);
  expect(trials([live, later]).firstDay('coming', TODAY)).toBe('2026-09-01');
});
