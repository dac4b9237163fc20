// At the quay, on a real PostgreSQL: goods arrive, are counted and loaded, or are kept ashore; where the
// accounts differ somebody is asked.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { manifestAnswersOf } from './answers.ts';
import { BillSearch } from './contract.ts';
import {
  actor,
  bill,
  carrier,
  claim,
  colleague,
  envelope,
  officer,
  openQuay,
  type Quay,
  terminal,
} from './fixtures.ts';
import { followJourney } from './service/journey.ts';

let database: TestDatabase;
let quay: Quay;
beforeAll(async () => {
  database = await testDatabase();
  quay = openQuay(database.db);
});
afterAll(() => database.drop());

describe('at the quay', () => {
  test('arrival is told of each bill with the declarations on it, houses included', async () => {
    const houses = [bill('H1', { packages: 10, grossMassKg: '1050' })];
    const number = await quay.manifested({ houses });
    const id = quay.next('D');
    await quay.declare(claim(id, `${number}*H1`, 1, '1'));
    const answer = await quay.report('arrival', [
      { number, yard: 'A-12' },
      { number: quay.next('LOST') },
    ]);
    expect(answer.bills.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['cargo.bill_awaited'],
    ]);
    const events = await readStream(database.db, `bill:${number}*H1`);
    expect(events.flatMap(manifestAnswersOf)).toMatchObject([
      { declaration: id, arrivedAt: '外四期' },
    ]);
    // Declared after arrival: the claim itself tells where the goods are.
    const later = quay.next('D');
    const [prepared] = await quay.declare(claim(later, `${number}*H1`, 1, '1'));
    expect(prepared?.arrived).toMatchObject({ premises: '外四期' });
    expect(await quay.manifests.reads.whereIs(terminal, `${number}*H1`)).toMatchObject({
      stage: 'inYard',
    });
    const twice = await quay.report('arrival', [{ number }]);
    expect(twice.bills).toMatchObject([{ outcome: 'refused' }]);
  });

  test.each([
    { name: 'agrees', line: { packages: 10, grossMassKg: '1060' }, found: [] },
    { name: 'short', line: { packages: 9, grossMassKg: '1050' }, found: ['short'] },
    { name: 'over', line: { packages: 11, grossMassKg: '1200' }, found: ['over', 'over'] },
    { name: 'not weighed', line: { packages: 10 }, found: [] },
    {
      name: 'another seal',
      line: { packages: 10, containers: [{ number: 'CSQU3054383', seals: ['S9'] }] },
      found: ['wrong'],
    },
    { name: 'damaged', line: { packages: 10, damaged: 2 }, found: ['damaged'] },
  ])('a tally that is $name', async ({ line, found }) => {
    const number = await quay.manifested();
    await quay.report('arrival', [{ number }]);
    const answer = await quay.report('tally', [{ number, ...line }]);
    const { bill: now } = await quay.detail(number);
    expect(now.discrepancies.map(({ kind }) => kind)).toEqual(found);
    expect(answer.bills[0]?.cases).toHaveLength(found.length);
    expect(now.discrepancies.map(({ caseId }) => caseId)).toEqual(answer.bills[0]?.cases);
  });

  test('bulk has a tolerance: what was weighed within it may be declared', async () => {
    const bulk = { packageKind: '00', packages: 1, grossMassKg: '100000', containers: [] };
    const number = await quay.manifested(bulk);
    await quay.report('tally', [{ number, packages: 1, grossMassKg: '102500' }]);
    expect(await quay.detail(number)).toMatchObject({
      bill: { discrepancies: [], tally: { agrees: true } },
      left: { grossMassKg: '102500' },
    });
    const beyond = await quay.manifested(bulk);
    await quay.report('tally', [{ number: beyond, packages: 1, grossMassKg: '103001' }]);
    expect(await quay.detail(beyond)).toMatchObject({
      bill: { discrepancies: [{ kind: 'over' }] },
      left: { grossMassKg: '100000' },
    });
  });

  test('goods that no manifest has open a case', async () => {
    const number = quay.next('GHOST');
    const answer = await quay.report('tally', [{ number, packages: 3 }]);
    expect(answer.bills).toMatchObject([{ outcome: 'recorded', cases: [`${number}-C1`] }]);
    expect((await quay.manifests.reads.detail(terminal, number)).bill.status).toBe('awaited');
  });

  test('the terminal sees what to confirm and what to tally', async () => {
    const number = await quay.manifested();
    const tasksOf = async () => {
      const page = await quay.manifests.reads.search(terminal, BillSearch.parse({ q: number }));
      return page.rows.map(({ task }) => task);
    };
    expect(await tasksOf()).toEqual(['confirmArrival']);
    await quay.report('arrival', [{ number }]);
    expect(await tasksOf()).toEqual(['tally']);
    await quay.report('tally', [{ number, packages: 10 }]);
    expect(await tasksOf()).toEqual([null]);
  });
});

describe('an order not to load', () => {
  const outward = { kind: 'preLoading' as const };
  const onto = { conveyance: { mode: '2', name: 'COSCO SHIPPING ARIES' }, voyageNo: '041E' };
  const order = { reason: '夹藏嫌疑', legalBasis: '海关法 第六条' };

  test('keeps goods ashore; loading is refused and opens a case; another person lifts it', async () => {
    const number = await quay.manifested({}, outward);
    await quay.report('arrival', [{ number }]);
    await quay.manifests.acts.forbidLoading(officer, number, order);
    const refused = await quay.report('loading', [{ number }], onto);
    expect(refused.bills).toMatchObject([
      {
        outcome: 'refused',
        doNotLoad: true,
        problems: [{ code: 'cargo.do_not_load' }],
        cases: [`${number}-C1`],
      },
    ]);
    await quay.manifests.acts.proposeLift(officer, number, { reason: '查无' });
    const answer = { approve: true, note: '' };
    await expect(quay.manifests.acts.answerLift(officer, number, answer)).rejects.toThrow(
      'cargo.another_person_answers',
    );
    await quay.manifests.acts.answerLift(colleague, number, answer);
    const loaded = await quay.report('loading', [{ number }], onto);
    expect(loaded.bills).toMatchObject([
      { outcome: 'recorded', problems: [{ code: 'cargo.loaded_before_release' }] },
    ]);
    await expect(quay.manifests.acts.forbidLoading(officer, number, order)).rejects.toThrow(
      'cargo.too_late_to_forbid',
    );
  });

  test('on a master holds for its houses', async () => {
    const houses = [bill('H1', { packages: 10, grossMassKg: '1050' })];
    const number = await quay.manifested({ houses }, outward);
    await quay.manifests.acts.forbidLoading(officer, number, order);
    const { bill: house } = await quay.manifests.reads.detail(terminal, `${number}*H1`);
    expect(house.doNotLoad).toMatchObject({ reason: '夹藏嫌疑' });
  });

  test('is for officers of the office alone', async () => {
    const number = await quay.manifested({}, outward);
    const elsewhere = actor('elsewhere', 'portOfficer', { offices: ['2200'] });
    for (const stranger of [elsewhere, carrier, terminal]) {
      await expect(quay.manifests.acts.forbidLoading(stranger, number, order)).rejects.toThrow(
        'identity.not_permitted',
      );
    }
  });
});

test('what happens to a declaration moves its bill along, and told twice moves it once', async () => {
  const number = await quay.manifested();
  const id = quay.next('D');
  await quay.declare(claim(id, number, 10, '1050'));
  await quay.report('arrival', [{ number }]);
  const released = {
    ...{ id: `declaration:${id}@4`, stream: `declaration:${id}`, seq: 4 },
    ...{ kind: 'clearance.released', envelope: envelope(quay.clock.now()), payload: {} },
  };
  await inTransaction(database.db, (tx) => followJourney(tx, [released, released]));
  expect(await quay.manifests.reads.whereIs(officer, number)).toMatchObject({ stage: 'released' });
  expect((await quay.kindsOf(number)).filter((kind) => kind === 'stageReached')).toHaveLength(1);
  const revoked = { ...released, id: `declaration:${id}@5`, kind: 'clearance.releaseRevoked' };
  await inTransaction(database.db, (tx) => followJourney(tx, [revoked, revoked]));
  expect(await quay.manifests.reads.whereIs(officer, number)).toMatchObject({ stage: 'arrived' });
});

describe('arrival confirmed of a declaration', () => {
  const confirmed = (id: string) => ({
    ...{ id: `declaration:${id}@3`, stream: `declaration:${id}`, seq: 3 },
    ...{ kind: 'clearance.arrivalConfirmed', envelope: envelope(quay.clock.now()) },
    payload: { premises: '外五期' },
  });
  const follow = (...ids: string[]) =>
    inTransaction(database.db, async (tx) => {
      const events = ids.map(confirmed);
      await append(tx, events);
      await followJourney(tx, events);
    });
  const tasksOf = async (q: string) =>
    (await quay.manifests.reads.search(terminal, BillSearch.parse({ q }))).rows.map(
      ({ task }) => task,
    );
  const toldOf = async (number: string) =>
    (await readStream(database.db, `bill:${number}`))
      .flatMap(manifestAnswersOf)
      .flatMap((answer) => ('arrivedAt' in answer ? [answer.declaration] : []));

  test('is the arrival of an import bill; the others on it are told, once', async () => {
    const number = await quay.manifested();
    const [first, second] = [quay.next('D'), quay.next('D')];
    await quay.declare(claim(first, number, 4, '400'));
    await quay.declare(claim(second, number, 6, '650'));
    expect(await tasksOf(number)).toEqual(['confirmArrival']);
    await follow(first);
    await follow(second);
    expect((await quay.detail(number)).bill.arrived).toMatchObject({ premises: '外五期' });
    expect(await quay.manifests.reads.whereIs(officer, number)).toMatchObject({ stage: 'arrived' });
    expect(await tasksOf(number)).toEqual(['tally']);
    expect(await toldOf(number)).toEqual([second]);
    const [event] = (await readStream(database.db, `bill:${number}`)).filter(
      ({ kind }) => kind === 'cargo.arrived',
    );
    expect(event?.envelope).toMatchObject({ actor: 'system', cause: `declaration:${first}@3` });
    const reported = await quay.report('arrival', [{ number }]);
    expect(reported.bills).toMatchObject([{ problems: [{ code: 'cargo.arrived_already' }] }]);
  });

  test('is the arrival of an export bill when all of it has come', async () => {
    const number = await quay.manifested({}, { kind: 'preLoading' });
    const [first, second] = [quay.next('D'), quay.next('D')];
    await quay.declare(claim(first, number, 4, '400', { ieFlag: 'E' }));
    await follow(first);
    expect(await tasksOf(number)).toEqual(['confirmArrival']);
    await quay.declare(claim(second, number, 6, '650', { ieFlag: 'E' }));
    await follow(second);
    expect(await tasksOf(number)).toEqual(['load']);
    expect(await toldOf(number)).toEqual([first]);
  });

  test('of goods that were to stay abroad is recorded, and asked about', async () => {
    const number = await quay.manifested();
    const id = quay.next('D');
    await quay.declare(claim(id, number, 10, '1050'));
    await quay.manifests.acts.forbidLoading(officer, number, {
      reason: '夹藏嫌疑',
      legalBasis: '海关法 第六条',
    });
    await follow(id);
    const { bill: now } = await quay.detail(number);
    expect(now.arrived).not.toBeNull();
    expect(now.discrepancies).toMatchObject([
      { kind: 'loadedAgainstOrder', caseId: `${number}-C1` },
    ]);
  });
});
