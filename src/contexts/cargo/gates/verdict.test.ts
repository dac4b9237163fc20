// What a gate decides of one vehicle: each row is one lorry at one barrier, with what the driver is told.
import { describe, expect, test } from 'vitest';
import type { ReadingInput } from './contract.ts';
import type { NewEvent } from './events.ts';
import { crossed, minutes, NOW, passport, reading, regime, situation } from './fixtures.ts';
import { judge, type Situation } from './verdict.ts';

const codes = (judged: ReturnType<typeof judge>) =>
  judged.reasons.map(({ code }) => code.replace('cargo.', ''));
const ended = (to: 'passportDeleted' | 'passportReturned'): NewEvent => ({
  kind: `cargo.${to}`,
  payload: { note: '不用了' },
});

test('record and goods agree: the gate opens, and says how far the weight was off', () => {
  const judged = judge(situation([passport()]));
  expect(judged).toMatchObject({ verdict: 'open', reasons: [], examination: null });
  expect(judged.weight).toEqual({
    expectedKg: '15000',
    measuredKg: '15020',
    differenceKg: '20',
    allowedKg: '450',
    rule: 'general 2000-01-01',
  });
});

describe('the state of the passport', () => {
  test.each([
    {
      state: 'applied',
      is: () => passport({}, [], { approved: false }),
      code: 'passport_not_approved',
    },
    {
      state: 'deleted',
      is: () => passport({}, [ended('passportDeleted')]),
      code: 'passport_ended',
    },
    { state: 'void', is: () => passport({}, [ended('passportReturned')]), code: 'passport_ended' },
    { state: 'crossed', is: () => passport({}, [crossed('single')]), code: 'passport_used' },
  ])('$state: refused, $code', ({ state, is, code }) => {
    expect(is().state).toBe(state);
    const judged = judge(situation([is()]));
    expect(judged.verdict).toBe('refuse');
    expect(codes(judged)).toContain(code);
  });

  test('used after its validity: refused, with its last day', () => {
    const judged = judge(situation([passport()], { at: minutes(24 * 60) }));
    expect(judged.verdict).toBe('refuse');
    expect(judged.reasons[0]).toMatchObject({
      code: 'cargo.passport_expired',
      params: { until: '2026-07-02' },
    });
  });

  test('no passport at all, and one that belongs to another vehicle', () => {
    expect(codes(judge(situation([])))).toEqual(['no_passport']);
    const other = passport({ vehicle: { plate: '沪B99999', tareKg: '5000' } });
    const named = reading({ passport: other.number });
    expect(codes(judge(situation([other], { reading: named })))).toEqual(['plate_differs']);
  });

  test('its release was revoked after approval', () => {
    const judged = judge(situation([passport()], { isReleased: () => false }));
    expect(codes(judged)).toEqual(['release_missing']);
    expect(judged.verdict).toBe('refuse');
  });
});

describe('the place', () => {
  test.each([
    { at: { gate: 'WGQ-2', lane: 'in-1' }, code: 'wrong_direction' },
    { at: { gate: 'WGQ-1', lane: 'out-1' }, code: 'wrong_gate' },
    { at: { gate: 'YS-2', lane: 'out-1' }, code: 'wrong_gate' },
    { at: { gate: 'WGQ-2', lane: 'out-empty' }, code: 'wrong_lane' },
  ])('$at.gate $at.lane: $code', ({ at, code }) => {
    const judged = judge(situation([passport()], {}, at));
    expect(judged.verdict).toBe('refuse');
    expect(codes(judged)).toEqual([code]);
  });

  test('a two-gate zone is left by the inner gate first', () => {
    const zone = { zone: 'waigaoqiao-port' };
    const fresh = passport(zone, [], { gates: ['inner', 'outer'] });
    const outer = { gate: 'WGP-A', lane: 'out-1' };
    expect(codes(judge(situation([fresh], {}, outer)))).toEqual(['gate_order']);
    const through = passport(zone, [crossed('inner')], { gates: ['inner', 'outer'] });
    expect(through.state).toBe('crossedFirstGate');
    expect(judge(situation([through], {}, outer)).verdict).toBe('open');
    const late = { at: minutes(180) };
    expect(codes(judge(situation([through], late, outer)))).toEqual(['too_long_between_gates']);
  });

  test.each([
    { name: 'waits at another gate', vehicle: { waitingAt: 'WGQ-1', waitingSince: minutes(-30) } },
    {
      name: 'passed another a minute ago',
      vehicle: { lastGate: 'PVG-2', lastPassedAt: minutes(-1) },
    },
  ])('a vehicle that $name is not here', ({ vehicle }) => {
    const at = {
      waitingAt: null,
      waitingSince: null,
      lastGate: null,
      lastPassedAt: null,
      ...vehicle,
    };
    const judged = judge(situation([passport()], { vehicle: at }));
    expect(judged.verdict).toBe('refuse');
    expect(codes(judged)).toEqual(['vehicle_at_two_gates']);
  });

  test.each([
    { name: 'yesterday', vehicle: { waitingAt: 'WGQ-1', waitingSince: minutes(-24 * 60) } },
    { name: 'half an hour ago', vehicle: { lastGate: 'PVG-2', lastPassedAt: minutes(-30) } },
  ])('elsewhere $name is long enough', ({ vehicle }) => {
    const at = {
      waitingAt: null,
      waitingSince: null,
      lastGate: null,
      lastPassedAt: null,
      ...vehicle,
    };
    expect(judge(situation([passport()], { vehicle: at })).verdict).toBe('open');
  });
});

describe('the weighbridge', () => {
  const memory = { kg: '15020', plate: '沪B00001', run: 3 };
  test.each<{
    name: string;
    weighing: ReadingInput['weighing'];
    code: string;
    bridge?: typeof memory;
  }>([
    { name: 'zero', weighing: { kg: '0' }, code: 'weight_zero' },
    { name: 'below zero', weighing: { kg: '-20' }, code: 'weight_zero' },
    { name: 'beyond the bridge', weighing: { kg: '999999' }, code: 'weight_over_bridge' },
    {
      name: 'unsettled',
      weighing: { kg: '15020', samplesKg: ['14900', '15100'] },
      code: 'weight_unsettled',
    },
    { name: 'nothing', weighing: null, code: 'weight_missing' },
    {
      name: 'the same for the fourth vehicle',
      weighing: { kg: '15020' },
      code: 'weight_stuck',
      bridge: memory,
    },
    { name: 'too much', weighing: { kg: '15451' }, code: 'weight_differs' },
    { name: 'too little', weighing: { kg: '14549' }, code: 'weight_differs' },
  ])('shows $name: the goods wait, $code', ({ weighing, code, bridge }) => {
    const changes = { reading: reading({ weighing }), ...(bridge && { bridge }) };
    const judged = judge(situation([passport()], changes));
    expect(judged.verdict).toBe('wait');
    expect(codes(judged)).toEqual([code]);
  });

  test.each(['14550', '15000', '15450'])('%s kg is within three per cent of 15 t', (kg) => {
    const changes = { reading: reading({ weighing: { kg } }) };
    expect(judge(situation([passport()], changes)).verdict).toBe('open');
  });

  test('the same vehicle twice on a bridge is no stuck bridge', () => {
    const bridge = { kg: '15020', plate: '沪A12345', run: 3 };
    expect(judge(situation([passport()], { bridge })).verdict).toBe('open');
  });

  test('an empty vehicle that is not empty', () => {
    const empty = passport({ type: 'emptyVehicle', binding: null, papers: [], goodsGrossKg: '0' });
    const heavy = judge(situation([empty]));
    expect(codes(heavy)).toEqual(['empty_vehicle_is_not']);
    const light = reading({ weighing: { kg: '5100' } });
    expect(judge(situation([empty], { reading: light })).verdict).toBe('open');
  });
});

describe('containers and seals', () => {
  const box = { no: 'COSU1234567', tareKg: '2000', seal: 'S1' };
  const boxed = () => passport({ containers: [box] });
  const full = { weighing: { kg: '17000' }, containers: [box.no] };
  test.each<{ name: string; seen: Partial<ReadingInput>; code: string; examined: boolean }>([
    {
      name: 'unread',
      seen: { ...full, containers: null },
      code: 'container_unread',
      examined: false,
    },
    {
      name: 'another',
      seen: { ...full, containers: ['COSU7654321'] },
      code: 'container_differs',
      examined: false,
    },
    {
      name: 'broken',
      seen: { ...full, seals: [{ no: 'S1', state: 'broken' }] },
      code: 'seal_broken',
      examined: true,
    },
    {
      name: 'exchanged',
      seen: { ...full, seals: [{ no: 'S9', state: 'intact' }] },
      code: 'seal_differs',
      examined: true,
    },
  ])('$name: wait, $code', ({ seen, code, examined }) => {
    const judged = judge(situation([boxed()], { reading: reading(seen) }));
    expect(judged.verdict).toBe('wait');
    expect(codes(judged)).toEqual([code]);
    expect(judged.examination !== null).toBe(examined);
  });

  test('as declared: open; a gate that reads no seals asks for none', () => {
    expect(judge(situation([boxed()], { reading: reading(full) })).verdict).toBe('open');
  });
});

test('the zone changed its regime on the way: the movement goes on under the old one, and the gate says so', () => {
  const old = {
    ...passport(),
    regime: { kind: 'exportProcessing', from: '2000-04-27', on: '2026-07-01' },
  };
  const judged = judge(situation([old as ReturnType<typeof passport>]));
  expect(judged.verdict).toBe('open');
  expect(judged.reasons).toEqual([
    {
      code: 'cargo.regime_changed_meanwhile',
      seen: regime('waigaoqiao').kind,
      params: { regime: 'exportProcessing', on: '2026-07-01' },
      severity: 'warning',
    },
  ]);
});

test('of several passports the open one that fits this gate is meant', () => {
  const inward = passport({ direction: 'in' });
  const used = passport({}, [crossed('single')]);
  const open = { ...passport(), number: 'Z2218E260702000000000009' };
  const all: Situation['passports'] = [used, inward, open];
  expect(judge(situation(all)).passport?.number).toBe(open.number);
  expect(judge(situation(all, { at: NOW })).verdict).toBe('open');
});
