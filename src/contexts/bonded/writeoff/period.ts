import {
  addDays,
  type Instant,
  type LocalDate,
  PORT_OFFSET_MINUTES,
} from '../../../kernel/dates.ts';
import type { Entry } from '../engine/entry.ts';

/**
 * How far filings reach: everything that had happened before a moment and was written down by a row of the journal.
 * Rows are never changed, so what a reach holds never changes either: a closed period is never allocated anew.
 */
export interface Reach {
  readonly before: Instant;
  readonly lastSeq: number;
}

/** Before any filing. */
export const NOTHING_FILED: Reach = { before: '0000-01-01T00:00:00.000Z', lastSeq: 0 };

export const isWithin = ({ seq, occurredAt }: Pick<Entry, 'seq' | 'occurredAt'>, reach: Reach) =>
  seq <= reach.lastSeq && occurredAt < reach.before;

/** The first moment after a day, as the port's calendar has it. */
export const endOf = (day: LocalDate): Instant =>
  new Date(
    Date.parse(`${addDays(day, 1)}T00:00:00.000Z`) - PORT_OFFSET_MINUTES * 60_000,
  ).toISOString();

/** What one filing covers: what is within its reach and not within that of the filing before. */
export const isCovered = (
  entry: Pick<Entry, 'seq' | 'occurredAt'>,
  now: Reach,
  filed: Reach,
): boolean => isWithin(entry, now) && !isWithin(entry, filed);

/** Recorded after its period was filed, and about that period. */
export const isLate = ({ seq, occurredAt }: Pick<Entry, 'seq' | 'occurredAt'>, filed: Reach) =>
  occurredAt < filed.before && seq > filed.lastSeq;

/** What a count changed belongs to the filing that stated it, whenever it was written down. */
export const isAdjustment = ({ kind }: Pick<Entry, 'kind'>): boolean =>
  kind === 'countedOver' || kind === 'countedShort';
