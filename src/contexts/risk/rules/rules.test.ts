// The life of rules on a real PostgreSQL: written, checked, back-tested, approved by another account,
// deciding, put to sleep, taken back and retired; and what happens when two publish at once.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { BacktestReport } from '../backtest/contract.ts';
import type { Decision } from '../contract.ts';
import { replay } from '../engine.ts';
import { bananas, dayOf, known, policy } from '../fixtures.ts';
import { createLiveEngine, type LiveEngine } from '../live-engine.ts';
import { createReplayer } from '../replayer.ts';
import { createDecisions } from '../service.ts';
import { findDecisions, recordFinding, saveDecisions } from '../store.ts';
import type { RuleContent, Standing } from './contract.ts';
import { contentOf, person, reportOf, vocabulary } from './fixtures.ts';
import { createRules, type Rules } from './service/index.ts';

const clock = createManualClock('2026-07-02T01:00:00.000Z');
const today = '2026-07-02';
const quiet = { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } };
const seed = 'a seed for tests';
const LONG = { timeout: 120_000 };

const author = person('author', 'riskAnalyst');
const colleague = person('colleague', 'riskAnalyst');
const supervisor = person('supervisor', 'supervisor');
const officer = person('officer', 'portOfficer');
const auditor = person('auditor', 'auditor');

let database: TestDatabase;
let engine: LiveEngine;
let rules: Rules;
const backtests = new Map<string, BacktestReport>();

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ engine, rules } = await serverOf());
});

/** One server of the port; two of them share the database and nothing else. */
async function serverOf() {
  const made = createLiveEngine({ policy: quiet, seed });
  const server = createRules({
    ...{ db: database.db, clock, log: silentLog, facts: vocabulary, policy: quiet, engine: made },
    findBacktest: async (id) => backtests.get(id) ?? null,
    say: ({ code }) => ({ zh: code, en: code }),
  });
  await server.books.refresh();
  return { engine: made, rules: server };
}

let n = 0;
const newId = (): string => `R-${String(++n).padStart(4, '0')}`;

async function drafted(changes: Partial<RuleContent> = {}, id = newId()): Promise<string> {
  await rules.acts.save(author, id, { content: contentOf(changes), basedOn: 0 });
  return id;
}

/** Back-tests the newest version: so many hits among a thousand rows. */
async function backTested(id: string, hits = 20, rows = 1000): Promise<number> {
  const { hash, version } = await rules.version(id, null);
  const report = reportOf(hash ?? '', hits, rows);
  backtests.set(report.id, report);
  await rules.acts.takeBacktest(author, id, report.id);
  return version;
}

async function published(
  changes: Partial<RuleContent> = {},
  to: Standing = 'live',
  id = newId(),
): Promise<string> {
  await drafted(changes, id);
  const version = await backTested(id);
  await rules.acts.propose(author, id, { version, to, note: '' });
  await rules.acts.answer(supervisor, id, { version, approve: true, note: '' });
  return id;
}

const retire = (id: string) => rules.acts.retire(author, id, { reason: 'done' });
const decide = (changes = {}, subject = 'D1'): Decision =>
  engine.decide(subject, today, known({ 'goods.value': 16_000, ...changes }));
const ruleResults = (decision: Decision) =>
  decision.results.filter(({ check }) => check.startsWith('R-'));
const statusOf = async (id: string) => (await rules.reads.get(auditor, id)).status;
const answer = (id: string, version = 1, approve = true, by = supervisor) =>
  rules.acts.answer(by, id, { version, approve, note: '' });
const propose = (id: string, version = 1, to: Standing = 'live') =>
  rules.acts.propose(author, id, { version, to, note: '' });

describe('a rule’s life', () => {
  test('from the first draft to its retirement, deciding in between', async () => {
    const id = await drafted({ text: 'goods.hs6 == "080390" && price.perKg <' });
    expect(await statusOf(id)).toBe('draft');
    expect(decide().selectedBy).toBe('none');

    await rules.acts.save(author, id, { content: contentOf(), basedOn: 1 });
    expect(await statusOf(id)).toBe('checked');
    await backTested(id);
    expect(await statusOf(id)).toBe('backTested');
    await propose(id, 2, 'shadow');
    await answer(id, 2);
    expect(await statusOf(id)).toBe('shadow');
    expect(ruleResults(decide())).toEqual([]);
    expect(decide().shadow).toEqual([
      { kind: 'rule', rule: id, version: 2, outcome: 'hit', because: 'shadow' },
    ]);

    await propose(id, 2);
    await answer(id, 2);
    expect(await statusOf(id)).toBe('live');
    const decision = decide();
    expect(decision).toMatchObject({ lane: 'yellow', selectedBy: 'score', shadow: [] });
    expect(ruleResults(decision)).toMatchObject([{ check: id, version: 2, points: 40 }]);
    expect(ruleResults(decision)[0]?.sentence.zh).toContain(
      '（六位商品编码 080390；每千克单价 0.80）。',
    );
    expect(decision.versions.rules).toBe(rules.books.current.version);

    await retire(id);
    expect(await statusOf(id)).toBe('retired');
    expect(ruleResults(decide())).toEqual([]);
    const { story, versions } = await rules.reads.get(auditor, id);
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(story.map(({ kind }) => kind.slice('risk.rule'.length))).toEqual([
      ...['Drafted', 'Edited', 'Checked', 'BackTested', 'Proposed', 'Shadowed'],
      ...['Proposed', 'Published', 'Retired'],
    ]);
  });

  test('saving the same again is the same version; writing over another’s version is refused', async () => {
    const id = await drafted();
    const content = contentOf();
    const again = await rules.acts.save(author, id, { content, basedOn: 0 });
    expect(again.versions).toHaveLength(1);
    await rules.acts.save(colleague, id, { content: contentOf({ points: 30 }), basedOn: 1 });
    await expect(
      rules.acts.save(author, id, { content: contentOf({ points: 20 }), basedOn: 1 }),
    ).rejects.toThrow('risk.rule_changed_meanwhile');
  });

  test('while it sleeps its hits are recorded aside: everywhere, or for one firm', async () => {
    const id = await published();
    const only = { fact: 'party.importer', value: String(bananas()['party.importer']) };
    const said = { id: 's1', until: '2026-07-20', only, reason: 'a refund is under way' };
    await rules.acts.snooze(author, id, said);
    await rules.acts.snooze(author, id, said);
    expect(decide().shadow).toMatchObject([{ rule: id, because: 'snoozed' }]);
    expect(ruleResults(decide({ 'party.importer': 'another' }))).toHaveLength(1);
    expect(ruleResults(engine.decide('D1', '2026-07-20', decide().facts))).toHaveLength(1);
    await rules.acts.wake(author, id, { id: 's1', reason: 'the refund was withdrawn' });
    expect(ruleResults(decide())).toHaveLength(1);
    await expect(
      rules.acts.snooze(author, id, { ...said, id: 's2', until: '2027-07-20' }),
    ).rejects.toThrow('risk.rule_snooze_too_long');
    await retire(id);
  });

  test('counts on the days it is in force, within its scope, and not elsewhere', async () => {
    const scope = { offices: ['2248'], directions: ['I' as const], modes: [] };
    const effective = { from: '2026-07-01', to: '2026-07-03' };
    const id = await published({ scope, effective });
    const here = { 'declaration.borderOffice': '2225' };
    const there = { ...here, 'declaration.office': '2248' };
    expect(ruleResults(decide(here))).toEqual([]);
    expect(ruleResults(decide(there))).toHaveLength(1);
    const { facts } = decide(there);
    for (const day of ['2026-06-30', '2026-07-03']) {
      expect(ruleResults(engine.decide('D1', day, facts))).toEqual([]);
    }
    const { 'declaration.office': _, ...nowhere } = facts;
    expect(ruleResults(engine.decide('D1', today, nowhere))).toMatchObject([
      { outcome: 'notEvaluated', missing: ['declaration.office'] },
    ]);
    await retire(id);
  });

  test('an earlier version is taken up again, with the back-test that still speaks of it', async () => {
    const id = await published();
    await rules.acts.save(author, id, {
      content: contentOf({ text: 'price.perKg < 0.1' }),
      basedOn: 1,
    });
    expect(ruleResults(decide())).toMatchObject([{ version: 1 }]);
    await rules.acts.revert(author, id, { to: 1, basedOn: 2, reason: 'too narrow' });
    await propose(id, 3);
    await answer(id, 3);
    expect(ruleResults(decide())).toMatchObject([{ version: 3 }]);
    await retire(id);
    await rules.acts.revert(author, id, { to: 1, basedOn: 3, reason: 'still needed' });
    expect(await statusOf(id)).toBe('backTested');
  });
});

describe('what is not put in force', () => {
  test('a text with problems, told with their places', async () => {
    const id = await drafted({ text: 'price.perKg < "cheap"' });
    await expect(propose(id)).rejects.toThrow('risk.rule_not_checked');
    const read = await rules.acts.check(author, contentOf({ text: 'goods.hs66 == "080390"' }));
    expect(read.problems).toMatchObject([{ from: 0, to: 10 }]);
    expect(rules.reads.reading(read).canonical).toBeNull();
  });

  test('a rule never back-tested since its last edit, or tried over nothing', async () => {
    const id = await drafted();
    await expect(propose(id)).rejects.toThrow('risk.rule_not_back_tested');
    await backTested(id);
    await rules.acts.save(author, id, {
      content: contentOf({ text: 'price.perKg < 0.8' }),
      basedOn: 1,
    });
    await expect(propose(id, 2)).rejects.toThrow('risk.rule_not_back_tested');
    await backTested(id, 0, 0);
    await expect(propose(id, 2)).rejects.toThrow('risk.rule_back_tested_on_nothing');
    await propose(id, 2, 'shadow');
  });

  test('a rule that selects nearly everything, with the figure', async () => {
    const id = await drafted();
    await backTested(id, 801);
    const refused = await propose(id).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      kind: 'conflict',
      refusals: [
        {
          code: 'risk.rule_selects_too_much',
          params: { percent: '80.1', max: '80.0', hits: 801, rows: 1000 },
        },
      ],
    });
  });

  test('what its author, its proposer or their posts would approve, or what was not proposed', async () => {
    const id = await drafted();
    await backTested(id);
    await expect(answer(id)).rejects.toThrow('risk.rule_not_proposed');
    await rules.acts.propose(colleague, id, { version: 1, to: 'live', note: '' });
    for (const by of [author, colleague, { ...supervisor, postId: author.postId }]) {
      await expect(answer(id, 1, true, by)).rejects.toThrow('risk.rule_own_approval');
    }
    await expect(answer(id, 2)).rejects.toThrow('risk.rule_changed_meanwhile');
    await answer(id, 1, false);
    expect((await rules.reads.get(auditor, id)).proposal).toBeNull();
  });

  test('anything by who may not: officers read what is live, and write nothing', async () => {
    const id = await published();
    const shadow = await published({}, 'shadow');
    const refused = 'identity.not_permitted';
    const draft = { content: contentOf(), basedOn: 0 };
    await expect(rules.acts.save(officer, 'R-9', draft)).rejects.toThrow(refused);
    await expect(rules.acts.save(supervisor, 'R-9', draft)).rejects.toThrow(refused);
    await expect(rules.lists.list(officer)).rejects.toThrow(refused);
    const seen = await rules.reads.list(officer);
    expect(seen.rules.map((rule) => rule.id)).toEqual([id]);
    expect(await rules.reads.get(officer, id)).toMatchObject({ author: '', story: [] });
    await rules.acts.save(author, id, { content: contentOf({ points: 99 }), basedOn: 1 });
    expect((await rules.reads.list(officer)).rules).toMatchObject([{ points: 40, working: 1 }]);
    await expect(rules.reads.get(officer, shadow)).rejects.toThrow('risk.rule_not_found');
    await retire(id);
    await retire(shadow);
  });
});

test('every act leaves its line in the audit, and so does every refusal', async () => {
  const id = await drafted();
  await propose(id).catch(() => undefined);
  await backTested(id);
  const { rows } = await sql<{ outcome: string; detail: object }>`
    select outcome, detail from identity.audit
    where subjects @> ${[`rule:${id}`]}::text[] order by id
  `.execute(database.db);
  expect(rows).toMatchObject([
    { outcome: 'done', detail: { events: ['risk.ruleDrafted', 'risk.ruleChecked'] } },
    { outcome: 'refused', detail: { refusals: [{ code: 'risk.rule_not_back_tested' }] } },
    { outcome: 'done', detail: { events: ['risk.ruleBackTested'] } },
  ]);
});

describe('books', () => {
  test('two analysts publishing at two servers at once: the second builds on the first', async () => {
    const other = await serverOf();
    const ids = [await drafted(), await drafted()];
    for (const id of ids) {
      await backTested(id);
      await propose(id);
    }
    const [first = '', second = ''] = ids;
    await Promise.all([
      answer(first),
      other.rules.acts.answer(supervisor, second, { version: 1, approve: true, note: '' }),
    ]);
    await rules.books.refresh();
    await other.rules.books.refresh();
    expect(rules.books.current.rules.map(({ id }) => id)).toEqual(ids.sort());
    expect(other.engine.versions).toEqual(engine.versions);
    for (const id of ids) await retire(id);
  });

  test('a server learns of what another published by asking', async () => {
    const id = await published();
    const late = await serverOf();
    expect(late.engine.versions.rules).toBe(engine.versions.rules);
    await retire(id);
    expect(late.engine.versions.rules).not.toBe(engine.versions.rules);
    await late.rules.books.refresh();
    expect(late.engine.versions.rules).toBe(engine.versions.rules);
  });

  test('ten thousand decisions replay to the byte, each by its own book', LONG, async () => {
    const { db } = database;
    const decisions: Decision[] = [];
    const ids: string[] = [];
    const history = known();
    for (let book = 0; book < 5; book += 1) {
      ids.push(await published({ text: `price.perKg < ${(0.5 + book / 10).toFixed(1)}` }));
      for (let row = 0; row < 2_000; row += 1) {
        const value = 5_000 + ((row * 7919) % 30_000);
        const facts = { ...history, 'goods.value': value, 'price.perKg': value / 20_000 };
        if (row % 5 === 0) Reflect.deleteProperty(facts, 'price.perKg');
        decisions.push(engine.decide(`B${book}-${row}`, dayOf(180 + (row % 7)), facts));
      }
    }
    for (let from = 0; from < decisions.length; from += 1_000) {
      await inTransaction(db, (tx) => saveDecisions(tx, decisions.slice(from, from + 1_000)));
    }
    for (const id of ids) await retire(id);

    const { books } = (await serverOf()).rules;
    const engineOf = createReplayer({
      ...{ policy: quiet, seed },
      bookOf: (version) => books.find(version),
      modelOf: async () => null,
    });
    const reading = createDecisions({ db, engine, engineOf });
    const stored = await findDecisions(
      db,
      decisions.map(({ subject }) => subject),
    );
    let identical = 0;
    for (const decision of stored.values()) {
      const made = await engineOf(decision.versions);
      if (made && replay(made, decision).identical) identical += 1;
    }
    expect(identical).toBe(10_000);
    expect(new Set(decisions.map(({ versions }) => versions.rules)).size).toBe(5);
    const [one] = decisions;
    expect(await reading.replay(auditor, one?.id ?? '')).toEqual({
      identical: true,
      decision: one,
    });
  });
});

describe('what comes back', () => {
  test('findings move the hit rate; a rule that finds nothing is proposed to be retired', async () => {
    const { db } = database;
    const id = await published();
    const decisions = Array.from({ length: 60 }, (_, row) => decide({}, `F${row}`));
    await inTransaction(db, async (tx) => {
      await saveDecisions(tx, decisions);
      for (const { subject } of decisions.slice(0, 49)) {
        await recordFinding(tx, { subject, found: false, at: clock.now() });
      }
    });
    const before = (await rules.reads.get(author, id)).outcomes;
    expect(before).toMatchObject({ hits: 60, hitRate: { numerator: 0, denominator: 49 } });
    expect(before.retire).toBeNull();

    await recordFinding(db, { subject: 'F49', found: false, at: clock.now() });
    expect((await rules.reads.get(author, id)).outcomes.retire).toEqual({ examined: 50 });
    await recordFinding(db, { subject: 'F49', found: true, at: clock.now() });
    const after = (await rules.reads.get(author, id)).outcomes;
    expect(after).toMatchObject({ hitRate: { numerator: 1, denominator: 50 }, retire: null });
    await retire(id);
  });

  test('a text is tried on a declaration, step by step', async () => {
    const { db } = database;
    await inTransaction(db, (tx) => saveDecisions(tx, [decide({}, 'TRY')]));
    const text = 'price.perKg < 0.9 && goods.origin == "EC"';
    const tried = await rules.reads.try(author, { text, subject: 'TRY' });
    expect(tried).toMatchObject({ outcome: 'hit', missing: [] });
    expect(tried.steps.map(({ depth }) => depth)).toEqual([0, 1, 1]);
    const unknown = await rules.reads.try(author, { text: 'goods.taxRate > 5.0', subject: 'TRY' });
    expect(unknown).toMatchObject({ outcome: 'notEvaluated', missing: ['goods.taxRate'] });
    await expect(rules.reads.try(author, { text, subject: 'nobody' })).rejects.toThrow(
      'risk.rule_nothing_to_try_on',
    );
  });
});
