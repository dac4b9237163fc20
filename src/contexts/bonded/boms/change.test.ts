// Bills change: an engineering change from a day on, a correction that was known late. What cannot be touched is kept;
// what is said after many changes is what a book made from scratch would say, now and as it was known.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { type BomChange, type Boms, createBoms } from './boms.ts';
import { differenceOf } from './difference.ts';
import { type BomLine, readLine, readSourcing, type Sourcing } from './line.ts';
import { forest, line } from './testing.ts';
import type { View } from './view.ts';

const at = (day: number) => `2026-02-0${day}T00:00:00.000Z`;

describe('an engineering change', () => {
  // Two products share F; W is only in P; Q has a part G of its own.
  const lines = [
    ...['P/F', 'P/W', 'Q/F', 'Q/G', 'F/T', 'T/M1', 'W/M2', 'G/M3'].map((id) => {
      const [assembly, component] = id.split('/');
      return line({ ...(assembly && component ? { assembly, component } : {}) });
    }),
  ];
  const ASSEMBLIES = ['P', 'Q', 'F', 'G', 'T', 'W'];
  const ready = () => {
    const boms = createBoms();
    boms.record({ lines });
    for (const part of ASSEMBLIES) boms.now.compile(part, '2026-06-01');
    return boms;
  };
  const recompiled = (boms: Boms, day: string): number => {
    const before = boms.compiled();
    for (const part of [...ASSEMBLIES, 'M3']) boms.now.compile(part, day);
    return boms.compiled() - before;
  };
  const more = (over: Parameters<typeof line>[0]) =>
    line({ ...over, recordedAt: at(1), quantity: '2' });

  test.each<[string, BomLine, string[], number]>([
    ['deep in both: T, F, P, Q', more({ assembly: 'T', component: 'M1' }), ['F', 'P', 'Q', 'T'], 4],
    ['in one: W, P', more({ assembly: 'W', component: 'M2' }), ['P', 'W'], 2],
    ['at the top: Q', more({ assembly: 'Q', component: 'M9' }), ['Q'], 1],
    [
      'a bought part gets a bill: it and all above',
      more({ assembly: 'M3', component: 'X' }),
      ['G', 'M3', 'Q'],
      3,
    ],
  ])('compiles only what is above it — %s', (_, changed, affected, count) => {
    const boms = ready();
    expect(boms.compiled()).toBe(6);
    expect([...boms.record({ lines: [changed] }).affected].sort()).toEqual(affected);
    expect(recompiled(boms, '2026-06-01')).toBe(count);
    expect(recompiled(boms, '2026-06-01')).toBe(0);
  });

  test('from a day on keeps what was compiled for the days before', () => {
    const boms = ready();
    const change = boms.record({
      lines: [
        line({ assembly: 'T', component: 'M1', to: '2026-07-01', recordedAt: at(1) }),
        line({
          id: 'T/M1 v2',
          assembly: 'T',
          component: 'M1',
          quantity: '3',
          from: '2026-07-01',
          recordedAt: at(1),
        }),
      ],
    });
    expect(change.days).toEqual({ from: '2026-07-01', to: null });
    expect(recompiled(boms, '2026-06-30')).toBe(0);
    expect(recompiled(boms, '2026-07-01')).toBe(4);
  });

  test('the same record again, or one with other papers only, touches nothing', () => {
    const boms = ready();
    expect(boms.record({ lines })).toMatchObject({ taken: 0, days: null });
    const papers = lines.map((each) => ({ ...each, recordedAt: at(1), change: 'ECO-7' }));
    expect(boms.record({ lines: papers })).toMatchObject({ taken: 8, days: null });
    expect(recompiled(boms, '2026-06-01')).toBe(0);
  });

  test('in a large factory compiles the ancestors and no more', () => {
    const shape = { seed: 7, products: 20, depth: 6, linesPerProduct: 120, materials: 200 };
    const all = forest(shape).map(readLine);
    const boms = createBoms();
    boms.record({ lines: all });
    const assemblies = new Set(all.map(({ assembly }) => assembly));
    const compileAll = () => {
      for (const assembly of assemblies) boms.now.compile(assembly, '2026-06-01');
    };
    compileAll();
    expect(boms.compiled()).toBe(assemblies.size);
    const changed = all.filter(({ assembly }) => assembly === 'P3-5-0').slice(0, 1);
    const { affected } = boms.record({
      lines: changed.map((each) => ({ ...each, quantity: each.quantity * 2n, recordedAt: at(1) })),
    });
    compileAll();
    expect(affected.size).toBeGreaterThan(4);
    expect(affected.size).toBeLessThan(assemblies.size / 4);
    expect(boms.compiled()).toBe(assemblies.size + affected.size);
  });
});

describe('what was known then', () => {
  test('a correction recorded in February is in force for January, and was not known in January', () => {
    const boms = createBoms();
    const first = line({ component: 'M', quantity: '2' });
    boms.record({ lines: [first] });
    boms.record({ lines: [{ ...first, quantity: 3n * first.quantity, recordedAt: at(3) }] });
    const netIn = (view: View) => view.compile('A', '2026-01-15')?.map(({ net }) => net);
    expect(netIn(boms.knownAt(at(2)))).toEqual([first.quantity]);
    expect(netIn(boms.knownAt(at(3)))).toEqual([3n * first.quantity]);
    expect(netIn(boms.now)).toEqual([3n * first.quantity]);
    expect(netIn(boms.knownAt('2025-12-31T00:00:00Z'))).toBeUndefined();
  });

  test('an old record that comes late changes the past that was known, not the present', () => {
    const boms = createBoms();
    const then = boms.knownAt(at(2));
    boms.record({ lines: [line({ component: 'M', quantity: '3', recordedAt: at(3) })] });
    expect(then.compile('A', '2026-06-01')).toBeNull();
    const late = boms.record({
      lines: [line({ component: 'M', quantity: '2', recordedAt: at(1) })],
    });
    expect(late).toMatchObject({ taken: 1, days: null });
    expect(then.compile('A', '2026-06-01')?.[0]?.net).toBe(2_000_000_000n);
    expect(boms.now.compile('A', '2026-06-01')?.[0]?.net).toBe(3_000_000_000n);
  });

  test('a line is withdrawn by a record of no days', () => {
    const boms = createBoms();
    boms.record({ lines: [line({ component: 'M' }), line({ component: 'N' })] });
    boms.record({ lines: [line({ component: 'N', to: '2026-01-01', recordedAt: at(1) })] });
    expect(boms.now.billOn('A', '2026-06-01').map(({ component }) => component)).toEqual(['M']);
  });
});

describe('for people', () => {
  const boms = createBoms();
  boms.record({
    lines: [
      ...[line({ assembly: 'P', component: 'F' }), line({ assembly: 'Q', component: 'P' })],
      line({ assembly: 'F', component: 'M1', quantity: '2', to: '2026-07-01' }),
      line({ id: 'F/M1 v2', assembly: 'F', component: 'M1', quantity: '3', from: '2026-07-01' }),
      line({ assembly: 'F', component: 'M2', to: '2026-07-01' }),
      line({ assembly: 'P', component: 'M3', from: '2026-07-01' }),
      line({ assembly: 'P', component: 'M4' }),
      line({ assembly: 'Q', component: 'M1' }),
    ],
  });

  test('where a part is used, nearest first, and what goes into nothing else', () => {
    const used = boms.now.whereUsed('M1', '2026-06-01');
    expect(used.map(({ assembly, levelsUp, isTop }) => [assembly, levelsUp, isTop])).toEqual([
      ['F', 1, false],
      ['Q', 1, true],
      ['P', 2, false],
    ]);
    expect(boms.now.whereUsed('M2', '2026-07-01')).toEqual([]);
  });

  test('what changed between two days, line by line and in materials', () => {
    const on = (day: string) => ({ view: boms.now, on: day });
    const { lines, sources, materials } = differenceOf('P', on('2026-06-30'), on('2026-07-01'));
    expect(
      lines.map(({ assembly, component, before, after }) => [
        ...[assembly, component, before?.quantity ?? null, after?.quantity ?? null],
      ]),
    ).toEqual([
      ['F', 'M1', 2_000_000_000n, 3_000_000_000n],
      ['F', 'M2', 1_000_000_000n, null],
      ['P', 'M3', null, 1_000_000_000n],
    ]);
    expect(sources).toEqual([]);
    expect(materials.map(({ part }) => part)).toEqual(['M1', 'M2', 'M3']);
    const none = differenceOf('P', on('2026-06-29'), on('2026-06-30'));
    expect(none).toEqual({ lines: [], sources: [], materials: [] });
  });
});

const PARTS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const DAYS = ['2026-01-01', '2026-01-10', '2026-01-20', '2026-01-30'];
const MOMENTS = [1, 2, 3, 4].map(at);
const rates = fc.constantFrom('0', '0', '0.02', '0.123456789');
const span = fc.record({
  from: fc.constantFrom(...DAYS),
  to: fc.constantFrom(...DAYS, null, null),
  recordedAt: fc.constantFrom(...MOMENTS),
  evidence: fc.constant(''),
});
/** A line's id says whose it is; its component is mostly a later part, so that few changes make a cycle. */
const anyLine = fc
  .tuple(
    fc.nat(5),
    fc.nat(1),
    fc.integer({ min: 0, max: 6 }),
    span,
    fc.constantFrom('1', '2', '0.5', '0.333333333'),
    rates,
    rates,
  )
  .map(([assembly, slot, component, days, quantity, tangibleLossRate, intangibleLossRate]) =>
    readLine({
      ...{
        id: `${assembly}.${slot}`,
        assembly: PARTS[assembly] ?? '',
        component: PARTS[component] ?? '',
      },
      ...{ quantity, unit: 'EA', tangibleLossRate, intangibleLossRate, change: null, ...days },
    }),
  );
const anySourcing = fc
  .tuple(fc.nat(6), fc.constantFrom('made' as const, 'bought' as const), span)
  .map(([part, source, days]) =>
    readSourcing({ id: `${part}`, part: PARTS[part] ?? '', source, ...days }),
  );
const anyChange: fc.Arbitrary<BomChange> = fc.record({
  lines: fc.array(anyLine, { maxLength: 4 }),
  sourcings: fc.array(anySourcing, { maxLength: 1 }),
});

const answer = <T>(ask: () => T): T | string[] => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refused)
      return error.refusals.map(({ code, seen }) => `${code} ${seen}`).sort();
    throw error;
  }
};
const everything = (view: View) =>
  DAYS.flatMap((on) => PARTS.map((part) => answer(() => view.compile(part, on))));

test('after any changes, kept or refused, the book says what one made from scratch says', () => {
  let taken = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 12 }), (changes) => {
      const boms = createBoms();
      const lines: BomLine[] = [];
      const sourcings: Sourcing[] = [];
      for (const change of changes) {
        const before = everything(boms.now);
        const result = answer(() => boms.record(change));
        if (Array.isArray(result)) {
          refused += 1;
          expect(everything(boms.now)).toEqual(before);
          continue;
        }
        taken += 1;
        lines.push(...(change.lines ?? []));
        sourcings.push(...(change.sourcings ?? []));
        const scratch = createBoms();
        scratch.record({ lines, sourcings });
        expect(everything(boms.now)).toEqual(everything(scratch.now));
      }
      for (const moment of MOMENTS) {
        const then = createBoms();
        const known = <T extends { recordedAt: string }>(all: T[]) =>
          all.filter(({ recordedAt }) => recordedAt <= moment);
        then.record({ lines: known(lines), sourcings: known(sourcings) });
        expect(everything(boms.knownAt(moment))).toEqual(everything(then.now));
      }
    }),
    { numRuns: 60 },
  );
  expect(taken).toBeGreaterThan(80);
  expect(refused).toBeGreaterThan(15);
});
