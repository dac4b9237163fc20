// A model's life on a real PostgreSQL: brought, tried beside real decisions, put in force by another
// account, rolled back; and who may not, and what is not let in.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { declaredFacts } from '../../facts/index.ts';
import { riskFacts } from '../facts.ts';
import { openModel } from '../learning/index.ts';
import { recordFinding, saveDecisions } from '../store.ts';
import type { ModelEvent } from './events.ts';
import { actor, decisionOn, pastTrade, smallModel } from './fixtures.ts';
import { createDriftReports, createModels, createModelsInForce, type InForce } from './index.ts';
import { foldModel } from './model.ts';
import { findModel } from './store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const clock = createManualClock('2026-07-02T01:00:00.000Z');
const facts = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));
const first = smallModel(7);
const second = smallModel(8);
const versionOf = (file: unknown) => openModel(file).version;

const author = actor('author', 'riskAnalyst');
const colleague = actor('colleague', 'riskAnalyst');
const supervisor = actor('supervisor', 'supervisor');

function open() {
  const { db } = database;
  const used: InForce[] = [];
  const inForce = createModelsInForce({ db, log: silentLog, use: (models) => used.push(models) });
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  const models = createModels({ db, clock, facts, inForce, changed });
  return { models, inForce, used, changesTold: () => changes };
}

/** Through shadow to live, by two accounts. */
async function publish({ models }: ReturnType<typeof open>, id: string): Promise<void> {
  for (const to of ['shadow', 'live'] as const) {
    await models.propose(author, id, { to, note: '' });
    await models.answer(colleague, id, { approve: true, note: '' });
  }
}

describe('two models of a port', () => {
  test('one after the other goes through shadow to live, and back', async () => {
    const port = open();
    const { models, inForce, used } = port;
    const draft = await models.bring(author, 'M-1', first);
    expect(draft).toMatchObject({
      ...{ id: 'M-1', status: 'draft', origin: 'upload', madeBy: 'author', proposal: null },
      ...{ version: versionOf(first), figures: first.card.evaluation.model },
      allowed: ['propose', 'retire'],
    });
    expect(draft.card).toEqual(first.card);
    expect(inForce.current).toEqual({ live: {}, shadow: {} });

    await expect(models.propose(author, 'M-1', { to: 'live', note: '' })).rejects.toThrow(
      'risk.model_shadow_first',
    );
    const proposed = await models.propose(author, 'M-1', { to: 'shadow', note: '看一个月' });
    expect(proposed.proposal).toMatchObject({ to: 'shadow', note: '看一个月', by: 'author' });
    expect(proposed.allowed).toEqual(['reject', 'retire']);
    await expect(models.answer(author, 'M-1', { approve: true, note: '' })).rejects.toThrow(
      'risk.model_own_approval',
    );
    await models.answer(supervisor, 'M-1', { approve: true, note: '' });
    expect(inForce.current.shadow.harm?.version).toBe(versionOf(first));
    expect(inForce.current.live).toEqual({});

    await models.propose(author, 'M-1', { to: 'live', note: '' });
    const live = await models.answer(colleague, 'M-1', { approve: true, note: '表现稳定' });
    expect(live).toMatchObject({
      isInForce: true,
      status: 'live',
      liveFrom: clock.now(),
      rollsBackTo: null,
    });
    expect(live.approved).toEqual({ to: 'live', by: 'colleague', at: clock.now() });
    expect(inForce.current).toMatchObject({
      shadow: {},
      live: { harm: { version: versionOf(first) } },
    });
    await expect(models.rollBack(supervisor, 'M-1', '误报')).rejects.toThrow(
      'risk.model_replaced_none',
    );

    await models.bring(author, 'M-2', second);
    await publish(port, 'M-2');
    expect(inForce.current.live.harm?.version).toBe(versionOf(second));
    expect(await models.read(author, 'M-1')).toMatchObject({
      status: 'retired',
      allowed: ['propose'],
    });
    expect(await models.read(author, 'M-2')).toMatchObject({ rollsBackTo: 'M-1' });

    await models.rollBack(supervisor, 'M-2', '误报过多');
    expect(inForce.current.live.harm?.version).toBe(versionOf(first));
    const back = await models.read(author, 'M-1');
    expect(back).toMatchObject({ status: 'live', liveTo: null });
    expect(back.steps.map(({ kind }) => kind.replace('risk.model', ''))).toEqual([
      ...['Trained', 'Proposed', 'Shadowed', 'Proposed', 'Published', 'Superseded', 'Restored'],
    ]);
    expect((await models.read(author, 'M-2')).steps.at(-1)).toMatchObject({
      ...{ kind: 'risk.modelRolledBack', by: 'supervisor', note: '误报过多' },
    });
    expect(used.map(({ live }) => live.harm?.version ?? null)).toEqual([
      null,
      versionOf(first),
      versionOf(first),
      versionOf(second),
      versionOf(first),
    ]);
    expect(port.changesTold()).toBeGreaterThan(0);
  });

  test('what is kept is the fold of the events, and the whole file', async () => {
    const { models, inForce } = open();
    for (const id of ['M-1', 'M-2']) {
      const events = (await readStream(database.db, `model:${id}`)) as ModelEvent[];
      expect(foldModel(events)).toEqual(await findModel(database.db, id));
    }
    const kept: unknown = JSON.parse(await models.file(author, 'M-2'));
    expect(versionOf(kept)).toBe(versionOf(second));
    const score = { 'goods.hs6': '870323', 'goods.origin': 'DE' };
    const replayed = await inForce.find(versionOf(second));
    expect(replayed?.probability(score)).toBe(openModel(second).probability(score));
    expect(await inForce.find('nothing')).toBeNull();
  });

  test('another server follows, and the last one retired leaves none', async () => {
    const here = open();
    const there = open();
    await there.inForce.refresh();
    expect(there.inForce.current.live.harm?.version).toBe(versionOf(first));
    await there.inForce.refresh();
    expect(there.used).toHaveLength(1);
    await here.models.retire(supervisor, 'M-1', '换季');
    await there.inForce.refresh();
    expect(there.inForce.current).toEqual({ live: {}, shadow: {} });
  });

  test('of each aim one is live: none takes the place of another, and each rolls back by itself', async () => {
    const port = open();
    const { models, inForce } = port;
    await models.bring(author, 'M-general', smallModel(21));
    await models.bring(author, 'M-precursor-1', smallModel(22), 'precursor');
    await models.bring(author, 'M-precursor-2', smallModel(23), 'precursor');
    for (const id of ['M-general', 'M-precursor-1', 'M-precursor-2']) await publish(port, id);
    const { live } = inForce.current;
    expect(live.harm?.version).toBe(versionOf(smallModel(21)));
    expect(live.precursor?.version).toBe(versionOf(smallModel(23)));
    expect(live.hazard).toBeUndefined();
    await models.rollBack(supervisor, 'M-precursor-2', '误报过多');
    expect(inForce.current.live.precursor?.version).toBe(versionOf(smallModel(22)));
    expect(inForce.current.live.harm).toBe(live.harm);
    for (const id of ['M-general', 'M-precursor-1']) await models.retire(supervisor, id, '换季');
  });
});

test('a file that this build cannot open does not keep the port shut', async () => {
  const { db } = database;
  const { models, inForce, used } = open();
  await models.bring(author, 'M-7', smallModel(11));
  await models.propose(author, 'M-7', { to: 'shadow', note: '' });
  // As after an upgrade that encodes facts in another way.
  await sql`
    update risk.model_file set content = replace(content, '"schemaHash":"', '"schemaHash":"0')
    where version = (select version from risk.model where id = 'M-7')
  `.execute(db);
  const answered = await models.answer(colleague, 'M-7', { approve: true, note: '' });
  expect(answered).toMatchObject({ status: 'shadow', isInForce: false });
  expect(inForce.current.shadow).toEqual({});
  expect(used).toHaveLength(1);
  await inForce.refresh();
  expect(used).toHaveLength(1);
  await models.retire(colleague, 'M-7', '无法读取');
});

describe('four eyes and order', () => {
  test('whoever may not read, bring, answer or stop is told so', async () => {
    const { models } = open();
    const refused = 'identity.not_permitted';
    const officer = actor('officer', 'portOfficer');
    const auditor = actor('auditor', 'auditor');
    await expect(models.list(officer)).rejects.toThrow(refused);
    const listed = (await models.list(auditor)).map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining(['M-1', 'M-2', 'M-7']));
    await expect(models.bring(supervisor, 'M-9', first)).rejects.toThrow(refused);
    await expect(models.answer(auditor, 'M-1', { approve: true, note: '' })).rejects.toThrow(
      refused,
    );
    await expect(models.retire(auditor, 'M-1', 'x')).rejects.toThrow(refused);
    await expect(models.read(author, 'M-404')).rejects.toThrow('risk.model_not_found');
  });

  test('the same post under another name is not a second pair of eyes', async () => {
    const { models } = open();
    await models.propose(colleague, 'M-2', { to: 'shadow', note: '' });
    const samePost = { ...actor('deputy', 'riskAnalyst'), postId: 'author-post' };
    for (const by of [author, samePost, colleague]) {
      await expect(models.answer(by, 'M-2', { approve: true, note: '' })).rejects.toThrow(
        'risk.model_own_approval',
      );
    }
    const rejected = await models.answer(author, 'M-2', { approve: false, note: '再等等' });
    expect(rejected).toMatchObject({ status: 'retired', proposal: null });
    await expect(models.answer(supervisor, 'M-2', { approve: true, note: '' })).rejects.toThrow(
      'risk.model_not_proposed',
    );
  });

  test('of two who approve at once one is told it is done', async () => {
    const { models } = open();
    await models.propose(author, 'M-2', { to: 'shadow', note: '' });
    const answers = await Promise.allSettled(
      [colleague, supervisor].map((by) => models.answer(by, 'M-2', { approve: true, note: '' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await sql<{ outcome: string }>`
      select outcome from identity.audit
      where operation = 'risk.model.answer' and 'model:M-2' = any(subjects)
      order by at desc, id desc limit 2
    `.execute(database.db);
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
  });
});

describe('what is not let in', () => {
  test('the same file again is the same model; another under its id, or it under another, is not', async () => {
    const { models } = open();
    expect(await models.bring(author, 'M-1', first)).toMatchObject({ id: 'M-1', madeBy: 'author' });
    await expect(models.bring(author, 'M-1', smallModel(9))).rejects.toThrow('risk.model_id_taken');
    await expect(models.bring(author, 'M-3', first)).rejects.toThrow('risk.model_file_known');
  });

  test.each([
    { what: 'nothing', file: null, code: 'risk.model_not_readable' },
    { what: 'another document', file: { hello: 'world' }, code: 'risk.model_not_readable' },
    {
      what: 'a changed schema',
      file: { ...first, schemaHash: '0'.repeat(64) },
      code: 'risk.model_schema_differs',
    },
  ])('$what is refused', async ({ file, code }) => {
    await expect(open().models.bring(author, 'M-4', file)).rejects.toThrow(code);
  });

  test('a model that reads words this port does not know is refused with both hashes', async () => {
    const { db } = database;
    const { inForce } = open();
    const known = new Map([...facts].filter(([name]) => name !== 'goods.origin'));
    const models = createModels({ db, clock, facts: known, inForce, changed: () => undefined });
    await expect(models.bring(author, 'M-5', smallModel(10))).rejects.toMatchObject({
      refusals: [
        {
          code: 'risk.model_facts_differ',
          params: {
            facts: 'goods.origin (text)',
            stated: expect.any(String),
            found: expect.any(String),
          },
        },
      ],
    });
  });
});

test('drift is told from what was decided and found', async () => {
  const { db } = database;
  const version = versionOf(first);
  const past = pastTrade(700, 11).map((one) => ({
    ...one,
    facts: { ...one.facts, 'goods.origin': 'DE', 'importer.earlier': 0 },
  }));
  await inTransaction(db, (tx) =>
    saveDecisions(
      tx,
      past.map((one) =>
        decisionOn(one, {
          selectedBy: 'model',
          model: { version, probability: 0.8, harm: 1, threshold: 0, contributions: [] },
        }),
      ),
    ),
  );
  await inTransaction(db, async (tx) => {
    for (const [n, { subject }] of past.slice(0, 200).entries()) {
      await recordFinding(tx, { subject, found: n < 120, at: '2026-06-10T01:00:00.000Z' });
    }
  });
  const reports = createDriftReports({ db, clock, facts });
  const report = await reports.of(author, 'M-1');
  expect(report).toMatchObject({
    ...{ model: 'M-1', version, recent: { decisions: 700, from: '2026-01-01', to: '2026-03-01' } },
    comparedWith: { what: 'training' },
    unseen: { parties: { now: { numerator: 700, denominator: 700 } } },
    hitRate: { model: { numerator: 120, denominator: 200 }, sample: { denominator: 0 } },
    weeks: [{ week: '2026-06-08', model: { numerator: 120, denominator: 200 } }],
  });
  expect(report.calibration.error).toBeCloseTo(0.2, 12);
  expect(report.features[0]).toMatchObject({ fact: 'goods.origin', signal: 'act' });
  expect(report.signals.map(({ signal }) => signal)).toContain('act');
  expect(await reports.of(author, 'M-1')).toBe(report);
  await expect(reports.of(author, 'M-404')).rejects.toThrow('risk.model_not_found');
});

test('a model in shadow is judged by what it stated beside decisions it did not make', async () => {
  const { db } = database;
  const version = versionOf(second);
  const past = pastTrade(40, 12).map((one) => ({ ...one, subject: `S-${one.subject}` }));
  const sampling = { rate: 0.05, draw: 0.01, seedVersion: 's', selected: true };
  await inTransaction(db, async (tx) => {
    const trial = { kind: 'model', version, probability: 0.25, harm: null } as const;
    await saveDecisions(
      tx,
      past.map((one) => decisionOn(one, { selectedBy: 'sample', sampling, shadow: [trial] })),
    );
    for (const [n, { subject }] of past.entries()) {
      await recordFinding(tx, { subject, found: n < 10, at: '2026-06-17T20:00:00.000Z' });
    }
  });
  const report = await createDriftReports({ db, clock, facts }).of(author, 'M-2');
  expect(report.calibration.error).toBeCloseTo(0, 12);
  expect(report.calibration.bins[2]?.found).toMatchObject({ numerator: 10, denominator: 40 });
  expect(report.hitRate).toMatchObject({
    ...{ model: { denominator: 0 }, sample: { numerator: 10, denominator: 40 } },
  });
});
