// A ledger from its registration to its lists, on a real PostgreSQL: four eyes on the ledger, parts that
// keep their numbers and, once something is counted in it, their unit, and consumption that is only added to.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Part } from '../contract.ts';
import { ledgerStream } from './events.ts';
import { consumption, FACTORY, factory, ledgerInput, officer, part, person } from './fixtures.ts';
import { createLedgers, type Ledgers, markUsed, readLedgerBook } from './index.ts';
import { planParts } from './parts.ts';

let database: TestDatabase;
let ledgers: Ledgers;
const clock = createManualClock('2026-07-02T01:00:00.000Z');
beforeAll(async () => {
  database = await testDatabase();
  ledgers = createLedgers({ db: database.db, clock, inForce: (_, code) => code !== '9999' });
});
afterAll(() => database.drop());

let n = 0;
const newId = (): string => `H2218-${++n}`;
const refusals = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (error: { refusals?: { code: string; path?: string }[] }) => {
      if (!error.refusals) throw error;
      return error.refusals.map(({ code, path }) => `${code}${path ? ` ${path}` : ''}`);
    },
  );
const approve = { approve: true, note: '' };
async function opened(changes: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  await ledgers.registration.register(factory, { ledger: ledgerInput(id, changes) });
  await ledgers.registration.answer(officer, id, approve);
  return id;
}
const put = (id: string, ...parts: Part[]) => ledgers.lists.putParts(factory, id, { parts });

describe('a ledger', () => {
  test('is open when another account of its office approves it', async () => {
    const id = newId();
    const ledger = ledgerInput(id);
    await ledgers.registration.register(factory, { ledger });
    const self = person('lin', 'portOfficer', { offices: ['2218'] });
    const elsewhere = person('xu', 'portOfficer', { offices: ['2225'] });
    const answer = (actor: typeof self) => ledgers.registration.answer(actor, id, approve);
    expect(await refusals(answer(self))).toEqual(['bonded.ledger_another_account_answers']);
    expect(await refusals(answer(elsewhere))).toEqual(['identity.not_permitted']);
    expect(await refusals(answer(factory))).toEqual(['identity.not_permitted']);
    const open = await answer(officer);
    expect(open).toMatchObject({ status: 'open', approvedAt: clock.now() });
    expect(await ledgers.registration.register(factory, { ledger })).toEqual(open);
    const other = ledgerInput(id, { name: '别的' });
    expect(await refusals(ledgers.registration.register(factory, { ledger: other }))).toEqual([
      'bonded.ledger_id_has_other_content ledger.id',
    ]);
    expect(await refusals(answer(officer))).toEqual(['bonded.ledger_nothing_to_answer']);
  });

  test('is told everything that is wrong with it at once', async () => {
    const ledger = ledgerInput(newId(), {
      ...{ office: '9999', closesOn: '2026-07-01', sites: ['a', 'b', 'a'] },
    });
    expect(await refusals(ledgers.registration.register(factory, { ledger }))).toEqual([
      'bonded.ledger_office office',
      'bonded.ledger_days closesOn',
      'bonded.ledger_site_twice sites[2]',
    ]);
    const enterprise = `${FACTORY.slice(0, 17)}#`;
    const registrar = person('lin', 'declarant', { organisationId: enterprise });
    const wrong = ledgerInput(newId(), { enterprise });
    expect(await refusals(ledgers.registration.register(registrar, { ledger: wrong }))).toEqual([
      'bonded.ledger_uscc enterprise',
    ]);
  });

  test('is registered by its enterprise, and read by who may', async () => {
    const stranger = person('wu', 'declarant', { organisationId: 'other' });
    const ledger = ledgerInput(newId());
    expect(await refusals(ledgers.registration.register(stranger, { ledger }))).toEqual([
      'identity.not_permitted',
    ]);
    const id = await opened();
    expect(await refusals(ledgers.reads.detail(stranger, id))).toEqual(['identity.not_permitted']);
    const wanted = { waiting: 'false', limit: 100 } as const;
    expect((await ledgers.reads.search(stranger, wanted)).rows).toEqual([]);
    const auditor = person('shen', 'auditor', { organisationId: 'audit' });
    for (const reader of [factory, officer, auditor]) {
      expect((await ledgers.reads.detail(reader, id)).ledger.id).toBe(id);
      const { rows } = await ledgers.reads.search(reader, { ...wanted, q: id });
      expect(rows.map((row) => row.id)).toContain(id);
    }
    expect((await ledgers.reads.detail(factory, id)).allowed).toEqual([
      'change',
      'changeParts',
      'recordConsumption',
    ]);
  });

  test('changes when customs agrees, and never what its journal stands on', async () => {
    const id = await opened({ sites: ['pudong', 'lingang'] });
    const change = (changes: Record<string, unknown>) =>
      ledgers.registration.change(factory, id, {
        ledger: ledgerInput(id, { sites: ['pudong', 'lingang'], ...changes }),
        reason: '新增场所',
      });
    expect(await refusals(change({ lots: 'specific', sites: ['lingang', 'pudong'] }))).toEqual([
      'bonded.ledger_cannot_change lots',
      'bonded.ledger_site_moved sites[0]',
      'bonded.ledger_site_moved sites[1]',
    ]);
    const sites = ['pudong', 'lingang', 'dachang'];
    await change({ sites });
    expect((await readLedgerBook(database.db, id)).ledger.sites).toEqual(['pudong', 'lingang']);
    expect(await refusals(change({ sites }))).toEqual(['bonded.ledger_change_pending']);
    const waiting = { waiting: 'true', limit: 100, q: id } as const;
    expect((await ledgers.reads.search(officer, waiting)).rows).toHaveLength(1);
    const now = await ledgers.registration.answer(officer, id, approve);
    expect(now).toMatchObject({ change: null, content: { sites } });
    expect((await ledgers.reads.search(officer, waiting)).rows).toEqual([]);
  });

  test('that was rejected takes nothing', async () => {
    const id = newId();
    await ledgers.registration.register(factory, { ledger: ledgerInput(id) });
    await ledgers.registration.answer(officer, id, { approve: false, note: '资料不全' });
    expect(await refusals(put(id, part('A')))).toEqual(['bonded.ledger_not_in_this_state']);
  });
});

describe('parts', () => {
  test('are numbered from 0 in order of first mention, and keep their numbers', async () => {
    const id = await opened();
    expect(await put(id, part('B'), part('A'))).toEqual({
      ...{ added: 2, changed: 0, same: 0, parts: 2 },
    });
    const again = await put(id, part('C'), part('A', { description: '内圈' }), part('B'));
    expect(again).toEqual({ added: 1, changed: 1, same: 1, parts: 3 });
    const { parts } = await readLedgerBook(database.db, id);
    expect(parts.map(({ number, part: name }) => [number, name])).toEqual([
      [0, 'B'],
      [1, 'A'],
      [2, 'C'],
    ]);
    expect(parts[1]).toMatchObject({ description: '内圈', unit: 'pcs', isUsed: false });
    const page = await ledgers.reads.parts(officer, id, { limit: 2 });
    expect([page.rows.length, page.next]).toEqual([2, 1]);
    const rest = await ledgers.reads.parts(officer, id, { limit: 2, cursor: 1 });
    expect(rest.rows.map((row) => row.part)).toEqual(['C']);
    const kinds = (await readStream(database.db, ledgerStream(id))).map(({ kind }) => kind);
    expect(kinds.slice(2)).toEqual(['bonded.partsChanged', 'bonded.partsChanged']);
    const { ledger } = await ledgers.reads.detail(factory, id);
    expect(ledger.version).toBe(4);
  });

  test('keep their unit once something is counted in it', async () => {
    const id = await opened();
    await put(id, part('A'), part('B'));
    await put(id, part('A', { unit: 'kg' }));
    await inTransaction(database.db, (tx) => markUsed(tx, id, ['A']));
    expect(await refusals(put(id, part('B', { unit: 'g' }), part('A', { unit: 'g' })))).toEqual([
      'bonded.part_unit_in_use parts[1].unit',
    ]);
    const { parts } = await readLedgerBook(database.db, id);
    expect(parts.map(({ unit }) => unit)).toEqual(['kg', 'pcs']);
    expect(await put(id, part('A', { unit: 'kg', description: '钢球' }))).toMatchObject({
      changed: 1,
    });
  });

  test('are refused with all that is wrong, and none of them is taken', async () => {
    const id = await opened();
    const wrong = put(id, part('A', { unitValue: '-1' }), part('A'), part('B', { unitValue: '2' }));
    expect(await refusals(wrong)).toEqual([
      'bonded.part_value parts[0].unitValue',
      'bonded.part_twice parts[1].part',
      'bonded.part_currency parts[2].currency',
    ]);
    expect((await readLedgerBook(database.db, id)).parts).toEqual([]);
  });

  test('sent by two at once each have one number', async () => {
    const id = await opened();
    const names = Array.from({ length: 20 }, (_, index) => `P-${index}`);
    await Promise.all([
      put(id, ...names.slice(0, 15).map((name) => part(name))),
      put(id, ...names.slice(5).map((name) => part(name))),
    ]);
    const { parts } = await readLedgerBook(database.db, id);
    expect(parts.map(({ number }) => number)).toEqual(names.map((_, index) => index));
    expect(parts.map((each) => each.part).sort()).toEqual([...names].sort());
  });

  test('whatever is sent, every part is added, changed, the same, or complained of', () => {
    const anyPart = fc
      .record({
        name: fc.constantFrom('A', 'B', 'C', 'D'),
        unit: fc.constantFrom('kg', 'pcs'),
        description: fc.constantFrom('', 'x'),
      })
      .map(({ name, ...rest }) => part(name, rest));
    const known = fc.record({ isUsed: fc.boolean(), part: anyPart });
    fc.assert(
      fc.property(fc.array(anyPart), fc.array(known), (sent, before) => {
        const ledger = new Map(
          before.map(({ isUsed, part: each }, number) => [each.part, { ...each, number, isUsed }]),
        );
        const plan = planParts(sent, ledger);
        expect(plan.added.length + plan.changed.length + plan.same).toBe(sent.length);
        const isWrong =
          new Set(sent.map((each) => each.part)).size < sent.length ||
          sent.some((each) => {
            const old = ledger.get(each.part);
            return old?.isUsed && old.unit !== each.unit;
          });
        expect(plan.problems.length > 0).toBe(isWrong);
      }),
    );
  });
});

describe('consumption', () => {
  test('is only added to; of two for one day the later holds, the same is not repeated', async () => {
    const id = await opened();
    await put(id, part('P', { kind: 'finished' }), part('A'), part('B'));
    const record = (...lines: ReturnType<typeof consumption>[]) =>
      ledgers.lists.recordConsumption(factory, id, { consumption: lines });
    const lines = [consumption('P', 'A'), consumption('P', 'B', { net: '0.000000001' })];
    expect(await record(...lines)).toEqual({ recorded: 2, same: 0, lines: 2 });
    expect(await record(...lines)).toEqual({ recorded: 0, same: 2, lines: 2 });
    clock.set('2026-07-02T01:01:00.000Z');
    expect(await record(consumption('P', 'A', { net: '2.5' }))).toMatchObject({ recorded: 1 });
    expect(await record(lines[0] ?? consumption('P', 'A'))).toMatchObject({
      recorded: 1,
      lines: 4,
    });
    const { consumption: all, parts } = await readLedgerBook(database.db, id);
    expect(all.map(({ seq, part: name, net }) => [seq, name, net])).toEqual([
      [1, 'A', '2'],
      [2, 'B', '0.000000001'],
      [3, 'A', '2.5'],
      [4, 'A', '2'],
    ]);
    expect(all[2]).toMatchObject({ recordedAt: clock.now(), recordedBy: 'lin' });
    expect(parts.every(({ isUsed }) => isUsed)).toBe(true);
    const inForce = { on: '2026-06-30', limit: 10 };
    expect((await ledgers.reads.consumption(officer, id, inForce)).rows).toEqual([]);
    const kinds = (await readStream(database.db, ledgerStream(id))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'bonded.consumptionRecorded')).toHaveLength(3);
  });

  test('rests on parts the ledger has, loses less than all, and proves what leaves no trace', async () => {
    const id = await opened();
    await put(id, part('P', { kind: 'finished' }), part('A'));
    const wrong = [
      consumption('P', 'X'),
      consumption('P', 'P'),
      consumption('P', 'A', { net: '0', to: '2026-07-01' }),
      consumption('P', 'A', { tangibleLossRate: '0.6', intangibleLossRate: '0.4' }),
    ];
    const work = ledgers.lists.recordConsumption(factory, id, { consumption: wrong });
    expect(await refusals(work)).toEqual([
      'bonded.part_unknown consumption[0].part',
      'bonded.consumption_of_itself consumption[1].part',
      'bonded.consumption_nothing consumption[2].net',
      'bonded.consumption_days consumption[2].to',
      'bonded.consumption_all_lost consumption[3].tangibleLossRate',
      'bonded.consumption_no_evidence consumption[3].evidence',
    ]);
  });
});
