const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PORT_OFFSET = 8 * HOUR;
const OPENS = 8.5 * HOUR;
const SHUTS = 17.5 * HOUR;

/** A moment after so much working time; the examination yards work every day, by daylight. */
export function afterWork(from: number, hours: number): number {
  let left = hours * HOUR;
  let at = from;
  for (;;) {
    const midnight = Math.floor((at + PORT_OFFSET) / DAY) * DAY - PORT_OFFSET;
    const opened = Math.max(at, midnight + OPENS);
    const free = midnight + SHUTS - opened;
    if (free > 0 && left <= free) return opened + left;
    left -= Math.max(0, free);
    at = midnight + DAY;
  }
}
