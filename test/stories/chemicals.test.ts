// A disguised precursor from booking to finding: an enterprise asks what it has and is told; another
// writes the name so that nobody reads it, under a detergent's code, and its goods are stopped, shown
// to the officer with the law, and found. A mixture below its share goes by.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { cleanExamination, filing, openPort, type StoryPort } from './port.ts';

let port: StoryPort;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port?.close());

const line = (description: string, hsCode: string) => {
  const [ordinary] = content().lines;
  return { lines: [{ ...ordinary, lineNo: 1, description, hsCode }] };
};
const file = (id: string, goods: object, more: object = {}) =>
  port.done('declarant', 'POST', '/api/declarations', filing(id, { ...goods, ...more }));
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
