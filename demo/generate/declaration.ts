import type { DeclarationInput } from '../../src/contexts/clearance/contract.ts';
import { hs2 } from '../../src/kernel/codes.ts';
import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import type { Catalogue, Goods, Premises } from './catalogue.ts';
import { type Chain, countryOf } from './chains.ts';
import type { Enterprise } from './enterprises.ts';
import type { Random } from './random.ts';

/** One line before it is written down; prices carry four places, quantities two, masses three. */
export interface DraftLine {
  goods: Goods;
  hsCode: string;
  description: string;
  specification: string;
  origin: string;
  quantity: number;
  netKg: number;
  unitPrice: number;
  preference: string | null;
}

/**
 * A declaration while it is being made. Irregularities and mistakes change it; `toContent` writes it
 * down, so that totals always follow the lines, as a broker's software sees to it.
 */
export interface Draft {
  id: string;
  /** When it is filed, and when the goods are there; milliseconds. */
  at: number;
  arrivesAt: number;
  chain: Chain;
  filing: 'standard' | 'advance';
  domestic: Enterprise;
  owner: Enterprise;
  overseas: { name: string; country: string };
  partner: string;
  premises: Premises;
  carrier: { name: string; country: string; prefix: string };
  conveyance: string;
  voyageNo: string;
  transportDocNo: string;
  transportDate: LocalDate;
  packageKind: string;
  packages: number;
  /** Gross over net mass. */
  grossFactor: number;
  currency: string;
  tradeTerms: string;
  contractNo: string;
  lines: DraftLine[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Two in five file before the goods arrive (提前申报). */
const ADVANCE_SHARE = 0.42;
const LINES_MAX = 8;
/** Flights of one airline on one day: each is a manifest to be filed. */
const FLIGHTS_A_DAY = 1;
const FLIGHTS_FROM = 7001;
/** A relation keeps to its usual route, save for the odd consignment through another port. */
const OTHER_ROUTE_SHARE = 0.04;

/** Packages by what travels: bulk for minerals and grain, drums for chemicals, cartons for the rest. */
const PACKAGE_KINDS: Record<number, string> = {
  2: '06',
  3: '00',
  5: '00',
  6: '39',
  7: '06',
  9: '93',
  15: '93',
};

/** Makes an honest declaration of one relation, filed at `at`. */
export function draftDeclaration(
  catalogue: Catalogue,
  chain: Chain,
  random: Random,
  at: number,
): Draft {
  const advance = random.chance(ADVANCE_SHARE);
  const carrier = random.pick(chain.carriers);
  const lines = draftLines(catalogue, chain, random);
  const netKg = lines.reduce((total, line) => total + line.netKg, 0);
  const day = localDay(at);
  return {
    id: '',
    at,
    arrivesAt: at + (advance ? untilArrival(chain, random) : random.between(20_000, 480_000)),
    chain,
    filing: advance ? 'advance' : 'standard',
    domestic: chain.trader.enterprise,
    owner: chain.owner,
    overseas: chain.overseas,
    partner: routeOf(catalogue, chain, random),
    premises: random.pick(chain.premises),
    carrier: { name: carrier.name, country: carrier.country, prefix: carrier.prefix },
    ...voyageOf(chain, carrier, random, day),
    transportDate: addDays(day, travelDays(chain, advance, random)),
    packageKind: PACKAGE_KINDS[chain.goods.section] ?? '22',
    packages: packagesOf(chain.goods, netKg, random),
    grossFactor: 1 + (chain.goods.section === 5 ? 0.002 : random.between(0.02, 0.14)),
    currency: chain.currency,
    tradeTerms: chain.tradeTerms,
    contractNo: `${chain.overseas.country}${day.slice(2, 4)}${String(random.int(1_000_000)).padStart(6, '0')}`,
    lines,
  };
}

export const localDay = (at: number): LocalDate =>
  new Date(at + 8 * HOUR).toISOString().slice(0, 10);

function untilArrival(chain: Chain, random: Random): number {
  if (chain.ieFlag === 'E') return random.between(4 * HOUR, 2 * DAY);
  return chain.air ? random.between(2 * HOUR, 1.2 * DAY) : random.between(6 * HOUR, 3 * DAY);
}

function travelDays(chain: Chain, advance: boolean, random: Random): number {
  if (chain.ieFlag === 'E') return 1 + random.int(advance ? 5 : 3);
  if (advance) return 1 + random.int(2);
  // A few file after the fourteen days the law allows, and pay the late fee (滞报金).
  return random.chance(0.01) ? -(15 + random.int(10)) : -random.int(chain.air ? 3 : 8);
}

function routeOf(catalogue: Catalogue, chain: Chain, random: Random): string {
  if (chain.ieFlag === 'E' || !random.chance(OTHER_ROUTE_SHARE)) return chain.partner;
  const { airFrom, seaFrom } = countryOf(catalogue, chain.origin);
  return random.pick(chain.air ? airFrom : seaFrom).of;
}

function voyageOf(
  chain: Chain,
  carrier: Chain['carriers'][number],
  random: Random,
  day: LocalDate,
): Pick<Draft, 'conveyance' | 'voyageNo' | 'transportDocNo'> {
  const digits = (count: number) => String(random.int(10 ** count)).padStart(count, '0');
  if (!chain.air) {
    const week = Math.ceil((Date.parse(day) - Date.UTC(2026, 0, 1)) / (7 * DAY));
    return {
      // One of a carrier's ships is in on a day: goods of many share a manifest.
      conveyance: carrier.conveyances[(Date.parse(day) / DAY) % carrier.conveyances.length] ?? '',
      voyageNo: `${day.slice(2, 4)}${String(week).padStart(2, '0')}${chain.ieFlag === 'I' ? 'W' : 'E'}`,
      transportDocNo: `${carrier.prefix}SHA${digits(8)}`,
    };
  }
  // An air waybill ends in a check digit: the serial modulo seven.
  const serial = random.int(10_000_000);
  const airline = 300 + ((carrier.prefix.charCodeAt(0) * 7 + carrier.prefix.charCodeAt(1)) % 690);
  return {
    conveyance: `${carrier.prefix}${FLIGHTS_FROM + random.int(FLIGHTS_A_DAY)}`,
    voyageNo: day.replaceAll('-', ''),
    transportDocNo: `${airline}-${String(serial).padStart(7, '0')}${serial % 7}`,
  };
}

function packagesOf(goods: Goods, netKg: number, random: Random): number {
  if (PACKAGE_KINDS[goods.section] === '00') return 1;
  return Math.max(1, Math.round(netKg / random.between(goods.kgPerUnit > 100 ? 800 : 12, 900)));
}

function draftLines(catalogue: Catalogue, chain: Chain, random: Random): DraftLine[] {
  const lines = [draftLine(catalogue, chain, chain.goods, random, 1)];
  while (lines.length < LINES_MAX && chain.companions.length > 0 && random.chance(0.44)) {
    const goods = random.pick(chain.companions);
    lines.push(draftLine(catalogue, chain, goods, random, 0.45));
  }
  return lines;
}

function draftLine(
  catalogue: Catalogue,
  chain: Chain,
  goods: Goods,
  random: Random,
  share: number,
): DraftLine {
  const price =
    goods === chain.goods
      ? chain.price
      : (goods.origins.find((each) => each.country === chain.origin)?.price ?? 1) *
        random.logNormal(goods.spread * 0.7);
  const usd = goods.priceUsd * price * random.logNormal(goods.spread * 0.5);
  const exact = usd / (catalogue.usdPer[chain.currency] ?? 1);
  const unitPrice = roundTo(exact, exact < 100 ? 4 : 2) || 0.0001;
  const lot = goods.lotUsd * chain.size * share * random.logNormal(0.7);
  const countable = goods.kgPerUnit !== 1 && goods.unit !== '033' && goods.unit !== '084';
  const quantity = Math.max(
    countable ? 1 : 0.5,
    roundTo(lot / usd, countable ? 0 : lot > 5000 ? 1 : 2),
  );
  const weighed = goods.unit === '035';
  const kgPerUnit = weighed ? 1 : goods.kgPerUnit * random.logNormal(0.06);
  return {
    goods,
    hsCode: goods.hs,
    description: goods.zh,
    specification: specificationOf(goods, chain.brand, random),
    origin: chain.origin,
    quantity,
    netKg: Math.max(0.001, roundTo(quantity * kgPerUnit, weighed ? 2 : 3)),
    unitPrice,
    preference: chain.preference,
  };
}

const MODEL_LETTERS = 'ABCDEFHKLMNPRSTVX';
function specificationOf(goods: Goods, brand: string, random: Random): string {
  const letter = () => MODEL_LETTERS.charAt(random.int(MODEL_LETTERS.length));
  const model = `${letter()}${letter()}-${100 + random.int(900)}${random.chance(0.4) ? letter() : ''}`;
  const text = random.pick(goods.specifications).replace('{model}', `型号${model}`);
  return goods.branded ? `${text}；品牌：${brand}` : text;
}

export const roundTo = (value: number, places: number): number =>
  Math.round(value * 10 ** places) / 10 ** places;

/** Decimal text without trailing zeros; what we write has at most four places and stays exact. */
export function amountText(value: number, places: number): string {
  const text = value.toFixed(places);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Value of a line in hundredths of the currency. */
export const lineCents = (line: DraftLine): number =>
  Math.max(1, Math.round(line.quantity * line.unitPrice * 100));

export const draftCents = (draft: Draft): number =>
  draft.lines.reduce((total, line) => total + lineCents(line), 0);

/** Writes the declaration down, as the single window would send it. */
export function toContent(draft: Draft): DeclarationInput {
  const { chain } = draft;
  const cents = draftCents(draft);
  const netKg = roundTo(
    draft.lines.reduce((total, line) => total + line.netKg, 0),
    3,
  );
  const grossKg = Math.max(netKg, roundTo(netKg * draft.grossFactor, 2));
  const value = cents / 100;
  const party = (enterprise: Enterprise) => ({ uscc: enterprise.uscc, name: enterprise.nameZh });
  return {
    filing: draft.filing,
    ieFlag: chain.ieFlag,
    declarationOffice: chain.filingOffice,
    borderOffice: chain.office.code,
    examinationOffice: chain.examinationOffice,
    supervisionMode: chain.mode.mode,
    ...(chain.mode.levy && { levyNature: chain.mode.levy }),
    parties: {
      declarant: party(chain.broker),
      domestic: party(draft.domestic),
      owner: party(draft.owner),
      overseas: draft.overseas,
      forwarder: party(chain.forwarder),
      carrier: { name: draft.carrier.name, country: draft.carrier.country },
      terminal: { name: draft.premises.zh },
    },
    tradeTerms: draft.tradeTerms,
    transport: {
      mode: chain.air ? '5' : '2',
      conveyance: draft.conveyance,
      voyageNo: draft.voyageNo,
      transportDocNo: draft.transportDocNo,
      partnerCountry: draft.partner,
      date: draft.transportDate,
    },
    packages: { kind: draft.packageKind, count: draft.packages },
    grossMassKg: amountText(grossKg, 3),
    netMassKg: amountText(netKg, 3),
    currency: draft.currency,
    totalValue: amountText(value, 2),
    ...charges(draft, value),
    ...licencesOf(draft),
    documents: documentsOf(draft),
    lines: draft.lines.map((line, index) => ({
      lineNo: index + 1,
      hsCode: line.hsCode,
      description: line.description,
      specification: line.specification,
      originCountry: line.origin,
      quantity: amountText(line.quantity, 2),
      unit: line.goods.unit,
      netMassKg: amountText(line.netKg, 3),
      unitPrice: amountText(line.unitPrice, 4),
      value: amountText(lineCents(line) / 100, 2),
      ...(line.preference && { preference: line.preference }),
    })),
  };
}

/** Permits by chapter and direction (监管证件); the number names the year and a serial. */
const PERMITS: Readonly<Record<string, string>> = {
  I02: 'A',
  I03: 'A',
  I08: 'A',
  I26: '7',
  I30: 'Q',
  I93: '1',
  E38: 'S',
};

function licencesOf(draft: Draft): Pick<DeclarationInput, 'licences'> {
  const kinds = new Set<string>();
  for (const line of draft.lines) {
    const kind = PERMITS[`${draft.chain.ieFlag}${hs2(line.hsCode)}`];
    if (kind) kinds.add(kind);
  }
  if (kinds.size === 0) return {};
  const serial = `${draft.transportDate.slice(0, 4)}${draft.contractNo.slice(-6)}`;
  return { licences: [...kinds].map((kind) => ({ kind, number: `${kind}${serial}` })) };
}

function documentsOf(draft: Draft): DeclarationInput['documents'] {
  const documents = [{ kind: 'contract', number: draft.contractNo }];
  if (draft.lines.some((line) => line.preference)) {
    const number = `${draft.chain.origin}${draft.contractNo.slice(-6)}`;
    documents.push({ kind: 'certificateOfOrigin', number });
  }
  return documents;
}

/** Freight and insurance stand apart where the price does not hold them (imports) or does (exports). */
function charges(draft: Draft, value: number): { freight?: string; insurance?: string } {
  const imports = draft.chain.ieFlag === 'I';
  const freight = imports === ['FOB', 'EXW'].includes(draft.tradeTerms);
  const insurance = imports ? draft.tradeTerms !== 'CIF' : draft.tradeTerms === 'CIF';
  const share = draft.chain.air ? 0.035 : 0.018;
  return {
    ...(freight && { freight: amountText(value * share, 2) }),
    ...(insurance && { insurance: amountText(value * 0.003, 2) }),
  };
}
