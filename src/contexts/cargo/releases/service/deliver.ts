import { sha256 } from '../../../../kernel/canonical.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { repeat } from '../../../../platform/repeat.ts';
import { type Actor, authorise, PLATFORM, recordAudit } from '../../../identity/index.ts';
import * as permission from '../permissions.ts';
import { nextAttempt } from '../resending.ts';
import * as releases from '../store/releases.ts';
import * as webhooks from '../store/webhooks.ts';
import { push, whyNotCall } from '../webhook.ts';
import type { Answers } from './answer.ts';
import type { ReleasesDeps } from './deps.ts';

const MESSAGES_MAX = 1_000;

export interface Delivery {
  start(): void;
  /** Ends after the messages under way. */
  stop(): Promise<void>;
  /** Sends everything that is due, once; answers how many messages that were. */
  deliverDue(): Promise<number>;
}

/**
 * Tells terminals what they have still to acknowledge. A terminal that fetches finds each message at
 * the end of its feed again; one with an address is called. Each attempt is counted before it is made.
 */
export function createDelivery(
  deps: ReleasesDeps,
  acknowledgeAs: Answers['acknowledgeAs'],
  timeoutMs?: number,
): Delivery {
  const sendOnce = async (): Promise<number> => {
    const now = deps.clock.now();
    const due = await inTransaction(deps.db, async (tx) => {
      const taken = await releases.takeDue(tx, now, MESSAGES_MAX);
      const attempts = taken.map(({ id, attempts: made }) => ({
        id,
        attempts: made + 1,
        nextAt: nextAttempt(made + 1, now),
      }));
      if (taken.length > 0) await releases.saveAttempts(tx, attempts, now);
      return taken;
    });
    const terminals = [...new Set(due.flatMap(({ terminal }) => terminal ?? []))];
    const urls = await webhooks.findWebhooks(deps.db, terminals);
    await Promise.all(
      [...urls].map(([terminal, url]) =>
        call(
          terminal,
          url,
          due.filter((message) => message.terminal === terminal),
        ),
      ),
    );
    if (due.length > 0) deps.changed(due.map(({ id }) => id));
    return due.length;
  };

  const call = async (
    terminal: string,
    url: string,
    messages: readonly releases.Due[],
  ): Promise<void> => {
    const ids = messages.map(({ id }) => id);
    if (whyNotCall(url, deps.webhookHosts)) {
      return releases.saveOutcome(deps.db, ids, 'hostNotAllowed');
    }
    const { failure, answers } = await push(
      url,
      messages.map(({ id, signed }) => ({ release: id, signed })),
      timeoutMs,
    );
    await releases.saveOutcome(deps.db, ids, failure ?? 'notAcknowledged');
    const acknowledged = messages.filter(({ id, signed }) => {
      const digest = sha256(signed);
      return answers.some((answer) => answer.release === id && answer.digest === digest);
    });
    if (acknowledged.length === 0) return;
    await acknowledgeAs(
      { ...PLATFORM, organisationId: terminal },
      acknowledged.map(({ id, of }) => ({ release: id, of })),
    );
  };

  const { start, stop, now } = repeat(sendOnce, deps.log, 'Release notices were not sent.');
  return { start, stop, deliverDue: now };
}

/** Where a terminal is told. */
export function createWebhooks(deps: ReleasesDeps) {
  const find = async (actor: Actor): Promise<{ url: string | null }> => {
    authorise(actor, permission.acknowledgeReleases);
    const own = actor.organisationId;
    return { url: (await webhooks.findWebhooks(deps.db, [own])).get(own) ?? null };
  };
  return {
    find,
    async save(actor: Actor, url: string | null): Promise<{ url: string | null }> {
      authorise(actor, permission.acknowledgeReleases);
      const refused = url === null ? null : whyNotCall(url, deps.webhookHosts);
      if (refused) throw new Refused('invalid', refused);
      const at = deps.clock.now();
      await inTransaction(deps.db, async (tx) => {
        await webhooks.saveWebhook(tx, actor.organisationId, url, at);
        await recordAudit(tx, {
          actor,
          operation: 'cargo.registerWebhook',
          subjects: [`organisation:${actor.organisationId}`],
          outcome: 'done',
          detail: { host: url === null ? null : new URL(url).host },
          at,
        });
      });
      return { url };
    },
  };
}
