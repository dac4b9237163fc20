// A disguised precursor from booking to finding: an enterprise asks what it has and is told; another
// writes the name so that nobody reads it, under a detergent's code, and its goods are stopped, shown
// to the officer with the law, and found. A mixture below its share goes by.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bill, voyage } from '../../src/contexts/cargo/manifests/fixtures.ts';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import {
  type Answer,
  cleanExamination,
  filing,
  openPort,
  type Player,
  type StoryPort,
} from './port.ts';

let port: StoryPort;
beforeAll(async () => {
  // Permits are computed: a substance asks for its licence.
  port = await openPort({
    conditionsNotComputed: [
      ...['manifestMatched', 'quarantineCleared', 'authorityCleared', 'taxPaidOrGuaranteed'],
    ],
  });
});
afterAll(() => port?.close());

const line = (description: string, hsCode: string) => {
  const [ordinary] = content().lines;
  return { lines: [{ ...ordinary, lineNo: 1, description, hsCode }] };
};
const file = (id: string, goods: object, more: object = {}) =>
  port.done('declarant', 'POST', '/api/declarations', filing(id, { ...goods, ...more }));
const permitsOf = async (id: string) => {
  const { declaration } = await port.done('officer', 'GET', `/api/declarations/${id}`);
  return declaration.conditions.filter(
    ({ kind }: { kind: string }) => kind === 'permitsWrittenDown',
  );
};
const ask = (text: string) =>
  port.done('declarant', 'POST', '/api/chemicals/identify', { text, ieFlag: 'E' });

test('before filing: what it is, what it takes, of whom, by which words', async () => {
  const { identification, position } = await ask('醋酸酐 99% 桶装');
  expect(identification).toMatchObject({ unknown: false, candidates: [{ cas: '108-24-7' }] });
  expect(position.requirements[0]).toMatchObject({
    ...{ kind: 'precursorLicence', authority: 'commerce', licenceKinds: ['3', 'G'] },
    articles: [{ article: '第二十六条' }, { article: '第三十条' }, {}, {}],
  });
  const acid = await ask('盐酸');
  expect(acid.position).toMatchObject({ questions: ['concentration'] });
  expect((await ask('不锈钢水杯')).identification.unknown).toBe(true);
});

test('a disguised precursor is stopped, explained and found', async () => {
  const filed = await file('CH-1', line('醋·酸·酐', '3402900090'));
  expect(filed).toMatchObject({ outcome: 'accepted', lane: 'red' });
  const { decision } = await port.done('analyst', 'GET', '/api/declarations/CH-1');
  const hit = (check: string) =>
    decision.results.find((result: { check: string }) => result.check === check);
  expect(hit('controlledUnlicensed')).toMatchObject({ mandatory: true, lane: 'red' });
  expect(hit('controlledUnlicensed').sentence.zh).toContain('醋酸酐');
  expect(hit('hsOfAnother')).toMatchObject({ outcome: 'hit' });

  // The substance asks for the licence that its false code does not.
  expect(await permitsOf('CH-1')).toMatchObject([
    { status: 'unmet', owner: content().parties.domestic?.uscc },
  ]);
  expect((await permitsOf('CH-1'))[0].legalBasis).toContain('易制毒化学品管理条例');

  const panel = await port.done('officer', 'GET', '/api/declarations/CH-1/chemicals');
  expect(panel.lines).toHaveLength(1);
  expect(panel.lines[0].verdicts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'chemicals.licence_missing', points: 100 }),
      expect.objectContaining({ code: 'chemicals.hs_cover_chapter' }),
    ]),
  );
  expect((await port.as('declarant', 'GET', '/api/declarations/CH-1/chemicals')).status).toBe(403);

  const act = (player: 'terminal' | 'officer', name: string, body: object) =>
    port.done(player, 'POST', `/api/declarations/CH-1/${name}`, body);
  await act('terminal', 'arrival', { premises: '外高桥' });
  const finding = {
    ...{ kind: 'disguisedPrecursor', severity: 'critical', description: '化验为醋酸酐' },
    ...{ quantity: null, unit: null, lineNo: 1 },
  };
  await act('officer', 'examinations', { ...cleanExamination, findings: [finding] });
  const { cases } = await port.done('supervisor', 'GET', '/api/cases');
  expect(cases).toMatchObject([{ kind: 'examinationFinding', consignment: 'CH-1' }]);
});

test('a mixture below its share, a licensed import and an ordinary thing are not held', async () => {
  const hits = async (id: string): Promise<string[]> => {
    const { decision } = await port.done('analyst', 'GET', `/api/declarations/${id}`);
    return decision.results
      .filter((result: { outcome: string }) => result.outcome === 'hit')
      .map((result: { check: string }) => result.check);
  };
  await file('CH-2', line('清洗剂（丙酮20%，水80%）', '3402900090'));
  expect(await hits('CH-2')).not.toContain('controlledUnlicensed');
  expect(await permitsOf('CH-2')).toMatchObject([{ status: 'notApplicable' }]);
  await file('CH-3', line('哌啶', '2933321000'), { licences: [{ kind: '2', number: '26AB1' }] });
  expect(await hits('CH-3')).not.toContain('controlledUnlicensed');
  await file('CH-4', line('盐酸', '2806100000'), { licences: [{ kind: '2', number: '26AB2' }] });
  const { decision } = await port.done('analyst', 'GET', '/api/declarations/CH-4');
  expect(decision.results).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...{ check: 'controlledUnlicensed', outcome: 'notEvaluated' },
        missing: ['chemical.isControlled'],
      }),
    ]),
  );
});

test('a licence that is named waits for its authority; a share nobody has said asks for none', async () => {
  const licences = [{ kind: '2', number: '26AB3' }];
  await file('CH-5', line('醋酸酐', '3402900090'), { licences });
  expect(await permitsOf('CH-5')).toMatchObject([{ status: 'unmet', owner: 'issuingAuthority' }]);
  await file('CH-6', line('盐酸', '3402900090'));
  expect(await permitsOf('CH-6')).toMatchObject([{ status: 'notApplicable' }]);
  const { lines } = await port.done('officer', 'GET', '/api/declarations/CH-6/chemicals');
  expect(lines[0].verdicts).toContainEqual(
    expect.objectContaining({ code: 'chemicals.concentration_asked', outcome: 'notEvaluated' }),
  );
});

test('manifest, yard and declaration of one consignment are held against each other', async () => {
  const shipped = {
    description: '丙烷',
    containers: [{ number: 'CSQU3054383', sizeType: '22U1', seals: [] }],
    dangerous: { unNumber: '1978', hazardClass: '2.1', packingGroup: null },
  };
  const today = new Date().toISOString().slice(0, 10);
  const ship = voyage('CH-M', [bill('CHEM7001', shipped)], { date: today });
  expect((await port.done('carrier', 'POST', '/api/manifests', ship)).problems).toEqual([]);
  const transport = { ...content().transport, transportDocNo: 'CHEM7001' };
  await file('CH-7', line('乙醇', '2207100000'), { transport });
  const block = {
    ...{ id: 'D1', name: { zh: '一区', en: 'one' }, kind: 'dangerous', classes: ['3'] },
    ...{ bays: 2, rows: 2, tiers: 3, at: { x: 0, y: 0 } },
  };
  const yard = {
    id: 'CHY',
    name: { zh: '堆场', en: 'yard' },
    terminal: 'terminal',
    office: '2225',
  };
  await port.done('terminal', 'PUT', '/api/chemicals/yards', { ...yard, blocks: [block] });
  const goods = { name: '甲醇', un: '1230', class: '3', packingGroup: 'II', netMassKg: '20000' };
  const event = {
    ...{ id: 'Y1', kind: 'stored', container: 'CSQU3054383', slot: 'D1-01-01-1', goods: [goods] },
    papers: { bill: 'CHEM7001' },
  };
  await port.done('terminal', 'POST', '/api/chemicals/yards/CHY/events', { events: [event] });

  const panel = await port.done('officer', 'GET', '/api/declarations/CH-7/chemicals');
  const said = panel.consignment.map(
    ({ code, params }: { code: string; params: Record<string, string> }) =>
      [code, params.from, params.to, params.what].filter(Boolean).join(' '),
  );
  expect(said).toEqual([
    'chemicals.names_differ manifest declaration',
    'chemicals.names_differ manifest storage',
    'chemicals.names_differ declaration storage',
    'chemicals.weighing_missing',
    'chemicals.peers_missing price',
    'chemicals.peers_missing mass',
  ]);
  expect(panel.lines[0].verdicts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'chemicals.hazard_class_other' }),
      expect.objectContaining({ code: 'chemicals.un_other' }),
    ]),
  );
});

test('a version of an official list is read as differences, and put in force by another account', async () => {
  const send = async (player: 'analyst' | 'officer', rows: string, from = '2026-01-01') => {
    const said = new URLSearchParams({ source: '应急管理部', version: from.slice(0, 4), from });
    const path = `/api/chemicals/lists/cn_hazardous/proposal?${said}`;
    const response = await port.platform.app.request(path, {
      method: 'PUT',
      headers: { cookie: await port.cookieOf(player) },
      body: `序号,品名,别名,CAS,备注\n${rows}`,
    });
    return { status: response.status, body: await response.json() };
  };
  const answer = (player: Player, id: string, against: string | null, approve = true) =>
    port.as(player, 'POST', `/api/chemicals/lists/${id}/answer`, { approve, against });
  const codeOf = ({ status, body }: Answer) => `${status} ${body.refusals?.[0]?.code}`;
  expect((await send('officer', '1,氨,,7664-41-7,\n')).status).toBe(403);

  const first = await send('analyst', '1,氨,液氨,7664-41-7,\n2,甲醇钠,,124-41-4,\n9,错,,1-1-1,\n');
  expect(first.body).toMatchObject({ against: null, added: 2, changed: 0, removed: 0 });
  const { id } = first.body.version;
  expect(first.body.version).toMatchObject({ setAside: 1, proposedBy: 'analyst' });
  expect(codeOf(await answer('analyst', id, null))).toBe('403 chemicals.list_own_answer');
  expect(codeOf(await answer('supervisor', id, id))).toBe('409 chemicals.list_compared_with_other');
  const { body: after } = await answer('supervisor', id, null);
  expect(after).toMatchObject({
    proposed: [],
    loaded: [{ id, standing: 'inForce', proposedBy: 'analyst', approvedBy: 'supervisor' }],
  });

  const next = await send(
    'analyst',
    '1,氨,液氨;氨气,7664-41-7,\n3,柴油,,68334-30-5,\n',
    '2099-01-01',
  );
  expect(next.body).toMatchObject({ against: { id }, added: 1, changed: 1, removed: 1 });
  const path = `/api/chemicals/lists/${next.body.version.id}/difference`;
  const { changes } = await port.done('officer', 'GET', `${path}?change=changed`);
  expect(changes).toEqual([
    {
      ...{ change: 'changed', row: '7664-41-7 氨' },
      fields: [expect.objectContaining({ before: '氨; 液氨', after: '氨; 液氨; 氨气' })],
    },
  ]);
  const { body: coming } = await answer('supervisor', next.body.version.id, id);
  expect(coming.loaded.map(({ standing }: { standing: string }) => standing)).toEqual([
    'coming',
    'inForce',
  ]);
  const third = await send('analyst', '1,氨,,7664-41-7,\n', '2099-02-01');
  const sentBack = await answer('supervisor', third.body.version.id, null, false);
  expect(sentBack.body).toMatchObject({ proposed: [], loaded: [{}, {}] });
  expect(codeOf(await answer('supervisor', third.body.version.id, null))).toBe(
    '404 chemicals.list_version_unknown',
  );
  const { rows } = await sql<{ operation: string; outcome: string }>`
    select operation, outcome from identity.audit where subjects = '{chemicalList:cn_hazardous}'
  `.execute(port.db);
  const told = (wanted: string) => rows.filter(({ outcome }) => outcome === wanted).length;
  expect([told('done'), told('refused')]).toEqual([6, 2]);
});

test('an analyst sees hit rates beside the sample’s, and what was recognised but barely', async () => {
  await file('CH-8', line('toulene', '3402900090'));
  expect((await port.as('officer', 'GET', '/api/chemicals/watch')).status).toBe(403);
  const watch = await port.done('analyst', 'GET', '/api/chemicals/watch');
  expect(watch.period).not.toBe(null);
  expect(watch.detectors).toContainEqual(
    expect.objectContaining({
      check: 'controlledUnlicensed',
      hitRate: expect.objectContaining({ numerator: 1, denominator: 1 }),
    }),
  );
  expect(watch.sample).toMatchObject({ drawn: 0, hitRate: { value: null } });
  expect(watch.substances).toContainEqual(
    expect.objectContaining({
      substance: '醋酸酐 acetic anhydride',
      disguised: 1,
      examined: 1,
      found: 1,
    }),
  );
  const [doubtful] = watch.unsure;
  expect(doubtful).toMatchObject({ declaration: 'CH-8', text: 'toulene', found: null });
  expect(doubtful.likelihood).toBeLessThan(0.95);
});
