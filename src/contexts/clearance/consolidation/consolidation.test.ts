// What crossed in batches becomes declarations, on a real PostgreSQL and through the ordinary filing.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../kernel/dates.ts';
import { add, decimal, isNegative, subtract, toText, ZERO } from '../../../kernel/decimal.ts';
import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import {
  BatchContent,
  type BatchContentInput,
  type Batches,
  createBatches,
  takeCrossings,
} from '../../cargo/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import { type ConditionKind, DeclarationSearch } from '../contract.ts';
import { BROKER, content, IMPORTER } from '../fixtures.ts';
import { type Clearance, createClearance } from '../service/index.ts';
import { movedGoods } from './provider.ts';
import { type Consolidations, createConsolidations } from './service.ts';

let database: TestDatabase;
let clearance: Clearance;
let batches: Batches;
let consolidations: Consolidations;
const clock = createManualClock('2026-07-01T01:00:00.000Z');
const policy = loadPolicy();
const deps = () => ({
  db: database.db,
  clock,
  inForce: () => true,
  declaredEntryOf: async () => new Map([['COSU6301234560', '2026-07-01']]),
});

const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  personId: name,
  name,
  postId: `${name}-post`,
  organisationId: BROKER,
  roles: [role],
  offices: [],
  mayBackdate: false,
  via: 'session',
  ...changes,
});
const enterprise = actor('lin', 'declarant');
const officer = actor('chen', 'portOfficer', { organisationId: '2225', offices: ['2225'] });

beforeAll(async () => {
  database = await testDatabase();
  clearance = createClearance({
    db: database.db,
    clock,
    engine: createEngine({
      policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
      seed: 's',
    }),
    history: createHistory(),
    inForce: (_, code) => code !== 'XX',
    gradeOn: () => 'certified',
    providers: [movedGoods],
    notComputed: new Set<ConditionKind>([
      'permitsWrittenDown',
      'quarantineCleared',
      'authorityCleared',
      'taxPaidOrGuaranteed',
    ]),
    committed: () => undefined,
  });
  batches = createBatches(deps());
  consolidations = createConsolidations({ db: database.db, clock, file: clearance.filings.file });
});
afterAll(() => database.drop());

const goods = (lineNo: number, changes: Partial<BatchContentInput['lines'][number]> = {}) => ({
  lineNo,
  partNo: `P-${lineNo}`,
  hsCode: '8482102000',
  description: '深沟球轴承',
  originCountry: 'DE',
  unit: '011',
  unitPrice: '5',
  currency: 'EUR',
  cap: '1000',
  ...changes,
});
const application = (lines: BatchContentInput['lines'], changes: Partial<BatchContentInput> = {}) =>
  BatchContent.parse({
    zone: 'waigaoqiao-port',
    direction: 'out',
    office: '2225',
    regime: 'bonded',
    validFrom: '2026-07-01',
    validTo: '2026-12-31',
    deposit: '0',
    head: {
      declarationOffice: '2225',
      borderOffice: '2225',
      supervisionMode: '0110',
      levyNature: '101',
      tradeTerms: 'CIF',
      transportMode: 'Y',
      partnerCountry: 'DE',
      packageKind: '22',
      domestic: { uscc: IMPORTER, name: '上海浦江贸易有限公司' },
      overseas: { name: 'Elbe Handels GmbH', country: 'DE' },
    },
    lines,
    ...changes,
  });

let n = 0;
async function opened(content = application([goods(1)])): Promise<string> {
  const id = `BA-${++n}`;
  await batches.applications.apply(enterprise, { id, content });
  await batches.applications.answer(officer, id, { approve: true, note: '' });
  return id;
}
async function move(
  batch: string,
  lines: [number, string][],
  at: string,
  kind: 'draw' | 'return' = 'draw',
): Promise<void> {
  const id = `SB-${++n}`;
  await batches.stockBills.issueOne(enterprise, {
    id,
    application: batch,
    kind,
    lines: lines.map(([lineNo, quantity]) => ({
      lineNo,
      quantity,
      netMassKg: quantity,
      grossMassKg: String(Number(quantity) * 2),
      packages: 2,
    })),
  });
  const paper = { kind: 'stockBill', no: id, isComplete: true };
  await passGates(at, {
    papers: [{ ...paper, lines: lines.map(([lineNo, quantity]) => ({ lineNo, quantity })) }],
  });
}
async function passGates(at: string, payload: { papers: unknown[] }, passport = `Z${++n}`) {
  const tell = (seq: number, kind: string, told: unknown): EventRecord => ({
    id: `passport:${passport}@${seq}`,
    stream: `passport:${passport}`,
    seq,
    kind,
    envelope: { ...ENVELOPE, occurredAt: at, recordedAt: at },
    payload: told,
  });
  await inTransaction(database.db, async (tx) => {
    const entered = tell(1, 'cargo.passportApplied', {
      organisation: BROKER,
      office: '2225',
      content: {
        type: 'enterFirstDeclareLater',
        direction: 'in',
        zone: 'waigaoqiao-port',
        goodsGrossKg: '1050',
      },
    });
    const done = tell(2, 'cargo.passportCompleted', { passport, ...payload });
    await append(tx, [entered, done]);
    await takeCrossings(deps(), tx, [done]);
  });
  return passport;
}
const ENVELOPE: Envelope = {
  actor: 'gate',
  post: null,
  organisation: null,
  onBehalfOf: null,
  occurredAt: '',
  recordedAt: '',
  consignment: null,
  cause: null,
  correlation: null,
  legalBasis: null,
  clock: null,
  pauseCode: null,
};
const balances = async (batch: string) => (await batches.reads.detail(enterprise, batch)).balances;
const declaration = async (id: string) =>
  (await clearance.reads.detail(enterprise, id)).declaration;
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message.split(' ')[0] ?? '',
  );
const at = (day: number): string => `2026-07-${String(day).padStart(2, '0')}T04:00:00.000Z`;

describe('consolidating', () => {
  test('a week of movements is one declaration whose totals are theirs, filed and declared once', async () => {
    clock.set(at(1));
    const batch = await opened(application([goods(1), goods(2), goods(3, { unitPrice: '7.25' })]));
    for (let day = 6; day <= 12; day += 1) {
      await move(
        batch,
        [
          [1, '10.5'],
          [2, '2'],
          [3, '1'],
        ],
        at(day),
      );
    }
    await move(batch, [[1, '3.5']], at(12), 'return');
    clock.set(at(13));
    const preview = await consolidations.preview(enterprise, batch, null);
    const done = await consolidations.consolidate(enterprise, batch, { id: `${batch}-W1` });
    expect(done).toMatchObject({ status: 'declared', movements: 22 });
    const number = expect.stringMatching(/^\d{18}$/);
    expect(done.declarations).toMatchObject([
      { outcome: 'released', lines: 2, totalValue: '470.75', number },
    ]);
    expect(preview.declarations[0]).toMatchObject({ totalValue: '470.75', grossMassKg: '182' });
    const filed = await declaration(`${batch}-W1-1`);
    expect(filed.content.modes).toMatchObject({ batch: 'consolidated', applicationNo: batch });
    expect(filed.content.lines).toMatchObject([
      { quantity: '84', unitPrice: '5', value: '420' },
      { quantity: '7', unitPrice: '7.25', value: '50.75' },
    ]);
    expect((await balances(batch)).map(({ crossed, declared }) => [crossed, declared])).toEqual([
      ['70', '70'],
      ['14', '14'],
      ['7', '7'],
    ]);
    const again = await consolidations.consolidate(enterprise, batch, { id: `${batch}-W1` });
    expect(again).toEqual(done);
    const nothing = await consolidations.consolidate(enterprise, batch, { id: `${batch}-W2` });
    expect(nothing).toMatchObject({ status: 'nothing', declarations: [] });
  });

  test('killed between planning and filing, the next request or day completes it, once', async () => {
    clock.set(at(1));
    const batch = await opened();
    await move(batch, [[1, '10']], at(2));
    const dying = createConsolidations({
      db: database.db,
      clock,
      file: () => Promise.reject(new Error('killed')),
    });
    clock.set(at(3));
    await expect(dying.consolidate(enterprise, batch, { id: `${batch}-K` })).rejects.toThrow(
      'killed',
    );
    expect((await balances(batch))[0]).toMatchObject({ crossed: '10', declared: '10' });
    expect(await refusal(batches.applications.close(enterprise, batch, { note: 'x' }))).toBe(
      'cargo.batch_undeclared_left',
    );
    const forgetting = createConsolidations({
      db: database.db,
      clock,
      file: async (by, filings) => {
        await clearance.filings.file(by, filings);
        throw new Error('killed after filing');
      },
    });
    await expect(forgetting.consolidate(enterprise, batch, { id: `${batch}-K` })).rejects.toThrow();
    expect(await consolidations.tick('2026-07-03')).toEqual({ consolidated: 0, completed: 1 });
    expect(await consolidations.tick('2026-07-03')).toEqual({ consolidated: 0, completed: 0 });
    const [done] = await consolidations.list(enterprise, batch);
    expect(done).toMatchObject({ status: 'declared', declarations: [{ outcome: 'released' }] });
    const { rows } = await clearance.reads.search(
      enterprise,
      DeclarationSearch.parse({ q: `${batch}-K` }),
    );
    expect(rows).toHaveLength(1);
  });

  test('a finished month nobody asked for is declared by the day; an overdue one resumes when it is', async () => {
    clock.set(at(1));
    const batch = await opened();
    await move(batch, [[1, '10']], at(30));
    await move(batch, [[1, '4']], '2026-08-02T04:00:00.000Z');
    clock.set('2026-09-01T04:00:00.000Z');
    await batches.tick('2026-09-01');
    expect((await batches.reads.detail(enterprise, batch)).batch.status).toBe('suspended');
    expect(await consolidations.tick('2026-09-01')).toMatchObject({ consolidated: 2 });
    const all = await consolidations.list(enterprise, batch);
    expect(all.map(({ id }) => id).sort()).toEqual([`${batch}-202607`, `${batch}-202608`]);
    const { batch: now, timeline } = await batches.reads.detail(enterprise, batch);
    expect(now.status).toBe('open');
    expect(timeline.map(({ kind }) => kind)).toContain('cargo.batchResumed');
  });

  test('what is returned is declared anew under another id', async () => {
    clock.set(at(1));
    const batch = await opened(application([goods(1, { originCountry: 'XX' })]));
    await move(batch, [[1, '10']], at(2));
    clock.set(at(3));
    const first = await consolidations.consolidate(enterprise, batch, { id: `${batch}-A` });
    expect(first).toMatchObject({ status: 'returned', declarations: [{ outcome: 'returned' }] });
    expect(first.declarations[0]?.problems[0]?.code).toBe('clearance.code_not_in_force');
    expect((await balances(batch))[0]).toMatchObject({ crossed: '10', declared: '0' });
    await batches.applications.change(enterprise, batch, {
      content: application([goods(1)]),
      reason: '更正原产国',
    });
    await batches.applications.answer(officer, batch, { approve: true, note: '' });
    const second = await consolidations.consolidate(enterprise, batch, { id: `${batch}-B` });
    expect(second.status).toBe('declared');
  });

  test('cancelled before release, its movements are to be declared anew', async () => {
    clock.set(at(1));
    const batch = await opened();
    await move(batch, [[1, '10']], at(2));
    clock.set(at(3));
    await consolidations.consolidate(enterprise, batch, { id: `${batch}-C` });
    await inTransaction(database.db, async (tx) =>
      movedGoods.giveBack?.(tx, `${batch}-C-1`, {
        ...ENVELOPE,
        occurredAt: at(3),
        recordedAt: at(3),
      }),
    );
    expect((await balances(batch))[0]).toMatchObject({ crossed: '10', declared: '0' });
    const anew = await consolidations.consolidate(enterprise, batch, { id: `${batch}-D` });
    expect(anew.status).toBe('declared');
  });

  test('nobody writes a consolidated declaration by hand, for more than moved, or after the last day', async () => {
    clock.set(at(1));
    const batch = await opened(application([goods(1)], { validTo: '2026-07-31' }));
    await move(batch, [[1, '10']], at(2));
    const byHand = content({
      modes: {
        batch: 'consolidated',
        line: 'secondLine',
        zone: 'waigaoqiao-port',
        applicationNo: batch,
      },
      transport: { mode: 'Y', partnerCountry: 'DE' },
    });
    const result = await clearance.filings.fileOne(enterprise, {
      id: `H-${batch}`,
      content: byHand,
    });
    expect(result.outcome).toBe('returned');
    expect(result.problems.map(({ code }) => code)).toContain('clearance.consolidation_not_built');
    const swindling = createConsolidations({
      db: database.db,
      clock,
      file: (by, filings) =>
        clearance.filings.file(
          by,
          filings.map((filing) =>
            JSON.parse(JSON.stringify(filing).replaceAll('"quantity":"10"', '"quantity":"10.01"')),
          ),
        ),
    });
    clock.set(at(3));
    const more = await swindling.consolidate(enterprise, batch, { id: `${batch}-M` });
    expect(more.declarations[0]?.problems).toMatchObject([
      { code: 'clearance.consolidation_differs', params: { declared: '10.01', moved: '10' } },
    ]);
    clock.set('2026-09-01T04:00:00.000Z');
    const late = consolidations.consolidate(enterprise, batch, { id: `${batch}-L` });
    expect(await refusal(late)).toBe('clearance.consolidation_after_validity');
    clock.set('2026-08-31T04:00:00.000Z');
    const inTime = await consolidations.consolidate(enterprise, batch, { id: `${batch}-L` });
    expect(inTime.status).toBe('declared');
  });

  test('whatever moves and comes back, Σ movements = Σ declared lines, and no day is below nothing', async () => {
    const step = fc.record({
      line: fc.integer({ min: 1, max: 3 }),
      quantity: fc.integer({ min: 1, max: 400 }).map((q) => String(q / 8)),
      kind: fc.constantFrom('draw' as const, 'draw' as const, 'return' as const),
      day: fc.integer({ min: 0, max: 60 }),
      consolidate: fc.boolean(),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        clock.set(at(1));
        round += 1;
        const batch = await opened(
          application([goods(1), goods(2), goods(3, { currency: 'USD', unitPrice: '0.33' })]),
        );
        let declared = ZERO;
        let asked = 0;
        const sorted = [...steps].sort((a, b) => a.day - b.day);
        for (const { line, quantity, kind, day, consolidate } of sorted) {
          clock.set(`${addDays('2026-07-01', day)}T04:00:00.000Z`);
          await move(batch, [[line, quantity]], clock.now(), kind).catch(() => undefined);
          if (!consolidate) continue;
          asked += 1;
          const through = addDays('2026-07-01', Math.max(0, day - 2));
          const done = await consolidations.consolidate(enterprise, batch, {
            id: `${batch}-P${asked}`,
            through,
          });
          expect(['declared', 'nothing']).toContain(done.status);
          for (const { id } of done.declarations) {
            for (const each of (await declaration(id)).content.lines)
              declared = add(declared, decimal(each.quantity ?? '0'));
          }
        }
        const { rows } = await batches.reads.movements(enterprise, batch, { limit: 500 });
        const total = (wanted: (state: string) => boolean) =>
          rows
            .filter(({ state }) => wanted(state))
            .reduce((sum, { quantity }) => add(sum, decimal(quantity)), ZERO);
        const all = await balances(batch);
        const sumOf = (field: 'crossed' | 'declared') =>
          all.reduce((sum, each) => add(sum, decimal(each[field])), ZERO);
        expect(toText(declared)).toBe(toText(total((state) => state === 'declared')));
        expect(toText(sumOf('declared'))).toBe(toText(declared));
        expect(toText(sumOf('crossed'))).toBe(toText(total(() => true)));
        expect(isNegative(subtract(sumOf('crossed'), declared))).toBe(false);
      }),
      { numRuns: 12 },
    );
    expect(round).toBeGreaterThan(0);
  });
});

describe('entering first', () => {
  const BILL = 'COSU6301234560';
  const enter = (quantity: string, day: number) =>
    passGates(at(day), {
      papers: [{ kind: 'bill', no: BILL, isComplete: true, lines: [{ lineNo: 1, quantity }] }],
    });
  const later = (passportNo: string, changes: object = {}) =>
    content({
      modes: { entry: 'enterFirst', line: 'firstLine', zone: 'waigaoqiao-port', passportNo },
      ...changes,
    });

  test('the declaration says exactly what entered; late, nothing more enters first until it is filed', async () => {
    clock.set(at(2));
    const passport = await enter('10', 2);
    const owed = async () =>
      (await batches.reads.obligations(enterprise, { limit: 50 })).rows.find(
        (row) => row.passport === passport,
      );
    expect(await owed()).toMatchObject({
      declaredEntryOn: '2026-07-01',
      dueOn: '2026-07-15',
      status: 'open',
      packages: 10,
    });
    await batches.tick('2026-07-12');
    expect((await owed())?.status).toBe('dueSoon');
    clock.set(at(18));
    await batches.tick('2026-07-18');
    await batches.tick('2026-07-18');
    expect(await owed()).toMatchObject({ status: 'overdue', daysLate: 3 });
    const wrong = await clearance.filings.fileOne(enterprise, {
      id: 'E-1',
      content: later(passport, { packages: { kind: '22', count: 9 }, grossMassKg: '1051' }),
    });
    expect(wrong.problems.map(({ code }) => code)).toEqual([
      'cargo.entry_packages_differ',
      'cargo.entry_mass_differs',
    ]);
    expect((await owed())?.status).toBe('overdue');
    const right = await clearance.filings.fileOne(enterprise, {
      id: 'E-2',
      content: later(passport),
    });
    expect(right.outcome).not.toBe('returned');
    expect(await owed()).toMatchObject({ status: 'declared', declaration: 'E-2', daysLate: 3 });
    const twice = await clearance.filings.fileOne(enterprise, {
      id: 'E-3',
      content: later(passport, { remarks: 'again' }),
    });
    expect(twice.problems).toMatchObject([{ code: 'cargo.entry_declared_already' }]);
  });
});
