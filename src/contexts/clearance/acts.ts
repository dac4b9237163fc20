import type { z } from 'zod';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import type {
  Arrival,
  DeclarationStatus,
  DispositionCarriedOut,
  DispositionRecord,
  DocumentaryCheck,
  DowngradeApproval,
  DowngradeProposal,
  ExaminationRecord,
  Hold,
  Note,
  SampleResult,
  Supplement,
} from './contract.ts';
import { endsWithoutRelease, refusedBy, type State } from './declaration.ts';
import type { NewEvent } from './events.ts';
import { clocksRunning, isWeekend, modeOf } from './modes/running.ts';

/**
 * What can be done to a declaration after it is filed. Each act is pure: the state and what was said
 * go in, events come out, and an act the state does not allow is refused with the reason. Release is
 * not among them: it is computed from the conditions after every act.
 */

/** Accepted and not yet released. */
const UNDER_WAY = [
  'accepted',
  'documentaryCheck',
  'examination',
  'disposition',
  'removed',
] as const;

/** The acts and the statuses they are allowed in. Anything not listed is refused. */
export const ALLOWED = {
  confirmArrival: ['accepted', 'documentaryCheck', 'examination', 'disposition', 'held'],
  checkDocuments: ['documentaryCheck'],
  orderExamination: ['accepted', 'documentaryCheck', 'examination', 'disposition', 'removed'],
  recordExamination: ['examination'],
  reportSample: ['examination'],
  dispose: ['disposition', 'accepted'],
  carryOut: ['disposition', 'refusedEntry'],
  proposeDowngrade: ['documentaryCheck', 'examination'],
  approveDowngrade: ['documentaryCheck', 'examination'],
  hold: ['accepted', 'documentaryCheck', 'examination', 'disposition', 'removed'],
  liftHold: ['accepted', 'documentaryCheck', 'examination', 'disposition', 'removed'],
  amend: ['accepted', 'documentaryCheck', 'disposition'],
  cancel: ['draft', 'accepted', 'documentaryCheck'],
  close: ['released'],
  complete: [...UNDER_WAY, 'released'],
  supplement: [...UNDER_WAY, 'released'],
  startTransit: ['accepted', 'documentaryCheck'],
  endTransit: UNDER_WAY,
  revoke: ['removed', 'released'],
  pauseClock: [...UNDER_WAY, 'released'],
  resumeClock: [...UNDER_WAY, 'released'],
} as const satisfies Record<string, readonly DeclarationStatus[]>;
export type Act = keyof typeof ALLOWED;

/** Whether the state allows an act at all, and if not, why: the page and the server ask the same question. */
export function objection(state: State, act: Act): Refusal | null {
  if (!(ALLOWED[act] as readonly DeclarationStatus[]).includes(state.status)) {
    return {
      code: 'clearance.not_in_this_state',
      seen: state.status,
      params: { act, status: state.status },
    };
  }
  return SPECIAL[act]?.(state) ?? null;
}

const SPECIAL: Partial<Record<Act, (state: State) => Refusal | null>> = {
  confirmArrival: (state) =>
    state.arrivedAt ? { code: 'clearance.arrival_already_confirmed' } : null,
  orderExamination: (state) => {
    const last = state.examinations.at(-1);
    return last && !last.record
      ? { code: 'clearance.examination_already_ordered', seen: last.id }
      : null;
  },
  recordExamination: (state) =>
    state.examinations.at(-1)?.record ? { code: 'clearance.examination_already_recorded' } : null,
  reportSample: (state) =>
    state.examinations.some((examination) => examination.samplesAwaiting.length > 0)
      ? null
      : { code: 'clearance.no_sample_awaited' },
  dispose: (state) => {
    if (state.disposition) return { code: 'clearance.already_disposed' };
    if (state.status === 'disposition' || refusedBy(state)) return null;
    return { code: 'clearance.nothing_to_dispose_of' };
  },
  carryOut: (state) =>
    state.disposition && !state.disposition.carriedOutAt
      ? null
      : { code: 'clearance.nothing_to_carry_out' },
  proposeDowngrade: (state) => {
    if (state.mandatory) return { code: 'clearance.mandatory_is_never_downgraded' };
    if (state.downgrade) return { code: 'clearance.downgrade_already_proposed' };
    return state.examinations.some((examination) => examination.record)
      ? { code: 'clearance.examination_already_recorded' }
      : null;
  },
  approveDowngrade: (state) =>
    state.downgrade ? null : { code: 'clearance.no_downgrade_proposed' },
  hold: (state) => (state.hold ? { code: 'clearance.already_held' } : null),
  liftHold: (state) => (state.hold ? null : { code: 'clearance.not_held' }),
  close: (state) => (awaitsCompletion(state) ? { code: 'clearance.complete_first' } : null),
  complete: (state) => {
    if (state.completedAt) return { code: 'clearance.already_completed' };
    return awaitsCompletion(state) ? null : { code: 'clearance.not_in_two_steps' };
  },
  startTransit: (state) => {
    if (!modeOf(state).conditions.adds.has('transitEnded')) {
      return { code: 'clearance.not_in_transit_mode' };
    }
    return state.transit ? { code: 'clearance.transit_already_started' } : null;
  },
  endTransit: (state) => {
    if (!state.transit) return { code: 'clearance.transit_not_started' };
    return state.transit.endedAt ? { code: 'clearance.transit_already_ended' } : null;
  },
  pauseClock: (state) =>
    openClocks(state).some(({ pausedAt }) => !pausedAt)
      ? null
      : { code: 'clearance.no_clock_runs' },
  resumeClock: (state) =>
    openClocks(state).some(({ pausedAt }) => pausedAt)
      ? null
      : { code: 'clearance.no_clock_is_paused' },
  // 进出口货物报关单修改和撤销管理办法: what is targeted or under examination is not amended or
  // cancelled until that is finished, save where the disposition itself asks for the amendment.
  amend: (state) =>
    state.status === 'disposition' && state.disposition?.disposition !== 'amend'
      ? { code: 'clearance.examination_first', legalBasis: AMENDMENT_RULE }
      : null,
};
export const AMENDMENT_RULE = '海关法 第二十六条';

/** Clocks that have begun and not been kept; whether they run does not depend on days of rest. */
const openClocks = (state: State) =>
  clocksRunning(state, isWeekend).filter(({ startedOn, metAt }) => startedOn && !metAt);

/** The second of two steps is still to come. */
const awaitsCompletion = (state: State): boolean =>
  state.completedAt === null && modeOf(state).steps.some(({ id }) => id === 'complete');

/** Refuses an act that the state does not allow. */
export function ensure(state: State, act: Act): void {
  const refusal = objection(state, act);
  if (refusal) throw new Refused('conflict', refusal);
}

export function confirmArrival(state: State, said: z.output<typeof Arrival>): NewEvent[] {
  ensure(state, 'confirmArrival');
  return [{ kind: 'clearance.arrivalConfirmed', payload: { premises: said.premises } }];
}

export function checkDocuments(state: State, said: z.output<typeof DocumentaryCheck>): NewEvent[] {
  ensure(state, 'checkDocuments');
  const { outcome, note } = said;
  const checked: NewEvent = { kind: 'clearance.documentsChecked', payload: { outcome, note } };
  if (outcome === 'passed') return [checked];
  if (outcome === 'examine') return [checked, examinationOrder(state, 'documentaryCheck')];
  return [
    checked,
    {
      kind: 'clearance.returned',
      payload: { problems: [{ code: 'clearance.returned_by_officer', seen: note }], note },
    },
  ];
}

/** An examination ordered by an officer, or by the decision itself; a re-examination names the one it repeats. */
export function orderExamination(state: State, said: z.output<typeof Note>): NewEvent[] {
  ensure(state, 'orderExamination');
  return [examinationOrder(state, said.note)];
}

/** An order to the office that was declared for examinations, unless the goods have come to another. */
export function examinationOrder(state: State, reason: string, where?: string): NewEvent {
  const repeats = state.examinations.at(-1)?.id ?? null;
  const { examinationOffice, borderOffice, declarationOffice } = state.content;
  return {
    kind: 'clearance.examinationOrdered',
    legalBasis: '海关法 第二十八条',
    payload: {
      examination: `${state.id}-X${state.examinations.length + 1}`,
      office: where ?? examinationOffice ?? borderOffice ?? declarationOffice,
      reason,
      repeats,
    },
  };
}

export function recordExamination(
  state: State,
  said: z.output<typeof ExaminationRecord>,
): NewEvent[] {
  ensure(state, 'recordExamination');
  const { occurredAt: _, ...record } = said;
  const pending = state.examinations.at(-1);
  if (!pending) throw new Refused('conflict', { code: 'clearance.no_examination_ordered' });
  const problems = examinationProblems(state, record);
  if (problems.length > 0) throw new Refused('invalid', problems);
  return [{ kind: 'clearance.examined', payload: { examination: pending.id, record } }];
}

function examinationProblems(
  state: State,
  record: Omit<z.output<typeof ExaminationRecord>, 'occurredAt'>,
): Refusal[] {
  const problems: Refusal[] = [];
  if (new Set(record.officers).size < 2) {
    problems.push({
      code: 'clearance.two_officers_examine',
      path: 'officers',
      seen: record.officers.join(', '),
    });
  }
  if (!record.attendance.name && !record.attendance.absentReason) {
    problems.push({
      code: 'clearance.attendance_or_reason',
      path: 'attendance',
      legalBasis: '海关法 第二十八条',
    });
  }
  if (record.attendance.name && !record.attendance.signature) {
    problems.push({ code: 'clearance.attendance_signs', path: 'attendance.signature' });
  }
  if (record.methods.includes('sampling') !== record.samples.length > 0) {
    problems.push({ code: 'clearance.sampling_names_samples', path: 'samples' });
  }
  if (
    record.repeats &&
    !state.examinations.some((examination) => examination.id === record.repeats)
  ) {
    problems.push({ code: 'clearance.unknown_examination', path: 'repeats', seen: record.repeats });
  }
  const lines = new Set(state.content.lines.map((line) => line.lineNo));
  record.findings.forEach((finding, index) => {
    if (finding.lineNo !== null && !lines.has(finding.lineNo)) {
      problems.push({
        code: 'clearance.unknown_line',
        path: `findings[${index}].lineNo`,
        seen: String(finding.lineNo),
      });
    }
  });
  return problems;
}

export function reportSample(state: State, said: z.output<typeof SampleResult>): NewEvent[] {
  ensure(state, 'reportSample');
  const examination = state.examinations.find((each) => each.samplesAwaiting.includes(said.sample));
  if (!examination) {
    throw new Refused('invalid', {
      code: 'clearance.unknown_sample',
      path: 'sample',
      seen: said.sample,
    });
  }
  const { sample, outcome, report } = said;
  return [
    {
      kind: 'clearance.sampleReported',
      payload: { examination: examination.id, sample, outcome, report },
    },
  ];
}

export function dispose(state: State, said: z.output<typeof DispositionRecord>): NewEvent[] {
  ensure(state, 'dispose');
  const { disposition, note } = said;
  const disposed: NewEvent = { kind: 'clearance.disposed', payload: { disposition, note } };
  const refused = refusedBy(state);
  if (refused && !endsWithoutRelease(disposition)) {
    throw new Refused('conflict', {
      code: 'clearance.refused_by_authority',
      path: 'disposition',
      seen: disposition,
      params: { owner: refused.owner, reason: refused.refusal ?? '' },
    });
  }
  if (!endsWithoutRelease(disposition)) return [disposed];
  return [disposed, { kind: 'clearance.entryRefused', payload: { disposition } }];
}

export function carryOut(state: State, said: z.output<typeof DispositionCarriedOut>): NewEvent[] {
  ensure(state, 'carryOut');
  const disposition = state.disposition?.disposition;
  if (!disposition) throw new Refused('conflict', { code: 'clearance.nothing_to_carry_out' });
  if (disposition === 'amend')
    throw new Refused('conflict', { code: 'clearance.declarant_amends' });
  return [
    { kind: 'clearance.dispositionCarriedOut', payload: { disposition, evidence: said.evidence } },
  ];
}

export function proposeDowngrade(
  state: State,
  said: z.output<typeof DowngradeProposal>,
): NewEvent[] {
  ensure(state, 'proposeDowngrade');
  if (state.lane === said.to) {
    throw new Refused('invalid', { code: 'clearance.already_in_lane', path: 'to', seen: said.to });
  }
  return [{ kind: 'clearance.downgradeProposed', payload: said }];
}

/** Four eyes: neither the person who proposed a downgrade nor their post answers it. */
export const isProposer = (
  by: { personId: string; postId: string },
  { downgrade }: State,
): boolean => downgrade?.proposedBy === by.personId || downgrade?.proposedPost === by.postId;

/** Four eyes: another person, in another post, than the one who proposed. */
export function answerDowngrade(
  state: State,
  said: z.output<typeof DowngradeApproval>,
  by: { personId: string; postId: string },
): NewEvent[] {
  ensure(state, 'approveDowngrade');
  const { downgrade } = state;
  if (!downgrade) throw new Refused('conflict', { code: 'clearance.no_downgrade_proposed' });
  if (isProposer(by, state)) {
    throw new Refused('forbidden', { code: 'clearance.another_post_approves' });
  }
  if (!said.approve) return [{ kind: 'clearance.downgradeRejected', payload: { note: said.note } }];
  return [{ kind: 'clearance.downgradeApproved', payload: { to: downgrade.to, note: said.note } }];
}

export function hold(state: State, said: z.output<typeof Hold>): NewEvent[] {
  ensure(state, 'hold');
  const { reason, legalBasis } = said;
  return [{ kind: 'clearance.held', legalBasis, payload: { reason, legalBasis } }];
}

export function liftHold(state: State, said: z.output<typeof Note>): NewEvent[] {
  ensure(state, 'liftHold');
  return [{ kind: 'clearance.holdLifted', payload: { note: said.note } }];
}

export function cancel(state: State, said: z.output<typeof Note>): NewEvent[] {
  ensure(state, 'cancel');
  return [
    { kind: 'clearance.cancelled', legalBasis: AMENDMENT_RULE, payload: { note: said.note } },
  ];
}

export function close(state: State, said: z.output<typeof Note>): NewEvent[] {
  ensure(state, 'close');
  return [{ kind: 'clearance.closed', payload: { note: said.note } }];
}

/** The amendment itself; deciding anew about the amended content is the filing's work. */
export function amend(
  state: State,
  said: { content: State['content']; contentHash: string; reason: string },
): NewEvent[] {
  ensure(state, 'amend');
  if (said.contentHash === state.contentHash) {
    throw new Refused('conflict', { code: 'clearance.nothing_amended' });
  }
  const amended: NewEvent = {
    kind: 'clearance.amended',
    legalBasis: AMENDMENT_RULE,
    payload: said,
  };
  const asked = state.disposition?.disposition === 'amend' && !state.disposition.carriedOutAt;
  if (!asked) return [amended];
  return [
    amended,
    {
      kind: 'clearance.dispositionCarriedOut',
      payload: { disposition: 'amend', evidence: said.reason },
    },
  ];
}

/** 补充申报: it adds to what was declared and changes none of it. */
export function supplement(state: State, said: z.output<typeof Supplement>): NewEvent[] {
  ensure(state, 'supplement');
  const { about, statement, documents } = said;
  return [{ kind: 'clearance.supplemented', payload: { about, statement, documents } }];
}

/**
 * Release is taken back while the goods are still there, for a stated reason. They are held; when the
 * hold is lifted, release is computed again as always.
 */
export function revoke(state: State, said: z.output<typeof Hold>): NewEvent[] {
  ensure(state, 'revoke');
  const { reason, legalBasis } = said;
  return [{ kind: 'clearance.releaseRevoked', legalBasis, payload: { reason, legalBasis } }];
}
