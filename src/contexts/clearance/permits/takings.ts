import { type Envelope, place } from '../../../kernel/event.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { type NewPermitEvent, type PermitEvent, permitStream, type Taking } from './events.ts';
import { minus, NOTHING, plus, type Taken, textOf } from './permit.ts';
import * as store from './store.ts';

/** One step in what a declaration takes of a permit: it takes, gives back, or its taking becomes final. */
export type Step = {
  readonly permit: string;
  readonly declaration: string;
  readonly envelope: Envelope;
  /** Told right after a taking: the declaration had waited for this permit. */
  readonly outstanding?: readonly string[];
} & (
  | { readonly takes: Taking }
  | { readonly gives: store.StoredUse; readonly reason: string }
  | { readonly finishes: store.StoredUse }
);

/**
 * Writes steps of any number of declarations: balances and uses in one statement, events in another.
 * The caller holds the permits and has made sure that nothing is taken that is not there; were it
 * wrong, a constraint of the table would undo everything.
 */
export async function writeTakings(tx: Tx, steps: readonly Step[]): Promise<void> {
  const byPermit = new Map<string, Step[]>();
  for (const step of steps) byPermit.set(step.permit, [...(byPermit.get(step.permit) ?? []), step]);
  const movements = [...byPermit].map(([permit, own]) => movementOf(permit, own));
  const seqs = await store.move(tx, movements, lastUses(steps));
  const events: PermitEvent[] = [];
  for (const [permit, own] of byPermit) {
    const told = own.map((step) => ({ step, events: eventsOf(step) }));
    const count = told.reduce((sum, each) => sum + each.events.length, 0);
    let seq = (seqs.get(permit) ?? 0) - count;
    for (const each of told) {
      const { declaration, envelope } = each.step;
      const own = { ...envelope, consignment: declaration };
      events.push(...place(permitStream(permit), seq, each.events, own));
      seq += each.events.length;
    }
  }
  await append(tx, events);
}

function movementOf(permit: string, steps: readonly Step[]): store.Movement {
  let taken: Taken = NOTHING;
  let events = 0;
  for (const step of steps) {
    if ('takes' in step) taken = plus(taken, step.takes);
    if ('gives' in step) taken = minus(taken, step.gives);
    events += eventsOf(step).length;
  }
  const { quantity, value, uses } = taken;
  return { permit, quantity: textOf(quantity) ?? '0', value: textOf(value) ?? '0', uses, events };
}

/** A declaration that gives back and takes anew has one use in the end: the last. */
function lastUses(steps: readonly Step[]): store.StoredUse[] {
  const last = new Map<string, store.StoredUse>();
  for (const step of steps) last.set(`${step.permit} ${step.declaration}`, standingAfter(step));
  return [...last.values()];
}

function standingAfter(step: Step): store.StoredUse {
  const since = step.envelope.occurredAt;
  if ('takes' in step) {
    const { lines, ...taking } = step.takes;
    return { ...taking, lines: [...lines], permit: step.permit, status: 'reserved', since };
  }
  if ('gives' in step) return { ...step.gives, status: 'givenBack', since };
  return { ...step.finishes, status: 'writtenDown', since };
}

function eventsOf(step: Step): NewPermitEvent[] {
  const { declaration } = step;
  if ('gives' in step) {
    return [{ kind: 'clearance.permitGivenBack', payload: { declaration, reason: step.reason } }];
  }
  if ('finishes' in step)
    return [{ kind: 'clearance.permitWrittenDown', payload: { declaration } }];
  const reserved: NewPermitEvent = { kind: 'clearance.permitReserved', payload: step.takes };
  if (!step.outstanding) return [reserved];
  const outstanding = [...step.outstanding];
  return [reserved, { kind: 'clearance.permitMatched', payload: { declaration, outstanding } }];
}
