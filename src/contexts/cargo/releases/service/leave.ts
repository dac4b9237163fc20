import { type EventRecord, placeAt } from '../../../../kernel/event.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { billNumberOf } from '../../contract.ts';
import { keyOf } from '../../gates/application.ts';
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
      const subjects = subjectsOf(papers);
      if (isNobody(subjects)) return new Set();
      const notices = await store.holdInForce(tx, subjects, clock.now());
      const released = papers.filter((paper) => notices.some((notice) => covers(notice, paper)));
      return new Set(released.map(keyOf));
    },

    /** For a follower: whatever passed its last gate has left by the releases of its papers. */
    async followCrossings(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      const passings = events
        .map((event) => ({ event, crossed: event.payload as CrossedPayload }))
        .filter(({ crossed }) => crossed.isLast && crossed.papers.length > 0);
      const papers = await listPapers(tx, namedBy(passings.map(({ crossed }) => crossed)));
      const subjects = subjectsOf(papers);
      if (isNobody(subjects)) return;
      const releases = await store.lockReleases(tx, subjects);
      const left = new Set<string>();
      for (const { event, crossed } of passings) {
        const { passport, at } = crossed;
        const own = new Set(crossed.papers.map(keyOf));
        const carried = papers.filter((paper) => own.has(keyOf(paper)));
        const envelope = { ...event.envelope, cause: event.id };
        for (const release of releases) {
          if (!carried.some((paper) => covers(release.notice, paper))) continue;
          if (release.leftAt || left.has(release.id) || release.notice.releasedAt > at) continue;
          if (release.revocation) {
            // A later passing was by a later release, or is flagged where it was seen.
            if (at < release.revocation.revokedAt) await hadLeft(tx, release, envelope);
            continue;
          }
          left.add(release.id);
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

/** The papers of some passings, each once. */
function namedBy(passings: readonly CrossedPayload[]) {
  const papers = passings.flatMap((passing) => passing.papers);
  return [...new Map(papers.map(({ kind, no }) => [keyOf({ kind, no }), { kind, no }])).values()];
}

const subjectsOf = (papers: readonly About[]) => ({
  declarations: papers.flatMap(({ declaration }) => declaration ?? []),
  bills: papers.filter(({ kind }) => kind === 'bill').map(({ no }) => billNumberOf(no)),
});

/** Papers that nothing was declared of have no release to ask for. */
const isNobody = ({ declarations, bills }: ReturnType<typeof subjectsOf>): boolean =>
  declarations.length + bills.length === 0;

function covers(notice: ReleaseNotice, { kind, no, declaration }: About): boolean {
  if (declaration !== null) return notice.declaration === declaration;
  return kind === 'bill' && notice.bill === billNumberOf(no);
}
