import { type Random, randomFor } from '../../demo/generate/random.ts';
import type { Fact, FactSet, FactType, FactValue } from '../../src/contexts/facts/index.ts';

const listOf = (many: number, make: (random: Random) => string): readonly string[] => {
  const random = randomFor('bench', 'list', many);
  return Array.from({ length: many }, () => make(random));
};
const letter = (random: Random) => String.fromCharCode(65 + random.int(26));

/** What declarations are drawn from, so that rules speak of goods and places that occur. */
export const HS6 = listOf(400, (random) => String(10_000 + random.int(960_000)).padStart(6, '0'));
export const COUNTRIES = listOf(40, (random) => letter(random) + letter(random));
export const OFFICES = listOf(12, (random) => String(2200 + random.int(90)));
export const MODES = ['0110', '0214', '0615', '1039', '1210', '9610'];
export const GRADES = ['regular', 'certified', 'advancedCertified', 'dishonest'];
export const GOODS = '甲苯 丙酮 锂电池 液晶显示屏 不锈钢管 婴儿奶粉 汽车零件 葡萄酒'.split(' ');

type Draw = (random: Random) => FactValue;

const amount =
  (median: number, spread = 1): Draw =>
  (random) =>
    Number((median * random.logNormal(spread)).toFixed(2));
const count =
  (median: number): Draw =>
  (random) =>
    Math.round(median * random.logNormal(1));
const share: Draw = (random) => Number((random.next() ** 2).toFixed(4));
const deviation: Draw = (random) => Number((2 * random.normal()).toFixed(3));
/** The first of a list are the usual ones. */
const usual =
  (list: readonly string[]): Draw =>
  (random) =>
    list[Math.floor(random.next() ** 2 * list.length)] ?? null;
const one =
  (kind: string, many: number): Draw =>
  (random) =>
    kind + random.int(many);
const described: Draw = (random) =>
  `${random.pick(GOODS)}，${random.pick(['全新', '工业级', '散装', '零售包装'])}，型号${random.int(900)}`;

/** Of each fact its type and how it is drawn: sixty, named as the product names them. */
const STATED: Readonly<Record<string, readonly [FactType, Draw]>> = {
  'declaration.id': ['text', one('D', 1e9)],
  'declaration.ieFlag': ['text', usual(['I', 'E'])],
  'declaration.office': ['text', usual(OFFICES)],
  'declaration.borderOffice': ['text', usual(OFFICES)],
  'declaration.mode': ['text', usual(MODES)],
  'declaration.filing': ['text', usual(['M', '1', '2'])],
  'declaration.value': ['number', amount(60_000, 1.5)],
  'declaration.currency': ['text', usual(['USD', 'EUR', 'CNY', 'JPY'])],
  'declaration.netMass': ['number', amount(4_000, 1.5)],
  'declaration.grossMass': ['number', amount(4_400, 1.5)],
  'declaration.packages': ['integer', count(40)],
  'declaration.lines': ['integer', count(3)],
  'goods.hs': ['text', usual(HS6.map((code) => `${code}9090`))],
  'goods.hs6': ['text', usual(HS6)],
  'goods.origin': ['text', usual(COUNTRIES)],
  'goods.description': ['text', described],
  'goods.quantity': ['number', amount(800)],
  'goods.unit': ['text', usual(['035', '007', '011'])],
  'goods.netMass': ['number', amount(3_000, 1.5)],
  'goods.value': ['number', amount(45_000, 1.5)],
  'goods.preference': ['text', usual(['none', 'RCEP', 'ACFTA', 'CHFTA'])],
  'goods.taxRate': ['number', amount(8)],
  'goods.taxType': ['text', usual(['A', 'C', 'E'])],
  'goods.isHazardous': ['boolean', (random) => random.chance(0.1)],
  'goods.brand': ['text', one('B', 500)],
  'route.departure': ['text', usual(COUNTRIES)],
  'route.mode': ['text', usual(['2', '5', '4', '3'])],
  'route.days': ['integer', count(20)],
  'route.transits': ['integer', (random) => random.int(4)],
  'party.declarant': ['text', one('P', 900)],
  'party.importer': ['text', one('Q', 3000)],
  'party.seller': ['text', one('S', 5000)],
  'party.carrier': ['text', one('C', 60)],
  'party.importerGrade': ['text', usual(GRADES)],
  'party.importerAge': ['integer', count(2500)],
  'price.perKg': ['number', amount(12, 1.2)],
  'weight.perUnit': ['number', amount(4, 1.2)],
  'mass.netToGross': ['number', share],
};
/** Statistics of too few peers are not stated: either all of them are there or none is. */
const PEERS: typeof STATED = {
  'peers.count': ['integer', count(200)],
  'peers.priceLow': ['number', amount(9)],
  'peers.priceMedian': ['number', amount(12)],
  'peers.priceHigh': ['number', amount(16)],
  'peers.priceDeviation': ['number', deviation],
  'peers.weightCount': ['integer', count(150)],
  'peers.weightLow': ['number', amount(3)],
  'peers.weightMedian': ['number', amount(4)],
  'peers.weightHigh': ['number', amount(6)],
  'peers.weightDeviation': ['number', deviation],
  'peers.taxRateCount': ['integer', count(90)],
  'peers.taxRateShare': ['number', share],
};
const PAST: typeof STATED = {
  'history.days': ['integer', count(300)],
  'route.earlier': ['integer', count(60)],
  'route.share': ['number', share],
  'importer.earlier': ['integer', count(25)],
  'importer.earlierGoods': ['integer', count(4)],
  'importer.recentSame': ['integer', (random) => random.int(5)],
  'importer.recentSameValue': ['number', amount(9_000)],
  'importer.findings': ['integer', (random) => Math.floor(4 * random.next() ** 4)],
  'importer.findingShare': ['number', share],
  'importer.meanPrice': ['number', amount(12)],
};

export const FACTS: readonly Fact[] = Object.entries({ ...STATED, ...PEERS, ...PAST }).map(
  ([name, [type]]) => ({
    name,
    type,
    unit: null,
    label: { zh: name, en: name },
    source: 'bench',
  }),
);

const NULL_SHARE = 0.04;
const NO_PEERS_SHARE = 0.25;

/** Declarations as they would arrive: read from JSON, some facts `null`, some not there at all. */
export function declarations(rows: number): readonly FactSet[] {
  const random = randomFor('bench', 'declarations');
  return Array.from({ length: rows }, () => {
    const known = random.chance(NO_PEERS_SHARE)
      ? { ...STATED, ...PAST }
      : { ...STATED, ...PEERS, ...PAST };
    const facts = Object.entries(known).map(([name, [, draw]]) => {
      const value = draw(random);
      return [name, random.chance(NULL_SHARE) ? null : value];
    });
    return JSON.parse(JSON.stringify(Object.fromEntries(facts))) as FactSet;
  });
}
