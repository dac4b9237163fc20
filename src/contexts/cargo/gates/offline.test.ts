// A gate that worked alone: its list beforehand, and what it tells afterwards, in any order and more than once.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import * as downtimes from '../releases/store/downtimes.ts';
import { streamOf } from './events.ts';
import { FIRM, minutes, NOW } from './fixtures.ts';
import type { Gates } from './service/index.ts';
import * as readings from './store/readings.ts';
import { auditor, firm, lorry, openWorld, terminal, type World } from './testing.ts';

const MORNING = minutes(-120);
let world: World;
let gates: Gates;
beforeAll(async () => {
  world = await openWorld();
  gates = world.gates;
});
afterAll(() => world.database.drop());

async function passport(id: string, plate: string, zone = 'waigaoqiao'): Promise<string> {
  const no = `QD-${id}`;
  const list = { kind: 'list', no, organisation: FIRM, zone, direction: 'out' };
  const line = { lineNo: 1, description: '轴承', unit: '035', quantity: '100' };
  await gates.applications.registerPaper(firm, { ...list, lines: [line] });
  await world.vehicle(plate);
  const { number } = await gates.applications.apply(firm, lorry(`P-${id}`, no, plate, { zone }));
  return number ?? '';
}

const offline = (id: string, plate: string, gate: string, minute: number, more: object = {}) => ({
  ...{ id, plate, gate, lane: 'out-1', onDuty: '老王', passed: true },
  occurredAt: minutes(minute, MORNING),
  weighing: { kg: '15000' },
  ...more,
});

test('the list holds what may pass, with what to expect of it, and a hash to compare', async () => {
  world.clock.set(MORNING);
  const number = await passport('L', '沪L00001');
  const list = await gates.offline.list(terminal, 'WGQ-2');
  expect(list.passports).toContainEqual({
    ...{ number, plate: '沪L00001', direction: 'out', type: 'secondLine', next: 'single' },
    ...{ containers: [], expectedKg: '15000', allowedKg: '450' },
    validUntil: expect.any(String),
  });
  expect(list.hash).toMatch(/^[0-9a-f]{64}$/);
  const first = await gates.offline.list(terminal, 'WGQ-1');
  expect(first.passports.map((each) => each.number)).not.toContain(number);
});

describe('what it tells afterwards', () => {
  test('an ordinary passing counts as if it had been read', async () => {
    world.clock.set(MORNING);
    const number = await passport('O', '沪O00001');
    world.clock.set(NOW);
    const reading = offline('O-1', '沪O00001', 'WGQ-2', 30);
    const [first, again] = await gates.offline.upload(terminal, [reading, reading]);
    expect(first).toMatchObject({ outcome: 'accepted', repeated: false, passport: number });
    expect(again).toMatchObject({ outcome: 'accepted', repeated: true });
    const { passport: after } = await gates.reads.detail(auditor, number);
    expect(after).toMatchObject({ state: 'crossed', completedAt: minutes(30, MORNING) });
  });

  test('a vehicle waved through against our answer counts, is flagged and opens a case', async () => {
    world.clock.set(MORNING);
    const number = await passport('W', '沪W00001');
    const seen = { id: 'W-1', plate: '沪W00001', gate: 'WGQ-2', lane: 'out-1' };
    const heavy = { ...seen, weighing: { kg: '19000' } };
    expect((await gates.readAtGate(terminal, heavy)).verdict).toBe('wait');
    world.clock.set(NOW);
    const [told] = await gates.offline.upload(terminal, [
      { ...heavy, occurredAt: minutes(5, MORNING), passed: true, onDuty: '老王' },
    ]);
    expect(told).toMatchObject({ outcome: 'flagged', caseId: `${number}-C1` });
    expect(told?.reasons.map(({ code }) => code)).toEqual([
      'cargo.passed_against_verdict',
      'cargo.weight_differs',
    ]);
    const { waiting } = await gates.reads.board(auditor, null);
    expect(waiting.map(({ id }) => id)).not.toContain('W-1');
  });

  test('in a declared downtime of the gate a passing is not late, nor its passport', async () => {
    const day = 60 * 24;
    const { insertDowntime, endDowntime } = downtimes;
    const outage = { to: null, reason: '机房断电', declaredBy: 'operator', note: null };
    const from = minutes(-39 * day - 60, MORNING);
    const { db } = world.database;
    await insertDowntime(db, { id: 'DT-1', gate: 'WGQ-2', from, ...outage });
    await endDowntime(db, 'DT-1', minutes(-2 * day, MORNING), '恢复');
    world.clock.set(MORNING);
    const number = await passport('DT', '沪D00001');
    world.clock.set(NOW);
    const named = { passport: number };
    const [inside, elsewhere, after] = await gates.offline.upload(terminal, [
      offline('DT-1', '沪D00001', 'WGQ-2', -39 * day, named),
      offline('DT-2', '沪D00001', 'PVG-2', -39 * day),
      offline('DT-3', '沪D00002', 'WGQ-2', -1 * day),
    ]);
    expect(inside).toMatchObject({ outcome: 'accepted', passport: number, downtime: 'DT-1' });
    expect(inside?.reasons).toEqual([]);
    expect(elsewhere).toMatchObject({ outcome: 'refused', downtime: null });
    expect(elsewhere?.reasons).toMatchObject([{ code: 'cargo.told_too_late' }]);
    expect(after).toMatchObject({ outcome: 'flagged', downtime: null });

    // Outside of it the same passing is flagged: nobody had approved its passport.
    world.clock.set(MORNING);
    const late = await passport('DU', '沪D00003');
    world.clock.set(NOW);
    const [flagged] = await gates.offline.upload(terminal, [
      offline('DU-1', '沪D00003', 'WGQ-2', -1 * day, { passport: late }),
    ]);
    expect(flagged?.reasons).toMatchObject([{ code: 'cargo.passport_not_approved' }]);
    // What nobody ever approved is flagged in a downtime as well.
    await insertDowntime(db, { id: 'DT-2', gate: null, from: minutes(-day, NOW), ...outage });
    const [unknown] = await gates.offline.upload(terminal, [
      offline('DU-2', '沪D00004', 'WGQ-2', 10),
    ]);
    expect(unknown).toMatchObject({ outcome: 'flagged', downtime: 'DT-2' });
    await endDowntime(db, 'DT-2', NOW, '恢复');
  });

  test('what cannot be understood is answered by itself and stops no other', async () => {
    world.clock.set(NOW);
    const [future, nowhere, late, good] = await gates.offline.upload(terminal, [
      offline('U-1', '沪U00001', 'WGQ-2', 999),
      offline('U-2', '沪U00001', 'NO-GATE', 1),
      offline('U-3', '沪U00001', 'WGQ-2', -60 * 24 * 40),
      offline('U-4', '沪U00001', 'WGQ-2', 1, { passed: false }),
    ]);
    expect(future?.reasons).toMatchObject([{ code: 'identity.not_yet_happened' }]);
    expect(nowhere?.reasons).toMatchObject([{ code: 'cargo.gate_unknown' }]);
    expect(late?.reasons).toMatchObject([{ code: 'cargo.told_too_late' }]);
    expect(good).toMatchObject({ outcome: 'accepted', passport: null });
  });

  /** A day of three lorries and a stranger, with everything that goes wrong at a gate nobody watches. */
  async function day(k: number) {
    world.clock.set(MORNING);
    const [a, b, c, d] = ['A', 'B', 'C', 'X'].map(
      (letter) => `沪${letter}${String(k).padStart(5, '0')}`,
    );
    if (!a || !b || !c || !d) throw new Error('Four plates were made.');
    const numbers = [
      await passport(`${k}-a`, a),
      await passport(`${k}-b`, b, 'waigaoqiao-port'),
      await passport(`${k}-c`, c),
    ];
    await gates.applications.cancel(firm, numbers[2] ?? '', { note: '取消' });
    world.clock.set(NOW);
    const told = [
      offline(`${k}-1`, a, 'WGQ-2', 40),
      offline(`${k}-2`, a, 'WGQ-2', 60),
      offline(`${k}-3`, a, 'WGQ-2', 20, { weighing: { kg: '18000' } }),
      offline(`${k}-4`, a, 'PVG-2', 21),
      offline(`${k}-5`, b, 'WGP-B', 30),
      offline(`${k}-6`, b, 'WGP-A', 35),
      offline(`${k}-7`, b, 'WGP-A', 36, { passed: false }),
      offline(`${k}-8`, c, 'WGQ-2', 50),
      offline(`${k}-9`, d, 'WGQ-2', 50),
    ];
    return { numbers, told };
  }

  async function outcome(k: number, numbers: readonly string[], told: readonly { id: string }[]) {
    const plain = (text: string) => text.replace(`${k}-`, '');
    const lives = await Promise.all(
      numbers.map(async (number) => {
        const { passport: now, papers } = await gates.reads.detail(auditor, number);
        const events = await readStream(world.database.db, streamOf(number));
        return {
          state: now.state,
          completedAt: now.completedAt,
          crossings: now.crossings.map(({ reading, at }) => `${plain(reading)} ${at}`),
          counted: events.filter(({ kind }) => kind === 'cargo.crossed').length,
          completed: events.filter(({ kind }) => kind === 'cargo.passportCompleted').length,
          crossed: papers[0]?.lines[0]?.crossed,
        };
      }),
    );
    const flagged = await Promise.all(
      told.map(async ({ id }) => {
        const kept = await readings.find(world.database.db, id);
        const codes = kept?.body.reasons.map(({ code }) => code.replace('cargo.', '')) ?? [];
        return [plain(id), kept?.standing, [...new Set(codes)].sort(), kept?.body.caseId !== null];
      }),
    );
    return { lives, flagged };
  }

  test('the outcome is the same in any order, with duplicates, in any pieces', async () => {
    let k = 0;
    const first = await day(++k);
    await gates.offline.upload(terminal, first.told);
    const expected = await outcome(k, first.numbers, first.told);
    expect(expected.lives).toMatchObject([
      { state: 'crossed', counted: 1, completed: 1, crossed: '100' },
      { state: 'crossedSecondGate', counted: 2, completed: 1, crossed: '100' },
      { state: 'deleted', counted: 0, completed: 0 },
    ]);
    expect(expected.flagged).toEqual([
      ['1', 'flagged', ['passed_again'], true],
      ['2', 'flagged', ['passed_again'], true],
      ['3', 'flagged', ['weight_differs'], true],
      ['4', 'flagged', ['no_passport', 'vehicle_at_two_gates'], true],
      ['5', 'open', [], false],
      ['6', 'open', [], false],
      ['7', 'refuse', [], false],
      ['8', 'flagged', ['passport_ended'], true],
      ['9', 'flagged', ['no_passport'], true],
    ]);

    const order = fc
      .array(fc.nat({ max: 8 }), { maxLength: 6 })
      .chain((again) =>
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, ...again], { minLength: 9 + again.length }),
      );
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 9 }), async (indices, size) => {
        const { numbers, told } = await day(++k);
        const sent = indices.map((index) => told[index]);
        for (let from = 0; from < sent.length; from += size) {
          await gates.offline.upload(terminal, sent.slice(from, from + size));
        }
        expect(await outcome(k, numbers, told)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('two uploads of the same at the same time count once', async () => {
    const { numbers, told } = await day(9000);
    await Promise.all([gates.offline.upload(terminal, told), gates.offline.upload(terminal, told)]);
    const { lives } = await outcome(9000, numbers, told);
    expect(lives.map(({ counted }) => counted)).toEqual([1, 2, 0]);
  });
});
