// Lists that rules ask: uploaded as tables, published by another account, ending entry by entry or as
// a whole, and kept in every version for the decisions that were made with them.
import { setTimeout as sleep } from 'node:timers/promises';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import type { BacktestReport } from '../backtest/contract.ts';
import { createEngine, replay } from '../engine.ts';
import { known, policy } from '../fixtures.ts';
import { createLiveEngine } from '../live-engine.ts';
import { LIST_ENTRIES_MAX, type ListUpload } from './contract.ts';
import { packEntries, readEntries, unpackEntries } from './entries.ts';
import { bookOf, bookRule, contentOf, person, reportOf, textList, vocabulary } from './fixtures.ts';
import { createRules, type Rules } from './service/index.ts';
import { toCsv, toWorkbook } from './workbook.ts';

const author = person('author', 'riskAnalyst');
const supervisor = person('supervisor', 'supervisor');
const engine = createLiveEngine({ policy, seed: 's' });
const clock = createManualClock('2026-07-02T01:00:00.000Z');
const backtests = new Map<string, BacktestReport>();

let database: TestDatabase;
let rules: Rules;
beforeAll(async () => {
  database = await testDatabase();
  rules = createRules({
    ...{ db: database.db, clock, log: silentLog, facts: vocabulary, policy, engine },
    findBacktest: async (id) => backtests.get(id) ?? null,
    say: ({ code }) => ({ zh: code, en: code }),
    pollMs: 5,
  });
});
afterAll(async () => {
  rules.books.stop();
  await database.drop();
});

const upload = (name: string, csv: string, said: Partial<ListUpload> = {}, by = author) =>
  rules.lists.upload(
    by,
    name,
    {
      ...{ labelZh: '重点企业', labelEn: 'watched firms', type: 'text', origin: 'case 17' },
      ...{ basedOn: 0, dryRun: 'false', ...said },
    },
    Buffer.from(csv),
  );
const answer = (name: string, version: number, approve = true, by = supervisor) =>
  rules.lists.answer(by, name, { version, approve, note: '' });

const importer = (value: string, day = '2026-07-02') =>
  engine
    .decide('D1', day, known({ 'party.importer': value }))
    .results.filter(({ check }) => check === 'R-0001')
    .map(({ outcome, missing }) => [outcome, ...missing].join(' '));

async function publishRule(id: string, text: string): Promise<void> {
  const saved = await rules.acts.save(author, id, { content: contentOf({ text }), basedOn: 0 });
  const report = reportOf(saved.versions[0]?.hash ?? '', 1, 100);
  backtests.set(report.id, report);
  await rules.acts.takeBacktest(author, id, report.id);
  await rules.acts.propose(author, id, { version: 1, to: 'live', note: '' });
  await rules.acts.answer(supervisor, id, { version: 1, approve: true, note: '' });
}

describe('a list’s life', () => {
  test('is asked once it is published by another, and changes for later decisions only', async () => {
    const text = 'party.importer in lists.watchedFirms';
    await upload('watchedFirms', 'value,until,note\nacme,,\nbolt,2026-08-01,for a month\n');
    expect((await rules.acts.check(author, contentOf({ text }))).problems).toHaveLength(1);
    await expect(answer('watchedFirms', 1, true, author)).rejects.toThrow('risk.list_own_approval');
    await answer('watchedFirms', 1);
    await publishRule('R-0001', text);
    expect([importer('acme'), importer('bolt'), importer('cord')]).toEqual([['hit'], ['hit'], []]);
    expect(importer('bolt', '2026-08-01')).toEqual([]);

    const before = engine.decide('D1', '2026-07-02', known({ 'party.importer': 'acme' }));
    const book = rules.books.current;
    await upload('watchedFirms', 'cord\n', { basedOn: 1, until: '2026-09-01' });
    expect(importer('cord')).toEqual([]);
    await answer('watchedFirms', 2);
    expect([importer('acme'), importer('cord')]).toEqual([[], ['hit']]);
    expect(importer('cord', '2026-09-01')).toEqual(['notEvaluated lists.watchedFirms']);

    const old = createEngine({ policy, seed: 's', book });
    expect(replay(old, before).identical).toBe(true);
    expect(await rules.books.find(before.versions.rules)).toMatchObject({ version: book.version });
    const list = await rules.lists.get(author, 'watchedFirms');
    expect(list).toMatchObject({ usedBy: ['R-0001'], isExpired: false });
    expect(list.versions.map(({ state }) => state)).toEqual(['published', 'superseded']);
  });

  test('a rule that asks a list nobody published, or one that is over, is not published', async () => {
    await upload('shortLived', 'acme\n', { until: '2026-07-10' });
    await answer('shortLived', 1);
    clock.set('2026-07-10T01:00:00.000Z');
    await expect(publishRule('R-0002', 'party.importer in lists.shortLived')).rejects.toThrow(
      'risk.rule_list_expired',
    );
    await upload('shortLived', 'acme\nbolt\n', { basedOn: 1, until: '2026-07-09' });
    await expect(answer('shortLived', 2)).rejects.toThrow('risk.list_expired');
    clock.set('2026-07-02T01:00:00.000Z');
  });

  test('the same entries again are the same version; another type, or an old view, is refused', async () => {
    await upload('codes', '0803\n0804\n');
    expect((await upload('codes', '0803\n0804\n')).list?.versions).toHaveLength(1);
    await expect(upload('codes', '0805\n')).rejects.toThrow('risk.list_changed_meanwhile');
    await expect(upload('codes', '0805\n', { basedOn: 1, type: 'number' })).rejects.toThrow(
      'risk.list_type_fixed',
    );
    expect((await upload('codes', '0805\n', { basedOn: 1, dryRun: 'true' })).list).toBeNull();
    await answer('codes', 1, false);
    expect((await rules.lists.get(author, 'codes')).proposed).toBeNull();
  });

  test('a server that keeps asking learns of a new version by itself', async () => {
    const late = createLiveEngine({ policy, seed: 's' });
    const server = createRules({
      ...{ db: database.db, clock, log: silentLog, facts: vocabulary, policy, engine: late },
      ...{ findBacktest: async () => null, say: ({ code }) => ({ zh: code, en: code }), pollMs: 5 },
    });
    server.books.start();
    while (late.versions.rules !== engine.versions.rules) await sleep(5);
    server.books.stop();
    expect(server.books.current.lists.get('watchedFirms')?.version).toBe(2);
  });
});

describe('the table a list comes in', () => {
  const said = (error: unknown) => (error as { refusals: object[] }).refusals;
  test.each([
    ['nothing', '\n\n', [{ code: 'risk.list_empty' }]],
    [
      'a value twice',
      'a\nb\na\n',
      [{ code: 'risk.list_value_twice', params: { line: 3, earlier: 1 } }],
    ],
    ['a day that is none', 'a,2026-02-30\n', [{ code: 'risk.list_end_not_a_day' }]],
    ['an open quote', '"a\nb\n', [{ code: 'risk.list_row_malformed', params: { line: 1 } }]],
    ['an empty value', ',2026-01-01\n', [{ code: 'risk.list_value_length' }]],
  ])('with %s is refused, with the line', async (_, csv, refusals) => {
    const error = await readEntries(Buffer.from(csv), 'text').catch((refused: unknown) => refused);
    expect(said(error)).toMatchObject(refusals);
  });

  test('of numbers takes numbers and nothing else', async () => {
    const read = await readEntries(Buffer.from('0.5\n-3\n'), 'number');
    expect(read.map(({ value }) => value)).toEqual([0.5, -3]);
    const error = await readEntries(Buffer.from('1e3\nten\n'), 'number').catch((e: unknown) => e);
    expect(said(error)).toHaveLength(2);
  });

  test('goes out and comes in again unchanged: CSV, workbook, GB 18030, formulas', async () => {
    const entries = [
      { value: '=cmd|/c calc', until: null, note: '+1' },
      { value: '上海，“浦江”\n公司', until: '2026-12-31', note: null },
      { value: '𠀀', until: null, note: null },
    ];
    expect(await readEntries(Buffer.from(toCsv(entries)), 'text')).toMatchObject([
      { value: '=cmd|/c calc' },
      { value: '上海，“浦江”\n公司', until: '2026-12-31' },
      { value: '𠀀' },
    ]);
    const sheet = Buffer.from(await toWorkbook(entries));
    expect(await readEntries(sheet, 'text')).toEqual(entries);
    const { packed } = await packEntries(entries);
    expect(await unpackEntries(packed)).toEqual(entries);
    const gb18030 = Buffer.from([0xc9, 0xcf, 0xba, 0xa3, 0x0a]);
    expect(await readEntries(gb18030, 'text')).toMatchObject([{ value: '上海' }]);
    await expect(readEntries(Buffer.from('PK\u0003\u0004 broken'), 'text')).rejects.toThrow(
      'risk.list_not_a_table',
    );
    const dated = await writeXlsx({ sheets: [{ name: 'list', rows: [['a', '2026-12-31']] }] });
    expect(await readEntries(Buffer.from(dated), 'text')).toMatchObject([{ until: '2026-12-31' }]);
  });

  test('holds a million items and asks them all', { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: LIST_ENTRIES_MAX }, (_, item) => `firm ${item}`);
    expect(await readEntries(Buffer.from(lines.join('\n')), 'text')).toHaveLength(lines.length);
    const list = textList('many', lines);
    const rule = bookRule('R-1', { text: 'party.importer in lists.many' }, {}, [list]);
    const big = createEngine({ policy, seed: 's', book: bookOf([rule], [list]) });
    const found = (value: string) =>
      big
        .decide('D1', '2026-07-02', known({ 'party.importer': value }))
        .results.some(({ check }) => check === 'R-1');
    expect([found('firm 999999'), found('firm 1000000')]).toEqual([true, false]);
  });

  test('and not one more', { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: LIST_ENTRIES_MAX + 1 }, (_, item) => `${item}`);
    const read = readEntries(Buffer.from(lines.join('\n')), 'text');
    await expect(read).rejects.toThrow('risk.list_too_long');
  });
});
