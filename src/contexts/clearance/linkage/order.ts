import assert from 'node:assert/strict';
import type { Instant } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type {
  Check,
  CheckAnswer,
  CheckOutcome,
  CheckPauseCode,
  JointOrder,
  JointVisit,
} from './contract.ts';
import type { AskedCheck, LinkageEvent, NewLinkageEvent } from './events.ts';

/** A check as the order keeps it. */
export type CheckState = Check & { readonly goods: string };

/** The joint order of one declaration: a fold over its events. */
export interface OrderState extends Omit<JointOrder, 'checks' | 'allowed' | 'version'> {
  readonly seq: number;
  readonly checks: readonly CheckState[];
  /** Cases that refusals opened. */
  readonly caseIds: readonly string[];
}

export const fold = (events: readonly LinkageEvent[]): OrderState | null =>
  events.reduce<OrderState | null>(apply, null);

export function apply(state: OrderState | null, event: LinkageEvent): OrderState {
  const { seq, payload } = event;
  const at = event.envelope.occurredAt;
  const { declaration } = payload;
  const before = state ?? {
    declaration,
    seq,
    checks: [],
    examination: null,
    visits: [],
    caseIds: [],
  };
  const next = { ...before, seq };
  const withCheck = (
    id: string,
    change: (check: CheckState) => Partial<CheckState>,
  ): OrderState => {
    assert(
      before.checks.some((check) => check.id === id),
      'Only what was asked is answered.',
    );
    const checks = before.checks.map((check) =>
      check.id === id ? { ...check, ...change(check) } : check,
    );
    return { ...next, checks };
  };
  switch (event.kind) {
    case 'clearance.checksAsked':
      return { ...next, checks: askedAnew(before.checks, event.payload.checks, declaration, at) };
    case 'clearance.checkPaused': {
      const { check, code, note } = event.payload;
      return withCheck(check, () => ({ pause: { code, note, since: at } }));
    }
    case 'clearance.checkResumed': {
      const { check, dueAt } = event.payload;
      return withCheck(check, () => ({ pause: null, dueAt }));
    }
    case 'clearance.checkOverdue':
      return withCheck(event.payload.check, () => ({ overdue: true }));
    case 'clearance.checksJoined':
      return { ...next, examination: event.payload.examination };
    case 'clearance.visitRecorded': {
      const { visit, participants, note } = event.payload;
      const visits = [...before.visits, { id: visit, at, participants, note }];
      return { ...next, visits, examination: null };
    }
    case 'clearance.checkAnswered': {
      const { check, outcome, conditions, note, visit } = event.payload;
      const answered = { answeredAt: at, answeredBy: event.envelope.actor, visitId: visit };
      return withCheck(check, () => ({
        status: outcome,
        conditions,
        note,
        pause: null,
        ...answered,
      }));
    }
    case 'clearance.ownerAnswered':
      return next;
    case 'clearance.checkCaseOpened':
      return { ...next, caseIds: [...before.caseIds, event.payload.caseId] };
    case 'clearance.checksWithdrawn':
      return { ...next, checks: before.checks.map(withdrawn), examination: null };
  }
}

const withdrawn = (check: CheckState): CheckState =>
  check.status === 'pending' ? { ...check, status: 'withdrawn', pause: null } : check;

/** What was said of the same goods stands; what is not asked any more is withdrawn. */
function askedAnew(
  before: readonly CheckState[],
  asked: readonly AskedCheck[],
  declaration: string,
  since: Instant,
): CheckState[] {
  const current = asked.map((each) => {
    const known = before.find((check) => check.id === each.id && check.goods === each.goods);
    // Another office may examine now; the clock that runs goes on.
    if (known?.status === 'pending') return { ...known, ...each, dueAt: known.dueAt };
    if (known && known.status !== 'withdrawn') return known;
    return {
      ...{ ...each, declaration, since, status: 'pending' as const, pause: null, overdue: false },
      ...{ answeredAt: null, answeredBy: null, note: '', conditions: null, visitId: null },
    };
  });
  const gone = before.filter((check) => !asked.some(({ id }) => id === check.id));
  return [...current, ...gone.map(withdrawn)];
}

/** Where the checks of one owner stand together: a refusal decides, otherwise the last answer does. */
export function standingOf(
  checks: readonly Pick<CheckState, 'owner' | 'status'>[],
  owner: string,
): 'open' | 'cleared' | 'refused' {
  const own = checks.filter((check) => check.owner === owner && check.status !== 'withdrawn');
  if (own.some(({ status }) => status === 'refused')) return 'refused';
  return own.some(({ status }) => status === 'pending') ? 'open' : 'cleared';
}

/** Inspection and quarantine are customs' own; every other authority has its own condition. */
export const conditionOf = (authority: string): 'quarantineCleared' | 'authorityCleared' =>
  authority === 'customs' ? 'quarantineCleared' : 'authorityCleared';

export interface Answered {
  readonly outcome: CheckOutcome;
  readonly conditions: string | null;
  readonly note: string;
}

/** Answers one check by itself; one whose visit is joined to an examination is answered there. */
export function answer(state: OrderState, id: string, said: CheckAnswer): NewLinkageEvent[] {
  const check = checkOf(state, id);
  if (check.visit && state.examination !== null && check.status === 'pending') {
    throw refuse('clearance.check_joined_to_examination', { seen: state.examination });
  }
  return answers(state, [{ check, said }], null);
}

/**
 * One visit, one record: what each authority present found, and its answers. Answers are those of the
 * authority whose people were there; a participant without an outcome answers later by itself.
 */
export function recordVisit(state: OrderState, said: JointVisit): NewLinkageEvent[] {
  const { id, participants, note } = said;
  if (state.visits.some((visit) => visit.id === id)) return [];
  if (state.examination !== null && state.examination !== id) {
    throw refuse('clearance.check_joined_to_examination', { seen: state.examination });
  }
  const unknown = participants.find(
    ({ owner }) => !state.checks.some((check) => check.owner === owner),
  );
  if (unknown)
    throw refuse('clearance.check_not_theirs', { path: 'participants', seen: unknown.owner });
  const recorded: NewLinkageEvent = {
    kind: 'clearance.visitRecorded',
    payload: {
      declaration: state.declaration,
      visit: id,
      participants: participants.map(({ owner, officers, findings }) => ({
        owner,
        officers,
        findings,
      })),
      note,
    },
  };
  const given = participants.flatMap(({ owner, outcome, conditions, findings }) =>
    outcome === null
      ? []
      : state.checks
          .filter((check) => check.owner === owner && check.visit && check.status === 'pending')
          .map((check) => ({ check, said: { outcome, conditions, note: findings } })),
  );
  return [recorded, ...answers(state, given, id)];
}

/** Answers, and for each owner whose last it was, or who refuses, what its condition waits for. */
function answers(
  state: OrderState,
  given: readonly { readonly check: CheckState; readonly said: Answered }[],
  visit: string | null,
): NewLinkageEvent[] {
  const { declaration } = state;
  const fresh = given.filter(({ check, said }) => !isAnswered(check, said));
  const told = fresh.map(({ check, said: { outcome, conditions, note } }): NewLinkageEvent => {
    const { id, owner } = check;
    const payload = { declaration, check: id, owner, outcome, conditions, note, visit };
    return { kind: 'clearance.checkAnswered', payload };
  });
  const after = state.checks.map((check) => {
    const own = fresh.find((each) => each.check.id === check.id);
    return own ? { ...check, status: own.said.outcome, note: own.said.note } : check;
  });
  const owners = [...new Set(fresh.map(({ check }) => check.owner))];
  const decided = owners.flatMap((owner): NewLinkageEvent[] => {
    const outcome = standingOf(after, owner);
    if (outcome === 'open' || standingOf(state.checks, owner) === outcome) return [];
    const own = after.filter((check) => check.owner === owner);
    const refused = own.find(({ status }) => status === 'refused');
    const condition = conditionOf(own[0]?.authority ?? '');
    const reason = refused?.note ?? '';
    return [
      {
        kind: 'clearance.ownerAnswered',
        payload: { declaration, condition, owner, outcome, reason },
      },
    ];
  });
  return [...told, ...decided];
}

/** An answer stands: the same again is no news, another one is refused. */
function isAnswered(check: CheckState, said: Answered): boolean {
  if (check.status === 'pending') return false;
  const isSame =
    check.status === said.outcome &&
    check.conditions === said.conditions &&
    check.note === said.note;
  if (isSame) return true;
  const code =
    check.status === 'withdrawn' ? 'clearance.check_withdrawn' : 'clearance.check_already_answered';
  throw refuse(code, { seen: check.id });
}

export function pause(
  state: OrderState,
  id: string,
  { code, note }: { code: CheckPauseCode; note: string },
): NewLinkageEvent[] {
  const check = pendingOf(state, id);
  if (check.pause?.code === code) return [];
  if (check.pause) throw refuse('clearance.check_already_paused', { seen: check.pause.code });
  const { declaration } = state;
  const payload = { declaration, check: id, code, note };
  return [{ kind: 'clearance.checkPaused', payload, pauseCode: code }];
}

/** The clock goes on where it stood: its end moves by as long as the pause lasted. */
export function resume(
  state: OrderState,
  id: string,
  note: string,
  at: Instant,
): NewLinkageEvent[] {
  const check = pendingOf(state, id);
  if (!check.pause) return [];
  const paused = Math.max(0, Date.parse(at) - Date.parse(check.pause.since));
  const dueAt = new Date(Date.parse(check.dueAt) + paused).toISOString();
  const { declaration } = state;
  return [{ kind: 'clearance.checkResumed', payload: { declaration, check: id, note, dueAt } }];
}

/** Tells once of every check whose day has passed while its clock ran. */
export const overdueOf = (state: OrderState, at: Instant): NewLinkageEvent[] =>
  state.checks
    .filter((check) => isLate(check, at))
    .map(({ id, owner }) => ({
      kind: 'clearance.checkOverdue',
      payload: { declaration: state.declaration, check: id, owner },
    }));

const isLate = ({ status, pause: paused, overdue, dueAt }: CheckState, at: Instant): boolean =>
  status === 'pending' && !paused && !overdue && dueAt < at;

function checkOf(state: OrderState, id: string): CheckState {
  const check = state.checks.find((each) => each.id === id);
  if (!check) throw new Refused('not_found', { code: 'clearance.check_not_found', seen: id });
  return check;
}

function pendingOf(state: OrderState, id: string): CheckState {
  const check = checkOf(state, id);
  if (check.status !== 'pending') throw refuse('clearance.check_already_answered', { seen: id });
  return check;
}

const refuse = (code: string, more: Omit<Refusal, 'code'>): Refused =>
  new Refused('conflict', { code, ...more });
