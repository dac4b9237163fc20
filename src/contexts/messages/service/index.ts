import type { Refusal } from '../../../kernel/refusal.ts';
import type { Repeated } from '../../../platform/repeat.ts';
import type { Actor } from '../../identity/index.ts';
import type { Receipt, Trial, TrialAsked } from '../contract.ts';
import { type Placed, watchFolder } from '../folder/watch.ts';
import { createInbox } from '../inbox/service.ts';
import { createConnections } from '../signing/connections.ts';
import { createPortKeys } from '../signing/port-keys.ts';
import * as store from '../store.ts';
import { type Answers, createAnswers } from './answers.ts';
import type { MessagesDeps, MessagesOptions } from './deps.ts';
import { passportNews } from './passport-news.ts';
import { createReader } from './read-apart.ts';
import { receive, type Sent } from './receive.ts';
import { tryMessage } from './trial.ts';

/** Messages of the trade: taken in, tried, filed as forms are, answered, and found again. */
export function createMessages({ clearance, cargo, bonded, ...options }: MessagesOptions) {
  const reader = createReader();
  const portKeys = createPortKeys(options);
  const deps: MessagesDeps = {
    ...options,
    connections: createConnections({ ...options, portKeys }),
    portKeys,
    services: {
      declarations: clearance.filings,
      tryDeclaration: clearance.tryOut,
      manifests: cargo.manifests,
      lists: bonded.lists,
      passports: cargo.gates.applications,
      zones: cargo.zones,
    },
    read: reader.read,
  };
  const answers = createAnswers(deps);
  const watch = deps.folder === null ? null : watched(deps, deps.folder, answers);
  const tryOut = (actor: Actor, bytes: Buffer, asked: TrialAsked): Promise<Trial> =>
    tryMessage(deps, actor, bytes, asked);
  return {
    receive: (actor: Actor, bytes: Buffer, sent: Sent): Promise<Receipt> =>
      receive(deps, actor, bytes, sent),
    tryOut,
    answers,
    connections: deps.connections,
    inbox: createInbox({ ...deps, tryOut }),
    /** The folder partners put files into; `null` where there is none. */
    watch,
    /** What the folder waits to hear of; nothing without one. */
    followings: watch === null ? [] : [passportNews],
    start: (): void => watch?.start(),
    stop: async (): Promise<void> => {
      await watch?.stop();
      await reader.end();
    },
  };
}
export type Messages = ReturnType<typeof createMessages>;

function watched(deps: MessagesDeps, folder: string, answers: Answers): Repeated {
  const { db, clock, log, connections, portKeys, say } = deps;
  const keptAs = async (id: string): Promise<store.Kept> => {
    const kept = await store.findMessage(db, id);
    if (!kept) throw new Error(`Message ${id} was received and is not there.`);
    return kept;
  };
  return watchFolder({
    ...{ folder, log, actorOf: deps.actorOf },
    folders: () => connections.folders(),
    receive: (actor, bytes, signature) => receive(deps, actor, bytes, { dryRun: false, signature }),
    answerTo: async ({ id }) => answers.signed(await keptAs(id)),
    refusalAnswer: async (partner, refusals): Promise<Placed> => {
      const { answersSignedWith } = await connections.terms(partner);
      const text = `${JSON.stringify({ refusals: refusals.map(worded(say)) }, null, 2)}\n`;
      const signature = await portKeys.sign(answersSignedWith, Buffer.from(text));
      return { mediaType: 'application/json', text, signature };
    },
    waiting: async (partners, max) =>
      (await store.listWaiting(db, partners, max)).map(({ partner, ...resent }) => ({
        partner,
        name: `${resent.message}.${resent.id}`,
        answer: async () => answers.signed(await keptAs(resent.message)),
        sent: () => store.markSent(db, resent, clock.now()),
      })),
  });
}

const worded = (say: MessagesDeps['say']) => (refusal: Refusal) => ({
  ...refusal,
  text: say(refusal),
});
