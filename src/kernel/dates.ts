/** A calendar date `YYYY-MM-DD` in the port's own calendar; no time zone hides in it. */
export type LocalDate = string;
/** A moment, as ISO 8601 text in UTC with milliseconds: `2026-07-01T08:00:00.000Z`. */
export type Instant = string;

const DATE_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a date that exists: 2026-02-30 does not. */
export function isLocalDate(text: string): boolean {
  const match = DATE_SHAPE.exec(text);
  if (!match) return false;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || year < 1900) return false;
  return day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The port stands in China Standard Time, which has had no daylight saving since 1991. */
export const PORT_OFFSET_MINUTES = 8 * 60;

/** The calendar day of a moment at the port. */
export function localDateOf(instant: Instant): LocalDate {
  return new Date(Date.parse(instant) + PORT_OFFSET_MINUTES * 60_000).toISOString().slice(0, 10);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  const at = new Date(`${date}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Half-open: in force on `from`, no longer in force on `to`; `null` means still in force. */
export interface Effective {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export function isEffective(range: Effective, on: LocalDate): boolean {
  return range.from <= on && (range.to === null || on < range.to);
}

/** The entry in force on a day; law and code tables have at most one per code and day. */
export function effectiveOn<T extends Effective>(entries: readonly T[], on: LocalDate): T | null {
  return entries.find((entry) => isEffective(entry, on)) ?? null;
}
