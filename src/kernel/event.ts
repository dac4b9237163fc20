import type { Instant } from './dates.ts';

/**
 * The one envelope every event carries (DESIGN: events are the record). State is a fold over events;
 * a correction is a new event; nothing is updated away.
 */
export interface Envelope {
  /** Who acted: a person, or the platform itself (`system`). */
  readonly actor: string;
  /** The post the person held when acting, and its organisation. */
  readonly post: string | null;
  readonly organisation: string | null;
  /** The party acted for, when a broker or a system acts for another. */
  readonly onBehalfOf: string | null;
  /** When it happened in the world, and when we wrote it down. They differ for back-filed history. */
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The consignment the event belongs to. */
  readonly consignment: string | null;
  /** The event that led to this one, and the request both belong to. */
  readonly cause: string | null;
  readonly correlation: string | null;
  readonly legalBasis: string | null;
  /** A clock this event starts, stops or pauses, and the coded reason of a pause. */
  readonly clock: string | null;
  readonly pauseCode: string | null;
}

/** One entry of the event log: `seq` counts within its stream from 1. */
export interface EventRecord<Kind extends string = string, Payload = unknown> {
  readonly id: string;
  readonly stream: string;
  readonly seq: number;
  readonly kind: Kind;
  readonly envelope: Envelope;
  readonly payload: Payload;
}
