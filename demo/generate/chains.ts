import { hs2 } from '../../src/kernel/codes.ts';
import type { Carrier, Catalogue, Country, Goods, Mode, Office, Premises } from './catalogue.ts';
import type { Enterprise, Register, Trader } from './enterprises.ts';
import { drawer, type Random, randomFor } from './random.ts';

/**
 * A standing trade relation: the whole chain of parties between whoever sells abroad and whoever
 * uses the goods here, with the goods, the route and the terms they settled on. Declarations repeat
 * relations, which is what gives enterprises, routes and prices a history.
 */
export interface Chain {
  readonly ieFlag: 'I' | 'E';
  readonly goods: Goods;
  /** What else travels in the same consignment, from the same section. */
  readonly companions: readonly Goods[];
  readonly trader: Trader;
  readonly owner: Enterprise;
  readonly broker: Enterprise;
  readonly forwarder: Enterprise;
  readonly overseas: { readonly name: string; readonly country: string };
  readonly origin: string;
  /** Where goods come from or go to on this relation's usual route. */
  readonly partner: string;
  readonly air: boolean;
  readonly carriers: readonly Carrier[];
  readonly office: Office;
  readonly premises: readonly Premises[];
  readonly filingOffice: string;
  readonly examinationOffice: string;
  readonly mode: Mode;
  readonly currency: string;
  readonly tradeTerms: string;
  /** The agreement claimed, for imports that claim one. */
  readonly preference: string | null;
  /** What this relation pays beside the median of goods and origin. */
  readonly price: number;
  /** How much lower or higher than the median its consignments are. */
  readonly size: number;
  readonly brand: string;
  readonly weight: number;
}

/** Relations per enterprise, on average. */
const CHAINS_PER_ENTERPRISE = 4;
const TERMS: Readonly<Record<'I' | 'E', readonly (readonly [term: string, weight: number])[]>> = {
  I: [
    ['CIF', 52],
    ['FOB', 30],
    ['EXW', 8],
    ['CFR', 10],
  ],
  E: [
    ['FOB', 68],
    ['CIF', 20],
    ['CFR', 12],
  ],
};

export interface Chains {
  /** Draws a relation as trade goes in that month of the quarter (0, 1, 2). */
  draw(random: Random, ieFlag: 'I' | 'E', month: number): Chain;
  readonly all: readonly Chain[];
}

/** Knits relations so that goods move in the catalogue's proportions, whoever moves them. */
export function knitChains(catalogue: Catalogue, register: Register, seed: string): Chains {
  const random = randomFor(seed, 'chains');
  const knit = createKnitter(catalogue, register, random);
  const wanted = register.all.length * CHAINS_PER_ENTERPRISE;
  const totalWeight = catalogue.goods.reduce((all, g) => all + g.importWeight + g.exportWeight, 0);
  const byGoods = new Map<Goods, { I: Chain[]; E: Chain[] }>();
  for (const goods of catalogue.goods) {
    const count = (weight: number) =>
      weight > 0 ? Math.max(3, Math.round((wanted * weight) / totalWeight)) : 0;
    byGoods.set(goods, {
      I: Array.from({ length: count(goods.importWeight) }, () => knit(goods, 'I')),
      E: Array.from({ length: count(goods.exportWeight) }, () => knit(goods, 'E')),
    });
  }
  const goodsDrawers = { I: monthly(catalogue, 'I'), E: monthly(catalogue, 'E') };
  const chainDrawers = new Map(
    [...byGoods].map(([goods, { I, E }]) => [
      goods,
      { I: drawer(I, (chain) => chain.weight), E: drawer(E, (chain) => chain.weight) },
    ]),
  );
  return {
    all: [...byGoods.values()].flatMap(({ I, E }) => [...I, ...E]),
    draw(source, ieFlag, month) {
      const goods = goodsDrawers[ieFlag][month]?.(source);
      const chain = goods && chainDrawers.get(goods)?.[ieFlag](source);
      if (!chain) throw new Error(`No relation trades in month ${month} (${ieFlag}).`);
      return chain;
    },
  };
}

function monthly(catalogue: Catalogue, ieFlag: 'I' | 'E') {
  return [0, 1, 2].map((month) =>
    drawer(
      catalogue.goods,
      (goods) =>
        (ieFlag === 'I' ? goods.importWeight : goods.exportWeight) * (goods.season[month] ?? 1),
    ),
  );
}

function createKnitter(catalogue: Catalogue, register: Register, random: Random) {
  const bySection = new Map<number, readonly Trader[]>();
  for (const { section } of catalogue.goods) {
    bySection.set(
      section,
      register.traders.filter((trader) => trader.section === section),
    );
  }
  const drawTrader = new Map(
    [...bySection].map(([section, traders]) => [section, drawer(traders, (t) => t.activity)]),
  );
  const drawAnyTrader = drawer(register.traders, (trader) => trader.activity);
  const brokerRank = new Map(register.brokers.map((broker, index) => [broker, 1 / (index + 3)]));
  const drawBroker = drawer(register.brokers, (broker) => brokerRank.get(broker) ?? 0);
  const brokersOf = new Map<Trader, Enterprise[]>();
  const countries = [...catalogue.countries.values()];
  const drawDestination = drawer(countries, (country) => country.exportWeight);
  const inland = catalogue.offices.filter((office) => !office.transport);
  const drawFilingOffice = drawer(catalogue.offices, (office) => office.filing);
  const modes = {
    I: drawer(
      catalogue.modes.filter((m) => m.ieFlag === 'I'),
      (mode) => mode.weight,
    ),
    E: drawer(
      catalogue.modes.filter((m) => m.ieFlag === 'E'),
      (mode) => mode.weight,
    ),
  };

  function brokerOf(trader: Trader): Enterprise {
    const known = brokersOf.get(trader) ?? [];
    if (known.length > 0 && random.chance(0.75)) return random.pick(known);
    const broker = drawBroker(random);
    brokersOf.set(trader, [...known, broker]);
    return broker;
  }

  function placeOf(air: boolean, ieFlag: 'I' | 'E') {
    const transport = air ? 'air' : 'sea';
    const offices = catalogue.offices.filter((office) => office.transport === transport);
    const office = drawer(offices, (o) => (ieFlag === 'I' ? o.importWeight : o.exportWeight))(
      random,
    );
    return { office, premises: catalogue.premises.filter((each) => each.office === office.code) };
  }

  /** Nationwide clearance: most file where the goods cross, some at home, some anywhere. */
  function officesOf(office: Office, trader: Trader) {
    const draw = random.next();
    const home = trader.enterprise.city.office;
    const filingOffice =
      draw < 0.62 ? office.code : draw < 0.88 ? home : drawFilingOffice(random).code;
    const examinationOffice = random.chance(0.92)
      ? office.code
      : inland.some((each) => each.code === home)
        ? home
        : office.code;
    return { filingOffice, examinationOffice };
  }

  return function knit(goods: Goods, ieFlag: 'I' | 'E'): Chain {
    const pool = drawTrader.get(goods.section);
    const trader = pool && random.chance(0.9) ? pool(random) : drawAnyTrader(random);
    const origin =
      ieFlag === 'I' ? drawer(goods.origins, (o) => o.weight)(random) : { country: 'CN', price: 1 };
    const originCountry = countryOf(catalogue, origin.country);
    const air = random.chance(goods.air);
    const partner =
      ieFlag === 'I'
        ? drawer(air ? originCountry.airFrom : originCountry.seaFrom, (w) => w.weight)(random).of
        : drawDestination(random).code;
    const mode = modes[ieFlag](random);
    const overseasCountry = sellerCountry(random, ieFlag, origin.country, partner);
    const { office, premises } = placeOf(air, ieFlag);
    const carriers = catalogue.carriers.filter((carrier) => (carrier.mode === 'air') === air);
    const currencies = countryOf(catalogue, overseasCountry).currencies;
    const users = bySection.get(goods.section) ?? [];
    const agreement = ieFlag === 'I' && mode.mode === '0110' ? originCountry.preference : null;
    return {
      ieFlag,
      goods,
      companions: companionsOf(catalogue, goods, ieFlag, origin.country),
      trader,
      owner:
        trader.enterprise.kind === 'manufacturer' || users.length === 0 || random.chance(0.5)
          ? trader.enterprise
          : random.pick(users).enterprise,
      broker: brokerOf(trader),
      forwarder: random.pick(register.forwarders),
      overseas: {
        name: overseasName(catalogue, random, overseasCountry, goods.section),
        country: overseasCountry,
      },
      origin: origin.country,
      partner,
      air,
      carriers: [random.pick(carriers), random.pick(carriers)],
      office,
      premises,
      ...officesOf(office, trader),
      mode,
      currency: drawer(currencies, (c) => c.weight)(random).of,
      tradeTerms: drawer(TERMS[ieFlag], ([, weight]) => weight)(random)[0],
      preference: agreement && random.chance(0.55) ? agreement : null,
      price: origin.price * random.logNormal(goods.spread * 0.7),
      size: random.logNormal(0.55),
      brand: random.pick(catalogue.names.brands),
      weight: random.logNormal(0.9),
    };
  };
}

export function countryOf(catalogue: Catalogue, code: string): Country {
  const country = catalogue.countries.get(code);
  if (!country) throw new Error(`The catalogue has no country ${code}.`);
  return country;
}

/** Most buy from the country of origin; some through trading houses elsewhere, quite lawfully. */
function sellerCountry(random: Random, ieFlag: 'I' | 'E', origin: string, partner: string): string {
  if (random.chance(0.1)) return random.pick(['HK', 'SG', 'CH', 'US', 'NL']);
  return ieFlag === 'I' ? origin : partner;
}

export function overseasName(
  catalogue: Catalogue,
  random: Random,
  countryCode: string,
  section: number,
): string {
  const { names } = catalogue;
  const country = countryOf(catalogue, countryCode);
  const words = names.overseas[country.region] ?? [];
  const trade = names.overseasTrades[String(section)] ?? 'Trading';
  const [first, second] = [random.pick(words), random.pick(words)];
  const stem = random.chance(0.35) && first !== second ? `${first} ${second}` : first;
  return `${stem} ${trade} ${country.suffix}`;
}

/** What may share a consignment: goods of the chapter, else of the section, from the same origin. */
function companionsOf(
  catalogue: Catalogue,
  goods: Goods,
  ieFlag: 'I' | 'E',
  origin: string,
): readonly Goods[] {
  const section = catalogue.goods.filter(
    (other) =>
      other !== goods &&
      other.section === goods.section &&
      other.lotUsd < goods.lotUsd * 4 &&
      (ieFlag === 'E'
        ? other.exportWeight > 0
        : other.importWeight > 0 && other.origins.some((each) => each.country === origin)),
  );
  const chapter = section.filter((other) => hs2(other.hs) === hs2(goods.hs));
  return chapter.length > 0 ? chapter : section;
}
