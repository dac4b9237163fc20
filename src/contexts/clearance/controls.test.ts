// Permits, prohibitions, other authorities and audits as a declaration meets them, from filing to release
// and after: the use cases of clearance, their followers and the controls on one real PostgreSQL.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { readStream } from '../../platform/event-log/event-log.ts';
import { createFollower } from '../../platform/event-log/follow.ts';
import { silentLog } from '../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { createCases } from '../cases/index.ts';
import { createLedger, openTariff } from '../duty/index.ts';
import type { Actor } from '../identity/index.ts';
import { createReference } from '../reference/index.ts';
import { createEngine, createHistory, loadPolicy } from '../risk/index.ts';
import type { ConditionKind, DeclarationContent } from './contract.ts';
import { type Controls, createControls } from './controls.ts';
import { content, IMPORTER, record } from './fixtures.ts';
import { type LinkageEvent, linkageStream } from './linkage/events.ts';
import { fold } from './linkage/order.ts';
import {
  acid,
  actor,
  auditor,
  authority,
  broker,
  importer,
  maritime,
  officer,
  permitInput,
  supervisor,
} from './permits/fixtures.ts';
import { type Clearance, createClearance } from './service/index.ts';

const NOW = '2026-07-02T01:00:00.000Z';
const clock = createManualClock(NOW);
const terminal = actor('terminal', 'terminal', { organisationId: 'terminal' });
const policy = loadPolicy();
const never = { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } };

let database: TestDatabase;
let controls: Controls;
let clearance: Clearance;
let followers: ReturnType<typeof createFollower>[];
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  controls = await createControls({
    ...{ db, clock, log: silentLog, inForce: () => true, seed: 'key', auditPercent: 100 },
    duty: createLedger({ db, clock, tariff: openTariff(await createReference({ db, clock })) })
      .reviews,
  });
  const all = (await import('./prohibitions/shipped.ts')).shippedRules().rules;
  // The story asks of every declaration what the shipped rules ask of a share.
  await controls.prohibitions.load(supervisor, {
    ...{ source: 'test', version: '1' },
    rules: all.map((rule) =>
      rule.effect.kind === 'check' ? { ...rule, effect: { ...rule.effect, percent: 100 } } : rule,
    ),
  });
  clearance = createClearance({
    ...{ db, clock, engine: createEngine({ policy: never, seed: 's' }), history: createHistory() },
    ...{ inForce: () => true, gradeOn: () => 'certified', committed: () => undefined },
    notComputed: new Set<ConditionKind>(['manifestMatched', 'taxPaidOrGuaranteed']),
    providers: controls.providers,
  });
  followers = controls
    .followings(clearance.takeAnswers)
    .map((following) => createFollower({ db, log: silentLog, ...following }));
});
afterAll(() => database.drop());

let id = '';
let n = 0;
beforeEach(() => {
  n += 1;
  id = `B${n}`;
  clock.set(NOW);
});
/** Twice: what one follower writes, another answers. */
async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1)
    for (const follower of followers) await follower.catchUp();
}
const file = (filed: DeclarationContent) =>
  clearance.filings.fileOne(broker, { id, content: filed });
const arrive = () => clearance.acts.confirmArrival(terminal, id, { premises: '外四期' });
async function conditions(kind: ConditionKind) {
  const { declaration } = await clearance.reads.detail(officer, id);
  const own = declaration.conditions.filter((condition) => condition.kind === kind);
  return own.map(({ owner, status }) => `${owner} ${status}`);
}
const status = async () => (await clearance.reads.detail(officer, id)).declaration.status;

const goods = (hsCode: string, description: string) => {
  const [line] = content().lines;
  return content({ lines: [{ ...line, lineNo: 1, hsCode, description }] });
};
const beef = () => goods('0202300090', '冻去骨牛肉');
const styrene = () => goods('2902500000', '苯乙烯');
const passed = { outcome: 'passed' as const, conditions: null, note: '' };

describe('permits and prohibitions', () => {
  test('prohibited goods are returned with the law, and a dry run says so beforehand', async () => {
    const filing = { id, content: goods('3915900000', '废塑料') };
    const dry = await clearance.filings.fileOne(broker, filing, { dryRun: true });
    expect(dry).toMatchObject({ outcome: 'returned' });
    const returned = await clearance.filings.fileOne(broker, filing);
    expect(returned.problems).toMatchObject([
      {
        ...{ code: 'clearance.goods_prohibited', path: 'lines[0].hsCode' },
        legalBasis: expect.stringContaining('固体废物污染环境防治法'),
      },
    ]);
  });

  test('a permit is counted by filing, amending, releasing and cancelling, as one story', async () => {
    await controls.permits.issue(authority, [permitInput('S1')]);
    const named = (tonnes: string) => acid(tonnes, { licences: [{ kind: '2', number: 'S1' }] });
    const left = async () => (await controls.permits.get(officer, '2-S1')).quantityLeft;
    await file(named('60'));
    expect(await left()).toBe('40');
    expect(await conditions('permitsWrittenDown')).toEqual(['commerce met']);
    await clearance.acts.amend(broker, id, { content: named('70'), reason: '溢装' });
    expect(await left()).toBe('30');
    await clearance.acts.cancel(broker, id, { note: '不再进口' });
    expect(await left()).toBe('100');

    id = `${id}r`;
    await file(named('100'));
    await arrive();
    await settle();
    expect(await status()).toBe('released');
    expect((await controls.permits.ofDeclaration(broker, id)).permits).toMatchObject([
      { id: '2-S1', status: 'writtenDown', quantity: '100', unit: '070' },
    ]);
  });

  test('a permit that comes late meets the condition, and the goods go by themselves', async () => {
    await file(acid('10', { licences: [{ kind: '2', number: 'LATE' }] }));
    await arrive();
    expect(await conditions('permitsWrittenDown')).toEqual(['issuingAuthority unmet']);
    expect((await controls.permits.ofDeclaration(broker, id)).permits).toMatchObject([
      { status: 'waiting', reason: { code: 'clearance.permit_unknown' } },
    ]);
    await controls.permits.issue(authority, [permitInput('LATE')]);
    await settle();
    expect(await status()).toBe('released');
  });

  test('restricted goods without a permit are returned with the kind they need', async () => {
    const returned = await file(acid('10', { licences: [] }));
    expect(returned.problems).toMatchObject([
      { code: 'clearance.permit_required', params: { kinds: '2' } },
    ]);
  });
});

describe('other authorities', () => {
  test('each has its own condition and clock; the goods go when the last has answered', async () => {
    await file(styrene());
    await arrive();
    expect(await conditions('authorityCleared')).toEqual(['maritimeSafety unmet']);
    const { items } = await controls.linkage.workList(maritime, { limit: 50 });
    expect(items).toMatchObject([
      {
        declaration: id,
        topic: 'dangerousGoods',
        dueAt: '2026-07-03T01:00:00.000Z',
        hsCode: '2902500000',
      },
    ]);
    const check = `${id}-dangerous-goods-import`;
    await expect(controls.linkage.answer(officer, check, passed)).rejects.toThrow('not_permitted');
    await controls.linkage.pause(maritime, check, {
      code: 'awaitingDocuments',
      note: '缺安全技术说明书',
    });
    clock.set('2026-07-04T01:00:00.000Z');
    expect(await controls.linkage.age(clock.now())).toBe(0);
    const resumed = await controls.linkage.resume(maritime, check, { note: '' });
    expect(resumed.checks[0]?.dueAt).toBe('2026-07-05T01:00:00.000Z');
    clock.set('2026-07-06T01:00:00.000Z');
    expect([await controls.age(clock.now()), await controls.age(clock.now())]).toEqual([1, 0]);
    await controls.linkage.answer(maritime, check, passed);
    await settle();
    expect(await status()).toBe('released');
    expect((await controls.linkage.workList(maritime, { limit: 50 })).items).toEqual([]);
  });

  test('one order, one visit, one record: what customs examines, the others see at the same time', async () => {
    await file(beef());
    await arrive();
    await clearance.acts.orderExamination(officer, id, { note: '布控' });
    await settle();
    const check = `${id}-animal-products`;
    await expect(controls.linkage.answer(officer, check, passed)).rejects.toThrow(
      'clearance.check_joined_to_examination',
    );
    const participants = [
      {
        owner: '2225',
        officers: ['检疫员'],
        findings: '检疫合格',
        outcome: 'passed',
        conditions: null,
      },
    ];
    await clearance.acts.recordExamination(officer, id, record({ participants }));
    await settle();
    const order = await controls.linkage.get(broker, id);
    expect(order).toMatchObject({
      checks: [{ status: 'passed', note: '检疫合格', visitId: `${id}-X1` }],
      visits: [{ id: `${id}-X1` }],
    });
    expect(await status()).toBe('released');
  });

  test('a refusal refuses its condition, opens a case, and releases nothing', async () => {
    await file(beef());
    await arrive();
    const refused = { outcome: 'refused' as const, conditions: null, note: '检出禁用药物残留' };
    await controls.linkage.answer(officer, `${id}-animal-products`, refused);
    await settle();
    const { declaration } = await clearance.reads.detail(officer, id);
    const [condition] = declaration.conditions.filter(({ kind }) => kind === 'quarantineCleared');
    expect(condition).toMatchObject({ status: 'unmet', refusal: '检出禁用药物残留' });
    expect(declaration.status).not.toBe('released');
    const cases = createCases({ db: database.db, clock });
    const caseId = `${id}-C1`;
    expect(await cases.get(supervisor, caseId)).toMatchObject({
      ...{ status: 'open', about: `declaration:${id}`, owners: ['2225'] },
      findings: [{ kind: 'authorityRefused', description: '检出禁用药物残留' }],
    });
    await clearance.acts.cancel(broker, id, { note: '退运' });
    expect((await cases.get(supervisor, caseId)).status).toBe('closed');
  });

  test('a visit without an examination is recorded once for all; cancelling withdraws what is left', async () => {
    await file(beef());
    const visit = {
      ...{ id: `V-${id}`, note: '' },
      participants: [
        { owner: '2225', officers: ['陈立'], findings: '', outcome: null, conditions: null },
      ],
    };
    await controls.linkage.visit(officer, id, visit);
    const again = await controls.linkage.visit(officer, id, visit);
    expect(again).toMatchObject({ visits: [{ id: `V-${id}` }], checks: [{ status: 'pending' }] });
    await clearance.acts.cancel(broker, id, { note: '不再进口' });
    expect((await controls.linkage.get(officer, id)).checks[0]?.status).toBe('withdrawn');
  });
});

describe('audits', () => {
  const released = async (): Promise<string> => {
    await file(content());
    await arrive();
    return id;
  };
  const difference = (declaration: string) => ({
    ...{ declaration, lineNo: 1, field: 'freight' as const, declared: '0', found: '1200 USD' },
  });

  test('asked, replied, concluded: what follows for the duty is said, not moved', async () => {
    const declaration = await released();
    const opening = { id: `A-${n}`, declarations: [declaration], reason: '运费未申报' };
    const audit = await controls.audits.open(officer, opening);
    expect(await controls.audits.open(officer, opening)).toEqual(audit);
    await expect(controls.audits.open(officer, { ...opening, reason: '其他' })).rejects.toThrow(
      'clearance.audit_id_taken',
    );
    const request = { id: 'R1', kind: 'documents' as const, items: ['合同'], dueOn: '2026-07-10' };
    expect((await controls.audits.ask(officer, audit.id, request)).status).toBe(
      'awaitingEnterprise',
    );
    const conforms = {
      ...{ result: 'conforms' as const, statement: '无误', differences: [] },
      ...{ duty: 'none' as const, mitigation: 'none' as const, corrections: [] },
    };
    await expect(controls.audits.conclude(officer, audit.id, conforms)).rejects.toThrow(
      'clearance.audit_request_open',
    );
    clock.set('2026-07-11T01:00:00.000Z');
    expect([await controls.audits.age(), await controls.audits.age()]).toEqual([1, 0]);
    const extension = { request: 'R1', dueOn: '2026-07-20', reason: '企业申请' };
    await controls.audits.extend(officer, audit.id, extension);
    const reply = { request: 'R1', statement: '附合同', files: [] };
    await expect(controls.audits.reply(broker, audit.id, reply)).rejects.toThrow('not_permitted');
    expect((await controls.audits.reply(importer, audit.id, reply)).status).toBe('open');
    const differs = {
      ...{ result: 'differs' as const, statement: '漏报运费', duty: 'supplementary' as const },
      ...{ differences: [difference(declaration)], mitigation: 'none' as const, corrections: [] },
    };
    const concluded = await controls.audits.conclude(officer, audit.id, differs);
    expect(concluded).toMatchObject({ status: 'concluded', allowed: [] });
    expect(concluded.story.at(-1)).toMatchObject({
      kind: 'clearance.auditConcluded',
      payload: { duty: 'supplementary', declarations: [declaration], organisation: IMPORTER },
    });
    const { rows } = await controls.audits.search(auditor, { limit: 50, declaration });
    expect(rows).toMatchObject([{ id: audit.id, result: 'differs', overdue: false }]);
  });

  test('who comes by himself is judged more leniently; who is under audit is too late', async () => {
    const declaration = await released();
    const disclosure = {
      ...{ id: `D-${n}`, declarations: [declaration], statement: '漏报运费' },
      differences: [difference(declaration)],
    };
    const audit = await controls.audits.disclose(importer, disclosure);
    expect(audit).toMatchObject({ origin: 'disclosure', disclosed: [{ found: '1200 USD' }] });
    const harsh = {
      ...{ result: 'differs' as const, statement: '属实', duty: 'supplementary' as const },
      ...{ differences: disclosure.differences, mitigation: 'none' as const, corrections: [] },
    };
    await expect(controls.audits.conclude(officer, audit.id, harsh)).rejects.toThrow(
      'clearance.audit_disclosure_is_mitigated',
    );
    await controls.audits.conclude(officer, audit.id, { ...harsh, mitigation: 'notPunished' });
    await controls.audits.open(officer, {
      id: `O-${n}`,
      declarations: [declaration],
      reason: '复核',
    });
    await expect(
      controls.audits.disclose(importer, { ...disclosure, id: `D2-${n}` }),
    ).rejects.toThrow('clearance.audit_under_way');
  });

  test('is only of what was released, of one party, within three years, by who may', async () => {
    await file(beef());
    const opening = { id: `A-${n}`, declarations: [id, 'none'], reason: '抽查' };
    await expect(controls.audits.open(officer, opening)).rejects.toThrow('audit_before_release');
    await expect(controls.audits.open(broker as Actor, opening)).rejects.toThrow('not_permitted');
    id = `${id}x`;
    const declaration = await released();
    clock.set('2029-07-03T01:00:00.000Z');
    await expect(
      controls.audits.open(supervisor, { ...opening, declarations: [declaration] }),
    ).rejects.toThrow('clearance.audit_too_late');
  });
});

test('every row of permits, orders and audits is what its events say', async () => {
  const { db } = database;
  const { rows } = await sql<{ stream: string; seq: number }>`
    select 'permit:' || id as stream, seq from clearance.permit
    union all select 'linkage:' || declaration, seq from clearance.joint_order
    union all select 'audit:' || id, seq from clearance.audit
  `.execute(db);
  expect(rows.length).toBeGreaterThan(5);
  for (const { stream, seq } of rows) {
    expect([stream, (await readStream(db, stream)).at(-1)?.seq]).toEqual([stream, seq]);
  }
  const { rows: checks } = await sql<{ declaration: string; content: { id: string } }>`
    select declaration, content from clearance.joint_check
  `.execute(db);
  for (const { declaration, content: kept } of checks) {
    const order = fold((await readStream(db, linkageStream(declaration))) as LinkageEvent[]);
    expect(order?.checks).toContainEqual(kept);
  }
});
