// The demo examiner’s judgement: what it does next with a consignment as it stands, and when.
import { describe, expect, test } from 'vitest';
import type { Declaration, DeclarationDetail } from '../../src/contexts/clearance/contract.ts';
import type { Answer } from '../answers.ts';
import { randomFor } from '../generate/random.ts';
import { inParallel } from './parallel.ts';
import { corrected, nextStep } from './steps.ts';
import { afterWork } from './working-hours.ts';

const ANSWER: Answer = {
  id: 'JH260801-00001',
  irregularity: 'quantityDiffers',
  outlier: null,
  group: null,
  truth: [
    { path: 'totalValue', declared: '80', actual: '100' },
    { path: 'lines[0].quantity', declared: '8', actual: '10' },
  ],
  revealed: { byDocuments: true, byExamination: false },
  finding: {
    kind: 'quantityDiffers',
    severity: 'minor',
    description: '实际数量比申报多2',
    quantity: '10',
    unit: '011',
    lineNo: 1,
  },
  disposition: 'amend',
};

function standing(changes: Partial<Declaration>, answer: Answer | null = null) {
  const declaration = {
    id: 'JH260801-00001',
    status: 'accepted',
    arrivedAt: '2026-08-01T02:00:00.000Z',
    examinations: [],
    disposition: null,
    hold: null,
    downgrade: null,
    documentaryCheck: 'notNeeded',
    content: {
      transport: { mode: '2' },
      packages: { kind: '22' },
      parties: { declarant: { name: '报关行' } },
      totalValue: '80',
      lines: [{ lineNo: 1, hsCode: '8482102000', quantity: '8' }],
    },
    ...changes,
  } as unknown as Declaration;
  const detail: DeclarationDetail = {
    declaration,
    decision: null,
    chain: [],
    timeline: [],
    allowed: [],
  };
  return { detail, answer, random: randomFor('test', 'examiner') };
}
const ordered = (record: unknown = null, samplesAwaiting: string[] = []) =>
  ({
    examinations: [
      { id: 'X1', orderedAt: '', office: '2225', record, recordedAt: null, samplesAwaiting },
    ],
  }) as unknown as Partial<Declaration>;

describe('next comes', () => {
  test('for clean documents: passed; for suspicious ones: an examination', () => {
    const check = { status: 'documentaryCheck', documentaryCheck: 'pending' } as const;
    expect(nextStep(standing(check))?.said).toMatchObject({ outcome: 'passed' });
    expect(nextStep(standing(check, ANSWER))?.said).toMatchObject({ outcome: 'examine' });
  });

  test('nothing, while the goods are not there, are held, or a downgrade waits', () => {
    const examination = { status: 'examination', ...ordered() } as const;
    expect(nextStep(standing({ ...examination, arrivedAt: null }))).toBeNull();
    const hold = { reason: 'r', legalBasis: 'l', since: '' };
    expect(nextStep(standing({ ...examination, hold }))).toBeNull();
  });

  test('an examination by two officers; what the documents led to is found', () => {
    const direct = nextStep(standing({ status: 'examination', ...ordered() }, ANSWER));
    expect(direct).toMatchObject({ act: 'examinations', said: { findings: [] } });
    const referred = standing(
      { status: 'examination', documentaryCheck: 'passed', ...ordered() },
      ANSWER,
    );
    expect(nextStep(referred)?.said).toMatchObject({ findings: [ANSWER.finding] });
    expect(new Set(nextStep(referred)?.said.officers as string[]).size).toBe(2);
  });

  test('for suspected waste: a sample first, and the finding from the laboratory', () => {
    const waste: Answer = {
      ...ANSWER,
      irregularity: 'prohibitedWaste',
      revealed: { byDocuments: false, byExamination: true },
    };
    const before = standing({ status: 'examination', ...ordered() }, waste);
    expect(nextStep(before)?.said).toMatchObject({
      findings: [],
      samples: [{ id: 'JH260801-00001-S1' }],
    });
    const after = standing({ status: 'examination', ...ordered({}, ['JH260801-00001-S1']) }, waste);
    expect(nextStep(after)).toMatchObject({ act: 'sample-result', said: { outcome: 'differs' } });
  });

  test('after a finding its disposition, and an amendment by the declarant’s side', () => {
    expect(nextStep(standing({ status: 'disposition' }, ANSWER))?.said).toMatchObject({
      disposition: 'amend',
    });
    const disposition = { disposition: 'amend', at: '', carriedOutAt: null } as const;
    expect(nextStep(standing({ status: 'disposition', disposition }, ANSWER))).toMatchObject({
      act: 'amend',
      by: 'singleWindow',
      said: { content: { totalValue: '100', lines: [{ quantity: '10' }] } },
    });
    const paid = { ...disposition, disposition: 'pay' } as const;
    expect(nextStep(standing({ status: 'disposition', disposition: paid }, ANSWER))?.act).toBe(
      'carried-out',
    );
  });
});

test('correcting leaves the filed content as it was', () => {
  const { content } = standing({}).detail.declaration;
  corrected(content, ANSWER.truth);
  expect(content.totalValue).toBe('80');
});

test.each([
  { from: '2026-08-03T01:00:00Z', hours: 2, until: '2026-08-03T03:00:00Z' },
  { from: '2026-08-03T08:30:00Z', hours: 2, until: '2026-08-04T01:30:00Z' },
  { from: '2026-08-03T15:00:00Z', hours: 1, until: '2026-08-04T01:30:00Z' },
  { from: '2026-08-03T18:00:00Z', hours: 20, until: '2026-08-06T02:30:00Z' },
])('$hours working hours after $from it is $until', ({ from, hours, until }) => {
  expect(afterWork(Date.parse(from), hours)).toBe(Date.parse(until));
});

test('working in parallel keeps to its number and stops at the first failure', async () => {
  let now = 0;
  let most = 0;
  const done: number[] = [];
  const work = inParallel([1, 2, 3, 4, 5, 6, 7, 8], 3, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    if (item === 4) throw new Error('four');
    done.push(item);
  });
  await expect(work).rejects.toThrow('four');
  expect(most).toBe(3);
  expect(done.length).toBeLessThan(7);
});
