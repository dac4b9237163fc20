import { isLocalDate } from '../../../kernel/dates.ts';

/** What a text of a message was read as; `note` is the code of what had to be put up with. */
export interface Value<T> {
  readonly value: T | null;
  readonly note?: string;
}

const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+\.\d*$|^[+-]?\d{1,3}(?:,\d{3}){2,}$/;
const GROUPED_POINTS = /^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/;
const EITHER = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const COMMA = /^[+-]?\d*,\d+$/;
const DIGITS_MAX = 28;

/**
 * A number as exact decimal text, with the digits as they were written: `777.00` stays so. `mark` is the
 * decimal mark the message says it uses; another one is read all the same and told. `1,234` can be
 * one number or another where a point is the mark: it is not guessed.
 */
export function readNumber(text: string, mark: '.' | ',' = '.'): Value<string> {
  if (PLAIN.test(text) && text.length <= DIGITS_MAX) {
    return mark === ',' && text.includes('.')
      ? { value: text, note: 'messages.decimal_mark' }
      : { value: text };
  }
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  if (mark === ',' && COMMA.test(plain)) return decimalOf(plain.replace(',', '.'));
  if (GROUPED.test(plain)) return decimalOf(plain.replaceAll(',', ''), 'messages.number_grouped');
  if (GROUPED_POINTS.test(plain)) {
    return decimalOf(
      plain.replaceAll('.', '').replace(',', '.'),
      mark === '.' ? 'messages.decimal_mark' : 'messages.number_grouped',
    );
  }
  if (EITHER.test(plain)) return { value: null, note: 'messages.number_ambiguous' };
  if (COMMA.test(plain)) return decimalOf(plain.replace(',', '.'), 'messages.decimal_mark');
  return decimalOf(plain, plain === text ? undefined : 'messages.number_form');
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
  if (/^\d{1,9}$/.test(text)) return { value: Number(text) };
  const { value, note } = readNumber(text, mark);
  if (value === null) return { value, note: note ?? 'messages.not_a_number' };
  const whole = /^(\d{1,15})(?:\.0*)?$/.exec(value)?.[1];
  if (whole === undefined) return { value: null, note: 'messages.not_a_count' };
  return note === undefined ? { value: Number(whole) } : { value: Number(whole), note };
}

const COMPACT =
  /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:(\d{2})(?:\.?(\d{2,3}))?)?)?(Z|[+-]\d{2}:?(?:\d{2})?)?$/;
const DASHED =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?$/i;
const MONTH_FIRST =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * A day or a moment as ISO text: `2014-12-11`, `2014-12-11T11:11:11`. A zone is kept where one was written
 * and none is made up where none was.
 */
export function readTime(text: string): Value<string> {
  const match = COMPACT.exec(text) ?? DASHED.exec(text.trim());
  if (match) return isoOf(match.slice(1));
  const other = MONTH_FIRST.exec(text.trim());
  if (!other) return { value: null, note: 'messages.not_a_date' };
  const [, first = '', second = '', year = '', ...clock] = other;
  const century = year.length === 2 ? `20${year}` : year;
  const dayFirst = Number(first) > 12;
  const [month, day] = dayFirst ? [second, first] : [first, second];
  const { value } = isoOf([century, month, day, ...clock]);
  if (value === null) return { value, note: 'messages.not_a_date' };
  const sure = dayFirst || Number(second) > 12 || first === second;
  return { value, note: sure ? 'messages.date_form' : 'messages.date_ambiguous' };
}

/** The day of what `readTime` reads. */
export function readDay(text: string): Value<string> {
  const { value, note } = readTime(text);
  const day = value === null ? null : value.slice(0, 10);
  return note === undefined ? { value: day } : { value: day, note };
}

function isoOf(parts: readonly (string | undefined)[]): Value<string> {
  const [year = '', month = '', day = '', hour, minute, second, fraction, zone] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const impossible = { value: null, note: 'messages.not_a_date' };
  if (!isLocalDate(date)) return impossible;
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
