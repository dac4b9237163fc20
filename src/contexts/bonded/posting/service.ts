import type { z } from 'zod';
import { contentHash } from '../../../kernel/canonical.ts';
import { type Envelope, place } from '../../../kernel/event.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { append, readStream } from '../../../platform/event-log/event-log.ts';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  isPermitted,
  type Permission,
  recordAudit,
} from '../../identity/index.ts';
import type { Books } from '../books/service.ts';
import { type ActDeps, ledgerFor, requireOpen } from '../ledgers/service/act.ts';
import { findParts } from '../ledgers/store/parts.ts';
import { type Quantity, quantity, rate, times } from '../quantity.ts';
import { perform } from '../rehearsal.ts';
import { advance } from './advance.ts';
import { problemsOf, requireBalance } from './check.ts';
import type {
  BondedList,
  ListAct,
  ListAnswer,
  ListDetail,
  ListFiling,
  ListPage,
  ListSearch,
} from './contract.ts';
import { type ListEvent, listStream, type NewListEvent } from './events.ts';
import { matchOtherSide, meetKnown } from './known.ts';
import { fold, type ListState, objection } from './list.ts';
import * as permission from './permissions.ts';
import { receiptsOf } from './received.ts';
import * as store from './store/lists.ts';
import * as receipts from './store/receipts.ts';

export interface PostingDeps extends ActDeps {
  readonly books: Pick<Books, 'enter' | 'part'>;
}

const concerns = ({ enterprise, office }: Pick<ListState, 'enterprise' | 'office'>) => ({
  organisations: [enterprise],
  offices: [office],
});

function shown(state: ListState): BondedList {
  const { enterprise, office, contentHash: _, postings, backs, isGoingBack, ...list } = state;
  return list;
}

/** Filing lists, answering them and reading them; what posts them comes by followers. */
export function createLists(deps: PostingDeps) {
  const { db } = deps;
  return {
    /** The same number with the same content is the same list; with other content it is refused. */
    async file(actor: Actor, ledger: string, said: ListFiling): Promise<ListDetail> {
      const head = await ledgerFor(db, actor, ledger, permission.fileList);
      requireOpen(head);
      const { list: content, dryRun } = said;
      const hash = contentHash({ ledger, content });
      const names = content.lines.map(({ part }) => part);
      const parts = await findParts(db, ledger, names);
      const reversed = content.reverses === null ? null : await store.find(db, content.reverses);
      const problems = problemsOf(content, parts, reversed, ledger);
      if (problems.length > 0) throw new Refused('invalid', problems);
      const quantities = content.lines.map((line): Quantity => {
        const whole = quantity(line.quantity);
        const isOwn = line.conversion === undefined || line.unit === parts.get(line.part)?.unit;
        return isOwn ? whole : times(whole, rate(line.conversion ?? '1'));
      });
      if (content.mode === 'checkOnly')
        await requireBalance(content, quantities, (part) => deps.books.part(actor, ledger, part));
      const state = await perform(db, dryRun, async (tx) => {
        await store.inTurn(tx, [content.no, content.otherSide ?? content.no]);
        const known = await store.find(tx, content.no);
        if (known) return again(known, hash);
        const envelope = envelopeOf(deps, actor, { consignment: ledger });
        const { enterprise, office } = head;
        const payload = { ledger, enterprise, office, content, contentHash: hash };
        const filed: NewListEvent = { kind: 'bonded.listFiled', payload };
        const events = place(listStream(content.no), 0, [filed], envelope) as ListEvent[];
        const state = fold(events) as ListState;
        await append(tx, events);
        await store.insert(tx, state);
        await store.insertLines(tx, state, quantities);
        await audit(tx, actor, permission.fileList, envelope, content.no);
        const met = await advance(tx, state, await meetKnown(tx, state), envelope);
        return matchOtherSide(tx, met, envelope);
      });
      return detailOf(db, actor, state);
    },

    /** An officer accepts or rejects a list that no declaration covers. */
    answer: (
      actor: Actor,
      ledger: string,
      no: string,
      { accept, note }: z.output<typeof ListAnswer>,
    ): Promise<ListDetail> =>
      act(deps, actor, { ledger, no, act: 'answer' }, permission.answerList, [
        { kind: accept ? 'bonded.listAccepted' : 'bonded.listRejected', payload: { note } },
      ]),

    withdraw: (actor: Actor, ledger: string, no: string, note: string): Promise<ListDetail> =>
      act(deps, actor, { ledger, no, act: 'withdraw' }, permission.fileList, [
        { kind: 'bonded.listWithdrawn', payload: { note } },
      ]),

    async search(actor: Actor, ledger: string, wanted: ListSearch): Promise<ListPage> {
      await ledgerFor(db, actor, ledger, permission.readLists);
      const { rows, next } = await store.search(db, ledger, wanted);
      return { rows: rows.map(shown), next };
    },

    async detail(actor: Actor, ledger: string, no: string): Promise<ListDetail> {
      const state = known(await store.find(db, no), ledger, no);
      authorise(actor, permission.readLists, concerns(state));
      return detailOf(db, actor, state);
    },
  };
}
export type Lists = ReturnType<typeof createLists>;

async function act(
  deps: PostingDeps,
  actor: Actor,
  of: { readonly ledger: string; readonly no: string; readonly act: ListAct },
  needed: Permission,
  decided: readonly NewListEvent[],
): Promise<ListDetail> {
  const state = await perform(deps.db, false, async (tx) => {
    const found = await store.find(tx, of.no);
    const sides = [of.no, found?.content.otherSide ?? of.no];
    await store.inTurn(tx, sides);
    const held = (await store.lock(tx, sides)).find(({ no }) => no === of.no);
    const before = known(held ?? null, of.ledger, of.no);
    authorise(actor, needed, concerns(before));
    const against = objection(before, of.act);
    if (against) throw new Refused('conflict', against);
    const envelope = envelopeOf(deps, actor, { consignment: of.ledger });
    const now = await advance(tx, before, decided, envelope);
    await audit(tx, actor, needed, envelope, of.no);
    return matchOtherSide(tx, now, envelope);
  });
  return detailOf(deps.db, actor, state);
}

function known(state: ListState | null, ledger: string, no: string): ListState {
  if (state?.ledger === ledger) return state;
  throw new Refused('not_found', { code: 'bonded.list_not_found', seen: no });
}

function again(state: ListState, hash: string): ListState {
  if (state.contentHash === hash) return state;
  throw new Refused('conflict', {
    ...{ code: 'bonded.list_has_other_content', path: 'list.no', seen: state.no },
  });
}

const audit = (tx: Tx, actor: Actor, { operation }: Permission, envelope: Envelope, no: string) =>
  recordAudit(tx, {
    ...{ actor, operation, subjects: [listStream(no)], outcome: 'done' },
    ...{ at: envelope.recordedAt, detail: {} },
  });

async function detailOf(db: Db, actor: Actor, state: ListState): Promise<ListDetail> {
  const events = (await readStream(db, listStream(state.no))) as ListEvent[];
  const { ledger, no, content } = state;
  const names = content.lines.map(({ part }) => part);
  const [parts, moved, confirmed] = [
    await findParts(db, ledger, names),
    await receipts.movedUnder(db, ledger, no),
    await receipts.confirmedOf(db, ledger, no),
  ];
  const permissions = { answer: permission.answerList, withdraw: permission.fileList };
  return {
    list: shown(state),
    receipts: receiptsOf(content, parts, moved, confirmed),
    timeline: events.map(({ id: event, seq, kind, envelope, payload }) => ({
      ...{ id: event, seq, kind, payload: { ...payload } },
      ...{ occurredAt: envelope.occurredAt, recordedAt: envelope.recordedAt },
      ...{ actor: envelope.actor, organisation: envelope.organisation },
      legalBasis: envelope.legalBasis,
    })),
    allowed: (['answer', 'withdraw'] as const).filter(
      (each) =>
        isPermitted(actor, permissions[each], concerns(state)) && objection(state, each) === null,
    ),
  };
}
