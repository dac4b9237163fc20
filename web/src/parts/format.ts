import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export type FormatLanguage = 'zh' | 'en';

const PORT_TIME_ZONE = 'Asia/Shanghai';
const UNITS = {
  zh: { day: '天', hour: '小时', minute: '分', second: '秒', millisecond: '毫秒', space: ' ' },
  en: { day: 'd', hour: 'h', minute: 'min', second: 's', millisecond: 'ms', space: ' ' },
} as const;
/** What is shown where there is nothing to show. */
export const NONE = '—';
const DAY_MS = 86_400_000;
const portDays = new Intl.DateTimeFormat('sv-SE', { timeZone: PORT_TIME_ZONE });

/** The day it is at the port, or so many days later, as `YYYY-MM-DD`: whatever the reader's own clock and zone. */
export const portDay = (later = 0): string => portDays.format(Date.now() + later * DAY_MS);

/** Groups the digits of decimal text; never through a float, so what was declared is what is shown. */
export function groupDigits(text: string): string {
  const match = /^([+-]?)(\d+)(\.\d+)?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const minus = sign === '-' ? '−' : '';
  return `${minus}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

/** Currencies without a smaller coin. */
const WHOLE_MONEY: ReadonlySet<string> = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK']);

const toHundredths = (text: string): string => {
  const match = /^([+-]?\d+)(?:\.(\d?))?$/.exec(text);
  return match ? `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}` : text;
};

/** The two largest units that say it: `1 h 25 min`, `42 s`, `0.8 s`, `4 ms`. */
export function duration(seconds: number, language: FormatLanguage): string {
  const words = UNITS[language];
  const say = (n: number, word: string) => `${n}${words.space}${word}`;
  if (seconds > 0 && seconds < 0.1) return say(Math.ceil(seconds * 1000), words.millisecond);
  if (seconds < 10) return say(Math.round(seconds * 10) / 10, words.second);
  const s = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(s / 86_400), words.day],
    [Math.floor((s % 86_400) / 3600), words.hour],
    [Math.floor((s % 3600) / 60), words.minute],
    [s % 60, words.second],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, word]) => say(n, word))
    .join(' ');
}

/** Everything a page shows passes through here, so that both languages read naturally. */
export function createFormat(language: FormatLanguage) {
  const locale = language === 'en' ? 'en-GB' : 'zh-CN';
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const percents = (digits: number) =>
    new Intl.NumberFormat(locale, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moments = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: PORT_TIME_ZONE,
  });
  const ages = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

  const date = (day: string | null | undefined): string => {
    const at = day ? Date.parse(`${day.slice(0, 10)}T00:00:00Z`) : Number.NaN;
    return Number.isNaN(at) ? (day ?? NONE) : dates.format(at);
  };

  return {
    language,
    number: (value: number | null | undefined): string =>
      value === null || value === undefined ? NONE : numbers.format(value),
    /** Money and quantities arrive as decimal text and stay text. */
    decimal: (text: string | null | undefined, unit?: string | null): string => {
      if (text === null || text === undefined || text === '') return NONE;
      return unit ? `${groupDigits(text)} ${unit}` : groupDigits(text);
    },
    /** Two digits of a fraction at least, so that sums stand under each other; what was declared finer stays so. */
    money: (text: string | null | undefined, currency: string | null | undefined): string => {
      if (text === null || text === undefined || text === '') return NONE;
      const cents = currency && WHOLE_MONEY.has(currency) ? text : toHundredths(text);
      return currency ? `${currency} ${groupDigits(cents)}` : groupDigits(cents);
    },
    percent: (share: number | null | undefined, digits = 1): string =>
      share === null || share === undefined ? NONE : percents(digits).format(share),
    /** A calendar day `YYYY-MM-DD`. */
    date,
    /** From a day through another, or with no end. */
    days: (from: string, through: string | null): string =>
      through === null
        ? language === 'en'
          ? `from ${date(from)}`
          : `${date(from)}起`
        : `${date(from)} – ${date(through)}`,
    /** A moment in port time, `2026-07-01 16:00:00`: sortable by eye, the same in both languages. */
    moment: (instant: string | null | undefined, options: { seconds?: boolean } = {}): string => {
      const at = instant ? Date.parse(instant) : Number.NaN;
      if (Number.isNaN(at)) return instant ?? NONE;
      const text = moments.format(at);
      return options.seconds ? text : text.slice(0, 16);
    },
    duration: (seconds: number | null | undefined): string =>
      seconds === null || seconds === undefined ? NONE : duration(seconds, language),
    /** How long between two moments, or since one until now. */
    between: (from: string | null, to: string | null): string => {
      if (from === null) return NONE;
      const end = to === null ? Date.now() : Date.parse(to);
      return duration(Math.max(0, (end - Date.parse(from)) / 1000), language);
    },
    ago: (instant: string | null | undefined): string => {
      if (!instant) return NONE;
      const seconds = (Date.parse(instant) - Date.now()) / 1000;
      const [size, unit] =
        Math.abs(seconds) < 60
          ? ([1, 'second'] as const)
          : Math.abs(seconds) < 3600
            ? ([60, 'minute'] as const)
            : Math.abs(seconds) < 86_400
              ? ([3600, 'hour'] as const)
              : ([86_400, 'day'] as const);
      return ages.format(Math.round(seconds / size), unit);
    },
    bytes: (bytes: number | null | undefined): string => {
      if (bytes === null || bytes === undefined) return NONE;
      const power = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
      const value = bytes / 1024 ** power;
      return `${numbers.format(Math.round(value * 10) / 10)} ${['B', 'KB', 'MB', 'GB'][power]}`;
    },
    /** A label the server gave in both languages. */
    label: (label: { readonly zh: string; readonly en: string } | null | undefined): string =>
      label ? label[language] : NONE,
  };
}

export type Format = ReturnType<typeof createFormat>;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return useMemo(() => createFormat(language), [language]);
}
