import { type LocalDate, localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { closeCase, openCase } from '../../cases/index.ts';
import { envelopeAt } from '../../identity/index.ts';
import { fold, type State } from '../declaration.ts';
import { type ClearanceEvent, type NewEvent, streamOf } from '../events.ts';
import type { Clock, ClockRule } from '../modes/contract.ts';
import { clocksRunning, modeOf, startOfDay, warningDay } from '../modes/running.ts';
import { type KeptClock, listDue, saveClocks } from '../modes/store.ts';
import * as store from '../store.ts';
import type { ClearanceDeps } from './deps.ts';
import { Progress } from './progress.ts';

/** Declarations whose deadlines are looked at in one transaction. */
const PART = 100;

/** Clocks that end with filing need no watching: filing has ended them. */
const isWatched = ({ until }: ClockRule): boolean => until !== 'filed';

/** Keeps what the daily look needs of some declarations; most modes have nothing to look at. */
export async function keepClocks(
  deps: ClearanceDeps,
  tx: Tx,
  states: readonly State[],
): Promise<void> {
  const watched = states.filter(
    (state) => state.acceptedAt && modeOf(state).clocks.some(isWatched),
  );
  if (watched.length === 0) return;
  const ids = watched.map(({ id }) => id);
  await saveClocks(
    tx,
    ids,
    watched.flatMap((state) => keptOf(deps, state)),
  );
}

interface Running extends Clock {
  readonly dueOn: LocalDate;
  readonly rule: ClockRule;
}

/** The watched clocks of a declaration that have begun and not been kept. */
function runningOf(deps: ClearanceDeps, state: State): Running[] {
  const rules = new Map(
    modeOf(state)
      .clocks.filter(isWatched)
      .map((rule) => [rule.kind, rule]),
  );
  return clocksRunning(state, deps.isRestDay).flatMap((clock) => {
    const rule = rules.get(clock.kind);
    return rule && clock.dueOn && !clock.metAt ? [{ ...clock, dueOn: clock.dueOn, rule }] : [];
  });
}

function keptOf(deps: ClearanceDeps, state: State): KeptClock[] {
  return runningOf(deps, state).map((clock) => ({
    declaration: state.id,
    kind: clock.kind,
    owner: clock.owner,
    organisation: state.organisation,
    office: officeOf(state, clock),
    due_on: clock.dueOn,
    next_on: clock.pausedAt ? null : nextDay(clock),
    paused: clock.pausedAt !== null,
    overdue: clock.overdue,
  }));
}

/** The day a clock has something to say: its warning, then the day after its last. */
function nextDay(clock: Running): LocalDate | null {
  if (clock.expiredAt) return null;
  return clock.warnedAt ? dayAfter(clock.dueOn) : warningDay(clock.rule, clock.dueOn);
}

const dayAfter = (day: LocalDate): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + 86_400_000).toISOString().slice(0, 10);

/** The office that looks after a clock: the one goods are on their way to, else that of declaration. */
function officeOf({ content, transit }: State, { kind }: Clock): string | null {
  if (kind === 'endTransit') return transit?.to ?? null;
  if (kind === 'releaseForUse') return content.examinationOffice ?? content.declarationOffice;
  return content.declarationOffice;
}

/**
 * Looks at every deadline on a day: warns of those that come near, and acts on those that have passed.
 * What it does follows from the record and the day alone: on a day that was looked at, or after days
 * that were missed, it says each thing once, dated by the day. What a clock that had jumped ahead told
 * to have expired is taken back once the clock is right.
 *
 * @returns how many clocks warned and how many expired.
 */
export async function lookAtClocks(
  deps: ClearanceDeps,
  on: LocalDate,
): Promise<{ warned: number; expired: number }> {
  const count = { warned: 0, expired: 0 };
  const today = localDateOf(deps.clock.now());
  // A day that has not come yet is nobody's deadline, whatever a caller's clock says.
  if (on > today) return count;
  let after = '';
  for (;;) {
    const ids = await listDue(deps.db, { on, today }, after, PART);
    const last = ids.at(-1);
    if (!last) return count;
    const written = await inTransaction(deps.db, (tx) => act(deps, tx, ids, { on, today }));
    for (const event of written.flatMap(({ events }) => events)) {
      if (event.kind === 'clearance.clockWarned') count.warned += 1;
      if (event.kind === 'clearance.clockExpired') count.expired += 1;
    }
    if (written.length > 0) deps.committed(written.map(({ now }) => now.id));
    after = last;
  }
}

/** The day that is looked at, and the day it is. */
interface Days {
  readonly on: LocalDate;
  readonly today: LocalDate;
}

async function act(
  deps: ClearanceDeps,
  tx: Tx,
  ids: readonly string[],
  days: Days,
): Promise<Progress[]> {
  await store.lockMany(tx, ids);
  const streams = await readStreams(tx, ids.map(streamOf));
  const looked: Progress[] = [];
  for (const id of ids) {
    const state = fold((streams.get(streamOf(id)) ?? []) as ClearanceEvent[]);
    if (!state) continue;
    const progress = new Progress(id, state, lookOn(deps, state, days.on));
    for (const clock of runningOf(deps, state)) await tell(tx, progress, clock, days);
    looked.push(progress);
  }
  const written = looked.filter(({ events }) => events.length > 0);
  await append(
    tx,
    written.flatMap(({ events }) => events),
  );
  await store.update(
    tx,
    written.map(({ now }) => store.toRow(now, null)),
  );
  await keepClocks(
    deps,
    tx,
    looked.map(({ now }) => now),
  );
  return written;
}

async function tell(
  tx: Tx,
  progress: Progress,
  clock: Running,
  { on, today }: Days,
): Promise<void> {
  const { kind, dueOn, rule, pausedAt, warnedAt, expiredAt } = clock;
  const about = { clock: kind, legalBasis: rule.legalBasis };
  if (expiredAt) {
    if (today > dueOn) return;
    const caseId = progress.now.clockMarks[kind]?.caseId;
    if (caseId) await closeCase(tx, caseId, 'reopened', progress.envelope);
    progress.push({
      kind: 'clearance.clockReopened',
      ...about,
      payload: { clock: kind, dueOn },
    });
    return;
  }
  if (pausedAt) return;
  if (dueOn >= on) {
    if (warnedAt || warningDay(rule, dueOn) > on) return;
    progress.push({
      kind: 'clearance.clockWarned',
      ...about,
      payload: { clock: kind, dueOn },
    });
    return;
  }
  const caseId = await openCase(
    tx,
    {
      kind: 'discrepancy',
      title: { zh: `逾期：${rule.label.zh}`, en: `Overdue: ${rule.label.en}` },
      about: streamOf(progress.now.id),
      consignment: progress.now.id,
      owners: [officeOf(progress.now, clock) ?? progress.now.content.declarationOffice ?? ''],
      findings: [findingOf(rule, dueOn)],
    },
    progress.envelope,
  );
  const expired: NewEvent = {
    kind: 'clearance.clockExpired',
    ...about,
    payload: { clock: kind, dueOn, consequence: rule.consequence, caseId },
  };
  progress.push(expired);
}

const findingOf = (rule: ClockRule, dueOn: LocalDate) => ({
  kind: 'deadlineMissed',
  severity: 'minor' as const,
  description: `${rule.label.zh} / ${rule.label.en}: ${dueOn}`,
  quantity: null,
  unit: null,
  lineNo: null,
});

/** The platform itself looks; what it says happened on the day it looked at. */
function lookOn({ clock }: ClearanceDeps, { id, filedAt }: State, on: LocalDate): Envelope {
  const morning = startOfDay(on);
  const at = filedAt && filedAt > morning ? filedAt : morning;
  return envelopeAt(at, clock.now(), id);
}

/** What was late and has been done: the case of its clock is closed. */
export async function closeLateCases(
  tx: Tx,
  before: State,
  { now, envelope }: Progress,
): Promise<void> {
  const kept = (state: State) =>
    new Set(clocksRunning(state, () => false).flatMap(({ kind, metAt }) => (metAt ? [kind] : [])));
  const wereKept = kept(before);
  for (const kind of kept(now)) {
    const caseId = now.clockMarks[kind]?.caseId;
    if (caseId && !wereKept.has(kind)) await closeCase(tx, caseId, 'doneLate', envelope);
  }
}
