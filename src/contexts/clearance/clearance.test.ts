// The use cases on a real PostgreSQL: filing, acting, reading, and what happens when two act at once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { readStream } from '../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor, Role } from '../identity/index.ts';
import { createEngine, createHistory, findDecision, loadPolicy, replay } from '../risk/index.ts';
import { type ConditionKind, type DeclarationInput, DeclarationSearch } from './contract.ts';
import { fold } from './declaration.ts';
import type { ClearanceEvent } from './events.ts';
import { BROKER, content, IMPORTER, record } from './fixtures.ts';
import { type Clearance, createClearance } from './service/index.ts';
import * as store from './store.ts';

let database: TestDatabase;
let clearance: Clearance;
const clock = createManualClock('2026-07-02T01:00:00.000Z');
const PROVIDERS_TO_COME = new Set<ConditionKind>([
  'manifestMatched',
  'permitsWrittenDown',
  'quarantineCleared',
  'authorityCleared',
  'taxPaidOrGuaranteed',
]);
const policy = loadPolicy();
/** Of two seeds, one draws nothing into the sample and the other everything. */
const never = { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } };
const always = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
const engines = {
  never: createEngine({ policy: never, seed: 's' }),
  always: createEngine({ policy: always, seed: 's' }),
};

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
const broker = actor('broker', 'declarant');
const terminal = actor('terminal', 'terminal', { organisationId: 'terminal' });
const officer = actor('officer', 'portOfficer', { organisationId: '2225', offices: ['2225'] });
const colleague = actor('colleague', 'portOfficer', { organisationId: '2225', offices: ['2225'] });

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => open('never'));

function open(sample: keyof typeof engines): void {
  clearance = createClearance({
    db: database.db,
    clock,
    engine: engines[sample],
    history: createHistory(),
    inForce: (_, code) => code !== 'XX',
    gradeOn: () => 'certified',
    notComputed: PROVIDERS_TO_COME,
    committed: () => undefined,
  });
}

let n = 0;
const newId = (): string => `T-${++n}`;
async function filed(changes: Partial<DeclarationInput> = {}, id = newId()): Promise<string> {
  await clearance.filings.fileOne(broker, { id, content: content(changes) });
  return id;
}
const eventsOf = async (id: string) =>
  (await readStream(database.db, `declaration:${id}`)) as ClearanceEvent[];
const kindsOf = async (id: string) =>
  (await eventsOf(id)).map((event) => event.kind.replace('clearance.', ''));
const arrive = (id: string) => clearance.acts.confirmArrival(terminal, id, { premises: '外四期' });
const finding = {
  kind: 'undervaluation',
  severity: 'serious',
  description: '低报',
  quantity: null,
  unit: null,
  lineNo: 1,
};

describe('filing', () => {
  test('an ordinary declaration is released the moment its goods arrive, and nobody touched it', async () => {
    const id = await filed();
    expect(await kindsOf(id)).toEqual(['submitted', 'accepted', 'decided']);
    const released = await arrive(id);
    expect(released).toMatchObject({ status: 'released', untouched: true });
    expect(released.number).toMatch(/^222520261\d{9}$/);
    expect(await kindsOf(id)).toEqual([
      'submitted',
      'accepted',
      'decided',
      'arrivalConfirmed',
      'released',
    ]);
  });

  test('filing again is the same declaration; other content under its id is refused, both shown', async () => {
    const id = newId();
    const filing = { id, content: content() };
    const first = await clearance.filings.fileOne(broker, filing);
    const second = await clearance.filings.fileOne(broker, filing);
    expect(second).toEqual({ ...first, repeated: true });
    const [other] = await clearance.filings.file(broker, [
      { id, content: content({ remarks: 'other' }) },
    ]);
    expect(other).toMatchObject({
      outcome: 'refused',
      problems: [
        {
          code: 'clearance.id_has_other_content',
          params: { filed: expect.any(String), now: expect.any(String) },
        },
      ],
    });
    expect(await kindsOf(id)).toHaveLength(3);
  });

  test('many at once: each has its own answer in the order they came, and a bad one stops nobody', async () => {
    const ids = [newId(), newId(), newId()];
    const results = await clearance.filings.file(broker, [
      { id: ids[0], content: content() },
      { id: 'not an id!', content: content() },
      { id: ids[1], content: content({ currency: 'XX' }) },
      { id: ids[0], content: content() },
      'nonsense',
      {
        id: ids[2],
        content: content({ parties: { ...content().parties, declarant: { uscc: IMPORTER } } }),
      },
    ]);
    expect(results.map((result) => result.outcome)).toEqual([
      'accepted',
      'refused',
      'returned',
      'accepted',
      'refused',
      'refused',
    ]);
    expect(results[5]?.problems[0]?.code).toBe('identity.not_permitted');
  });

  test('ten of the same filing at the same time are one declaration', async () => {
    const filing = { id: newId(), content: content() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => clearance.filings.fileOne(broker, filing)),
    );
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.number)).size).toBe(1);
    expect(await kindsOf(filing.id)).toHaveLength(3);
  });

  test('a dry run answers what would happen and writes nothing', async () => {
    const id = newId();
    const answer = await clearance.filings.fileOne(
      broker,
      { id, content: content() },
      { dryRun: true },
    );
    expect(answer).toMatchObject({
      outcome: 'accepted',
      number: null,
      unmet: ['arrivalConfirmed'],
    });
    expect(await eventsOf(id)).toEqual([]);
  });

  test('only a post that loads history may say when it happened', async () => {
    const filing = { id: newId(), content: content(), occurredAt: '2026-07-01T00:00:00.000Z' };
    await expect(clearance.filings.fileOne(broker, filing)).rejects.toThrow(
      'identity.may_not_backdate',
    );
    const loader = actor('loader', 'declarant', { mayBackdate: true });
    await clearance.filings.fileOne(loader, filing);
    const [event] = await eventsOf(filing.id);
    expect(event?.envelope).toMatchObject({
      occurredAt: filing.occurredAt,
      recordedAt: clock.now(),
    });
  });

  test('a draft may be wrong; filing it continues its story', async () => {
    const id = newId();
    await clearance.acts.saveDraft(broker, id, { ...content(), currency: null });
    await clearance.acts.saveDraft(broker, id, content());
    await filed({}, id);
    expect(await kindsOf(id)).toEqual(['drafted', 'drafted', 'submitted', 'accepted', 'decided']);
    await expect(clearance.acts.saveDraft(broker, id, content())).rejects.toThrow(
      'clearance.already_filed',
    );
  });
});

describe('an examination', () => {
  beforeEach(() => open('always'));

  test('clean goods are released when the record is complete', async () => {
    const id = await filed();
    await arrive(id);
    expect(await clearance.acts.recordExamination(officer, id, record())).toMatchObject({
      status: 'released',
      untouched: false,
    });
  });

  test('a finding opens a case, its disposition closes it, and the goods go only then', async () => {
    const id = await filed();
    await arrive(id);
    const found = await clearance.acts.recordExamination(
      officer,
      id,
      record({ findings: [finding] }),
    );
    expect(found.status).toBe('disposition');
    const paid = await clearance.acts.dispose(officer, id, { disposition: 'pay', note: '' });
    expect(paid).toMatchObject({ status: 'disposition', caseIds: [`${id}-C1`] });
    const done = await clearance.acts.carryOut(officer, id, { evidence: '税单 0001' });
    expect(done.status).toBe('released');
    expect(await kindsOf(id)).toEqual([
      'submitted',
      'accepted',
      'decided',
      'examinationOrdered',
      'arrivalConfirmed',
      'examined',
      'caseOpened',
      'disposed',
      'dispositionCarriedOut',
      'released',
    ]);
  });

  test('two officers at once: one wins, the other is told', async () => {
    const id = await filed();
    const answers = await Promise.allSettled([
      clearance.acts.recordExamination(officer, id, record()),
      clearance.acts.recordExamination(colleague, id, record()),
    ]);
    const refusals = answers.filter((answer) => answer.status === 'rejected');
    expect(refusals).toHaveLength(1);
    expect(String(refusals[0]?.reason)).toMatch(
      /clearance\.(not_in_this_state|examination_already_recorded)/,
    );
    expect((await kindsOf(id)).filter((kind) => kind === 'examined')).toHaveLength(1);
  });

  test('a downgrade takes two posts', async () => {
    const id = await filed();
    await arrive(id);
    const proposal = { to: 'green', reason: 'standardException', note: '同批已查' } as const;
    await clearance.acts.proposeDowngrade(officer, id, proposal);
    await expect(
      clearance.acts.answerDowngrade(officer, id, { approve: true, note: '' }),
    ).rejects.toThrow('clearance.another_post_approves');
    expect(
      await clearance.acts.answerDowngrade(colleague, id, { approve: true, note: '' }),
    ).toMatchObject({ status: 'released' });
  });

  test('the work list shows it with its reasons until it is done', async () => {
    const id = await filed();
    const before = await clearance.reads.workList(officer, { office: null, task: 'examination' });
    expect(before.find((item) => item.id === id)).toMatchObject({ task: 'examination' });
    await clearance.acts.recordExamination(officer, id, record());
    const after = await clearance.reads.workList(officer, { office: null, task: null });
    expect(after.some((item) => item.id === id)).toBe(false);
  });
});

describe('the order of reports', () => {
  const loader = (name: string, role: Role, changes: Partial<Actor> = {}) =>
    actor(name, role, { mayBackdate: true, ...changes });
  const at = (hour: number) => `2026-07-01T${String(hour).padStart(2, '0')}:00:00.000Z`;

  test('release is dated when the last condition was met, whichever report came last', async () => {
    open('always');
    const id = newId();
    await clearance.filings.fileOne(loader('b', 'declarant'), {
      id,
      content: content(),
      occurredAt: at(1),
    });
    await clearance.acts.confirmArrival(loader('t', 'terminal'), id, {
      premises: 'x',
      occurredAt: at(9),
    });
    const examined = record({ occurredAt: at(5) });
    const examiner = loader('o', 'portOfficer', { offices: ['2225'] });
    const released = await clearance.acts.recordExamination(examiner, id, examined);
    expect(released.releasedAt).toBe(at(9));
    await expect(
      clearance.acts.close(examiner, id, { note: 'x', occurredAt: at(0) }),
    ).rejects.toThrow('clearance.before_it_was_filed');
  });
});

describe('reading', () => {
  test('a stranger finds nothing, in lists or by id', async () => {
    const id = await filed();
    const stranger = actor('stranger', 'declarant', { organisationId: '913100001322AAAA0X' });
    const far = actor('far', 'portOfficer', { offices: ['5100'] });
    for (const reader of [stranger, far]) {
      await expect(clearance.reads.detail(reader, id)).rejects.toThrow('identity.not_permitted');
      const page = await clearance.reads.search(reader, DeclarationSearch.parse({ q: id }));
      expect(page.rows).toEqual([]);
    }
    const { declaration, allowed } = await clearance.reads.detail(broker, id);
    expect(declaration.id).toBe(id);
    expect(allowed).toEqual(['amend', 'cancel', 'supplement']);
  });

  test('paging goes through all of them once, in order', async () => {
    for (let i = 0; i < 7; i++) await filed({ totalValue: '5000', remarks: `page ${i}` });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await clearance.reads.search(
        broker,
        DeclarationSearch.parse({ limit: 3, sort: '-totalValue', ...(cursor && { cursor }) }),
      );
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    const all = await clearance.reads.search(broker, DeclarationSearch.parse({ limit: 200 }));
    expect(seen.length).toBe(all.total);
  });

  test('SQL in a search is only text', async () => {
    const page = await clearance.reads.search(
      broker,
      DeclarationSearch.parse({ q: "'; drop table clearance.declaration; --%_\\" }),
    );
    expect(page.rows).toEqual([]);
  });
});

describe('integrity', () => {
  test('every row equals the fold of its events, and every decision replays to the byte', async () => {
    open('always');
    await filed();
    const { rows } = await clearance.reads.search(broker, DeclarationSearch.parse({ limit: 200 }));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const state = fold(await eventsOf(row.id));
      if (!state) throw new Error(`${row.id} has a row and no events.`);
      expect({ ...(await store.findRow(database.db, row.id)), score: null }).toEqual(row);
      expect({
        status: row.status,
        lane: row.lane,
        number: row.number,
        releasedAt: row.releasedAt,
      }).toEqual({
        status: state.status,
        lane: state.lane,
        number: state.number,
        releasedAt: state.releasedAt,
      });
      const decision = state.decisionId ? await findDecision(database.db, state.decisionId) : null;
      if (!decision) continue;
      const policyUsed = Object.values(engines).find(
        (each) => each.versions.policy === decision.versions.policy,
      );
      if (!policyUsed) throw new Error('A decision names a policy that was never in force.');
      expect(replay(policyUsed, decision).identical).toBe(true);
    }
  });
});
