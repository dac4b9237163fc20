// What may be done to a declaration and when; every other move is refused with its reason.
import { describe, expect, test } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import * as acts from './acts.ts';
import { life, record } from './fixtures.ts';

const codes = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map((refusal) => refusal.code);
    throw error;
  }
};
const finding = {
  kind: 'undervaluation',
  severity: 'serious',
  description: 'x',
  quantity: null,
  unit: null,
  lineNo: 1,
};

describe('moves that the state does not allow', () => {
  const everyAct = Object.keys(acts.ALLOWED) as acts.Act[];
  test.each(['returned', 'cancelled', 'closed'] as const)(
    'nothing is done to what is %s',
    (status) => {
      for (const act of everyAct) {
        expect(acts.objection({ ...life('green'), status }, act)?.code).toBe(
          'clearance.not_in_this_state',
        );
      }
    },
  );

  test('release is not among the acts: nobody can click it', () => {
    expect(everyAct.filter((act) => act.toLowerCase().includes('release'))).toEqual([]);
  });

  test.each([
    [
      'documents of a green declaration',
      () => acts.checkDocuments(life('green'), { outcome: 'passed', note: '' }),
    ],
    ['examination that was not ordered', () => acts.recordExamination(life('green'), record())],
    [
      'disposition before a finding',
      () => acts.dispose(life('red'), { disposition: 'release', note: '' }),
    ],
    [
      'amendment while under examination',
      () =>
        acts.amend(life('red'), { content: life('red').content, contentHash: 'h2', reason: 'x' }),
    ],
    ['cancellation while under examination', () => acts.cancel(life('red'), { note: 'x' })],
    ['closing before release', () => acts.close(life('green'), { note: 'x' })],
  ])('%s', (_, work) => {
    expect(codes(work)).toEqual(['clearance.not_in_this_state']);
  });
});

describe('an examination', () => {
  test.each([
    ['one officer twice', { officers: ['陈立', '陈立'] }, ['clearance.two_officers_examine']],
    [
      'nobody attended and no reason',
      { attendance: { name: null, signature: null, absentReason: null } },
      ['clearance.attendance_or_reason'],
    ],
    [
      'attended without signing',
      { attendance: { name: '王强', signature: null, absentReason: null } },
      ['clearance.attendance_signs'],
    ],
    ['sampling without samples', { methods: ['sampling'] }, ['clearance.sampling_names_samples']],
    [
      'samples without sampling',
      { samples: [{ id: 'S1', laboratory: 'L' }] },
      ['clearance.sampling_names_samples'],
    ],
    ['repeats an unknown one', { repeats: 'D1-X9' }, ['clearance.unknown_examination']],
    [
      'finding on a line that is not there',
      { findings: [{ ...finding, lineNo: 7 }] },
      ['clearance.unknown_line'],
    ],
  ])('%s is refused', (_, changes, expected) => {
    expect(codes(() => acts.recordExamination(life('red'), record(changes)))).toEqual(expected);
  });

  test('a clean one closes the targeting', () => {
    const state = life('red', acts.recordExamination(life('red'), record()));
    expect(state).toMatchObject({ status: 'accepted', untouched: false });
    expect(state.targetingClosedAt).toBe(state.examinationClosedAt);
  });

  test('one with samples waits for the laboratory; a differing result is a finding', () => {
    const sampled = acts.recordExamination(
      life('red'),
      record({ methods: ['sampling'], samples: [{ id: 'S1', laboratory: '工业品中心' }] }),
    );
    const waiting = life('red', sampled);
    expect(waiting).toMatchObject({ status: 'examination', targetingClosedAt: null });
    const said = { sample: 'S1', outcome: 'differs' as const, report: '实为丙酮' };
    expect(life('red', [...sampled, ...acts.reportSample(waiting, said)]).status).toBe(
      'disposition',
    );
    expect(codes(() => acts.reportSample(waiting, { ...said, sample: 'S2' }))).toEqual([
      'clearance.unknown_sample',
    ]);
  });
});

describe('a finding', () => {
  const found = acts.recordExamination(life('red'), record({ findings: [finding] }));
  const state = life('red', found);

  test.each(['return', 'destroy', 'detain', 'transferToAntiSmuggling'] as const)(
    '%s ends without release',
    (disposition) => {
      const events = acts.dispose(state, { disposition, note: '' });
      const ended = life('red', [...found, ...events]);
      expect(ended.status).toBe('refusedEntry');
      expect(
        life('red', [...found, ...events, ...acts.carryOut(ended, { evidence: '回执 1' })]).status,
      ).toBe('refusedEntry');
    },
  );

  test.each(['pay', 'rectify'] as const)('%s waits until it is carried out', (disposition) => {
    const events = acts.dispose(state, { disposition, note: '' });
    const waiting = life('red', [...found, ...events]);
    expect(waiting.status).toBe('disposition');
    const done = life('red', [
      ...found,
      ...events,
      ...acts.carryOut(waiting, { evidence: '税单 1' }),
    ]);
    expect(done.status).toBe('accepted');
  });

  test('amend is the declarant’s to do, and is carried out by amending', () => {
    const events = acts.dispose(state, { disposition: 'amend', note: '' });
    const waiting = life('red', [...found, ...events]);
    expect(codes(() => acts.carryOut(waiting, { evidence: 'x' }))).toEqual([
      'clearance.declarant_amends',
    ]);
    const amended = acts.amend(waiting, {
      content: waiting.content,
      contentHash: 'h2',
      reason: '更正',
    });
    expect(life('red', [...found, ...events, ...amended]).status).toBe('accepted');
  });
});

describe('a downgrade', () => {
  const proposal = { to: 'green', reason: 'standardException', note: '同批已查' } as const;

  test('is never possible for a mandatory criterion', () => {
    const state = life('red', [], { mandatory: true });
    expect(codes(() => acts.proposeDowngrade(state, proposal))).toEqual([
      'clearance.mandatory_is_never_downgraded',
    ]);
  });

  test.each([
    ['the same person', { personId: 'p1', postId: 'b' }],
    ['the same post', { personId: 'p2', postId: 'a' }],
  ])('%s cannot approve it', (_, by) => {
    const state = life('red', [
      { kind: 'clearance.downgradeProposed', payload: proposal, by: 'p1', post: 'a' },
    ]);
    expect(codes(() => acts.answerDowngrade(state, { approve: true, note: '' }, by))).toEqual([
      'clearance.another_post_approves',
    ]);
  });

  test('approved by another post, the examination is no longer ordered', () => {
    const proposed = {
      kind: 'clearance.downgradeProposed',
      payload: proposal,
      by: 'p1',
      post: 'a',
    } as const;
    const state = life('red', [proposed]);
    const approved = acts.answerDowngrade(
      state,
      { approve: true, note: '' },
      { personId: 'p2', postId: 'b' },
    );
    expect(life('red', [proposed, ...approved])).toMatchObject({
      lane: 'green',
      examinations: [],
      status: 'accepted',
    });
  });
});
