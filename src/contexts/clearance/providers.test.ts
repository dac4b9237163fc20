// Conditions that do not lie in the declaration: asked for at acceptance, answered later, and once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { readStream } from '../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import type { Actor } from '../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../risk/index.ts';
import type { ClearanceEvent } from './events.ts';
import { BROKER, content } from './fixtures.ts';
import type { FilingProvider, Prepared } from './provider.ts';
import { type Clearance, createClearance } from './service/index.ts';

const AT = '2026-07-02T01:00:00.000Z';
const QUANTITY = 5;
let database: TestDatabase;
let clearance: Clearance;
/** A bill of five packages, of which each declaration takes what it declares. */
const taken = new Map<string, number>();

const bill: FilingProvider = {
  kinds: ['manifestMatched', 'authorityCleared'],
  async prepare(_tx, requests) {
    let left = QUANTITY - [...taken.values()].reduce((a, b) => a + b, 0);
    return new Map(
      requests.map(({ id, at, amends, content: { packages } }): [string, Prepared] => {
        if (amends) left += taken.get(id) ?? 0;
        const wanted = packages.count ?? 0;
        if (wanted > left) {
          return [id, { problems: [{ code: 'cargo.bill_over_claimed' }], requirements: [] }];
        }
        left -= wanted;
        const asked = { legalBasis: 'x', evidence: null, dueAt: null };
        return [
          id,
          {
            problems: [],
            kept: wanted,
            requirements: [
              { kind: 'manifestMatched', owner: 'carrier', ...asked, metAt: at },
              {
                kind: 'arrivalConfirmed',
                owner: 'terminal',
                ...asked,
                metAt: at,
                evidence: '外四期',
              },
              { kind: 'authorityCleared', owner: 'MSA', ...asked, metAt: null },
              { kind: 'authorityCleared', owner: 'SAMR', ...asked, metAt: null },
            ],
          },
        ];
      }),
    );
  },
  async record(_tx, accepted) {
    for (const { id, kept } of accepted) taken.set(id, kept as number);
  },
  async giveBack(_tx, declaration) {
    taken.delete(declaration);
  },
};

const broker: Actor = {
  ...{ personId: 'broker', name: 'broker', postId: 'broker-post', organisationId: BROKER },
  ...{ roles: ['declarant'], offices: [], mayBackdate: false, via: 'session' },
};

beforeAll(async () => {
  database = await testDatabase();
  const policy = loadPolicy();
  clearance = createClearance({
    db: database.db,
    clock: createManualClock(AT),
    engine: createEngine({
      policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
      seed: 's',
    }),
    history: createHistory(),
    inForce: () => true,
    gradeOn: () => 'certified',
    providers: [bill],
    notComputed: new Set(['permitsWrittenDown', 'quarantineCleared', 'taxPaidOrGuaranteed']),
    committed: () => undefined,
  });
});
afterAll(() => database.drop());

const at = (occurredAt: string) => ({
  ...{ actor: 'system', post: null, organisation: null, onBehalfOf: null },
  ...{ occurredAt, recordedAt: occurredAt, legalBasis: null },
  ...{ consignment: null, cause: 'order:1@2', correlation: null, clock: null, pauseCode: null },
});
const filing = (id: string, count: number) => ({
  id,
  content: content({ packages: { kind: '22', count } }),
});
const detail = (id: string) => clearance.reads.detail(broker, id);
const answer = (declaration: string, owner: string) =>
  inTransaction(database.db, (tx) =>
    clearance.takeAnswers(tx, [
      {
        declaration,
        condition: 'authorityCleared',
        owner,
        evidence: 'order:1',
        envelope: at('2026-07-02T03:00:00.000Z'),
      },
    ]),
  );

test('goods that had arrived wait for each authority, and go when the last has answered', async () => {
  await clearance.filings.fileOne(broker, filing('P-1', 2));
  const waiting = (await detail('P-1')).declaration;
  expect(waiting.status).toBe('accepted');
  expect(waiting.conditions.filter(({ status }) => status === 'unmet').map((c) => c.owner)).toEqual(
    ['MSA', 'SAMR'],
  );
  await answer('P-1', 'MSA');
  expect((await detail('P-1')).declaration.status).toBe('accepted');
  await answer('P-1', 'SAMR');
  const { declaration } = await detail('P-1');
  expect(declaration).toMatchObject({ status: 'released', releasedAt: '2026-07-02T03:00:00.000Z' });
});

test('an answer that comes twice, or to nobody, changes nothing', async () => {
  const before = (await readStream(database.db, 'declaration:P-1')) as ClearanceEvent[];
  await answer('P-1', 'SAMR');
  await answer('P-404', 'SAMR');
  expect(await readStream(database.db, 'declaration:P-1')).toEqual(before);
});

test('of one group only as many are accepted as there is left; the others are returned', async () => {
  const results = await clearance.filings.file(broker, [
    filing('P-2', 2),
    filing('P-3', 2),
    filing('P-4', 1),
  ]);
  expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'returned', 'accepted']);
  expect(results[1]?.problems).toEqual([{ code: 'cargo.bill_over_claimed' }]);
  expect([...taken]).toEqual([
    ['P-1', 2],
    ['P-2', 2],
    ['P-4', 1],
  ]);
});

test('the same filing again is the first answer, though nothing is left of the bill', async () => {
  const [again] = await clearance.filings.file(broker, [filing('P-2', 2)]);
  expect(again).toMatchObject({ outcome: 'accepted', repeated: true });
});

test('an amendment asks anew, and gives back what it took', async () => {
  const amended = await clearance.acts.amend(broker, 'P-2', {
    content: content({ packages: { kind: '22', count: 1 } }) as never,
    reason: '少收一件',
  });
  expect(amended.status).toBe('accepted');
  expect(taken.get('P-2')).toBe(1);
});

test('a cancelled declaration gives back what it took', async () => {
  await clearance.acts.cancel(broker, 'P-2', { note: '货物未到' });
  expect(taken.has('P-2')).toBe(false);
});

const officer: Actor = {
  ...{ personId: 'officer', name: 'officer', postId: 'officer-post', organisationId: '2225' },
  ...{ roles: ['portOfficer'], offices: ['2225'], mayBackdate: false, via: 'session' },
};

test('what an authority refuses an officer sends back, and cannot release', async () => {
  await clearance.filings.fileOne(broker, filing('P-5', 1));
  await expect(
    clearance.acts.dispose(officer, 'P-5', { disposition: 'return', note: '' }),
  ).rejects.toThrow('clearance.nothing_to_dispose_of');
  await inTransaction(database.db, (tx) =>
    clearance.takeAnswers(tx, [
      {
        ...{ declaration: 'P-5', condition: 'authorityCleared', owner: 'MSA' },
        ...{ refusal: '包装不符合危险货物规则', envelope: at('2026-07-02T03:00:00.000Z') },
      },
    ]),
  );
  await expect(
    clearance.acts.dispose(officer, 'P-5', { disposition: 'release', note: '' }),
  ).rejects.toThrow('clearance.refused_by_authority');
  const ended = await clearance.acts.dispose(officer, 'P-5', {
    disposition: 'return',
    note: '退运',
  });
  expect(ended.status).toBe('refusedEntry');
  expect(taken.has('P-5')).toBe(false);
});
