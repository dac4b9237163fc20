import type { z } from 'zod';
import { type EventRecord, placeAt } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { Acknowledgement, AcknowledgementResult } from '../contract.ts';
import { type NewEvent, releaseStream } from '../events.ts';
import * as permission from '../permissions.ts';
import { acknowledge } from '../release.ts';
import * as store from '../store/releases.ts';
import type { ReleasesDeps } from './deps.ts';

type Said = z.output<typeof Acknowledgement>;

/** The terminal knows of a release, or of its revocation. */
export function createAnswers(deps: ReleasesDeps) {
  /** A terminal's acknowledgements, each with its own answer; what was known already is done, and writes nothing. */
  const acknowledgeAs = async (
    actor: Actor,
    said: readonly Said[],
  ): Promise<AcknowledgementResult[]> => {
    const results = await inTransaction(deps.db, async (tx) => {
      const terminal = actor.organisationId;
      const ids = [...new Set(said.map(({ release }) => release))];
      const releases = new Map((await store.lockReleases(tx, { ids })).map((r) => [r.id, r]));
      const news: { id: string; of: Said['of'] }[] = [];
      const answers = said.map(({ release: id, of }): AcknowledgementResult => {
        const outcome = acknowledge(releases.get(id), of, terminal);
        if (typeof outcome === 'object') {
          return { release: id, outcome: 'refused', problems: [{ ...outcome, seen: id }] };
        }
        const isNew = outcome === 'new' && !news.some((each) => each.id === id && each.of === of);
        if (isNew) news.push({ id, of });
        return { release: id, outcome: 'done', problems: [] };
      });
      // One statement writes one row once: the two messages of one release are written in turn.
      for (const of of ['notice', 'revocation'] as const) {
        await keep(
          tx,
          actor,
          releases,
          news.filter((each) => each.of === of),
        );
      }
      return answers;
    });
    deps.changed(results.filter((r) => r.outcome === 'done').map((r) => r.release));
    return results;
  };

  const keep = async (
    tx: Tx,
    actor: Actor,
    releases: Map<string, store.StoredRelease>,
    known: readonly { id: string; of: Said['of'] }[],
  ): Promise<void> => {
    if (known.length === 0) return;
    const under = envelopeOf(deps, actor);
    const at = under.recordedAt;
    const terminal = actor.organisationId;
    const events = known.flatMap(({ id, of }): EventRecord[] => {
      const release = releases.get(id);
      if (!release) return [];
      const { declaration } = release.notice;
      const kind = of === 'notice' ? 'cargo.releaseAcknowledged' : 'cargo.revocationAcknowledged';
      const event: NewEvent = { kind, payload: { release: id, declaration, terminal } };
      releases.set(id, { ...release, version: release.version + 1 });
      return [
        placeAt(releaseStream(id), release.version + 1, event, {
          ...under,
          consignment: declaration,
        }),
      ];
    });
    await store.acknowledge(tx, known, terminal, at);
    await append(tx, events);
    await recordAudit(tx, {
      actor,
      operation: permission.acknowledgeReleases.operation,
      subjects: known.map(({ id }) => releaseStream(id)),
      outcome: 'done',
      detail: { of: known[0]?.of },
      at,
    });
  };

  return {
    acknowledgeAs,

    acknowledge(actor: Actor, said: readonly Said[]): Promise<AcknowledgementResult[]> {
      authorise(actor, permission.acknowledgeReleases);
      return acknowledgeAs(actor, said);
    },

    /** The next key signs from now on. */
    rotateKey(actor: Actor) {
      authorise(actor, permission.rotateReleaseKey);
      return inTransaction(deps.db, async (tx) => {
        const key = await deps.keys.rotate(tx);
        await recordAudit(tx, {
          actor,
          operation: permission.rotateReleaseKey.operation,
          subjects: [`release-key:${key.kid}`],
          outcome: 'done',
          at: deps.clock.now(),
        });
        return key;
      });
    },
  };
}
export type Answers = ReturnType<typeof createAnswers>;

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'cargo.release_not_found', seen: id });
