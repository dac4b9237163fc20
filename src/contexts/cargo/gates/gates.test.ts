// Gates on a real PostgreSQL: what the barrier does with lorries that differ from their passports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { createZones, shippedZones } from '../zones/zones.ts';
import { streamOf } from './events.ts';
import { minutes, NOW } from './fixtures.ts';
import { fold } from './passport.ts';
import * as passports from './store/passports.ts';
import { findWeighedGoods } from './store/weighed.ts';
import {
  codesOf,
  firm,
  numberOf,
  officer,
  openWorld,
  part,
  terminal,
  type World,
} from './testing.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.database.drop());

test('the row is the fold of the events', async () => {
  const no = await world.list();
  const own = await world.vehicle();
  const { number } = await world.gates.applications.apply(firm, world.lorry(no, own));
  await world.gates.readAtGate(terminal, world.at(own));
  const events = await readStream(world.database.db, streamOf(number ?? ''));
  expect(await passports.find(world.database.db, number ?? '')).toEqual(fold(events as never));
});

test('what bridges weighed of a declaration is the sum of its vehicles, and of nobody else’s', async () => {
  const no = await world.list();
  const weighed = (declaration: string) => findWeighedGoods(world.database.db, declaration, null);
  expect(await weighed(`D-${no}`)).toBeNull();
  for (const kg of ['15010', '14990.5']) {
    const own = await world.vehicle();
    const { number } = await world.gates.applications.apply(
      firm,
      world.lorry(no, own, part(no, '400')),
    );
    expect(number).not.toBeNull();
    await world.gates.readAtGate(terminal, world.at(own, { weighing: { kg } }));
  }
  expect(await weighed(`D-${no}`)).toEqual({
    ...{ vehicles: 2, kg: '30000.5', tareKg: '10000', goodsKg: '20000' },
  });
  expect(await weighed('D-other')).toBeNull();
  // A lorry with goods of two declarations says nothing of either.
  const [one, two, own] = [await world.list(), await world.list(), await world.vehicle()];
  await world.gates.applications.apply(
    firm,
    world.lorry(one, own, {
      binding: 'oneVehicleManyLists',
      papers: [
        { kind: 'list', no: one },
        { kind: 'list', no: two },
      ],
    }),
  );
  await world.gates.readAtGate(terminal, world.at(own));
  expect(await weighed(`D-${one}`)).toBeNull();
});

describe('the same again', () => {
  test('an application repeated is the same passport; other content under its id is refused', async () => {
    const no = await world.list();
    const own = await world.vehicle();
    const application = world.lorry(no, own);
    const first = await world.gates.applications.apply(firm, application);
    expect(await world.gates.applications.apply(firm, application)).toEqual({
      ...first,
      repeated: true,
    });
    const other = { ...application, content: { ...application.content, goodsGrossKg: '1' } };
    await expect(world.gates.applications.apply(firm, other)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('a reading repeated is answered as before and counts once; other content is refused', async () => {
    const no = await world.list();
    const own = await world.vehicle();
    const { number } = await world.gates.applications.apply(firm, world.lorry(no, own));
    const reading = world.at(own);
    const first = await world.gates.readAtGate(terminal, reading);
    expect(await world.gates.readAtGate(terminal, reading)).toEqual({ ...first, repeated: true });
    expect((await world.kindsOf(number ?? '')).filter((kind) => kind === 'crossed')).toHaveLength(
      1,
    );
    const other = { ...reading, weighing: { kg: '14999' } };
    await expect(world.gates.readAtGate(terminal, other)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  test('ten of the same at once are one', async () => {
    const own = await world.vehicle();
    const application = world.lorry(await world.list(), own);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => world.gates.applications.apply(firm, application)),
    );
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    const reading = world.at(own);
    const opened = await Promise.all(
      Array.from({ length: 10 }, () => world.gates.readAtGate(terminal, reading)),
    );
    expect(opened.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });
});

describe('a weight that differs', () => {
  async function waiting() {
    const own = await world.vehicle();
    const { number } = await world.gates.applications.apply(
      firm,
      world.lorry(await world.list(), own),
    );
    const reading = world.at(own, { weighing: { kg: '16000' } });
    const answer = await world.gates.readAtGate(terminal, reading);
    expect(answer).toMatchObject({ verdict: 'wait', weight: { differenceKg: '1000' } });
    return { own, number: number ?? '', reading };
  }

  test('waits for an officer, who opens by hand with a reason; the gate asks again and learns it', async () => {
    const { number, reading } = await waiting();
    const board = await world.gates.reads.board(officer, 'WGQ-2');
    expect(board.waiting.map(({ id }) => id)).toContain(reading.id);
    await world.gates.officers.decideReading(officer, reading.id, {
      ...{ decision: 'open', reason: 'differenceExplained', note: '加装尾板' },
    });
    expect((await world.gates.readAtGate(terminal, reading)).verdict).toBe('open');
    const { passport } = await world.gates.reads.detail(officer, number);
    expect(passport.crossings[0]?.manual).toEqual({
      ...{ by: 'officer', reason: 'differenceExplained', note: '加装尾板' },
    });
  });

  test('is decided once: the second officer finds it decided', async () => {
    const { reading } = await waiting();
    const said = { decision: 'turnAway', reason: 'other', note: '回场复核' } as const;
    const both = await Promise.allSettled([
      world.gates.officers.decideReading(officer, reading.id, said),
      world.gates.officers.decideReading(officer, reading.id, { ...said, decision: 'open' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('weighed again and right: the reading that waited is history', async () => {
    const { own, number, reading } = await waiting();
    const again = await world.gates.readAtGate(
      terminal,
      world.at(own, { weighing: { kg: '15001' } }),
    );
    expect(again.verdict).toBe('open');
    const { readings } = await world.gates.reads.detail(officer, number);
    expect(readings.find(({ id }) => id === reading.id)?.standing).toBe('superseded');
  });

  test('meanwhile the same plate elsewhere is refused', async () => {
    const { own } = await waiting();
    const elsewhere = await world.gates.readAtGate(terminal, world.at(own, { gate: 'PVG-2' }));
    expect(elsewhere.verdict).toBe('refuse');
    expect(codesOf(elsewhere.reasons)).toContain('cargo.vehicle_at_two_gates');
  });
});

test('a broken seal orders an examination; only one who has examined lets the goods go on', async () => {
  const own = await world.vehicle();
  const box = { no: 'COSU1234567', tareKg: '2000', seal: 'S1' };
  const applied = await world.gates.applications.apply(
    firm,
    world.lorry(await world.list(), own, { containers: [box] }),
  );
  const reading = world.at(own, {
    ...{ weighing: { kg: '17010' }, containers: [box.no] },
    seals: [{ no: 'S1', state: 'broken' }],
  });
  expect((await world.gates.readAtGate(terminal, reading)).verdict).toBe('wait');
  expect(await world.kindsOf(numberOf(applied))).toContain('gateExaminationOrdered');
  const said = { decision: 'open', reason: 'other', note: '赶船' } as const;
  await expect(world.gates.officers.decideReading(officer, reading.id, said)).rejects.toMatchObject(
    {
      refusals: [{ code: 'cargo.examine_first' }],
    },
  );
  await world.gates.officers.decideReading(officer, reading.id, { ...said, reason: 'examined' });
  const { passport } = await world.gates.reads.detail(firm, numberOf(applied));
  expect(passport).toMatchObject({ state: 'crossed', examination: null });
});

test('a two-gate zone: inner, then outer; only the outer completes it', async () => {
  const zone = { zone: 'waigaoqiao-port' };
  const own = await world.vehicle();
  const applied = await world.gates.applications.apply(
    firm,
    world.lorry(await world.list('10', zone), own, zone),
  );
  const outer = { gate: 'WGP-A', lane: 'out-1' };
  const early = await world.gates.readAtGate(terminal, world.at(own, outer));
  expect(codesOf(early.reasons)).toEqual(['cargo.gate_order']);
  const first = await world.gates.readAtGate(
    terminal,
    world.at(own, { gate: 'WGP-B', lane: 'out-1' }),
  );
  expect(first).toMatchObject({ verdict: 'open', completed: false });
  world.clock.set(minutes(10));
  const second = await world.gates.readAtGate(terminal, world.at(own, outer));
  world.clock.set(NOW);
  expect(second).toMatchObject({ verdict: 'open', completed: true });
  const { passport } = await world.gates.reads.detail(firm, numberOf(applied));
  expect(passport.state).toBe('crossedSecondGate');
});

test('a stuck bridge: the fourth different lorry of the same weight waits', async () => {
  const verdicts: string[] = [];
  for (let lorries = 0; lorries < 4; lorries += 1) {
    const own = await world.vehicle();
    await world.gates.applications.apply(
      firm,
      world.lorry(await world.list(), own, { zone: 'waigaoqiao' }),
    );
    const answer = await world.gates.readAtGate(
      terminal,
      world.at(own, { weighing: { kg: '15111' } }),
    );
    verdicts.push(answer.reasons[0]?.code ?? answer.verdict);
  }
  expect(verdicts).toEqual(['open', 'open', 'open', 'cargo.weight_stuck']);
});

test('the regime changes between approval and gate: the movement keeps the one it began under', async () => {
  const book = shippedZones();
  const changing = book.zones.map((zone) =>
    zone.id === 'waigaoqiao'
      ? {
          ...zone,
          regimes: [
            { kind: 'bondedZone' as const, from: '1997-08-01', to: '2026-07-03' },
            { kind: 'comprehensiveBondedZone' as const, from: '2026-07-03', to: null },
          ],
        }
      : zone,
  );
  const changed = world.open(createZones({ ...book, zones: changing }));
  const own = await world.vehicle();
  const applied = await changed.applications.apply(firm, world.lorry(await world.list(), own));
  world.clock.set(minutes(24 * 60));
  const answer = await changed.readAtGate(terminal, world.at(own));
  world.clock.set(NOW);
  expect(answer.verdict).toBe('open');
  expect(codesOf(answer.reasons)).toEqual(['cargo.regime_changed_meanwhile']);
  const { timeline } = await changed.reads.detail(firm, numberOf(applied));
  const crossed = timeline.find(({ kind }) => kind === 'cargo.crossed');
  expect(crossed?.detail).toMatchObject({ regime: 'bondedZone' });
});
