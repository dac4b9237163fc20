// Decisions in the operational store: written with the filing, read back, replayed, and the source
// the history is rebuilt from after a restart.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { Actor, Role } from '../identity/index.ts';
import { createEngine } from './engine.ts';
import { bananas, dayOf, engine, policy } from './fixtures.ts';
import { createHistory } from './history.ts';
import { createDecisions, rebuildHistory } from './service.ts';
import {
  findDecision,
  findDecisions,
  recordFinding,
  sampleDecisions,
  saveDecisions,
} from './store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const actor = (role: Role, offices: string[] = []): Actor => ({
  ...{ personId: 'p1', name: 'P', postId: 'post', organisationId: '2200' },
  ...{ roles: [role], offices, mayBackdate: false, via: 'session' },
});

/** A trickier text than any declarant would file. */
const odd = 'O\'Hara "桂林" \\u0041 \n 𠀀 </script>';

test('a port’s first weeks are decided, stored, replayed, and remembered after a restart', async () => {
  const { db } = database;
  const history = createHistory();
  const decisions = Array.from({ length: 70 }, (_, n) => {
    const facts = bananas({ 'goods.value': 24_000 + n * 7.3, 'party.seller': odd });
    const day = dayOf(Math.floor(n / 2));
    const decision = engine.decide(`D${n}`, day, { ...facts, ...history.factsFor(facts, day) });
    history.observe(facts, day);
    return decision;
  });
  await inTransaction(db, (tx) => saveDecisions(tx, decisions));
  await inTransaction(db, (tx) => saveDecisions(tx, decisions.slice(0, 3)));
  await inTransaction(db, (tx) => saveDecisions(tx, []));

  const last = decisions.at(-1);
  expect(await findDecision(db, last?.id ?? '')).toEqual(last);
  expect(await findDecision(db, 'nobody')).toBeNull();
  expect(await sampleDecisions(db, 500)).toHaveLength(70);

  const amended = engine.decide('D0', dayOf(36), bananas({ 'goods.value': 1 }));
  await inTransaction(db, (tx) => saveDecisions(tx, [amended]));
  const latest = await findDecisions(db, ['D0', 'D1', 'D999']);
  expect([...latest.keys()]).toEqual(['D0', 'D1']);
  expect(latest.get('D0')).toEqual(amended);

  const rebuilt = createHistory();
  expect(await rebuildHistory(db, rebuilt)).toBe(70);
  const next = bananas();
  expect(rebuilt.factsFor(next, dayOf(36))).toEqual(history.factsFor(next, dayOf(36)));

  const reading = createDecisions({ db, engine });
  for (const decision of await sampleDecisions(db, 30)) {
    expect(await reading.replay(actor('auditor'), decision.id)).toEqual({
      identical: true,
      decision,
    });
  }
});

test('whoever examines reads what examinations of the same goods found, the nearest first', async () => {
  const { db } = database;
  const at = '2026-09-01T02:00:00.000Z';
  const told = [
    ['S1', { 'goods.origin': 'VN' }, true],
    ['S2', { 'party.importer': 'somebody else' }, false],
    ['S3', {}, true],
    ['S4', { 'goods.hs6': '870323' }, true],
  ] as const;
  const past = told.map(([id, changes]) => engine.decide(id, dayOf(60), bananas(changes)));
  const unexamined = engine.decide('S5', dayOf(60), bananas());
  const later = engine.decide('S6', dayOf(62), bananas());
  const now = engine.decide('NOW', dayOf(61), bananas());
  await inTransaction(db, async (tx) => {
    await saveDecisions(tx, [...past, unexamined, later, now]);
    for (const [subject, , found] of told) await recordFinding(tx, { subject, found, at });
    await recordFinding(tx, { subject: 'S6', found: true, at });
  });
  const cases = await createDecisions({ db, engine }).similar(actor('auditor'), now.id);
  expect(cases.map(({ subject, found }) => [subject, found])).toEqual([
    ['S3', true],
    ['S2', false],
    ['S1', true],
  ]);
});

test('an officer reads the decisions of its office; a declarant reads none', async () => {
  const { db } = database;
  const decision = engine.decide('E1', dayOf(50), bananas());
  await inTransaction(db, (tx) => saveDecisions(tx, [decision]));
  const reading = createDecisions({ db, engine });
  expect(await reading.read(actor('portOfficer', ['2225']), decision.id)).toEqual(decision);
  const refused = 'identity.not_permitted';
  await expect(reading.read(actor('portOfficer', ['2248']), decision.id)).rejects.toThrow(refused);
  await expect(reading.read(actor('declarant'), decision.id)).rejects.toThrow(refused);
  await expect(reading.read(actor('auditor'), 'nobody')).rejects.toThrow('risk.decision_not_found');
});

test('a decision of another policy is not called different, it is refused', async () => {
  const { db } = database;
  const decision = engine.decide('E2', dayOf(50), bananas());
  await inTransaction(db, (tx) => saveDecisions(tx, [decision]));
  const later = createEngine({ policy: { ...policy, netToGrossMin: 0.4 }, seed: 'x' });
  const reading = createDecisions({ db, engine: later });
  await expect(reading.replay(actor('auditor'), decision.id)).rejects.toThrow(
    'risk.versions_differ',
  );
});
