import { readFileSync } from 'node:fs';
import { parseTable, type Row } from '../table.ts';

/** What trades through the port: one kind of goods with its prices, origins and rhythm. */
export interface Goods {
  readonly hs: string;
  readonly section: number;
  readonly zh: string;
  readonly specifications: readonly string[];
  readonly unit: string;
  readonly kgPerUnit: number;
  readonly priceUsd: number;
  /** Standard deviation of the logarithm of honest prices from one origin. */
  readonly spread: number;
  /** Median value of one line. */
  readonly lotUsd: number;
  readonly importWeight: number;
  readonly exportWeight: number;
  /** Where it comes from, how often, and its price there beside `priceUsd`. */
  readonly origins: readonly { country: string; weight: number; price: number }[];
  /** The share that flies. */
  readonly air: number;
  /** How much of it moves in July, August and September. */
  readonly season: readonly number[];
  /** The code that cheats declare instead, because less duty is paid under it. */
  readonly lowerDutyHs: string | null;
  readonly hides: { readonly kind: 'waste' | 'precursor'; readonly what: string } | null;
  readonly branded: boolean;
}

export interface Country {
  readonly code: string;
  readonly region: string;
  readonly suffix: string;
  readonly currencies: readonly Weighted[];
  /** The agreement under which its goods may claim a lower rate. */
  readonly preference: string | null;
  readonly exportWeight: number;
  /** Where goods of this origin are loaded, by sea and by air. */
  readonly seaFrom: readonly Weighted[];
  readonly airFrom: readonly Weighted[];
  /** Its main port or, far from the sea, city (UN/LOCODE). */
  readonly port: string;
}
export interface Weighted {
  readonly of: string;
  readonly weight: number;
}

export interface Office {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** What arrives there: `sea`, `air`, or nothing for an inland office. */
  readonly transport: string;
  readonly importWeight: number;
  readonly exportWeight: number;
  readonly filing: number;
}
export interface Premises {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly office: string;
  readonly weight: number;
}
export interface Carrier {
  readonly name: string;
  readonly country: string;
  readonly mode: 'sea' | 'air';
  readonly prefix: string;
  readonly conveyances: readonly string[];
}
export interface Mode {
  readonly mode: string;
  readonly levy: string | null;
  readonly ieFlag: 'I' | 'E';
  readonly weight: number;
}
export interface City {
  readonly zh: string;
  readonly en: string;
  /** Administrative division, as the credit code has it, and the customs code of the place. */
  readonly region: string;
  readonly customs: string;
  readonly office: string;
  readonly weight: number;
}
type NamePair = readonly [zh: string, en: string];
export interface Names {
  readonly syllables: Readonly<Record<string, string>>;
  readonly cities: readonly City[];
  readonly trades: Readonly<Record<string, NamePair>>;
  readonly forms: Readonly<
    Record<'trader' | 'manufacturer' | 'broker' | 'forwarder', readonly NamePair[]>
  >;
  readonly overseas: Readonly<Record<string, readonly string[]>>;
  readonly overseasTrades: Readonly<Record<string, string>>;
  readonly brands: readonly string[];
  readonly brandsOftenCopied: readonly string[];
  readonly surnames: readonly string[];
  readonly givenNames: readonly string[];
}

export interface Catalogue {
  readonly goods: readonly Goods[];
  readonly countries: ReadonlyMap<string, Country>;
  readonly offices: readonly Office[];
  readonly premises: readonly Premises[];
  readonly carriers: readonly Carrier[];
  readonly modes: readonly Mode[];
  readonly names: Names;
  /** US dollars for one unit of a currency, one fixed rate for the whole quarter. */
  readonly usdPer: Readonly<Record<string, number>>;
}

const read = (name: string): string =>
  readFileSync(new URL(`../catalogue/${name}`, import.meta.url), 'utf8');
export const readRows = (name: string): Row[] => parseTable(read(name));

export function loadCatalogue(): Catalogue {
  const countries = readRows('countries.csv').map(toCountry);
  return {
    goods: readRows('goods.csv').map(toGoods),
    countries: new Map(countries.map((country) => [country.code, country])),
    offices: readRows('offices.csv').map(toOffice),
    premises: readRows('premises.csv').map((row) => ({
      ...named(row),
      weight: Number(row.weight),
    })),
    carriers: readRows('carriers.csv').map(toCarrier),
    modes: readRows('modes.csv').map((row) => ({
      mode: row.mode ?? '',
      levy: row.levy || null,
      ieFlag: row.ieFlag === 'E' ? 'E' : 'I',
      weight: Number(row.weight),
    })),
    names: JSON.parse(read('names.json')) as Names,
    usdPer: (JSON.parse(read('rates.json')) as { usdPer: Record<string, number> }).usdPer,
  };
}

const named = (row: Row) => ({
  id: row.id ?? '',
  zh: row.zh ?? '',
  en: row.en ?? '',
  office: row.office ?? '',
});

/** `DE:72 NL:18` → weights. */
function toWeighted(text: string | undefined): Weighted[] {
  return (text ?? '').split(' ').map((part) => {
    const [of = '', weight = '1'] = part.split(':');
    return { of, weight: Number(weight) };
  });
}

function toCountry(row: Row): Country {
  return {
    code: row.code ?? '',
    region: row.region ?? '',
    suffix: row.suffix ?? '',
    currencies: toWeighted(row.currencies),
    preference: row.preference || null,
    exportWeight: Number(row.exportWeight),
    seaFrom: toWeighted(row.seaFrom),
    airFrom: toWeighted(row.airFrom),
    port: row.port ?? '',
  };
}

function toOffice(row: Row): Office {
  return {
    code: row.code ?? '',
    zh: row.zh ?? '',
    en: row.en ?? '',
    transport: row.transport ?? '',
    importWeight: Number(row.importWeight),
    exportWeight: Number(row.exportWeight),
    filing: Number(row.filing),
  };
}

function toCarrier(row: Row): Carrier {
  return {
    name: row.name ?? '',
    country: row.country ?? '',
    mode: row.mode === 'air' ? 'air' : 'sea',
    prefix: row.prefix ?? '',
    conveyances: (row.conveyances ?? '').split('|'),
  };
}

function toGoods(row: Row): Goods {
  const [hidden, what] = (row.hides ?? '').split(':');
  return {
    hs: row.hs ?? '',
    section: Number(row.section),
    zh: row.zh ?? '',
    specifications: (row.specification ?? '').split('|').map((text) => text.replaceAll(';', '；')),
    unit: row.unit ?? '',
    kgPerUnit: Number(row.kgPerUnit),
    priceUsd: Number(row.priceUsd),
    spread: Number(row.spread),
    lotUsd: Number(row.lotUsd),
    importWeight: Number(row.importWeight),
    exportWeight: Number(row.exportWeight),
    origins: (row.origins ?? '').split(' ').map(toOrigin),
    air: Number(row.air),
    season: (row.season ?? '1|1|1').split('|').map(Number),
    lowerDutyHs: row.lowerDutyHs || null,
    hides: what ? { kind: hidden === 'waste' ? 'waste' : 'precursor', what } : null,
    branded: row.branded === 'y',
  };
}

/** `DE:4@1.2`: weight 4, at 1.2 times the price. */
function toOrigin(text: string) {
  const [country = '', rest = ''] = text.split(':');
  const [weight = '1', price = '1'] = rest.split('@');
  return { country, weight: Number(weight), price: Number(price) };
}
