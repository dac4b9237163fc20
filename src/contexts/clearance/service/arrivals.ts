import type { z } from 'zod';
import { Refused } from '../../../kernel/refusal.ts';
import { append, readStreams } from '../../../platform/event-log/event-log.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../identity/index.ts';
import * as acts from '../acts.ts';
import type { ActResult, Arrival, Problem } from '../contract.ts';
import { fold, type State } from '../declaration.ts';
import { type ClearanceEvent, streamOf } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store.ts';
import { keepClocks } from './clocks.ts';
import type { ClearanceDeps } from './deps.ts';
import { concerns, inOrder, notFound, Progress } from './progress.ts';
import { tellReleases } from './releases.ts';

export type ManyArrivals = readonly (z.output<typeof Arrival> & { id: string })[];

/** A terminal reports a ship's worth of arrivals at once: one transaction, each with its own answer. */
export async function confirmMany(
  deps: ClearanceDeps,
  actor: Actor,
  arrivals: ManyArrivals,
): Promise<ActResult[]> {
  authorise(actor, permission.confirmArrival);
  const { results, changed } = await inTransaction(deps.db, async (tx) => {
    await store.lockMany(
      tx,
      arrivals.map((arrival) => arrival.id),
    );
    const streams = await readStreams(
      tx,
      arrivals.map((arrival) => streamOf(arrival.id)),
    );
    const progressed = new Map<string, Progress>();
    const results = arrivals.map((arrival) => {
      const events = (streams.get(streamOf(arrival.id)) ?? []) as ClearanceEvent[];
      const before = progressed.get(arrival.id)?.now ?? fold(events);
      return answerOne(deps, actor, arrival, before, progressed);
    });
    const changed = [...progressed.values()];
    await append(
      tx,
      changed.flatMap((progress) => progress.events),
    );
    await tellReleases(tx, changed);
    await store.update(
      tx,
      changed.map((progress) => store.toRow(progress.now, null)),
    );
    await keepClocks(
      deps,
      tx,
      changed.map((progress) => progress.now),
    );
    await recordAudit(tx, {
      actor,
      operation: permission.confirmArrival.operation,
      subjects: changed.map((progress) => streamOf(progress.now.id)),
      outcome: 'done',
      detail: { done: changed.length, refused: results.length - changed.length },
      at: deps.clock.now(),
    });
    return { results, changed };
  });
  deps.committed(changed.map((progress) => progress.now.id));
  return results;
}

function answerOne(
  deps: ClearanceDeps,
  actor: Actor,
  arrival: ManyArrivals[number],
  state: State | null,
  progressed: Map<string, Progress>,
): ActResult {
  const { id } = arrival;
  try {
    if (!state) throw notFound(id);
    authorise(actor, permission.confirmArrival, concerns(state));
    const envelope = inOrder(
      envelopeOf(deps, actor, { occurredAt: arrival.occurredAt, consignment: id }),
      state,
    );
    const progress = new Progress(id, state, envelope);
    progress.push(...acts.confirmArrival(state, arrival)).settle(deps);
    progressed.set(id, progress);
    return { id, outcome: 'done', status: progress.now.status, problems: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, outcome: 'refused', status: null, problems: error.refusals as Problem[] };
  }
}
