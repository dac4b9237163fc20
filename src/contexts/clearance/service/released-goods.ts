import type { EventRecord } from '../../../kernel/event.ts';
import { readStreams } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { findCarriedGoods, type ReleasedGoods } from '../../cargo/index.ts';
import { fold } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';

/** The kinds of event that let goods go: released, or conditionally removed. */
export const RELEASING_KINDS = ['clearance.released', 'clearance.removalPermitted'] as const;

/** What may go by each releasing event, as the notice to the terminal says it. */
export async function describeReleased(
  tx: Tx,
  events: readonly EventRecord[],
): Promise<ReleasedGoods[]> {
  const ids = events.map(({ stream }) => stream.slice('declaration:'.length));
  const [streams, carried] = await Promise.all([
    readStreams(tx, [...new Set(ids)].map(streamOf)),
    findCarriedGoods(tx, [...new Set(ids)]),
  ]);
  return events.flatMap((event, index) => {
    const story = (streams.get(event.stream) ?? []) as ClearanceEvent[];
    const state = fold(story);
    if (!state) return [];
    // Goods of a two-stage admission left by the notice of their removal.
    const isUseRelease = event.kind === 'clearance.released' && state.removedAt !== null;
    const isTakenBack = story.some(
      ({ kind, seq }) => kind === 'clearance.releaseRevoked' && seq > event.seq,
    );
    if (isUseRelease || isTakenBack) return [];
    const { content } = state;
    const goods = carried.get(state.id);
    const arrival = story.findLast(({ kind }) => kind === 'clearance.arrivalConfirmed');
    return [
      {
        cause: event.id,
        declaration: ids[index] ?? '',
        declarationNumber: state.number,
        organisation: state.organisation,
        terminal: goods?.terminal ?? arrival?.envelope.organisation ?? null,
        bill: goods?.bill ?? content.transport.transportDocNo,
        containers: goods?.containers ?? [],
        packages: content.packages.count,
        grossMassKg: content.grossMassKg,
        office: content.borderOffice,
        releasedAt: event.envelope.occurredAt,
        conditional:
          event.kind === 'clearance.removalPermitted'
            ? {
                kind: 'removal' as const,
                conditions: (event.payload as { outstanding: string[] }).outstanding,
              }
            : null,
      },
    ];
  });
}
