// Whoever examines does not know whether the model or the draw selected the goods until the
// examination is recorded; then it is told, and what was found goes back to what selected them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import type { Actor, Role } from '../identity/index.ts';
import {
  createDecisions,
  createEngine,
  createHistory,
  type EngineOptions,
  loadPolicy,
} from '../risk/index.ts';
import { BROKER, content, record } from './fixtures.ts';
import { createClearance } from './service/index.ts';

const actor = (name: string, role: Role, changes: Partial<Actor> = {}): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: BROKER, roles: [role] },
  ...{ offices: [], mayBackdate: false, via: 'session', ...changes },
});
const broker = actor('broker', 'declarant');
const officer = actor('officer', 'portOfficer', { offices: ['2225'] });
const supervisor = actor('supervisor', 'supervisor');
const finding = {
  ...{ kind: 'undervaluation', severity: 'serious', description: '低报' },
  ...{ quantity: null, unit: null, lineNo: 1 },
};

const policy = loadPolicy();
const drawing = (rate: number) => ({
  policy: { ...policy, sample: { ...policy.sample, rate, rateByGrade: {} } },
  seed: 's',
});
const model: NonNullable<EngineOptions['model']> = {
  version: 'model of a test',
  probability: () => 0.4,
  contributions: () => [
    { facts: ['goods.value'], logOdds: 1.5, sentence: { zh: '价值高', en: 'high value' } },
  ],
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

function open(options: EngineOptions, left: number) {
  const engine = createEngine(options);
  const clearance = createClearance({
    ...{ db: database.db, clock: createManualClock('2026-07-02T01:00:00.000Z'), engine },
    ...{ history: createHistory(), inForce: () => true, gradeOn: () => 'certified' },
    ...{ notComputed: new Set(), committed: () => undefined },
    capacity: {
      factsFor: () => ({ 'selection.threshold': 1, 'selection.left': left }),
      observe: () => undefined,
    },
  });
  return { clearance, decisions: createDecisions({ db: database.db, engine }) };
}
const byModel = () => open({ ...drawing(0), model }, 5);
const bySample = () => open({ ...drawing(1), model }, 0);

describe.each([
  ['model', byModel, 'T-1'],
  ['sample', bySample, 'T-2'],
] as const)('selected by the %s', (selectedBy, opened, id) => {
  test('reads as targeting everywhere before, and by its name after', async () => {
    const { clearance, decisions } = opened();
    await clearance.filings.fileOne(broker, { id, content: content() });
    const told = async (reader: Actor) => {
      const { decision, timeline, declaration } = await clearance.reads.detail(reader, id);
      const decided = timeline.find(({ kind }) => kind === 'clearance.decided')?.payload;
      const read = await decisions.read(reader, declaration.decisionId ?? '');
      return [decision?.selectedBy, decided?.selectedBy, read.selectedBy];
    };
    expect(await told(officer)).toEqual(['targeting', 'targeting', 'targeting']);
    expect(await told(supervisor)).toEqual([selectedBy, selectedBy, selectedBy]);
    const { decision } = await clearance.reads.detail(officer, id);
    expect(decision).toMatchObject({
      ...{ lane: 'red', sampling: null },
      model: { probability: null, harm: null, threshold: null, contributions: [{ logOdds: 0 }] },
    });
    expect(JSON.stringify(decision)).not.toMatch(/selection\.|draw|sample|随机/);

    const items = await clearance.reads.workList(officer, { office: null, task: 'examination' });
    expect(items.find((item) => item.id === id)?.reasons).toEqual([
      { zh: '布控选中。', en: 'Selected by targeting.' },
    ]);

    await clearance.acts.recordExamination(officer, id, record({ findings: [finding] }));
    expect(await told(officer)).toEqual([selectedBy, selectedBy, selectedBy]);
  });

  test('the declarant is never told', async () => {
    const { clearance } = opened();
    const { decision, timeline } = await clearance.reads.detail(broker, id);
    expect(decision).toMatchObject({ selectedBy: 'targeting', model: null, sampling: null });
    expect(JSON.stringify(timeline)).not.toMatch(/selectedBy/);
  });
});
