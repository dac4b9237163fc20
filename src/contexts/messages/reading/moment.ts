import { centuryOf, readTime, type Value } from './values.ts';

/** A moment or a day as ISO text; of a period its first one, with the last in `until`. */
export interface Moment {
  readonly at: string | null;
  readonly until?: string;
  /** What is no moment: a month, a week, a number of days; as it was written, with its format (2379). */
  readonly span?: { readonly value: string; readonly format: string };
  /** The code of what had to be put up with. */
  readonly note?: string;
}

/** Formats that name no day: years, quarters, months, weeks, times of day and durations. */
const SPANS: ReadonlySet<string> = new Set(
  Array.from({ length: 1_000 }, (_, number) => String(number)).filter((format) =>
    /^(?:10[6-9]|110|30[56]|40[1-6]|50[1-3]|60\d|61[0-6]|70\d|710|71[56]|8\d\d)$/.test(format),
  ),
);
/** Formats of a period, and how many digits each end of it has. */
const PERIODS: ReadonlyMap<string, number> = new Map([
  ['711', 8],
  ['713', 10],
  ['717', 6],
  ['718', 8],
  ['719', 12],
]);
/** Formats whose year has two digits. */
const SHORT_YEARS: ReadonlySet<string> = new Set('101 201 202 301 302 713 717'.split(' '));
/** A format without a year that can be told is guessed at by these lengths: `260701`, `2607011200`. */
const SHORT_LENGTHS = new Set([6, 10]);

/** Reads DTM's period by its format (UN/EDIFACT 2379); one that says none is read by its length. */
export function readMoment(text: string, format: string): Moment {
  const plain = text.trim();
  if (SPANS.has(format)) return { at: null, span: { value: plain, format } };
  const digits = PERIODS.get(format);
  if (digits !== undefined) {
    const [from = '', until = ''] = /[-/]/.test(plain)
      ? plain.split(/[-/]/)
      : [plain.slice(0, digits), plain.slice(digits)];
    return between(pointOf(from, format), until === '' ? null : pointOf(until, format));
  }
  return between(pointOf(plain, format), null);
}

function between(from: Value<string>, until: Value<string> | null): Moment {
  const note = from.note ?? until?.note;
  return {
    at: from.value,
    ...(until?.value != null && { until: until.value }),
    ...(note !== undefined && { note }),
  };
}

function pointOf(text: string, format: string): Value<string> {
  switch (format) {
    case '2':
      return readTime(rearranged(text, [4, 6], [2, 4], [0, 2]));
    case '3':
      return readTime(rearranged(text, [4, 6], [0, 2], [2, 4]));
    case '4':
      return readTime(rearranged(text, [4, 8], [2, 4], [0, 2]));
    case '5':
      return readTime(rearranged(text, [4, 8], [2, 4], [0, 2]) + text.slice(8));
    case '103':
      return dayOfWeek(text);
    case '105':
      return dayOfYear(text);
    default: {
      const short = SHORT_YEARS.has(format) || (format === '' && SHORT_LENGTHS.has(text.length));
      return readTime(zoned(short ? centuryOf(text) + text : text));
    }
  }
}

type Cut = readonly [start: number, end: number];

function rearranged(text: string, year: Cut, month: Cut, day: Cut): string {
  const [years, ...rest] = [year, month, day].map(([start, end]) => text.slice(start, end));
  return `${years?.length === 2 ? centuryOf(years) : ''}${years}${rest.join('')}`;
}

/** A zone by its letters says only that it is one; `UTC` and `GMT` are known, and digits beyond seconds are not. */
function zoned(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  if (text.length < 17 && !(last >= 65 && last <= 90)) return text;
  if (/^\d{17,}$/.test(text)) return text.slice(0, 14);
  const match = /^(\d{12,14})([A-Z]{2,3})$/.exec(text);
  if (!match) return text;
  const [, clock = '', zone = ''] = match;
  return zone === 'UTC' || zone === 'GMT' ? `${clock}Z` : clock;
}

const MS_OF_DAY = 86_400_000;
const NOT_A_DATE: Value<string> = { value: null, note: 'messages.not_a_date' };
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `26183`: the 183rd day of 2026. */
function dayOfYear(text: string): Value<string> {
  const [, year, number] = /^(\d{2})(\d{3})$/.exec(text) ?? [];
  const day = Number(number);
  if (year === undefined || day < 1 || day > 366) return NOT_A_DATE;
  const whole = centuryOf(year) + year;
  const found = iso(Date.UTC(Number(whole), 0, day));
  return found.startsWith(whole) ? { value: found } : NOT_A_DATE;
}

/** `26273`: Wednesday of week 27 of 2026 (ISO 8601: week 1 has the fourth of January in it). */
function dayOfWeek(text: string): Value<string> {
  const [, year, week, day] = /^(\d{2})(\d{2})([1-7])$/.exec(text) ?? [];
  if (year === undefined || Number(week) < 1 || Number(week) > 53) return NOT_A_DATE;
  const fourth = Date.UTC(Number(centuryOf(year) + year), 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * MS_OF_DAY;
  return { value: iso(monday + ((Number(week) - 1) * 7 + Number(day) - 1) * MS_OF_DAY) };
}
