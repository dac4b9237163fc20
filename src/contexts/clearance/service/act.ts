import type { z } from 'zod';
import { contentHash } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { closeCase, openCase } from '../../cases/index.ts';
import { type Actor, authorise, type Permission, recordAudit } from '../../identity/index.ts';
import { recordFinding, saveDecisions } from '../../risk/index.ts';
import * as acts from '../acts.ts';
import { checkContent, toRefusal } from '../check.ts';
import { conditionsOf } from '../conditions.ts';
import type {
  Amendment,
  Arrival,
  Declaration,
  DispositionCarriedOut,
  DispositionRecord,
  DocumentaryCheck,
  DowngradeApproval,
  DowngradeProposal,
  ExaminationRecord,
  Hold,
  Note,
  SampleResult,
} from '../contract.ts';
import { DeclarationContent } from '../contract.ts';
import { filedBy, fold, type State } from '../declaration.ts';
import { type ClearanceEvent, type NewEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import { askProviders, recordPromises } from '../provider.ts';
import * as store from '../store.ts';
import { confirmMany, type ManyArrivals } from './arrivals.ts';
import type { ClearanceDeps } from './deps.ts';
import { concerns, envelopeOf, inOrder, notFound, Progress } from './progress.ts';
import { tellReleases } from './releases.ts';

/** What the declaration is now, its conditions included. */
export function present(deps: ClearanceDeps, state: State): Declaration {
  const { mandatory: _m, selectedBy: _s, documentsAt: _d, targetingClosedAt: _t, ...rest } = state;
  const { examinationClosedAt: _e, provided: _p, ...declaration } = rest;
  return { ...declaration, conditions: conditionsOf(state, deps.notComputed) };
}

interface Given {
  readonly occurredAt?: string | undefined;
}
type Decide = (state: State, actor: Actor) => NewEvent[];

/**
 * The one shape of every act: load and lock, authorise, decide (pure), settle, then events, row,
 * cases and audit in one transaction. Two officers acting at once are put in order by the lock: the
 * second finds the state the first left and is told so.
 */
async function perform(
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
    const envelope = inOrder(envelopeOf(deps, actor, id, given), state);
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
async function load(tx: Tx, id: string): Promise<State> {
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
    const found = (record?.findings.length ?? 0) > 0;
    await recordFinding(tx, { subject: now.id, found, at: event.envelope.occurredAt });
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

/** Every act an actor can perform on one declaration, each with its own permission. */
export function createActs(deps: ClearanceDeps) {
  type Said<S extends z.ZodType> = z.output<S>;
  const act =
    <S extends Given>(
      needed: Permission,
      decide: (state: State, said: S, actor: Actor) => NewEvent[],
    ) =>
    (actor: Actor, id: string, said: S) =>
      perform(deps, actor, id, needed, said, (state) => decide(state, said, actor));

  return {
    confirmArrival: act<Said<typeof Arrival>>(permission.confirmArrival, acts.confirmArrival),
    checkDocuments: act<Said<typeof DocumentaryCheck>>(
      permission.checkDocuments,
      acts.checkDocuments,
    ),
    orderExamination: act<Said<typeof Note>>(permission.orderExamination, acts.orderExamination),
    recordExamination: act<Said<typeof ExaminationRecord>>(
      permission.examine,
      acts.recordExamination,
    ),
    reportSample: act<Said<typeof SampleResult>>(permission.examine, acts.reportSample),
    dispose: act<Said<typeof DispositionRecord>>(permission.dispose, acts.dispose),
    carryOut: act<Said<typeof DispositionCarriedOut>>(permission.dispose, acts.carryOut),
    proposeDowngrade: act<Said<typeof DowngradeProposal> & Given>(
      permission.proposeDowngrade,
      acts.proposeDowngrade,
    ),
    answerDowngrade: act<Said<typeof DowngradeApproval> & Given>(
      permission.approveDowngrade,
      acts.answerDowngrade,
    ),
    hold: act<Said<typeof Hold>>(permission.hold, acts.hold),
    liftHold: act<Said<typeof Note>>(permission.hold, acts.liftHold),
    cancel: act<Said<typeof Note>>(permission.cancel, acts.cancel),
    close: act<Said<typeof Note>>(permission.close, acts.close),

    /** Many arrivals in one transaction, each with its own answer: a refused one does not stop the rest. */
    confirmArrivals: (actor: Actor, arrivals: ManyArrivals) => confirmMany(deps, actor, arrivals),

    /** An amendment before examination is decided anew; one that a disposition asked for is not. */
    amend(actor: Actor, id: string, said: Said<typeof Amendment>): Promise<Declaration> {
      const { content, reason } = said;
      return perform(
        deps,
        actor,
        id,
        permission.amend,
        said,
        (state) => {
          ensureSameDeclarant(state, content, actor);
          const on = localDateOf(said.occurredAt ?? deps.clock.now());
          const problems = checkContent(content, on, deps.inForce);
          if (problems.length > 0) throw new Refused('invalid', problems.map(toRefusal));
          return acts.amend(state, { content, reason, contentHash: contentHash(content) });
        },
        async (tx, progress) => {
          await requireAnew(deps, tx, progress);
          const { now } = progress;
          if (now.disposition === null) progress.decide(deps, now.lane);
        },
      );
    },

    /** Keeps what has been written so far; a draft binds nobody and is checked only when it is filed. */
    async saveDraft(actor: Actor, id: string, input: unknown): Promise<Declaration> {
      const content = DeclarationContent.parse(input);
      authorise(actor, permission.file, {
        organisations: [filedBy(content, actor.organisationId)],
      });
      const envelope = envelopeOf(deps, actor, id, {});
      const drafted: NewEvent = { kind: 'clearance.drafted', payload: { content } };
      const state = await inTransaction(deps.db, async (tx) => {
        const fresh = new Progress(id, null, envelope).push(drafted);
        const claimed = await store.insertNew(tx, [store.toRow(fresh.now, null)]);
        const progress = claimed.has(id) ? fresh : await redraft(tx, actor, id, drafted, envelope);
        await append(tx, progress.events);
        if (!claimed.has(id)) await store.update(tx, [store.toRow(progress.now, null)]);
        return progress.now;
      });
      return present(deps, state);
    },
  };
}
export type Acts = ReturnType<typeof createActs>;

/** What is amended may ask for more, or less, of bill, permits and tax than what was filed. */
async function requireAnew(deps: ClearanceDeps, tx: Tx, progress: Progress): Promise<void> {
  const { id, content } = progress.now;
  const { envelope } = progress;
  const on = localDateOf(envelope.occurredAt);
  const request = { id, content, envelope, on, at: envelope.occurredAt, amends: true };
  const asked = (await askProviders(deps.providers, tx, [request])).get(id);
  if (!asked) return;
  if (asked.problems.length > 0) throw new Refused('invalid', asked.problems.map(toRefusal));
  progress.require(asked);
  await recordPromises(deps.providers, tx, [{ ...request, asked }]);
}

async function redraft(
  tx: Tx,
  actor: Actor,
  id: string,
  drafted: NewEvent,
  envelope: Envelope,
): Promise<Progress> {
  const state = await load(tx, id);
  authorise(actor, permission.file, { organisations: [state.organisation] });
  if (state.status !== 'draft') {
    throw new Refused('conflict', { code: 'clearance.already_filed', seen: id });
  }
  return new Progress(id, state, envelope).push(drafted);
}

/** An amendment changes what is declared, never who declares. */
function ensureSameDeclarant(state: State, content: State['content'], actor: Actor): void {
  const declarant = filedBy(content, actor.organisationId);
  if (declarant !== state.organisation) {
    throw new Refused('invalid', {
      code: 'clearance.declarant_cannot_change',
      path: 'parties.declarant.uscc',
      seen: declarant,
    });
  }
}
