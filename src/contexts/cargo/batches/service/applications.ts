import type { z } from 'zod';
import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { decimal, isZero, toText } from '../../../../kernel/decimal.ts';
import { type Envelope, place } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { freeDeposit, takeDeposit } from '../../../duty/index.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import {
  apply,
  type BatchAct,
  type BatchState,
  checkChange,
  checkContent,
  fold,
  isAsker,
  objection,
  ownerOf,
} from '../application.ts';
import type {
  Batch,
  BatchAnswer,
  BatchApplication,
  BatchChange,
  BatchContent,
  BatchNote,
} from '../contract.ts';
import { usedOf } from '../drawing.ts';
import { type BatchEvent, batchStream, type NewBatchEvent } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/applications.ts';
import { openMonths } from '../store/movements.ts';
import { hasOpen } from '../store/stock-bills.ts';
import type { BatchDeps } from './deps.ts';

type Said<S extends z.ZodType> = z.output<S>;

/** Applying, changing, answering and closing: each act is one transaction under the application's lock. */
export function createApplications(deps: BatchDeps) {
  return {
    /** The same id with the same content is the same application; with other content it is refused. */
    async apply(actor: Actor, said: Said<typeof BatchApplication>): Promise<Batch> {
      const { id, content, occurredAt } = said;
      const owner = ownerOf(content, actor.organisationId);
      authorise(actor, permission.applyForBatches, { organisations: [owner] });
      const onBehalfOf = owner === actor.organisationId ? null : owner;
      const envelope = envelopeOf(deps, actor, { occurredAt, onBehalfOf, consignment: id });
      requireSound(deps, content, envelope);
      const hash = contentHash(content);
      return inTransaction(deps.db, async (tx) => {
        const events = place(
          batchStream(id),
          0,
          [{ kind: 'cargo.batchApplied', payload: { content, contentHash: hash } }],
          envelope,
        ) as BatchEvent[];
        const state = foldKnown(events);
        if (!(await store.insert(tx, state))) return again(await load(tx, id), hash);
        await append(tx, events);
        await audit(tx, actor, permission.applyForBatches, state, envelope, events);
        return shown(state);
      });
    },

    /** Asks for a change; what is in force stays so until an officer approves. */
    change: (actor: Actor, id: string, said: Said<typeof BatchChange>): Promise<Batch> =>
      perform(deps, actor, id, permission.applyForBatches, 'change', said, async (work) => {
        requireSound(deps, said.content, work.envelope);
        await requireKept(work, said.content);
        const { content, reason } = said;
        const hash = contentHash(content);
        work.push({
          kind: 'cargo.batchChangeAsked',
          payload: { content, contentHash: hash, reason },
        });
      }),

    /** Approves or rejects, from another account; the deposit is taken with the approval, or nothing is. */
    answer: (actor: Actor, id: string, said: Said<typeof BatchAnswer>): Promise<Batch> =>
      perform(deps, actor, id, permission.answerBatches, 'answer', said, async (work) => {
        if (isAsker(actor.personId, work.state))
          throw new Refused('forbidden', { code: 'cargo.batch_another_account_answers' });
        await answer(deps, work, said);
      }),

    /** Ends it: nothing is on its way, nothing is undeclared, and the deposit is given back. */
    close: (actor: Actor, id: string, said: Said<typeof BatchNote>): Promise<Batch> =>
      perform(deps, actor, id, permission.closeBatches, 'close', said, (work) =>
        close(work, said.note),
      ),
  };
}

/** An application in one transaction: locked, with the events that will be written. */
export interface Work {
  readonly tx: Tx;
  readonly envelope: Envelope;
  state: BatchState;
  readonly events: BatchEvent[];
  push(event: NewBatchEvent): void;
}

function createWork(tx: Tx, state: BatchState, envelope: Envelope): Work {
  const work: Work = {
    tx,
    envelope,
    state,
    events: [],
    push(event) {
      const placed = place(batchStream(work.state.id), work.state.version, [event], envelope);
      for (const each of placed as BatchEvent[]) {
        work.state = apply(work.state, each);
        work.events.push(each);
      }
    },
  };
  return work;
}

async function perform(
  deps: BatchDeps,
  actor: Actor,
  id: string,
  needed: Permission,
  act: BatchAct,
  given: { occurredAt?: string | undefined },
  decide: (work: Work) => Promise<void>,
): Promise<Batch> {
  return inTransaction(deps.db, async (tx) => {
    await store.lock(tx, [id]);
    const state = await load(tx, id);
    authorise(actor, needed, concerns(state));
    const against = objection(state, act);
    if (against) throw new Refused('conflict', against);
    const envelope = envelopeOf(deps, actor, { ...given, consignment: id });
    const work = createWork(tx, state, envelope);
    await decide(work);
    await keep(work);
    await audit(tx, actor, needed, work.state, envelope, work.events);
    return shown(work.state);
  });
}

/** Writes events and row; the lines too when what is in force has changed. */
export async function keep(work: Work): Promise<void> {
  const { tx, events, state } = work;
  await append(tx, events);
  await store.save(tx, state);
  const changesLines = events.some(
    ({ kind }) => kind === 'cargo.batchApproved' || kind === 'cargo.batchChanged',
  );
  if (changesLines) await store.saveLines(tx, state);
}

/** Opens an application for an act of the platform; its row is locked by the caller. */
export async function openWork(tx: Tx, id: string, envelope: Envelope): Promise<Work> {
  return createWork(tx, await load(tx, id), envelope);
}

async function answer(deps: BatchDeps, work: Work, said: Said<typeof BatchAnswer>): Promise<void> {
  const { approve, note } = said;
  const { state } = work;
  const isFirst = state.status === 'applied';
  if (!approve) {
    const kind = isFirst ? 'cargo.batchRejected' : 'cargo.batchChangeRejected';
    return work.push({ kind, payload: { note } });
  }
  const content = state.change?.content ?? state.content;
  requireSound(deps, content, work.envelope);
  if (isFirst) {
    const depositId = await hold(work, content);
    const deposit = toText(decimal(content.deposit));
    return work.push({ kind: 'cargo.batchApproved', payload: { note, deposit, depositId } });
  }
  await requireKept(work, content);
  const deposit = toText(decimal(content.deposit));
  const isSame = deposit === state.deposit;
  if (!isSame) await giveBack(work, note);
  const depositId = isSame ? state.depositId : await hold(work, content);
  work.push({ kind: 'cargo.batchChanged', payload: { note, content, deposit, depositId } });
}

/** Holds the deposit; refused, and with it the approval, when the payer's guarantees have no room. */
async function hold({ tx, state, envelope }: Work, content: BatchContent): Promise<string | null> {
  const amount = toText(decimal(content.deposit));
  if (isZero(decimal(amount))) return null;
  const id = `${state.id}-${state.version}`;
  const { organisation: payer } = state;
  const wanted = { id, payer, office: content.office, amount, secures: batchStream(state.id) };
  await takeDeposit(tx, wanted, envelope);
  return id;
}

async function giveBack(work: Work, note: string): Promise<void> {
  const { depositId } = work.state;
  if (depositId) await freeDeposit(work.tx, depositId, note, work.envelope);
}

/** Ends an application that has nothing left to move or to declare. */
export async function close(work: Work, note: string): Promise<void> {
  const against = await closingObjection(work);
  if (against) throw new Refused('conflict', against);
  await giveBack(work, note);
  work.push({ kind: 'cargo.batchClosed', payload: { note } });
}

/** Nothing may be on its way, and nothing that crossed may be without an accepted declaration. */
export async function closingObjection({ tx, state }: Work): Promise<Refusal | null> {
  if (await hasOpen(tx, state.id)) return { code: 'cargo.batch_bills_open' };
  const [open] = await openMonths(tx, [state.id]);
  if (!open) return null;
  const { month, movements } = open;
  return { code: 'cargo.batch_undeclared_left', params: { month, movements } };
}

/** What is in use stays possible, and stays covered. */
async function requireKept({ tx, state }: Work, content: BatchContent): Promise<void> {
  const lines = (await store.linesOf(tx, [state.id])).get(state.id) ?? new Map();
  const uses = [...lines.values()].map((line) => ({
    lineNo: line.lineNo,
    used: toText(usedOf(line)),
  }));
  const problems = checkChange(state.content, content, uses);
  if (problems.length > 0) throw new Refused('invalid', problems);
}

function requireSound(deps: BatchDeps, content: BatchContent, { occurredAt }: Envelope): void {
  const problems = checkContent(content, localDateOf(occurredAt), deps.inForce);
  if (problems.length > 0) throw new Refused('invalid', problems);
}

export async function load(tx: Tx, id: string): Promise<BatchState> {
  const state = fold((await readStream(tx, batchStream(id))) as BatchEvent[]);
  if (!state) throw notFound(id);
  return state;
}

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'cargo.batch_not_found', seen: id });

/** Whom an application concerns. */
export const concerns = ({ organisation, content }: Pick<Batch, 'organisation' | 'content'>) => ({
  organisations: [organisation, content.head.domestic.uscc],
  offices: [content.office],
});

function again(state: BatchState, hash: string): Batch {
  if (state.contentHash === hash) return shown(state);
  throw new Refused('conflict', {
    code: 'cargo.batch_id_has_other_content',
    path: 'id',
    params: { filed: state.contentHash.slice(0, 12), now: hash.slice(0, 12) },
  });
}

function foldKnown(events: readonly BatchEvent[]): BatchState {
  const state = fold(events);
  if (!state) throw new Error('An application begins with what was applied for.');
  return state;
}

export function shown(state: BatchState): Batch {
  const { contentHash: _h, depositId: _d, warnedMonths: _w, ...batch } = state;
  return batch;
}

async function audit(
  tx: Tx,
  actor: Actor,
  needed: Permission,
  state: BatchState,
  envelope: Envelope,
  events: readonly BatchEvent[],
): Promise<void> {
  await recordAudit(tx, {
    actor,
    operation: needed.operation,
    subjects: [batchStream(state.id)],
    outcome: 'done',
    detail: { events: events.map((event) => event.kind) },
    at: envelope.recordedAt,
  });
}
