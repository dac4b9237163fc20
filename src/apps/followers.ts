import type { Bonded } from '../contexts/bonded/index.ts';
import type { Cargo } from '../contexts/cargo/index.ts';
import {
  type Clearance,
  type Controls,
  describeReleased,
  outsideFollowing,
  RELEASING_KINDS,
} from '../contexts/clearance/index.ts';
import type { Messages } from '../contexts/messages/index.ts';
import { createFollower, type Follower, type Following } from '../platform/event-log/follow.ts';
import { createLookout } from '../platform/event-log/lookout.ts';
import { createTail } from '../platform/event-log/tail.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Db } from '../platform/postgres/transaction.ts';
import { createTurn } from '../platform/turn.ts';

/** How contexts answer each other: every follower of the event log there is. */
export function createFollowers(options: {
  readonly db: Db;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clearance: Clearance;
  readonly controls: Controls;
  readonly cargo: Cargo;
  readonly bonded: Bonded;
  readonly messages: Messages;
}) {
  const { clearance, controls, cargo, bonded, messages } = options;
  const followings: readonly Following[] = [
    outsideFollowing(clearance.takeAnswers),
    ...controls.followings(clearance.takeAnswers),
    {
      name: 'cargo-release-notices',
      kinds: RELEASING_KINDS,
      handle: async (tx, events) => {
        await cargo.releases.issue(tx, await describeReleased(tx, events));
      },
    },
    ...cargo.followings,
    ...bonded.followings,
    ...messages.followings,
  ];
  const readAfter = createTail([...new Set(followings.flatMap(({ kinds }) => kinds))]);
  // All at once, a dozen transactions would wake together and keep filings from the processor.
  const inTurn = createTurn();
  const followers: Follower[] = followings.map((following) =>
    createFollower({ ...options, ...following, readAfter, inTurn }),
  );
  const lookout = createLookout({ ...options, followers });
  return {
    start: () => {
      for (const follower of followers) follower.start();
      lookout.start();
    },
    stop: async () => {
      await lookout.stop();
      await Promise.all(followers.map((follower) => follower.stop()));
    },
    /** After a commit: what was written may be for one of them. */
    wake: lookout.wake,
    /** Resolves when nothing recorded so far is unanswered, however many follow each other. */
    async catchUp(): Promise<void> {
      for (let round = 0; round < 3; round += 1) {
        for (const follower of followers) await follower.catchUp();
      }
    },
  };
}
