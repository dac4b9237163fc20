/** What a text of a message was read as; `note` is the code of what had to be put up with. */
export interface Value<T> {
  readonly value: T | null;
  readonly note?: string;
}

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+\.\d*$|^[+-]?\d{1,3}(?:,\d{3}){2,}$/;
const GROUPED_POINTS = /^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/;
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const WITH_COMMA = /^[+-]?\d*,\d+$/;
const DIGITS_MAX = 28;

/**
 * A number as exact decimal text, with the digits as they were written: `777.00` stays so. `mark` is the
 * decimal mark the message says it uses; another one is read all the same and told. `1,234` can be
 * one number or another where a point is the mark: it is not guessed.
 */
export function readNumber(text: string, mark: '.' | ',' = '.'): Value<string> {
  const found = plainMark(text);
  if (found === NO_MARK || (found === POINT && mark === '.')) return { value: text };
  if (found === POINT) return { value: text, note: 'messages.decimal_mark' };
  if (found === COMMA && mark === ',') return { value: text.replace(',', '.') };
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  if (mark === ',' && WITH_COMMA.test(plain)) return decimalOf(plain.replace(',', '.'));
  if (GROUPED.test(plain)) return decimalOf(plain.replaceAll(',', ''), 'messages.number_grouped');
  if (GROUPED_POINTS.test(plain)) {
    return decimalOf(
      plain.replaceAll('.', '').replace(',', '.'),
      mark === '.' ? 'messages.decimal_mark' : 'messages.number_grouped',
    );
  }
  if (EITHER.test(plain)) return { value: null, note: 'messages.number_ambiguous' };
  if (WITH_COMMA.test(plain)) return decimalOf(plain.replace(',', '.'), 'messages.decimal_mark');
  return decimalOf(plain, plain === text ? undefined : 'messages.number_form');
}

const [NO_MARK, IRREGULAR, POINT, COMMA] = [0, -1, 0x2e, 0x2c];

/** The decimal mark of a number written plainly, without zeros or signs that say nothing; `IRREGULAR` for every other text. */
function plainMark(text: string): number {
  const { length } = text;
  const first = text.charCodeAt(0) === DASH ? 1 : 0;
  if (length === first || length > DIGITS_MAX) return IRREGULAR;
  let found = NO_MARK;
  for (let at = first; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) continue;
    const isMark = found === NO_MARK && at > first && at < length - 1;
    if (!isMark || (code !== POINT && code !== COMMA)) return IRREGULAR;
    found = code;
  }
  const second = text.charCodeAt(first + 1);
  const isPadded = text.charCodeAt(first) === ZERO && second >= 48 && second <= 57;
  return isPadded ? IRREGULAR : found;
}

function decimalOf(text: string, note?: string): Value<string> {
  const match = WRITTEN.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent] = match ?? [];
  if (!match || whole + fraction === '') return { value: null, note: 'messages.not_a_number' };
  const [left, right] = shifted(whole, fraction, Number(exponent ?? 0));
  if (left.length + right.length > DIGITS_MAX)
    return { value: null, note: 'messages.not_a_number' };
  const digits = right === '' ? left : `${left}.${right}`;
  const value = sign === '-' ? `-${digits}` : digits;
  const told = exponent === undefined ? note : 'messages.number_form';
  return told === undefined ? { value } : { value, note: told };
}

/** Moves the point by a power of ten: Java writes 12345678.9 as `1.23456789E7`. */
function shifted(whole: string, fraction: string, power: number): [string, string] {
  const trim = (digits: string): string => digits.replace(/^0+(?=\d)/, '') || '0';
  if (power >= 0) {
    const moved = fraction.slice(0, power).padEnd(power, '0');
    return [trim(whole + moved), fraction.slice(power)];
  }
  const padded = whole.padStart(1 - power, '0');
  return [trim(padded.slice(0, power)), padded.slice(power) + fraction];
}

/** A whole number such as a count of packages; `12.000` counts as one. */
export function readCount(text: string, mark: '.' | ',' = '.'): Value<number> {
  if (text.length > 0 && text.length <= 9 && isDigits(text, 0, text.length)) {
    return { value: Number(text) };
  }
  const { value, note } = readNumber(text, mark);
  if (value === null) return { value, note: note ?? 'messages.not_a_number' };
  const whole = /^(\d{1,15})(?:\.0*)?$/.exec(value)?.[1];
  if (whole === undefined) return { value: null, note: 'messages.not_a_count' };
  return note === undefined ? { value: Number(whole) } : { value: Number(whole), note };
}

const COMPACT =
  /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:(\d{2})(?:\.?(\d{2,3}))?)?)?(Z|[+-]\d{2}:?(?:\d{2})?)?$/;
/** Chinese manifests write the zone as the country's dialling code behind the minutes. */
const WITH_ZONE = /^(\d{12})086$/;
const DASHED =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?$/i;
const MONTH_FIRST =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * A day or a moment as ISO text: `2014-12-11`, `2014-12-11T11:11:11`. A zone is kept where one was written
 * and none is made up where none was.
 */
export function readTime(text: string): Value<string> {
  const plain = readPlain(text);
  if (plain !== null) return { value: plain };
  const match = COMPACT.exec(WITH_ZONE.exec(text)?.[1] ?? text) ?? DASHED.exec(text.trim());
  if (match) return isoOf(match.slice(1));
  const other = MONTH_FIRST.exec(text.trim());
  if (!other) return { value: null, note: 'messages.not_a_date' };
  const [, first = '', second = '', year = '', ...clock] = other;
  const century = year.length === 2 ? centuryOf(year) + year : year;
  const dayFirst = Number(first) > 12;
  const [month, day] = dayFirst ? [second, first] : [first, second];
  const { value } = isoOf([century, month, day, ...clock]);
  if (value === null) return { value, note: 'messages.not_a_date' };
  const sure = dayFirst || Number(second) > 12 || first === second;
  return { value, note: sure ? 'messages.date_form' : 'messages.date_ambiguous' };
}

/** The century of a year of two digits: from 80 on it is of the last, since no paper of trade is of 2080. */
export const centuryOf = (year: string): string => (year >= '80' ? '19' : '20');

/** The day of what `readTime` reads. */
export function readDay(text: string): Value<string> {
  const { value, note } = readTime(text);
  const day = value === null ? null : value.slice(0, 10);
  return note === undefined ? { value: day } : { value: day, note };
}

/**
 * By far the most usual forms, without an expression: digits alone of a day, to the minute or to the second, and
 * `2026-07-01` with or without `12:00:00` behind it. `null` for every other text, and for what is no day or no time.
 */
function readPlain(text: string): string | null {
  switch (text.length) {
    case 8:
    case 12:
    case 14:
      return isDigits(text, 0, text.length) ? readDigits(text) : null;
    case 10:
      return isDashed(text) ? readDigits(digitsOf(text)) : null;
    case 19: {
      const between = text.charCodeAt(10);
      const isTimed = between === SPACE || between === CAPITAL_T;
      return isTimed && isDashed(text) && isClock(text) ? readDigits(digitsOf(text)) : null;
    }
    default:
      return null;
  }
}

const [SPACE, DASH, ZERO, COLON, CAPITAL_T] = [0x20, 0x2d, 0x30, 0x3a, 0x54];

function isDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

const isDashed = (text: string): boolean =>
  text.charCodeAt(4) === DASH &&
  text.charCodeAt(7) === DASH &&
  isDigits(text, 0, 4) &&
  isDigits(text, 5, 7) &&
  isDigits(text, 8, 10);

const isClock = (text: string): boolean =>
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON &&
  isDigits(text, 11, 13) &&
  isDigits(text, 14, 16) &&
  isDigits(text, 17, 19);

const digitsOf = (text: string): string =>
  text.slice(0, 4) +
  text.slice(5, 7) +
  text.slice(8, 10) +
  text.slice(11, 13) +
  text.slice(14, 16) +
  text.slice(17);

function readDigits(text: string): string | null {
  const pair = (at: number): number =>
    (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  if (!isDay(pair(0) * 100 + pair(2), pair(4), pair(6))) return null;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  if (text.length === 8) return day;
  if (pair(8) > 23 || pair(10) > 59 || (text.length === 14 && pair(12) > 60)) return null;
  const second = text.length === 14 ? text.slice(12) : '00';
  return `${day}T${text.slice(8, 10)}:${text.slice(10, 12)}:${second}`;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** A day of the Gregorian calendar, of a year that papers of trade have. */
function isDay(year: number, month: number, day: number): boolean {
  const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1900 && day >= 1 && day <= days;
}

function isoOf(parts: readonly (string | undefined)[]): Value<string> {
  const [year = '', month = '', day = '', hour, minute, second, fraction, zone] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const impossible = { value: null, note: 'messages.not_a_date' };
  if (!isDay(Number(year), Number(month), Number(day))) return impossible;
  if (hour === undefined || minute === undefined) return { value: date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return impossible;
  const parsed = fraction === undefined || /^0+$/.test(fraction) ? '' : `.${fraction}`;
  const time = `${hour.padStart(2, '0')}:${minute}:${second ?? '00'}${parsed}`;
  return { value: `${date}T${time}${zoneOf(zone)}` };
}

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return '';
  if (/^[A-Z]/i.test(zone)) return 'Z';
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return `${sign}${hours}:${minutes}`;
}
