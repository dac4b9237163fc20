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

/** What has been decided and has no place in a stream yet. */
export interface Decided<Kind extends string = string, Payload = unknown> {
  readonly kind: Kind;
  readonly payload: Payload;
  readonly legalBasis?: string;
  readonly clock?: string;
  readonly pauseCode?: string;
}

/** The events that a table of kinds and their payloads allows, once placed … */
export type EventsOf<Payloads> = {
  [K in keyof Payloads & string]: EventRecord<K, Payloads[K]>;
}[keyof Payloads & string];

/** … and before. */
export type DecidedOf<Payloads> = {
  [K in keyof Payloads & string]: Decided<K, Payloads[K]>;
}[keyof Payloads & string];

type Placed<D> = D extends { kind: infer Kind extends string; payload: infer Payload }
  ? EventRecord<Kind, Payload>
  : never;

/** An event's id is its place: the stream and the sequence number in it. */
export const eventId = (stream: string, seq: number): string => `${stream}@${seq}`;

/** The event at one place of a stream. What it says of law and clocks goes into its envelope. */
export function placeAt<D extends Decided>(
  stream: string,
  seq: number,
  { kind, payload, legalBasis, clock, pauseCode }: D,
  envelope: Envelope,
): Placed<D> {
  const own =
    legalBasis || clock || pauseCode
      ? {
          ...envelope,
          legalBasis: legalBasis ?? envelope.legalBasis,
          clock: clock ?? envelope.clock,
          pauseCode: pauseCode ?? envelope.pauseCode,
        }
      : envelope;
  return { id: eventId(stream, seq), stream, seq, kind, envelope: own, payload } as Placed<D>;
}

/** Places decided events behind the ones that are there, all under one envelope. */
export const place = <D extends Decided>(
  stream: string,
  after: number,
  events: readonly D[],
  envelope: Envelope,
): Placed<D>[] => events.map((event, index) => placeAt(stream, after + index + 1, event, envelope));
