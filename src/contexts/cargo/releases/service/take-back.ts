import { type Envelope, type EventRecord, placeAt } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { type RevocationNotice, SIGNED_TYPES } from '../contract.ts';
import { type NewEvent, releaseStream } from '../events.ts';
import { signJws } from '../jws.ts';
import { whyNotRevoke } from '../release.ts';
import * as store from '../store/releases.ts';
import { hadLeft } from './cases.ts';
import { byEvent, type ReleasesDeps } from './deps.ts';

/** The kinds `followRevocations` reads. */
export const REVOKING_KINDS = ['clearance.releaseRevoked'] as const;

export interface TakenBack {
  readonly declaration: string;
  readonly reason: string;
  readonly legalBasis: string;
  readonly envelope: Envelope;
}

/** Taking a release back: the officer's act is clearance's, and its notice is taken back with it. */
export function createTakingBack({ clock, keys }: Pick<ReleasesDeps, 'clock' | 'keys'>) {
  /** Signs and writes the revocation of a release whose lock the caller holds. */
  const revoke = async (
    tx: Tx,
    release: store.StoredRelease,
    { reason, legalBasis, envelope }: Omit<TakenBack, 'declaration'>,
  ): Promise<void> => {
    const key = await keys.signing(tx);
    const { declaration } = release.notice;
    const revokedAt = clock.now();
    const revocation: RevocationNotice = {
      ...{ release: release.id, declaration, reason, legalBasis, revokedAt },
    };
    await store.revoke(tx, revocation, signJws(SIGNED_TYPES.revocation, revocation, key));
    const event: NewEvent = { kind: 'cargo.releaseRevoked', payload: { revocation, kid: key.kid } };
    const under = { ...envelope, consignment: declaration, legalBasis };
    await append(tx, [placeAt(releaseStream(release.id), release.version + 1, event, under)]);
  };

  return {
    /**
     * In the transaction of the officer's act: takes back every notice of a declaration, or refuses,
     * and the act with it, when goods have left by one.
     */
    async takeBack(tx: Tx, taken: TakenBack): Promise<void> {
      const releases = await store.lockReleases(tx, { declarations: [taken.declaration] });
      for (const release of releases) {
        const refusal = whyNotRevoke(release, clock.now());
        if (refusal?.code === 'cargo.release_goods_left') throw new Refused('conflict', refusal);
        if (!refusal) await revoke(tx, release, taken);
      }
    },

    /**
     * For a follower: a notice may have been issued in the very moment its release was taken back.
     * Notices of a later release stay. What has left meanwhile becomes a case.
     */
    async followRevocations(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      for (const event of events) {
        const declaration = event.stream.slice('declaration:'.length);
        const { reason, legalBasis } = event.payload as Pick<TakenBack, 'reason' | 'legalBasis'>;
        const envelope = byEvent(event, clock.now());
        for (const release of await store.lockReleases(tx, { declarations: [declaration] })) {
          if (seqOf(release.cause) > event.seq) continue;
          const refusal = whyNotRevoke(release, clock.now());
          if (!refusal) await revoke(tx, release, { reason, legalBasis, envelope });
          if (refusal?.code === 'cargo.release_goods_left') await hadLeft(tx, release, envelope);
        }
      }
    },
  };
}

/** Where in its stream an event stands: its id ends with it. */
const seqOf = (eventId: string): number => Number(eventId.slice(eventId.lastIndexOf('@') + 1));
