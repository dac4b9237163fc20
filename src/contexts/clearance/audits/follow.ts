import type { EventRecord } from '../../../kernel/event.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { ClearanceEvent } from '../events.ts';
import { isDrawn } from '../prohibitions/rule.ts';
import { begin, opened } from './service.ts';
import { findAudited } from './store.ts';

/**
 * The blue lane is released first and looked at afterwards: a share of it opens an audit.
 *
 * @param percent how many of a hundred; @param seed keeps secret which.
 */
export function auditFollowing({ seed, percent }: { seed: string; percent: number }) {
  return {
    name: 'clearance-audits',
    kinds: ['clearance.released'],
    async handle(tx: Tx, events: readonly EventRecord[]): Promise<void> {
      const drawn = (events as readonly ClearanceEvent[]).flatMap((event) => {
        if (event.kind !== 'clearance.released' || event.payload.lane !== 'blue') return [];
        const declaration = event.stream.slice(event.stream.indexOf(':') + 1);
        return isDrawn(seed, 'audit', declaration, percent) ? [{ declaration, event }] : [];
      });
      if (drawn.length === 0) return;
      const found = await findAudited(
        tx,
        drawn.map(({ declaration }) => declaration),
      );
      for (const { declaration, event } of drawn) {
        const about = found.find(({ id }) => id === declaration);
        if (!about) continue;
        const { organisation, office } = about;
        const envelope = { ...event.envelope, actor: 'system', post: null, cause: event.id };
        const opening = { origin: 'lane' as const, organisation, office, reason: 'blueLane' };
        const said = { ...opening, declarations: [declaration], disclosed: [] };
        await begin(tx, opened(`${declaration}-A`, said, envelope));
      }
    },
  };
}
