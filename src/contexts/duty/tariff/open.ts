import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import {
  compare,
  type Decimal,
  decimal,
  isNegative,
  isZero,
  parseDecimal,
} from '../../../kernel/decimal.ts';
import type { CodeEntry, Reference } from '../../reference/index.ts';
import { LevyTreatment } from '../calculation/contract.ts';
import {
  type Agreement,
  type Policy,
  type Relief,
  SPECIAL_KINDS,
  type SpecialDuty,
  type TariffRate,
  type TariffRow,
  type TariffTables,
  UnreadableRow,
} from './tables.ts';

/** What the tariff needs of `reference`: code tables by day, and which versions stand. */
export type Codes = Pick<Reference, 'find' | 'tables'>;

/** The code tables of the tariff; columns in README.md. */
export const TARIFF_TABLES = [
  'tariff',
  'tariff_agreement',
  'tariff_agreement_rate',
  'tariff_special',
  'tariff_general',
  'exchange_rate',
  'levy_relief',
  'levy_treatment',
  'duty_policy',
  'rest_day',
] as const;

/** National codes have ten or eight digits; above them the heading and the chapter. */
const PREFIXES = [10, 8, 6, 4, 2];
const SATURDAY = 6;
const SUNDAY = 0;

/**
 * The tariff on top of the code tables of `reference`, read as they are asked for. A load takes effect
 * with `reference.reload()`; an assessment is made in one go and never sees half of it.
 */
export function openTariff(codes: Codes): TariffTables {
  const rowOf = remember('tariff', readRow);
  const agreementOf = remember('tariff_agreement', readAgreement);
  const agreementRateOf = remember('tariff_agreement_rate', readAgreementRate);
  const specialOf = remember('tariff_special', readSpecial);
  const reliefOf = remember('levy_relief', readRelief);
  const policyOf = remember('duty_policy', readPolicy);
  const yuanOf = remember('exchange_rate', readYuan);
  const rowOnce = untilReload(codes);
  const specialOnce = untilReload(codes);

  function longest(table: string, hsCode: string, on: LocalDate, tail = ''): CodeEntry | null {
    for (const length of PREFIXES) {
      if (length > hsCode.length) continue;
      const entry = codes.find(table, hsCode.slice(0, length) + tail, on);
      if (entry) return entry;
    }
    return null;
  }

  return {
    versions: () =>
      codes
        .tables()
        .filter(({ name }) => (TARIFF_TABLES as readonly string[]).includes(name))
        .map(({ name, version, source }) => ({ name, version, source })),
    row: (hsCode, on) => rowOnce(`${hsCode} ${on}`, () => rowOf(longest('tariff', hsCode, on))),
    agreement: (code, on) => agreementOf(codes.find('tariff_agreement', code, on)),
    agreementRate: (hsCode, agreement, on) =>
      agreementRateOf(longest('tariff_agreement_rate', hsCode, on, `.${agreement}`)),
    specialDuties(hsCode, origin, manufacturer, on) {
      const duties = specialOnce(`${hsCode} ${origin} ${on}`, () =>
        SPECIAL_KINDS.flatMap((kind) => {
          const duty = specialOf(longest('tariff_special', hsCode, on, `.${kind}.${origin}`));
          return duty ? [{ ...duty, kind }] : [];
        }),
      );
      const maker = manufacturer ? makerKey(manufacturer) : '';
      return duties.map(
        ({ code, kind, others, makers, basis }): SpecialDuty => ({
          ...{ code, kind, basis },
          rate: makers.get(maker) ?? others,
        }),
      );
    },
    isGeneral: (country, on) => codes.find('tariff_general', country, on) !== null,
    yuanPer: (currency, on) =>
      currency === 'CNY' ? ONE : yuanOf(codes.find('exchange_rate', currency, on)),
    relief: (nature, on) => reliefOf(codes.find('levy_relief', nature, on)),
    levyTreatment(mode, on) {
      const entry = codes.find('levy_treatment', mode, on);
      if (!entry) return 'taxed';
      const { data } = LevyTreatment.safeParse(entry.attributes.treatment);
      if (!data) throw new UnreadableRow('levy_treatment', mode);
      return data;
    },
    policy: (name, on) => policyOf(codes.find('duty_policy', name, on)),
    isRestDay(day) {
      const stated = codes.find('rest_day', day, day)?.attributes.kind;
      if (stated) return stated === 'rest';
      const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
      return weekday === SATURDAY || weekday === SUNDAY;
    },
  };
}

/** Reads an entry once, however often it is asked for; entries are never changed in place. */
function remember<T extends object>(table: string, read: (entry: CodeEntry) => T | null) {
  const known = new WeakMap<CodeEntry, T>();
  return (entry: CodeEntry | null): T | null => {
    if (!entry) return null;
    const before = known.get(entry);
    if (before) return before;
    const value = read(entry);
    if (!value) throw new UnreadableRow(table, entry.code);
    known.set(entry, value);
    return value;
  };
}

const ANSWERS_MAX = 20_000;

/** Answers kept for as long as the tables stand: a reload puts other tables in the place of these. */
function untilReload(codes: Codes) {
  let tables = codes.tables();
  const known = new Map<string, unknown>();
  return <T>(question: string, answer: () => T): T => {
    if (tables !== codes.tables() || known.size > ANSWERS_MAX) {
      tables = codes.tables();
      known.clear();
    }
    const before = known.get(question);
    if (before !== undefined) return before as T;
    const value = answer();
    known.set(question, value);
    return value;
  };
}

const ONE = decimal(1);
/** A cell that is there and is no number of ours; an absent cell is null. */
const MALFORMED = Symbol('malformed');

function cell({ attributes }: CodeEntry, name: string): Decimal | null | typeof MALFORMED {
  const text = attributes[name];
  if (text === undefined) return null;
  const value = parseDecimal(text);
  return value && !isNegative(value) ? value : MALFORMED;
}

/** A rate in two columns, `mfn` (percent) and `mfnPerUnit` (yuan), of a row that names its unit. */
function rateIn(
  entry: CodeEntry,
  column: string,
  unit = entry.attributes.unit,
): TariffRate | null | typeof MALFORMED {
  const percent = cell(entry, column);
  const perUnit = cell(entry, `${column}PerUnit`);
  if (percent === MALFORMED || perUnit === MALFORMED) return MALFORMED;
  if (!percent && !perUnit) return null;
  if (perUnit && unit === undefined) return MALFORMED;
  return { percent, perUnit, unit: perUnit ? (unit ?? null) : null };
}

const RATE_COLUMNS = [
  'mfn',
  'mfnProvisional',
  'general',
  'quota',
  'quotaProvisional',
  'export',
  'exportProvisional',
  'vat',
] as const;

function readRow(entry: CodeEntry): TariffRow | null {
  const rates: Partial<Record<(typeof RATE_COLUMNS)[number], TariffRate | null>> = {};
  for (const column of RATE_COLUMNS) {
    const rate = rateIn(entry, column);
    if (rate === MALFORMED) return null;
    rates[column] = rate;
  }
  const unit = entry.attributes.consumptionUnit ?? entry.attributes.unit;
  const consumption = rateIn(entry, 'consumption', unit);
  const from = cell(entry, 'consumptionFrom');
  if (consumption === MALFORMED || from === MALFORMED) return null;
  // A tax of all the price, and more, has no price to be composed of.
  if (consumption?.percent && compare(consumption.percent, decimal(100)) >= 0) return null;
  if (from && unit === undefined) return null;
  return {
    code: entry.code,
    ...(rates as Record<(typeof RATE_COLUMNS)[number], TariffRate | null>),
    consumption,
    consumptionFrom: from && unit !== undefined ? { value: from, unit } : null,
  };
}

function readAgreement({ code, attributes }: CodeEntry): Agreement | null {
  const countries = (attributes.countries ?? '').split(' ').filter(Boolean);
  if (countries.length === 0) return null;
  const treatment = attributes.treatment === 'preferential' ? 'preferential' : 'agreement';
  return { code, countries: new Set(countries), treatment };
}

function readAgreementRate(entry: CodeEntry): TariffRate | null {
  const rate = rateIn(entry, 'rate');
  return rate === MALFORMED ? null : rate;
}

/** Producers named with a rate of their own: `Alpha GmbH=12.5;Beta Ltd=30.8`. */
function readSpecial(entry: CodeEntry) {
  const others = rateIn(entry, 'rate');
  if (!others || others === MALFORMED) return null;
  const makers = new Map<string, TariffRate>();
  for (const part of (entry.attributes.makers ?? '').split(';').filter(Boolean)) {
    const [name = '', text = ''] = part.split('=');
    const percent = parseDecimal(text.trim());
    if (!percent || isNegative(percent)) return null;
    makers.set(makerKey(name), { percent, perUnit: null, unit: null });
  }
  return { code: entry.code, others, makers, basis: entry.attributes.basis ?? '' };
}

const makerKey = (name: string): string => name.trim().replace(/\s+/g, ' ').toUpperCase();

function readRelief(entry: CodeEntry): Relief | null {
  const [importDuty, consumptionTax, vat] = ['importDuty', 'consumptionTax', 'vat'].map(
    (column) => cell(entry, column) ?? ONE,
  );
  if (!importDuty || !consumptionTax || !vat) return null;
  if (importDuty === MALFORMED || consumptionTax === MALFORMED || vat === MALFORMED) return null;
  const leaves = { importDuty, consumptionTax, vat };
  return Object.values(leaves).some((share) => compare(share, ONE) > 0) ? null : leaves;
}

function readPolicy(entry: CodeEntry): Policy | null {
  const value = cell(entry, 'value');
  if (!value || value === MALFORMED) return null;
  return { value, basis: entry.attributes.basis ?? '' };
}

/** Yuan are published for 1 unit or, for small currencies, for 100 (`per`). */
const PER_SCALE = new Map([
  ['1', 0],
  ['100', 2],
]);

function readYuan(entry: CodeEntry): Decimal | null {
  const yuan = cell(entry, 'yuan');
  const scale = PER_SCALE.get(entry.attributes.per ?? '1');
  if (!yuan || yuan === MALFORMED || isZero(yuan) || scale === undefined) return null;
  return { coefficient: yuan.coefficient, scale: yuan.scale + scale };
}

/** The first day, that day included, on which banks and customs work. */
export function workingDayFrom(day: LocalDate, tables: Pick<TariffTables, 'isRestDay'>): LocalDate {
  let at = day;
  while (tables.isRestDay(at)) at = addDays(at, 1);
  return at;
}
