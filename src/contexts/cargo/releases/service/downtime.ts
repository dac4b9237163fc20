import type { z } from 'zod';
import { localDateOf } from '../../../../kernel/dates.ts';
import { type Envelope, placeAt } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { Downtime, DowntimeEnd, DowntimeInput } from '../contract.ts';
import { downtimeStream, type NewEvent } from '../events.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/downtimes.ts';
import type { ReleasesDeps } from './deps.ts';

const LIST_MAX = 200;

/**
 * Declared times without the system. Declaring one changes no decision here: it tells gates to go by
 * their offline lists, and their reconciliation that what is reported afterwards had to be.
 */
export function createDowntimes(deps: Pick<ReleasesDeps, 'db' | 'clock' | 'isGate'>) {
  const { db, clock } = deps;
  return {
    declare(actor: Actor, said: z.output<typeof DowntimeInput>): Promise<Downtime> {
      authorise(actor, permission.declareDowntime);
      const at = clock.now();
      const from = new Date(said.from).toISOString();
      if (from > at) {
        throw new Refused('invalid', {
          code: 'cargo.downtime_in_future',
          path: 'from',
          seen: from,
        });
      }
      if (said.gate !== null && !deps.isGate(said.gate, localDateOf(from))) {
        throw new Refused('invalid', { code: 'cargo.gate_unknown', path: 'gate', seen: said.gate });
      }
      return inTransaction(db, async (tx) => {
        const { gate } = said;
        const downtime: Downtime = {
          ...{ id: said.id, from, to: null, gate, reason: said.reason },
          ...{ declaredBy: actor.personId, note: null },
        };
        if (!(await store.insertDowntime(tx, downtime))) return declaredBefore(tx, downtime);
        const { reason } = said;
        const payload = { from, gate, reason };
        const declared: NewEvent = { kind: 'cargo.downtimeDeclared', payload };
        await record(tx, actor, said.id, 1, declared, envelopeOf(deps, actor));
        return downtime;
      });
    },

    end(actor: Actor, id: string, { note }: z.output<typeof DowntimeEnd>): Promise<Downtime> {
      authorise(actor, permission.declareDowntime);
      return inTransaction(db, async (tx) => {
        const downtime = await store.lockDowntime(tx, id);
        if (!downtime)
          throw new Refused('not_found', { code: 'cargo.downtime_not_found', seen: id });
        if (downtime.to !== null) return downtime;
        const now = clock.now();
        const to = now < downtime.from ? downtime.from : now;
        await store.endDowntime(tx, id, to, note);
        const ended: NewEvent = { kind: 'cargo.downtimeEnded', payload: { to, note } };
        await record(tx, actor, id, 2, ended, envelopeOf(deps, actor));
        return { ...downtime, to, note };
      });
    },

    list(actor: Actor): Promise<Downtime[]> {
      authorise(actor, permission.readDowntimes);
      return store.listDowntimes(db, LIST_MAX);
    },
  };
}

/** The same declaration again is the same downtime; another while one lasts is refused. */
async function declaredBefore(tx: Tx, wanted: Downtime): Promise<Downtime> {
  const known = await store.lockDowntime(tx, wanted.id);
  if (!known) throw new Refused('conflict', { code: 'cargo.downtime_already_declared' });
  const isSame = (['from', 'gate', 'reason'] as const).every(
    (each) => known[each] === wanted[each],
  );
  if (isSame) return known;
  throw new Refused('conflict', { code: 'cargo.downtime_has_other_content', seen: wanted.id });
}

async function record(
  tx: Tx,
  actor: Actor,
  id: string,
  seq: number,
  event: NewEvent,
  envelope: Envelope,
): Promise<void> {
  await append(tx, [placeAt(downtimeStream(id), seq, event, envelope)]);
  await recordAudit(tx, {
    actor,
    operation: permission.declareDowntime.operation,
    subjects: [downtimeStream(id)],
    outcome: 'done',
    detail: { event: event.kind },
    at: envelope.recordedAt,
  });
}
