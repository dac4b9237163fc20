// A permit on a real PostgreSQL: issued, reserved, written down, given back, waited for; never too much.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compare, decimal, toText } from '../../../kernel/decimal.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { IMPORTER } from '../fixtures.ts';
import { createProhibitions } from '../prohibitions/service.ts';
import type { FilingProvider, FilingRequest } from '../provider.ts';
import { type PermitEvent, permitStream } from './events.ts';
import { createPermitProvider, giveBack, writeDown } from './filing.ts';
import {
  acid,
  authority,
  broker,
  importer,
  maritime,
  NOW,
  officer,
  permitInput,
  request,
} from './fixtures.ts';
import { fold, takenOf } from './permit.ts';
import { createPermits, type Permits } from './service.ts';
import { findPermits } from './store.ts';

let database: TestDatabase;
let permits: Permits;
let provider: FilingProvider;
const clock = createManualClock(NOW);
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  permits = createPermits({ db, clock, inForce: (_, code) => code !== '9' });
  provider = createPermitProvider(await createProhibitions({ db, clock, log: silentLog }));
});
afterAll(() => database.drop());

let n = 0;
let number = '';
let id = '';
beforeEach(() => {
  n += 1;
  number = `P${n}`;
  id = `2-${number}`;
});
const filed = (declaration: string, tonnes: string, amends = false): FilingRequest =>
  request(declaration, acid(tonnes, { licences: [{ kind: '2', number }] }), amends);

/** Files as clearance does: asks, and records what was sound. */
const file = (...requests: FilingRequest[]) =>
  inTransaction(database.db, async (tx) => {
    const answers = await provider.prepare(tx, requests);
    const sound = requests.filter(({ id: own }) => answers.get(own)?.problems.length === 0);
    await provider.record(
      tx,
      sound.map((each) => ({ ...each, kept: answers.get(each.id)?.kept })),
    );
    return requests.map(({ id: own }) => answers.get(own));
  });
const over = (declaration: string) =>
  inTransaction(database.db, (tx) =>
    giveBack(tx, declaration, request(declaration, acid('1')).envelope),
  );
const release = (declaration: string) =>
  inTransaction(database.db, (tx) =>
    writeDown(tx, [{ declaration, envelope: request(declaration, acid('1')).envelope }]),
  );
const left = async () => (await permits.get(officer, id)).quantityLeft;

describe('a permit', () => {
  test('is reserved when a declaration is accepted, written down when it is released, given back when it is over', async () => {
    const [issued] = await permits.issue(authority, [permitInput(number)]);
    expect(issued).toMatchObject({ id, outcome: 'issued', problems: [] });
    const [answer] = await file(filed(`A${n}`, '60'));
    expect(answer?.requirements).toMatchObject([
      { kind: 'permitsWrittenDown', owner: 'commerce', metAt: NOW, evidence: `permit:${id}` },
    ]);
    expect(await left()).toBe('40');
    const [refused] = await file(filed(`B${n}`, '50'));
    expect(refused?.problems).toMatchObject([
      { code: 'clearance.permit_exceeded', params: { wanted: '50', left: '40', measure: '070' } },
    ]);
    await release(`A${n}`);
    await file(filed(`C${n}`, '10'));
    await over(`C${n}`);
    const permit = await permits.get(authority, id);
    expect(permit).toMatchObject({ quantityLeft: '40', usesTaken: 1 });
    expect(permit.uses.map(({ status }) => status)).toEqual(['writtenDown', 'givenBack']);
    expect(permit.story.map(({ kind }) => kind.replace('clearance.permit', ''))).toEqual([
      ...['Issued', 'Reserved', 'WrittenDown', 'Reserved', 'GivenBack'],
    ]);
  });

  test('does not give the same remainder to two declarations of one group', async () => {
    await permits.issue(authority, [permitInput(number)]);
    const answers = await file(filed(`A${n}`, '60'), filed(`B${n}`, '60'), filed(`C${n}`, '40'));
    expect(answers.map((answer) => answer?.problems.length)).toEqual([0, 1, 0]);
    expect(await left()).toBe('0');
  });

  test('is not taken twice by two who file at the same moment', async () => {
    await permits.issue(authority, [permitInput(number)]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => file(filed(`A${n}-${index}`, '30'))),
    );
    expect(answers.filter(([answer]) => answer?.problems.length === 0)).toHaveLength(3);
    expect(await left()).toBe('10');
  });

  test('is taken anew when a declaration is amended: more, less, or not at all', async () => {
    await permits.issue(authority, [permitInput(number)]);
    await file(filed(`A${n}`, '60'));
    const [more] = await file(filed(`A${n}`, '100', true));
    expect(more?.problems).toEqual([]);
    expect(await left()).toBe('0');
    const [tooMuch] = await file(filed(`A${n}`, '101', true));
    expect(tooMuch?.problems).toMatchObject([{ code: 'clearance.permit_exceeded' }]);
    await file(filed(`A${n}`, '20', true), filed(`B${n}`, '80'));
    expect(await left()).toBe('0');
    const bearings = {
      ...filed(`A${n}`, '1', true),
      content: acid('1', { licences: [], lines: [] }),
    };
    await file(bearings);
    expect(await left()).toBe('20');
  });

  test('that nobody has loaded leaves the condition open until its authority loads it', async () => {
    const [answer] = await file(filed(`A${n}`, '60'));
    expect(answer).toMatchObject({
      problems: [],
      requirements: [{ owner: 'issuingAuthority', metAt: null }],
    });
    await file(filed(`B${n}`, '60'));
    const [issued] = await permits.issue(authority, [permitInput(number)]);
    expect(issued?.matched).toEqual([`A${n}`]);
    const permit = await permits.get(authority, id);
    expect(permit.waiting).toMatchObject([
      { declaration: `B${n}`, reason: { code: 'clearance.permit_exceeded' } },
    ]);
    const story = (await readStream(database.db, permitStream(id))) as PermitEvent[];
    expect(story.at(-1)).toMatchObject({
      kind: 'clearance.permitMatched',
      payload: { declaration: `A${n}`, outstanding: [] },
      envelope: { consignment: `A${n}` },
    });
    const { terms } = permitInput(number, { quantity: '200' });
    await permits.change(authority, id, {
      terms: { ...permit.terms, ...terms },
      basedOn: 1,
      reason: '增量',
    } as never);
    expect((await permits.get(authority, id)).waiting).toEqual([]);
    expect(await left()).toBe('80');
  });

  test('is the same permit when it is loaded again; other content under its number is refused', async () => {
    await permits.issue(authority, [permitInput(number)]);
    const [again] = await permits.issue(authority, [permitInput(number)]);
    expect(again?.outcome).toBe('known');
    const [other] = await permits.issue(authority, [permitInput(number, { quantity: '999' })]);
    expect(other?.problems).toMatchObject([
      { code: 'clearance.permit_has_other_content', seen: id },
    ]);
    const [foreign] = await permits.issue(maritime, [permitInput(number)]);
    expect(foreign?.outcome).toBe('refused');
    const [wrong, unknownKind] = await permits.issue(authority, [
      permitInput(`${number}x`, { validUntil: '2025-01-01', unit: null }),
      { ...permitInput(`${number}y`), kind: '9' },
    ]);
    expect(wrong?.problems.map(({ code }) => code)).toEqual([
      'clearance.permit_ends_before_it_begins',
      'clearance.permit_quantity_needs_unit',
    ]);
    expect(unknownKind?.problems).toMatchObject([{ code: 'clearance.code_not_in_force' }]);
  });

  test('is changed by its authority only, from the version it saw, never below what was taken', async () => {
    await permits.issue(authority, [permitInput(number)]);
    await file(filed(`A${n}`, '60'));
    const { terms } = await permits.get(authority, id);
    const change = (changed: object, basedOn = 1, by = authority) =>
      permits.change(by, id, { terms: { ...terms, ...changed }, basedOn, reason: '更正' });
    await expect(change({ quantity: '59' })).rejects.toThrow('clearance.permit_below_taken');
    await expect(change({ unit: '035' })).rejects.toThrow('clearance.permit_measure_in_use');
    await expect(change({}, 1, maritime)).rejects.toThrow('identity.not_permitted');
    await expect(change({}, 1, broker)).rejects.toThrow('identity.not_permitted');
    expect((await change({ quantity: '60' })).status).toBe('usedUp');
    await expect(change({ quantity: '70' })).rejects.toThrow('clearance.permit_changed_meanwhile');
    expect((await permits.revoke(authority, id, { reason: '吊销' })).status).toBe('revoked');
    await expect(change({}, 2)).rejects.toThrow('clearance.permit_revoked');
    const [refused] = await file(filed(`B${n}`, '1'));
    expect(refused?.problems).toMatchObject([{ code: 'clearance.permit_revoked' }]);
  });

  test('is read by its issuer, its holder and whoever checks goods, and found by what it is', async () => {
    await permits.issue(authority, [permitInput(number)]);
    const find = (by: typeof officer, wanted: object = {}) =>
      permits.search(by, { limit: 200, q: number, ...wanted });
    expect((await find(importer, { status: 'valid', holder: IMPORTER })).rows).toHaveLength(1);
    expect((await find(importer, { status: 'usedUp' })).rows).toEqual([]);
    expect((await find(broker)).rows).toEqual([]);
    await expect(permits.get(maritime, id)).rejects.toThrow('identity.not_permitted');
    await expect(permits.get(officer, '2-none')).rejects.toThrow('clearance.permit_not_found');
    const page = await permits.search(officer, { limit: 1 });
    expect(page.next).toBe(page.rows[0]?.id);
  });
});

test('never over-written-down, and the row is what the events say, whatever is done in whatever order', async () => {
  const step = fc.record({
    act: fc.constantFrom('file', 'file', 'amend', 'release', 'cancel', 'cut'),
    who: fc.integer({ min: 0, max: 4 }),
    tonnes: fc.integer({ min: 1, max: 60 }),
  });
  let round = 0;
  const sequences = fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
    round += 1;
    number = `R${round}`;
    id = `2-${number}`;
    await permits.issue(authority, [permitInput(number, { uses: 3 })]);
    const open = new Set<string>();
    for (const { act, who, tonnes } of steps) {
      const declaration = `R${round}-${who}`;
      const isOpen = open.has(declaration);
      if (act === 'file' && !isOpen) {
        const [answer] = await file(filed(declaration, String(tonnes)));
        if (answer?.problems.length === 0) open.add(declaration);
      }
      if (act === 'amend' && isOpen) await file(filed(declaration, String(tonnes), true));
      if (act === 'release' && isOpen) await release(declaration);
      if (act === 'cancel' && isOpen) {
        await over(declaration);
        open.delete(declaration);
      }
      if (act === 'cut') {
        const { terms, version } = await permits.get(authority, id);
        const quantity = String(tonnes + 40);
        await permits
          .change(authority, id, {
            terms: { ...terms, quantity },
            basedOn: version,
            reason: '调整',
          })
          .catch(() => undefined);
      }
      const state = fold((await readStream(database.db, permitStream(id))) as PermitEvent[]);
      const [row] = await findPermits(database.db, [id]);
      const taken = takenOf(state?.uses.values() ?? []);
      expect(row?.taken).toEqual(taken);
      expect({ seq: row?.seq, terms: row?.terms }).toEqual({
        seq: state?.seq,
        terms: state?.terms,
      });
      expect(compare(taken.quantity, decimal(state?.terms.quantity ?? '0'))).toBeLessThanOrEqual(0);
      expect(taken.uses).toBe(open.size);
      expect(Number(toText(taken.quantity))).toBeGreaterThanOrEqual(0);
    }
  });
  await fc.assert(sequences, { numRuns: 15 });
}, 120_000);
