import type { z } from 'zod';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import { billNumberOf } from '../../contract.ts';
import * as acts from '../acts.ts';
import type { State } from '../bill.ts';
import { amendTree, deleteTree, housesIn, type Tree } from '../changes.ts';
import { checkContent, isError } from '../check.ts';
import {
  type Amendment,
  type Answer,
  BillContent,
  type DoNotLoadOrder,
  type Reason,
  type Split,
} from '../contract.ts';
import { type NewBillEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/bills.ts';
import { closeStories, openStories, Story } from '../story.ts';
import { concerns, type ManifestDeps, notFound } from './deps.ts';

type Said<S extends z.ZodType> = z.output<S>;
interface Given {
  readonly occurredAt?: string | undefined;
}

/** What is done to bills, each act with its own permission. */
export function createActs(deps: ManifestDeps) {
  /**
   * The one shape of every act: hold the bill with its houses, authorise, decide, settle the claims,
   * then events, rows, cases and audit in one transaction. Two who act at once are put in order.
   */
  async function perform(
    actor: Actor,
    given: string,
    needed: Permission,
    said: Given,
    decide: (tree: Tree, envelope: Envelope) => void,
    coming: readonly string[] = [],
  ): Promise<State> {
    const number = billNumberOf(given);
    const envelope = envelopeOf(deps, actor, said);
    const { state, changed } = await inTransaction(deps.db, async (tx) => {
      const tree = await holdTree(tx, number, coming);
      const { now } = tree.master;
      if (now.version === 0) throw notFound(number);
      authorise(actor, needed, concerns(now, store.partiesOf(now)));
      decide(tree, envelope);
      const stories = [tree.master, ...tree.houses.values()];
      for (const story of stories) if (story.events.length > 0) story.settle(envelope);
      await closeStories(tx, stories, envelope);
      await recordAudit(tx, {
        actor,
        operation: needed.operation,
        subjects: [streamOf(number)],
        outcome: 'done',
        detail: { events: stories.flatMap(({ events }) => events.map(({ kind }) => kind)) },
        at: envelope.recordedAt,
      });
      const told = stories.filter(({ events }) => events.length > 0);
      return { state: tree.master.now, changed: told.map((story) => story.now.number) };
    });
    deps.committed(changed);
    return state;
  }

  /** A change before arrival is made at once; afterwards it is proposed, and an officer answers. */
  function change(
    actor: Actor,
    number: string,
    said: Given & { readonly reason: string },
    contentOf: (state: State) => BillContent | null,
    coming: readonly string[] = [],
  ): Promise<State> {
    const decide = (tree: Tree, envelope: Envelope): void => {
      const { now } = tree.master;
      acts.ensureChangeable(now);
      const content = contentOf(now);
      if (content) ensureSound(deps, content, now, envelope);
      const isPlain = acts.mayChangeAtOnce([now, ...statesOf(tree)]);
      // Whatever would be refused is refused now, not when an officer comes to it.
      const trial = isPlain ? tree : copyOf(tree);
      if (content) amendTree(trial, content, said.reason, envelope);
      else deleteTree(trial, said.reason, envelope);
      if (storiesOf(trial).every(({ events }) => events.length === 0)) {
        throw new Refused('conflict', { code: 'cargo.nothing_amended', seen: now.number });
      }
      if (isPlain) return;
      const payload = { content, reason: said.reason };
      tree.master.push(envelope, { kind: 'cargo.changeProposed', payload });
    };
    return perform(actor, number, permission.amendBill, said, decide, coming);
  }

  return {
    /** Puts another content in place of the bill's, its houses included. */
    amend(actor: Actor, number: string, said: Said<typeof Amendment>): Promise<State> {
      const coming = housesIn(billNumberOf(number), said.content);
      return change(actor, number, said, () => said.content, coming);
    },

    /** Divides a bill into house bills; each takes over from it what it does not say itself. */
    split(actor: Actor, number: string, said: Said<typeof Split>): Promise<State> {
      const houses = said.houses.map((house) => ({ ...house }));
      const coming = housesIn(billNumberOf(number), BillContent.parse({ houses }));
      return change(actor, number, said, (state) => acts.splitContent(state, houses), coming);
    },

    delete: (actor: Actor, number: string, said: Said<typeof Reason>): Promise<State> =>
      change(actor, number, said, () => null),

    /** An officer answers a change that was proposed after the goods arrived. */
    answerChange(actor: Actor, number: string, said: Said<typeof Answer>): Promise<State> {
      const decide = ({ master, houses }: Tree, envelope: Envelope): void => {
        const proposed = acts.ensureMayAnswer(master.now.change, actor, 'cargo.no_change_proposed');
        const kind = said.approve ? 'cargo.changeApproved' : 'cargo.changeRejected';
        master.push(envelope, { kind, payload: { note: said.note } });
        if (!said.approve) return;
        const { content, reason } = proposed;
        if (content) amendTree({ master, houses }, content, reason, envelope);
        else deleteTree({ master, houses }, reason, envelope);
      };
      return perform(actor, number, permission.answerChange, {}, decide);
    },

    /** An order not to load holds for the houses of a consolidation too. */
    forbidLoading(actor: Actor, number: string, said: Said<typeof DoNotLoadOrder>): Promise<State> {
      const decide = (tree: Tree, envelope: Envelope): void => {
        acts.ensureForbiddable(tree.master.now);
        const { reason, legalBasis } = said;
        const order = { reason, legalBasis };
        const isFree = ({ now }: Story): boolean => !now.doNotLoad && now.status === 'manifested';
        pushAll(storiesOf(tree).filter(isFree), envelope, {
          ...{ kind: 'cargo.doNotLoad', legalBasis, payload: order },
        });
      };
      return perform(actor, number, permission.forbidLoading, {}, decide);
    },

    proposeLift(actor: Actor, number: string, said: Said<typeof Reason>): Promise<State> {
      const decide = ({ master }: Tree, envelope: Envelope): void => {
        acts.ensureLiftable(master.now);
        const payload = { reason: said.reason };
        master.push(envelope, { kind: 'cargo.liftProposed', payload });
      };
      return perform(actor, number, permission.allowLoading, said, decide);
    },

    /** Four eyes: another person, in another post, than the one who proposed to lift the order. */
    answerLift(actor: Actor, number: string, said: Said<typeof Answer>): Promise<State> {
      const decide = (tree: Tree, envelope: Envelope): void => {
        const { doNotLoad } = tree.master.now;
        acts.ensureMayAnswer(doNotLoad?.lift ?? null, actor, 'cargo.no_lift_proposed');
        const payload = { note: said.note };
        if (!said.approve) {
          tree.master.push(envelope, { kind: 'cargo.liftRejected', payload });
          return;
        }
        const held = storiesOf(tree).filter(({ now }) => now.doNotLoad);
        pushAll(held, envelope, { kind: 'cargo.doNotLoadLifted', payload });
      };
      return perform(actor, number, permission.allowLoading, {}, decide);
    },
  };
}

/**
 * A bill with its houses, and with those that are to come, all held. A house can come between the
 * look and the hold; then what is held lacks it, and the look is repeated.
 */
async function holdTree(tx: Tx, number: string, coming: readonly string[]): Promise<Tree> {
  const known = await store.housesOf(tx, [number]);
  const before = await store.exists(tx, number);
  if (!before) throw notFound(number);
  const stories = await openStories(tx, [number, ...known]);
  const master = stories.get(number);
  if (!master) throw notFound(number);
  // An approved change brings the houses that were proposed with it.
  const proposed = master.now.change?.content;
  const others = [
    ...master.now.houses,
    ...(proposed ? housesIn(number, proposed) : []),
    ...coming,
  ].filter((house) => !stories.has(house));
  for (const [house, story] of await openStories(tx, others)) stories.set(house, story);
  stories.delete(number);
  return { master, houses: stories };
}

const storiesOf = ({ master, houses }: Tree): Story[] => [master, ...houses.values()];
const statesOf = ({ houses }: Tree): State[] => [...houses.values()].map(({ now }) => now);

const copyOf = ({ master, houses }: Tree): Tree => ({
  master: new Story(master.now),
  houses: new Map([...houses].map(([number, { now }]) => [number, new Story(now)])),
});

function pushAll(stories: readonly Story[], envelope: Envelope, event: NewBillEvent): void {
  for (const story of stories) story.push(envelope, event);
}

/** An amendment is held to what a manifest is held to, and to the bill it amends. */
function ensureSound(
  deps: ManifestDeps,
  content: BillContent,
  { number }: State,
  envelope: Envelope,
): void {
  if (billNumberOf(content.number ?? '') !== number) {
    throw new Refused('invalid', {
      code: 'cargo.bill_number_cannot_change',
      path: 'content.number',
      seen: content.number ?? '',
    });
  }
  const problems = checkContent(content, localDateOf(envelope.occurredAt), deps.inForce);
  const errors = problems.filter(isError);
  if (errors.length === 0) return;
  throw new Refused(
    'invalid',
    errors.map(({ code, path = '', seen = '', params = {} }) => ({
      ...{ code, path: `content.${path}`, seen, params },
    })),
  );
}
