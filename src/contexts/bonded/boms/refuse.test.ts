// Bills that cannot be: a part in itself, a part in two units, a line that loses everything. All problems are named at once,
// and nothing of what was sent is taken.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isEffective } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { type BomChange, createBoms } from './boms.ts';
import { type BomLine, readSourcing } from './line.ts';
import { line } from './testing.ts';

function refusalsOf(before: BomChange, change: BomChange): readonly Refusal[] {
  const boms = createBoms();
  boms.record(before);
  try {
    boms.record(change);
  } catch (error) {
    if (error instanceof Refused) return error.refusals;
    throw error;
  }
  return [];
}
const edge = (path: string, over: Partial<Parameters<typeof line>[0]> = {}): BomLine => {
  const [assembly = '', component = ''] = path.split('/');
  return line({ assembly, component, ...over });
};
const at = (day: number) => `2026-02-0${day}T00:00:00.000Z`;
const source = (part: string, is: 'made' | 'bought', from: string) =>
  readSourcing({
    id: `${part} ${is}`,
    part,
    source: is,
    from,
    to: null,
    recordedAt: at(1),
    evidence: '',
  });

test.each<[string, BomLine[], BomLine[], string[]]>([
  ['a part in itself', [], [edge('A/A')], ['A → A']],
  ['two parts in each other', [edge('A/B')], [edge('B/A')], ['A → B → A']],
  ['named from the least part', [edge('B/C'), edge('A/B')], [edge('C/A')], ['A → B → C → A']],
  [
    'the shortest way round',
    [edge('A/B'), edge('B/C'), edge('C/D'), edge('A/D')],
    [edge('D/A')],
    ['A → D → A'],
  ],
  [
    'two at once',
    [edge('A/B'), edge('C/D')],
    [edge('B/A'), edge('D/C')],
    ['A → B → A', 'C → D → C'],
  ],
  [
    'only until the day it turns round',
    [edge('A/B', { to: '2026-03-01' })],
    [edge('B/A', { from: '2026-03-01' })],
    [],
  ],
  [
    'one day together is enough',
    [edge('A/B', { to: '2026-03-02' })],
    [edge('B/A', { from: '2026-03-01' })],
    ['A → B → A'],
  ],
  [
    'no day on which all three are in effect, though each two share one',
    [edge('A/B', { to: '2026-04-01' }), edge('B/C', { from: '2026-03-01', to: '2026-05-01' })],
    [edge('C/A', { from: '2026-04-01' })],
    [],
  ],
  [
    'turned round by a correction of both',
    [edge('A/B')],
    [edge('A/C', { id: 'A/B', recordedAt: at(1) }), edge('B/A', { recordedAt: at(1) })],
    [],
  ],
  [
    'a correction that was known before its counterpart',
    [edge('A/B')],
    [edge('A/C', { id: 'A/B', recordedAt: at(2) }), edge('B/A', { recordedAt: at(1) })],
    ['A → B → A'],
  ],
  [
    'a withdrawn line',
    [edge('A/B'), edge('A/B', { to: '2026-01-01', recordedAt: at(1) })],
    [edge('B/A', { recordedAt: at(2) })],
    [],
  ],
])('%s', (_, before, change, paths) => {
  const found = refusalsOf({ lines: before }, { lines: change });
  expect(found.map(({ code }) => code)).toEqual(paths.map(() => 'bonded.bom_cycle'));
  expect(found.map(({ params }) => params?.path)).toEqual(paths);
});

test('a cycle says where the line was sent and a day on which it closes', () => {
  const lines = [edge('X/Y'), edge('B/A', { from: '2026-03-01' })];
  expect(refusalsOf({ lines: [edge('A/B')] }, { lines })).toEqual([
    {
      code: 'bonded.bom_cycle',
      path: 'lines[1]',
      seen: 'B/A',
      params: { path: 'A → B → A', on: '2026-03-01' },
    },
  ]);
});

test('all problems are named at once', () => {
  const before = {
    lines: [edge('A/B'), edge('K/M', { unit: 'kg' })],
    sourcings: [source('M', 'bought', '2026-01-01')],
  };
  const change = {
    lines: [
      edge('C/D', { quantity: '0' }),
      edge('E/F', { tangibleLossRate: '0.6', intangibleLossRate: '0.4' }),
      edge('G/H', { to: '2025-12-31' }),
      edge('I/J', { id: 'A/B' }),
      edge('A/B', { quantity: '2' }),
      edge('L/M', { unit: 'g' }),
      edge('B/A'),
    ],
    sourcings: [source('M', 'made', '2026-05-01')],
  };
  expect(refusalsOf(before, change).map(({ code, path }) => [code, path])).toEqual([
    ['bonded.bom_quantity_not_positive', 'lines[0].quantity'],
    ['bonded.bom_loses_everything', 'lines[1].tangibleLossRate'],
    ['bonded.bom_ends_before_it_begins', 'lines[2].to'],
    ['bonded.bom_id_of_another_part', 'lines[3].id'],
    ['bonded.bom_recorded_twice', 'lines[4].id'],
    ['bonded.bom_units_disagree', 'lines[5].unit'],
    ['bonded.bom_made_and_bought', 'sourcings[0].source'],
    ['bonded.bom_cycle', 'lines[6]'],
  ]);
});

test('another unit from another day on is no disagreement', () => {
  const lines = [
    edge('A/M', { unit: 'kg', to: '2026-03-01' }),
    edge('B/M', { unit: 'g', from: '2026-03-01' }),
  ];
  expect(refusalsOf({}, { lines })).toEqual([]);
});

test('nothing is taken of what was refused, and the rest may be sent again', () => {
  const boms = createBoms();
  boms.record({ lines: [edge('A/B')] });
  expect(() => boms.record({ lines: [edge('A/C'), edge('B/A')] })).toThrow(Refused);
  const bill = () => boms.now.billOn('A', '2026-06-01').map(({ component }) => component);
  expect(bill()).toEqual(['B']);
  boms.record({ lines: [edge('A/C')] });
  expect(bill()).toEqual(['B', 'C']);
});

const PARTS = ['A', 'B', 'C', 'D'];
const DAYS = ['2026-01-01', '2026-01-10', '2026-01-20'];
const MOMENTS = [1, 2, 3].map(at);

/** Every day and every moment tried, every way walked. */
function hasCycle(lines: readonly BomLine[]): boolean {
  return MOMENTS.some((moment) =>
    DAYS.some((day) => {
      const live = [...new Set(lines.map(({ id }) => id))].flatMap((id) => {
        const known = lines.filter((each) => each.id === id && each.recordedAt <= moment);
        const last = known.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).at(-1);
        return last && isEffective(last, day) ? [last] : [];
      });
      const walk = (part: string, path: readonly string[]): boolean =>
        path.includes(part) ||
        live.some((each) => each.assembly === part && walk(each.component, [...path, part]));
      return PARTS.some((part) => walk(part, []));
    }),
  );
}

test('a cycle is refused if and only if one closes on some day at some time of knowing', () => {
  const seen = { cycle: 0, none: 0 };
  const anyLine = fc
    .tuple(fc.nat(3), fc.nat(1), fc.nat(3), fc.nat(2), fc.constantFrom(...DAYS, null), fc.nat(2))
    .map(([assembly, slot, component, from, to, moment]) =>
      edge(`${PARTS[assembly]}/${PARTS[component]}`, {
        ...{ id: `${assembly}.${slot}.${moment}`, from: DAYS[from] ?? '', to },
        recordedAt: MOMENTS[moment] ?? '',
      }),
    )
    // One id has one assembly; its moment is part of what makes a version, so it is taken off again.
    .map((each) => ({ ...each, id: each.id.slice(0, 3) }))
    .filter(({ from, to }) => to === null || from <= to);
  const versions = fc.uniqueArray(anyLine, {
    ...{ maxLength: 7, selector: ({ id, recordedAt }) => `${id} ${recordedAt}` },
  });
  fc.assert(
    fc.property(versions, fc.nat(7), (lines, cut) => {
      const [before, change] = [lines.slice(0, cut), lines.slice(cut)];
      if (hasCycle(before)) return;
      const found = refusalsOf({ lines: before }, { lines: change });
      const expected = hasCycle(lines);
      seen[expected ? 'cycle' : 'none'] += 1;
      expect(found.some(({ code }) => code === 'bonded.bom_cycle')).toBe(expected);
      expect(found.every(({ code }) => code === 'bonded.bom_cycle')).toBe(true);
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(seen.cycle, seen.none)).toBeGreaterThan(60);
});
