import type { z } from 'zod';
import { contentHash } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import type { Envelope } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import { againIfTaken, inTransaction, type Tx } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, type Permission } from '../../identity/index.ts';
import * as acts from '../acts.ts';
import { checkContent, toRefusal } from '../check.ts';
import type {
  Amendment,
  Arrival,
  Completion,
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
  Supplement,
  TransitEnd,
  TransitStart,
} from '../contract.ts';
import { DeclarationContent } from '../contract.ts';
import { filedBy, type State } from '../declaration.ts';
import type { NewEvent } from '../events.ts';
import * as modeActs from '../modes/acts.ts';
import type { ClockKind, ClockPause, ClockResumption } from '../modes/contract.ts';
import { clocksRunning, daysFrom } from '../modes/running.ts';
import * as permission from '../permissions.ts';
import { askProviders, recordPromises } from '../provider.ts';
import * as store from '../store.ts';
import { confirmMany, type ManyArrivals } from './arrivals.ts';
import type { ClearanceDeps } from './deps.ts';
import { type Given, load, perform, present } from './perform.ts';
import { gradeOf, Progress } from './progress.ts';

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
    supplement: act<Said<typeof Supplement>>(permission.supplement, acts.supplement),
    /** The notice at the terminal is taken back in the same transaction: goods that left stay released. */
    revoke: (actor: Actor, id: string, said: Said<typeof Hold>) =>
      perform(
        deps,
        actor,
        id,
        permission.revoke,
        said,
        (state) => acts.revoke(state, said),
        async (tx, { envelope }) => {
          const { reason, legalBasis } = said;
          await deps.takeBack?.(tx, { declaration: id, reason, legalBasis, envelope });
        },
      ),
    startTransit: act<Said<typeof TransitStart>>(permission.transit, modeActs.startTransit),
    endTransit: act<Said<typeof TransitEnd>>(permission.transit, modeActs.endTransit),
    pauseClock: act<Said<typeof ClockPause>>(permission.pauseClocks, (state, said) =>
      modeActs.pauseClock(state, said, clockOf(deps, state, said.clock)),
    ),
    resumeClock: act<Said<typeof ClockResumption>>(permission.pauseClocks, (state, said) =>
      modeActs.resumeClock(state, said, clockOf(deps, state, said.clock)),
    ),

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
          const step = state.completedAt ? 'whole' : 'first';
          ensureSound(deps, content, said.occurredAt ?? deps.clock.now(), step);
          return acts.amend(state, { content, reason, contentHash: contentHash(content) });
        },
        async (tx, progress) => {
          await requireAnew(deps, tx, progress);
          const { now } = progress;
          if (now.disposition === null) progress.decide(deps, now.lane);
        },
      );
    },

    /**
     * The second of two steps. Before release, bill, permits, tax and risk are asked again about the
     * whole; afterwards only what it would take is settled, since the goods have gone.
     */
    complete(actor: Actor, id: string, said: Said<typeof Completion>): Promise<Declaration> {
      const { content } = said;
      const at = said.occurredAt ?? deps.clock.now();
      return perform(
        deps,
        actor,
        id,
        permission.complete,
        said,
        (state) => {
          acts.ensure(state, 'complete');
          ensureSameDeclarant(state, content, actor);
          ensureSound(deps, content, at, 'whole');
          const clock = clockOf(deps, state, 'completeDeclaration');
          const daysLate = clock?.dueOn ? daysFrom(clock.dueOn, localDateOf(at)) : 0;
          const hash = contentHash(content);
          return modeActs.complete(state, { content, contentHash: hash, clock, daysLate });
        },
        async (tx, progress) => {
          await requireAnew(deps, tx, progress);
          const { status, lane } = progress.now;
          if (status === 'accepted') progress.decide(deps, lane);
        },
      );
    },

    /** Keeps what has been written so far; a draft binds nobody and is checked only when it is filed. */
    async saveDraft(actor: Actor, id: string, input: unknown): Promise<Declaration> {
      const content = DeclarationContent.parse(input);
      authorise(actor, permission.file, {
        organisations: [filedBy(content, actor.organisationId)],
      });
      const envelope = envelopeOf(deps, actor, { consignment: id });
      const drafted: NewEvent = { kind: 'clearance.drafted', payload: { content } };
      const keep = async (tx: Tx): Promise<State> => {
        const isNew = !(await store.findTaken(tx, [id])).has(id);
        const progress = isNew
          ? new Progress(id, null, envelope).push(drafted)
          : await redraft(tx, actor, id, drafted, envelope);
        const row = store.toRow(progress.now, null);
        await (isNew ? store.insertNew(tx, [row]) : store.update(tx, [row]));
        await append(tx, progress.events);
        return progress.now;
      };
      const state = await againIfTaken(store.ID_KEY, () => inTransaction(deps.db, keep));
      return present(deps, state);
    },
  };
}
export type Acts = ReturnType<typeof createActs>;

/**
 * What is amended may ask for more, or less, of bill, permits and tax than what was filed, under the
 * law of the day it was accepted. What is completed was not declared whole before: it is under the law
 * of the day it is completed, and late if that is late (关税法 第二十条).
 */
async function requireAnew(deps: ClearanceDeps, tx: Tx, progress: Progress): Promise<void> {
  const { id, content, acceptedAt, completedAt } = progress.now;
  const { envelope } = progress;
  const on = localDateOf(completedAt ?? acceptedAt ?? envelope.occurredAt);
  const request = { id, content, envelope, on, at: envelope.occurredAt, amends: true };
  const asked = (await askProviders(deps.providers, tx, [request])).get(id);
  if (!asked) return;
  if (asked.problems.length > 0) throw new Refused('invalid', asked.problems.map(toRefusal));
  if (!progress.now.releasedAt) progress.require(asked);
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

const clockOf = (deps: ClearanceDeps, state: State, kind: ClockKind) =>
  clocksRunning(state, deps.isRestDay).find((clock) => clock.kind === kind) ?? null;

/** Refuses what is not fit to be declared, with every problem at once. */
function ensureSound(
  deps: ClearanceDeps,
  content: State['content'],
  at: string,
  step: 'first' | 'whole',
): void {
  const on = localDateOf(at);
  const grade = gradeOf(deps, content, on);
  const problems = checkContent(content, on, deps.inForce, { grade, step });
  if (problems.length > 0) throw new Refused('invalid', problems.map(toRefusal));
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
