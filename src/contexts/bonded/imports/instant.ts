import assert from 'node:assert/strict';
import { addDays, type Instant, isLocalDate, type LocalDate } from '../../../kernel/dates.ts';

/** What a clock on the wall shows, and the offset if the text names one. */
interface Wall {
  readonly day: LocalDate;
  readonly ms: number;
  readonly offsetMinutes: number | null;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DIGITS: Readonly<Record<string, string>> = {
  ...{ Y: '(\\d{4})', y: '(\\d{2})', m: '(\\d{1,2})', d: '(\\d{1,2})' },
  ...{ H: '(\\d{1,2})', M: '(\\d{1,2})', S: '(\\d{1,2})' },
};
/** Without a mark between them, two digits are two digits. */
const isPacked = (format: string): boolean => /%[a-zA-Z]%/.test(format);

/** Whether a pattern can be read by: it names a year, a month and a day, and nothing unknown. */
export function formatProblem(format: string): string | null {
  const named = [...format.matchAll(/%(.)/g)].map(([, letter = '']) => letter);
  const unknown = named.find((letter) => !(letter in DIGITS));
  if (unknown !== undefined) return `%${unknown}`;
  if (new Set(named).size < named.length) return format;
  const hasYear = named.includes('Y') || named.includes('y');
  return hasYear && named.includes('m') && named.includes('d') ? null : format;
}

/** Reads text by a pattern, else as ISO 8601: spreadsheets give their own dates as that. */
function readerOf(format: string | undefined): (text: string) => Wall | null {
  if (format === undefined) return isoWall;
  const letters: string[] = [];
  const digits = isPacked(format) ? '(\\d{2})' : null;
  const pattern = format.replaceAll(/%(.)|[.*+?^${}()|[\]\\]/g, (mark, letter?: string) => {
    if (letter === undefined) return `\\${mark}`;
    letters.push(letter);
    return letter === 'Y' ? '(\\d{4})' : (digits ?? DIGITS[letter] ?? mark);
  });
  const shape = new RegExp(`^${pattern}$`);
  return (text) => {
    const match = shape.exec(text);
    if (!match) return isoWall(text);
    const seen = new Map(letters.map((letter, index) => [letter, match[index + 1] ?? '']));
    const two = (letter: string): string => (seen.get(letter) ?? '').padStart(2, '0');
    const year = seen.get('Y') ?? `20${two('y')}`;
    return wallOf(`${year}-${two('m')}-${two('d')}`, two('H'), two('M'), two('S'), '', null);
  };
}

function isoWall(text: string): Wall | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [, day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', zone] = match;
  return wallOf(day, hours, minutes, seconds, fraction, zone === undefined ? null : fixed(zone));
}

function wallOf(
  day: string,
  hours: string,
  minutes: string,
  seconds: string,
  fraction: string,
  offsetMinutes: number | null,
): Wall | null {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (!isLocalDate(day) || h > 23 || m > 59 || s > 59) return null;
  const ms = ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { day, ms, offsetMinutes };
}

/** `Z`, `+08:00` or `+0800` in minutes. */
function fixed(zone: string): number | null {
  if (zone === 'Z') return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

const HOUR_MS = 3_600_000;
/** Most values kept of what was read before: times repeat from row to row. */
const REMEMBERED = 10_000;

/** Minutes by which a zone is ahead of UTC at a moment; `null` for a zone nobody knows. */
function offsets(zone: string): ((utcMs: number) => number) | null {
  const always = fixed(zone);
  if (always !== null) return () => always;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const known = new Map<number, number>();
  return (utcMs) => {
    const hour = Math.floor(utcMs / HOUR_MS);
    const before = known.get(hour);
    if (before !== undefined) return before;
    const named = format.formatToParts(hour * HOUR_MS).find(({ type }) => type === 'timeZoneName');
    const offset = fixed((named?.value ?? '').replace(/^GMT$/, 'Z').replace(/^GMT/, '')) ?? 0;
    if (known.size > REMEMBERED) known.clear();
    known.set(hour, offset);
    return offset;
  };
}

export const isZone = (zone: string): boolean => offsets(zone) !== null;

/**
 * Reads moments as a system writes them. Text that names an offset is taken at its word; other text
 * is what a clock in the zone showed; of an hour that clocks went through twice, one is taken.
 */
export function instantReader(
  zone: string,
  format: string | undefined,
  days: number,
): (text: string) => Instant | null {
  const read = readerOf(format);
  const offsetAt = offsets(zone);
  assert(offsetAt, `Not a zone: ${zone}`);
  return remembered((text) => {
    const wall = read(text);
    if (!wall) return null;
    const local = Date.parse(`${addDays(wall.day, days)}T00:00:00.000Z`) + wall.ms;
    const offset = wall.offsetMinutes ?? offsetAt(local - offsetAt(local) * 60_000);
    return new Date(local - offset * 60_000).toISOString();
  });
}

/** Reads days; a time beside the day is not looked at. */
export function dayReader(
  format: string | undefined,
  days: number,
): (text: string) => LocalDate | null {
  const read = readerOf(format);
  return remembered((text) => {
    const wall = read(text);
    return wall ? addDays(wall.day, days) : null;
  });
}

function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const value = work(text);
    known.set(text, value);
    return value;
  };
}
