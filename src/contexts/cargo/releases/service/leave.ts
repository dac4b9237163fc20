import { type EventRecord, placeAt } from '../../../../kernel/event.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import type { Paper } from '../../gates/contract.ts';
import type { CrossedPayload } from '../../gates/events.ts';
import { list as listPapers } from '../../gates/store/papers.ts';
import type { ReleaseNotice } from '../contract.ts';
import { releaseStream } from '../events.ts';
import * as store from '../store/releases.ts';
import { hadLeft } from './cases.ts';
import type { ReleasesDeps } from './deps.ts';

/** The kinds `followCrossings` reads. */
export const LEAVING_KINDS = ['cargo.crossed'] as const;

/** What a paper says of the goods it is about: a declaration, or, before there is one, a bill. */
type About = Pick<Paper, 'kind' | 'no' | 'declaration'>;

/** How gates go by releases, and how a release learns that its goods have left. */
export function createLeaving({ clock }: Pick<ReleasesDeps, 'clock'>) {
  return {
    /**
     * Which of these papers' goods may leave now, as `kind:number`. Their releases are held until the
     * transaction ends, so that none is taken back while its goods pass.
     */
    async releasedPapers(tx: Tx, papers: readonly About[]): Promise<ReadonlySet<string>> {
      const notices = await store.holdInForce(tx, subjectsOf(papers), clock.now());
      const released = papers.filter((paper) => notices.some((notice) => covers(notice, paper)));
      return new Set(released.map(({ kind, no }) => `${kind}:${no}`));
    },

    /** For a follower: whatever passed its last gate has left by the releases of its papers. */
    async followCrossings(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      for (const event of events) {
        const { papers: claims, passport, isLast, at } = event.payload as CrossedPayload;
        if (!isLast || claims.length === 0) continue;
        const papers = await listPapers(tx, claims);
        const releases = await store.lockReleases(tx, subjectsOf(papers));
        const leaving = releases.filter(({ notice }) =>
          papers.some((each) => covers(notice, each)),
        );
        const envelope = { ...event.envelope, cause: event.id };
        for (const release of leaving) {
          if (release.leftAt || release.notice.releasedAt > at) continue;
          if (release.revocation) {
            // A later passing was by a later release, or is flagged where it was seen.
            if (at < release.revocation.revokedAt) await hadLeft(tx, release, envelope);
            continue;
          }
          await store.markLeft(tx, release.id, at);
          const { declaration } = release.notice;
          const payload = { release: release.id, declaration, passport };
          const under = { ...envelope, consignment: declaration };
          const used = { kind: 'cargo.releaseUsed', payload } as const;
          await append(tx, [placeAt(releaseStream(release.id), release.version + 1, used, under)]);
        }
      }
    },
  };
}

const subjectsOf = (papers: readonly About[]) => ({
  declarations: papers.flatMap(({ declaration }) => declaration ?? []),
  bills: papers.filter(({ kind }) => kind === 'bill').map(({ no }) => billNumberOf(no)),
});

function covers(notice: ReleaseNotice, { kind, no, declaration }: About): boolean {
  if (declaration !== null) return notice.declaration === declaration;
  return kind === 'bill' && notice.bill === billNumberOf(no);
}
