import assert from 'node:assert/strict';
import type { ConditionKind, Declaration, DeclarationContent } from './contract.ts';
import type { ClearanceEvent, ConditionAnswer, Payloads, Requirement } from './events.ts';
import type { ClockKind } from './modes/contract.ts';
import { type ClockMarks, endedTransit, marked } from './modes/fold.ts';

/** A declaration before its conditions are computed: exactly what its events say. */
export type State = Omit<Declaration, 'conditions' | 'steps' | 'clocks'> & {
  readonly mandatory: boolean;
  readonly selectedBy: Payloads['clearance.decided']['selectedBy'] | null;
  readonly documentsAt: string | null;
  readonly targetingClosedAt: string | null;
  readonly examinationClosedAt: string | null;
  readonly provided: Provided;
  readonly clockMarks: Readonly<Partial<Record<ClockKind, ClockMarks>>>;
};

/** What providers asked for, and what has come of it. */
export interface Provided {
  /** The kinds somebody answers for; a kind that is not among them was asked of nobody. */
  readonly computed: readonly ConditionKind[];
  readonly requirements: readonly (Requirement & { readonly refusal: string | null })[];
}

/** Dispositions after which the goods do not enter (or leave): there is no release to wait for. */
const WITHOUT_RELEASE = new Set(['return', 'destroy', 'detain', 'transferToAntiSmuggling']);
/** Dispositions that are met the moment they are decided. */
const MET_AT_ONCE = new Set(['release']);

export const endsWithoutRelease = (disposition: string): boolean =>
  WITHOUT_RELEASE.has(disposition);

const EMPTY: Omit<State, 'id' | 'organisation' | 'content'> = {
  number: null,
  status: 'draft',
  version: 0,
  contentHash: '',
  problems: [],
  lane: null,
  decisionId: null,
  filedAt: null,
  acceptedAt: null,
  decidedAt: null,
  arrivedAt: null,
  removedAt: null,
  releasedAt: null,
  completedAt: null,
  endedAt: null,
  untouched: true,
  documentaryCheck: 'notNeeded',
  examinations: [],
  disposition: null,
  caseIds: [],
  hold: null,
  downgrade: null,
  mandatory: false,
  selectedBy: null,
  documentsAt: null,
  targetingClosedAt: null,
  examinationClosedAt: null,
  provided: { computed: [], requirements: [] },
  transit: null,
  supplements: [],
  clockMarks: {},
};

/** Folds a whole life; `null` for a declaration that never was. */
export function fold(events: readonly ClearanceEvent[]): State | null {
  let state: State | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: State | null, event: ClearanceEvent): State {
  if (event.kind === 'clearance.drafted' || event.kind === 'clearance.submitted') {
    return begin(before, event);
  }
  assert(before, `${event.kind} before anything was filed in ${event.stream}.`);
  const state: State = { ...before, version: event.seq };
  const at = event.envelope.occurredAt;
  switch (event.kind) {
    case 'clearance.returned':
      return { ...state, status: 'returned', problems: event.payload.problems, endedAt: at };
    case 'clearance.accepted':
      return { ...state, status: 'accepted', number: event.payload.number, acceptedAt: at };
    case 'clearance.decided':
      return decided(state, event.payload, at);
    case 'clearance.required':
      return {
        ...state,
        provided: {
          computed: event.payload.computed,
          requirements: event.payload.requirements.map((each) => ({ ...each, refusal: null })),
        },
      };
    case 'clearance.conditionMet':
      return answered(state, event.payload, {
        metAt: at,
        evidence: event.payload.evidence,
        refusal: null,
      });
    case 'clearance.conditionRefused':
      return answered(state, event.payload, { refusal: event.payload.reason });
    case 'clearance.arrivalConfirmed':
      return { ...state, arrivedAt: at };
    case 'clearance.documentsChecked':
      return documentsChecked(state, event.payload.outcome, at);
    case 'clearance.examinationOrdered':
      return {
        ...state,
        status: 'examination',
        untouched: false,
        examinationClosedAt: null,
        examinations: [
          ...state.examinations,
          {
            id: event.payload.examination,
            orderedAt: at,
            office: event.payload.office,
            record: null,
            recordedAt: null,
            samplesAwaiting: [],
          },
        ],
      };
    case 'clearance.examined':
      return examined(state, event.payload, at);
    case 'clearance.sampleReported':
      return sampleReported(state, event.payload, at);
    case 'clearance.disposed':
      return disposed(state, event.payload.disposition, at);
    case 'clearance.dispositionCarriedOut':
      return carriedOut(state, at);
    case 'clearance.caseOpened':
      return { ...state, caseIds: [...state.caseIds, event.payload.caseId] };
    case 'clearance.downgradeProposed':
      return {
        ...state,
        downgrade: {
          ...event.payload,
          proposedBy: event.envelope.actor,
          proposedPost: event.envelope.post,
          at,
        },
      };
    case 'clearance.downgradeApproved':
      return downgraded(state, event.payload.to, at);
    case 'clearance.downgradeRejected':
      return { ...state, downgrade: null };
    case 'clearance.held':
      return { ...state, untouched: false, hold: { ...event.payload, since: at } };
    case 'clearance.holdLifted':
      return { ...state, hold: null };
    case 'clearance.amended':
      return {
        ...state,
        content: event.payload.content,
        contentHash: event.payload.contentHash,
        untouched: false,
      };
    case 'clearance.cancelled':
      return { ...state, status: 'cancelled', endedAt: at };
    case 'clearance.completed':
      return {
        ...state,
        content: event.payload.content,
        contentHash: event.payload.contentHash,
        completedAt: at,
      };
    case 'clearance.supplemented':
      return { ...state, supplements: [...state.supplements, { ...event.payload, at }] };
    case 'clearance.transitStarted':
      return {
        ...state,
        transit: { ...event.payload, startedAt: at, endedAt: null, intact: null },
      };
    case 'clearance.transitEnded':
      // The end of a transit is the arrival of its goods.
      return {
        ...state,
        arrivedAt: state.arrivedAt ?? at,
        transit: endedTransit(state.transit, event.payload, at),
      };
    case 'clearance.clockPaused':
    case 'clearance.clockResumed':
    case 'clearance.clockWarned':
    case 'clearance.clockExpired':
    case 'clearance.clockReopened':
      return {
        ...state,
        clockMarks: {
          ...state.clockMarks,
          [event.payload.clock]: marked(state.clockMarks[event.payload.clock], event),
        },
      };
    case 'clearance.removalPermitted':
      return {
        ...state,
        removedAt: at,
        status: state.status === 'accepted' ? 'removed' : state.status,
      };
    case 'clearance.released':
      return { ...state, status: 'released', releasedAt: at };
    case 'clearance.releaseRevoked':
      return {
        ...state,
        ...{ status: 'accepted', removedAt: null, releasedAt: null, untouched: false },
        hold: { ...event.payload, since: at },
      };
    case 'clearance.entryRefused':
      return { ...state, status: 'refusedEntry', endedAt: at };
    case 'clearance.closed':
      return { ...state, status: 'closed', endedAt: at };
  }
}

function begin(
  before: State | null,
  event: Extract<ClearanceEvent, { kind: 'clearance.drafted' | 'clearance.submitted' }>,
): State {
  const { envelope, payload } = event;
  const base: State = before ?? {
    ...EMPTY,
    id: event.stream.slice('declaration:'.length),
    organisation: filedBy(payload.content, envelope.onBehalfOf ?? envelope.organisation),
    content: payload.content,
  };
  const changed = { ...base, content: payload.content, version: event.seq };
  if (event.kind === 'clearance.drafted') return changed;
  return { ...changed, contentHash: event.payload.contentHash, filedAt: envelope.occurredAt };
}

/** The organisation a declaration belongs to: its declarant (申报单位), else whoever sent it. */
export function filedBy(content: DeclarationContent, sender: string | null): string {
  return content.parties.declarant?.uscc ?? sender ?? '';
}

/** An answer reaches what is still open: the first answer stands. */
function answered(
  state: State,
  { condition, owner }: ConditionAnswer,
  answer: Partial<Provided['requirements'][number]>,
): State {
  const requirements = state.provided.requirements.map((each) =>
    each.kind === condition && !each.metAt && (owner === null || owner === each.owner)
      ? { ...each, ...answer }
      : each,
  );
  return { ...state, provided: { ...state.provided, requirements } };
}

/** Where a declaration stands when no officer has anything to do with it. */
const waiting = ({ removedAt }: State): State['status'] => (removedAt ? 'removed' : 'accepted');

/** The requirement whose owner would not meet it, if there is one: such goods are not released. */
export const refusedBy = ({ provided }: State): Provided['requirements'][number] | null =>
  provided.requirements.find(({ refusal, metAt }) => refusal !== null && metAt === null) ?? null;

function decided(state: State, payload: Payloads['clearance.decided'], at: string): State {
  const { lane } = payload;
  return {
    ...state,
    lane,
    decisionId: payload.decisionId,
    mandatory: payload.mandatory,
    selectedBy: payload.selectedBy,
    decidedAt: at,
    status: lane === 'yellow' ? 'documentaryCheck' : 'accepted',
    untouched: state.untouched && lane !== 'yellow' && lane !== 'red',
    documentaryCheck: lane === 'yellow' ? 'pending' : 'notNeeded',
    documentsAt: lane === 'yellow' ? null : at,
    targetingClosedAt: lane === 'yellow' || lane === 'red' ? null : at,
  };
}

function documentsChecked(
  state: State,
  outcome: Payloads['clearance.documentsChecked']['outcome'],
  at: string,
): State {
  const checked: State = {
    ...state,
    untouched: false,
    documentaryCheck: 'passed',
    documentsAt: at,
  };
  if (outcome === 'passed') return { ...checked, status: waiting(state), targetingClosedAt: at };
  return checked;
}

function examined(state: State, payload: Payloads['clearance.examined'], at: string): State {
  const { record } = payload;
  const samplesAwaiting = record.samples.map((sample) => sample.id);
  const next: State = {
    ...state,
    untouched: false,
    examinations: state.examinations.map((examination) =>
      examination.id === payload.examination
        ? { ...examination, record, recordedAt: at, samplesAwaiting }
        : examination,
    ),
  };
  return afterExamination(next, at);
}

function sampleReported(
  state: State,
  payload: Payloads['clearance.sampleReported'],
  at: string,
): State {
  const next: State = {
    ...state,
    examinations: state.examinations.map((examination) => {
      if (examination.id !== payload.examination || !examination.record) return examination;
      const { record } = examination;
      return {
        ...examination,
        samplesAwaiting: examination.samplesAwaiting.filter((id) => id !== payload.sample),
        record:
          payload.outcome === 'conforms'
            ? record
            : { ...record, findings: [...record.findings, laboratoryFinding(payload.report)] },
      };
    }),
  };
  return afterExamination(next, at);
}

const laboratoryFinding = (report: string) => ({
  kind: 'laboratoryResultDiffers',
  severity: 'serious' as const,
  description: report,
  quantity: null,
  unit: null,
  lineNo: null,
});

/** A finding asks for a disposition; a clean examination with no sample out closes the targeting. */
function afterExamination(state: State, at: string): State {
  const last = state.examinations.at(-1);
  if (!last?.record) return state;
  if (last.record.findings.length > 0) return { ...state, status: 'disposition' };
  if (last.samplesAwaiting.length > 0) return state;
  return { ...state, status: waiting(state), targetingClosedAt: at, examinationClosedAt: at };
}

function disposed(
  state: State,
  disposition: Payloads['clearance.disposed']['disposition'],
  at: string,
): State {
  const next: State = {
    ...state,
    disposition: { disposition, at, carriedOutAt: null },
    targetingClosedAt: at,
  };
  return MET_AT_ONCE.has(disposition) ? carriedOut(next, at) : next;
}

function carriedOut(state: State, at: string): State {
  assert(state.disposition, 'Only a disposition that was decided can be carried out.');
  const next: State = {
    ...state,
    disposition: { ...state.disposition, carriedOutAt: at },
    examinationClosedAt: at,
  };
  return endsWithoutRelease(state.disposition.disposition)
    ? next
    : { ...next, status: waiting(state) };
}

function downgraded(state: State, to: State['lane'], at: string): State {
  const documents = to === 'yellow';
  return {
    ...state,
    lane: to,
    downgrade: null,
    untouched: false,
    examinations: state.examinations.filter((examination) => examination.record),
    examinationClosedAt: null,
    status: documents ? 'documentaryCheck' : waiting(state),
    documentaryCheck: documents ? 'pending' : 'notNeeded',
    documentsAt: documents ? null : at,
    targetingClosedAt: documents ? null : at,
  };
}
