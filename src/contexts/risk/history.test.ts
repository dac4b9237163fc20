// The past as a decision may see it: earlier days only, whatever comes when.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../kernel/canonical.ts';
import type { FactSet } from '../facts/index.ts';
import { bananas, dayOf, engine, fortyDays } from './fixtures.ts';
import { createHistory } from './history.ts';
import { createPeers, PEERS_KEPT } from './peers.ts';
import { createTally } from './tally.ts';

interface Row {
  readonly id: string;
  readonly day: number;
  readonly facts: FactSet;
}

/** Decides rows as they come and gives each decision's bytes by id. */
function decideAll(rows: readonly Row[]): Map<string, string> {
  const history = createHistory();
  return new Map(
    rows.map(({ id, day, facts }) => {
      const known = { ...facts, ...history.factsFor(facts, dayOf(day)) };
      history.observe(facts, dayOf(day));
      return [id, canonicalJson(engine.decide(id, dayOf(day), known))];
    }),
  );
}

const row = fc.record({
  day: fc.integer({ min: 0, max: 5 }),
  price: fc.double({ min: 0.1, max: 9, noNaN: true }),
  origin: fc.constantFrom('EC', 'PH'),
  departure: fc.constantFrom('EC', 'PH', 'PA'),
  importer: fc.constantFrom('a', 'b', 'c'),
});
const rows = fc.array(row, { minLength: 60, maxLength: 160 }).map((drawn): Row[] =>
  drawn
    .map(({ day, price, origin, departure, importer }, n) => ({
      ...{ id: `D${n}`, day },
      facts: bananas({
        ...{ 'goods.value': price * 20_000, 'goods.origin': origin, 'party.seller': 's' },
        ...{ 'route.departure': departure, 'party.importer': importer },
      }),
    }))
    .sort((a, b) => a.day - b.day),
);

describe('never looking ahead', () => {
  test('whatever happens after a day, the decisions up to that day are the same bytes', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        (all, cut, random) => {
          const until = all.filter(({ day }) => day <= cut);
          const later = all.filter(({ day }) => day > cut);
          const changed = later
            .map((r) => ({ ...r, facts: { ...r.facts, 'goods.value': random.next().value } }))
            .reverse()
            .sort((a, b) => a.day - b.day);
          const before = decideAll(all);
          const after = decideAll([...until, ...changed]);
          for (const { id } of until) expect(after.get(id)).toBe(before.get(id));
        },
      ),
      { numRuns: 12 },
    );
  });

  test('the order within a day changes nothing', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const turned = [...all].reverse().sort((a, b) => a.day - b.day);
        const expected = decideAll(all);
        for (const [id, bytes] of decideAll(turned)) expect(bytes).toBe(expected.get(id));
      }),
      { numRuns: 12 },
    );
  });

  test('an old day asked about late sees only what was before it', () => {
    const history = fortyDays();
    const facts = bananas();
    const then = history.factsFor(facts, dayOf(20));
    expect(then['history.days']).toBe(20);
    expect(then['peers.count']).toBe(40);
    expect(then['importer.earlier']).toBe(40);
    expect(history.factsFor(facts, dayOf(40))['peers.count']).toBe(80);
    expect(history.factsFor(facts, dayOf(20))).toEqual(then);
  });

  test('a late filing joins its own day, not today', () => {
    const [inTime, late] = [createHistory(), createHistory()];
    const facts = bananas();
    for (const n of [0, 1, 2]) inTime.observe(facts, dayOf(n));
    for (const n of [0, 2, 1]) late.observe(facts, dayOf(n));
    for (const n of [0, 1, 2, 3, 9])
      expect(late.factsFor(facts, dayOf(n))).toEqual(inTime.factsFor(facts, dayOf(n)));
  });
});

describe('what is kept apart', () => {
  const count = (changed: Record<string, string>, fact: string) =>
    fortyDays().factsFor(bananas(changed), dayOf(40))[fact];

  test('imports and exports, currencies, origins, goods', () => {
    expect(count({}, 'peers.count')).toBe(80);
    for (const changed of [
      { 'declaration.ieFlag': 'E' },
      { 'declaration.currency': 'EUR' },
      { 'goods.origin': 'PH' },
      { 'goods.hs6': '080310' },
    ])
      expect(count(changed, 'peers.count')).toBe(0);
  });

  test('a free sample has no price, so it is nobody’s peer', () => {
    const history = fortyDays();
    history.observe(bananas({ 'goods.value': 0 }), dayOf(39));
    const facts = history.factsFor(bananas(), dayOf(40));
    expect(facts['peers.count']).toBe(80);
    expect(facts['importer.earlier']).toBe(81);
  });

  test('statistics of fewer than thirty are not stated', () => {
    const history = createHistory();
    for (let n = 0; n < 29; n++) history.observe(bananas(), dayOf(n));
    expect(history.factsFor(bananas(), dayOf(30))).toMatchObject({ 'peers.count': 29 });
    expect(history.factsFor(bananas(), dayOf(30))).not.toHaveProperty(['peers.priceMedian']);
    history.observe(bananas(), dayOf(29));
    expect(history.factsFor(bananas(), dayOf(30))['peers.priceMedian']).toBeCloseTo(1.2, 12);
  });
});

describe('what is kept at all', () => {
  test('a group keeps the newest peers, by day and then by size', () => {
    const peers = createPeers();
    for (let n = 0; n < PEERS_KEPT + 100; n++) peers.add('g', dayOf(n), n + 1);
    expect(peers.before('g', dayOf(9999)).count).toBe(PEERS_KEPT);
    expect(peers.before('g', dayOf(9999)).statistics?.low).toBeGreaterThan(100);
  });

  test('quartiles and spread of a known sample', () => {
    const peers = createPeers();
    for (let n = 1; n <= 31; n++) peers.add('g', dayOf(n), Math.E ** (n - 16));
    const { statistics } = peers.before('g', dayOf(99));
    expect(statistics?.median).toBeCloseTo(1, 12);
    expect(statistics?.spread).toBeCloseTo(1.4826 * 8, 9);
  });

  test('a tally forgets keys it has not seen for a month, and keeps the others', () => {
    const tally = createTally(30);
    tally.add('old', dayOf(0), 5);
    tally.add('kept', dayOf(0), 5);
    tally.add('kept', dayOf(20), 5);
    tally.add('new', dayOf(40), 5);
    expect(tally.before('old', dayOf(50))).toMatchObject({ count: 0 });
    expect(tally.before('kept', dayOf(50))).toMatchObject({ count: 2, sum: 10 });
    expect(tally.between('kept', dayOf(20), dayOf(21))).toEqual({ count: 1, sum: 5 });
  });
});
