import { type Envelope, place } from '../../../../kernel/event.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { type NewEvent, type PassportEvent, streamOf } from '../events.ts';
import { apply, type State } from '../passport.ts';
import * as passports from '../store/passports.ts';

/** A passport on its way through one transaction: the state so far and the events to be written. */
export class Progress {
  readonly number: string;
  readonly events: PassportEvent[] = [];
  private state: State | null;
  private readonly envelope: Envelope;

  constructor(number: string, state: State | null, envelope: Envelope) {
    this.number = number;
    this.state = state;
    this.envelope = envelope;
  }

  get now(): State {
    if (!this.state) throw new Error(`Nothing has happened to ${this.number} yet.`);
    return this.state;
  }

  get at(): string {
    return this.envelope.occurredAt;
  }

  push(...events: NewEvent[]): this {
    const after = this.state?.version ?? 0;
    for (const event of place(streamOf(this.number), after, events, this.envelope)) {
      this.state = apply(this.state, event);
      this.events.push(event);
    }
    return this;
  }
}

/** Writes what happened to some passports: events and rows. Of several steps of one, the last is its row. */
export async function save(tx: Tx, changed: readonly Progress[]): Promise<void> {
  const moved = changed.filter(({ events }) => events.length > 0);
  const states = new Map(moved.map((progress) => [progress.number, progress.now]));
  await Promise.all([
    append(
      tx,
      moved.flatMap(({ events }) => events),
    ),
    passports.update(tx, [...states.values()]),
  ]);
}
