import { localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { closeCase, openCase } from '../../cases/index.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../identity/index.ts';
import { recordFinding, saveDecisions } from '../../risk/index.ts';
import { conditionsOf } from '../conditions.ts';
import type { Declaration } from '../contract.ts';
import { fold, type State } from '../declaration.ts';
import { type ClearanceEvent, type NewEvent, streamOf } from '../events.ts';
import { clocksRunning, modeOn } from '../modes/running.ts';
import * as store from '../store.ts';
import { closeLateCases, keepClocks } from './clocks.ts';
import type { ClearanceDeps } from './deps.ts';
import { concerns, inOrder, notFound, Progress } from './progress.ts';
import { tellReleases } from './releases.ts';

/** What the declaration is now, its conditions, steps and clocks included. */
export function present(deps: ClearanceDeps, state: State): Declaration {
  const { mandatory: _m, selectedBy: _s, documentsAt: _d, targetingClosedAt: _t, ...rest } = state;
  const { examinationClosedAt: _e, provided: _p, clockMarks: _c, ...declaration } = rest;
  return {
    ...declaration,
    conditions: conditionsOf(state, deps.notComputed),
    steps: stepsOf(deps, state),
    clocks: clocksRunning(state, deps.isRestDay),
  };
}

/** A draft is shown the steps it would have if it were filed today. */
const stepsOf = (deps: ClearanceDeps, { content, filedAt }: State): Declaration['steps'] => [
  ...modeOn(content, localDateOf(filedAt ?? deps.clock.now())).steps,
];

export interface Given {
  readonly occurredAt?: string | undefined;
}
export type Decide = (state: State, actor: Actor) => NewEvent[];

/**
 * The one shape of every act: load and lock, authorise, decide (pure), settle, then events, row,
 * cases and audit in one transaction. Two officers acting at once are put in order by the lock: the
 * second finds the state the first left and is told so.
 */
export async function perform(
  deps: ClearanceDeps,
  actor: Actor,
  id: string,
  needed: Permission,
  given: Given,
  decide: Decide,
  beforeSettling: (tx: Tx, progress: Progress) => Promise<void> = async () => undefined,
): Promise<Declaration> {
  const progress = await inTransaction(deps.db, async (tx) => {
    const state = await load(tx, id);
    authorise(actor, needed, concerns(state));
    const envelope = inOrder(envelopeOf(deps, actor, { ...given, consignment: id }), state);
    const next = new Progress(id, state, envelope);
    next.push(...decide(state, actor));
    await beforeSettling(tx, next);
    next.settle(deps);
    await keepCases(tx, state, next, envelope);
    await append(tx, next.events);
    if (state.acceptedAt && isOverWithoutRelease(next.now) && !isOverWithoutRelease(state)) {
      for (const provider of deps.providers) await provider.giveBack?.(tx, id, envelope);
    }
    if (next.decision) await saveDecisions(tx, [next.decision]);
    await feedBack(tx, next);
    await tellReleases(tx, [next]);
    await store.update(tx, [store.toRow(next.now, next.decision?.score ?? null)]);
    await keepClocks(deps, tx, [next.now]);
    await closeLateCases(tx, state, next);
    await recordAudit(tx, {
      actor,
      operation: needed.operation,
      subjects: [streamOf(id)],
      outcome: 'done',
      detail: { events: next.events.map((event) => event.kind) },
      at: envelope.recordedAt,
    });
    return next;
  });
  deps.committed([id]);
  return present(deps, progress.now);
}

const isOverWithoutRelease = ({ status }: State): boolean =>
  status === 'cancelled' || status === 'returned' || status === 'refusedEntry';

/** The state of a declaration, locked; refuses when there is none. */
export async function load(tx: Tx, id: string): Promise<State> {
  if (await store.lock(tx, id)) {
    const state = fold((await readStream(tx, streamOf(id))) as ClearanceEvent[]);
    if (state) return state;
  }
  throw notFound(id);
}

/** What an examination found goes back to whatever spoke for it: rules, model and sample. */
async function feedBack(tx: Tx, { now, events }: Progress): Promise<void> {
  for (const event of events) {
    if (event.kind !== 'clearance.examined' && event.kind !== 'clearance.sampleReported') continue;
    const record = now.examinations.findLast(({ id }) => id === event.payload.examination)?.record;
    const kinds = record?.findings.map(({ kind }) => kind) ?? [];
    const at = event.envelope.occurredAt;
    await recordFinding(tx, { subject: now.id, found: kinds.length > 0, kinds, at });
  }
}

/** A finding opens a case; carrying out its disposition closes it. */
async function keepCases(
  tx: Tx,
  before: State,
  progress: Progress,
  envelope: Envelope,
): Promise<void> {
  const { now } = progress;
  const findings = now.examinations.at(-1)?.record?.findings ?? [];
  if (now.status === 'disposition' && before.status !== 'disposition' && findings.length > 0) {
    const office = now.examinations.at(-1)?.office ?? now.content.declarationOffice ?? '';
    const caseId = await openCase(
      tx,
      {
        kind: 'examinationFinding',
        title: {
          zh: `查获：${now.content.lines[0]?.description ?? now.id}`,
          en: `Finding: ${now.content.lines[0]?.description ?? now.id}`,
        },
        about: streamOf(now.id),
        consignment: now.id,
        owners: [office],
        findings,
      },
      envelope,
    );
    progress.push({ kind: 'clearance.caseOpened', payload: { caseId } });
  }
  const outcome = now.disposition?.carriedOutAt ? now.disposition.disposition : null;
  const caseId = now.caseIds.at(-1);
  if (outcome && caseId && !before.disposition?.carriedOutAt) {
    await closeCase(tx, caseId, outcome, envelope);
  }
}
