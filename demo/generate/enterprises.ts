import { usccCheckCharacter } from '../../src/kernel/codes.ts';
import { addDays, type LocalDate } from '../../src/kernel/dates.ts';
import { QUARTER } from './calendar.ts';
import type { Catalogue, City } from './catalogue.ts';
import type { Plant } from './factories/plant.ts';
import { PLANTS } from './factories/plants.ts';
import { drawer, type Random, randomFor } from './random.ts';

/** The day five certification grades replaced three (海关注册登记和备案企业信用管理办法). */
export const FIVE_GRADES_FROM: LocalDate = '2026-04-01';
/** Shell importers appear from this day on and work for about a month each. */
const SHELL_LIFE_DAYS = 40;
const FACTORY_SINCE: LocalDate = '2011-05-16';

export type EnterpriseKind = 'trader' | 'manufacturer' | 'broker' | 'forwarder';
export interface GradePeriod {
  readonly grade: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** An enterprise as the register knows it. */
export interface Enterprise {
  readonly uscc: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: EnterpriseKind;
  readonly customsRegNo: string;
  readonly registeredOn: LocalDate;
  readonly city: City;
  readonly grades: readonly GradePeriod[];
}

/** An enterprise that trades, with what no register knows. */
export interface Trader {
  readonly enterprise: Enterprise;
  readonly section: number;
  /** How much it trades beside the others. */
  readonly activity: number;
  /** How readily it cheats; heavy-tailed, so that a few account for much. */
  readonly propensity: number;
}

/** A firm made to import for a month and vanish. */
export interface Shell {
  readonly enterprise: Enterprise;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export interface Register {
  readonly traders: readonly Trader[];
  readonly brokers: readonly Enterprise[];
  readonly forwarders: readonly Enterprise[];
  readonly shells: readonly Shell[];
  /** Those that keep a bonded ledger, in the order of their plants. */
  readonly factories: readonly Enterprise[];
  readonly all: readonly Enterprise[];
}

/** Registers `count` enterprises: 4 % brokers, 2.5 % forwarders, a few shells, the rest trade. */
export function registerEnterprises(
  catalogue: Catalogue,
  seed: string,
  count: number,
  days: readonly LocalDate[],
): Register {
  const random = randomFor(seed, 'enterprises');
  const registrar = createRegistrar(catalogue, random);
  const share = (part: number, least: number) => Math.max(least, Math.round(count * part));
  const brokers = Array.from({ length: share(0.04, 6) }, () =>
    registrar.register('broker', 'broker'),
  );
  const forwarders = Array.from({ length: share(0.025, 4) }, () =>
    registrar.register('forwarder', 'forwarder'),
  );
  const shells = Array.from({ length: share(0.005, 2) }, () => registrar.shell(days));
  const rest = Math.max(0, count - brokers.length - forwarders.length - shells.length);
  const traders = createTraders(catalogue, random, registrar, rest);
  // Last, so that everybody else is drawn as if they were not there.
  const factories = PLANTS.map(({ enterprise }) => registrar.factory(enterprise));
  const all = [
    ...brokers,
    ...forwarders,
    ...traders.map((trader) => trader.enterprise),
    ...shells.map((shell) => shell.enterprise),
    ...factories,
  ];
  return { traders, brokers, forwarders, shells, factories, all };
}

function createTraders(
  catalogue: Catalogue,
  random: Random,
  registrar: Registrar,
  count: number,
): Trader[] {
  const sections = [...new Set(catalogue.goods.map((goods) => goods.section))];
  const weight = (section: number) =>
    catalogue.goods
      .filter((goods) => goods.section === section)
      .reduce((total, goods) => total + goods.importWeight + goods.exportWeight, 0);
  const drawSection = drawer(sections, weight);
  return Array.from({ length: count }, (_, index) => {
    // Every section has somebody who trades in it, however few enterprises there are.
    const section = sections[index] ?? drawSection(random);
    const kind = random.chance(0.45) ? 'manufacturer' : 'trader';
    const enterprise = registrar.register(kind, String(section));
    const grade = enterprise.grades.at(-1)?.grade;
    const trust = grade === 'advancedCertified' ? 0.15 : grade?.includes('ishonest') ? 4 : 1;
    return {
      enterprise,
      section,
      activity: random.logNormal(1.1) * (grade === 'advancedCertified' ? 4 : 1),
      propensity: random.logNormal(1.4) * trust,
    };
  });
}

interface Registrar {
  register(kind: EnterpriseKind, trade: string): Enterprise;
  shell(days: readonly LocalDate[]): Shell;
  factory(named: Plant['enterprise']): Enterprise;
}

function createRegistrar(catalogue: Catalogue, random: Random): Registrar {
  const { names } = catalogue;
  const syllables = Object.entries(names.syllables);
  const drawCity = drawer(names.cities, (city) => city.weight);
  const taken = new Set<string>();
  let serial = 0;

  function name(city: City, kind: EnterpriseKind, trade: string): { zh: string; en: string } {
    for (;;) {
      const [first, second] = [random.pick(syllables), random.pick(syllables)];
      const [tradeZh = '', tradeEn = ''] = names.trades[trade] ?? [];
      const [formZh, formEn] = random.pick(names.forms[kind]);
      const zh = `${city.zh}${first[0]}${second[0]}${tradeZh}${formZh}`;
      if (first === second || taken.has(zh)) continue;
      taken.add(zh);
      const brand = first[1] + second[1].toLowerCase();
      return { zh, en: `${city.en} ${brand} ${tradeEn} ${formEn}` };
    }
  }

  function register(
    kind: EnterpriseKind,
    trade: string,
    registeredOn = addDays('2000-01-01', random.int(9600)),
    grades = gradesSince(random, registeredOn),
  ): Enterprise {
    const city = drawCity(random);
    const { zh, en } = name(city, kind, trade);
    serial += 1;
    const nature =
      kind === 'manufacturer' ? random.pick(['2', '3', '4', '9']) : random.pick(['2', '9']);
    return {
      uscc: creditCode(random, city),
      nameZh: zh,
      nameEn: en,
      kind,
      customsRegNo: `${city.customs}${random.pick(['2', '9', '9', '5'])}${nature}${serialText(serial)}`,
      registeredOn,
      city,
      grades,
    };
  }

  return {
    register,
    shell(days) {
      const from = random.pick(days.slice(0, Math.max(1, days.length - 20)));
      const registeredOn = addDays(from, -(10 + random.int(45)));
      const grades = [{ grade: 'regular', from: registeredOn, to: null }];
      const section = String(random.pick(catalogue.goods).section);
      const enterprise = register('trader', section, registeredOn, grades);
      return { enterprise, from, to: addDays(from, SHELL_LIFE_DAYS) };
    },
    factory: ({ zh, en, grade }) => {
      const grades = [{ grade, from: FIVE_GRADES_FROM, to: null }];
      const drawn = register('manufacturer', '17', FACTORY_SINCE, grades);
      return { ...drawn, nameZh: zh, nameEn: en };
    },
  };
}

/** Four places of the customs code: digits first, then letters, as the register itself went on. */
const serialText = (serial: number): string => serial.toString(36).toUpperCase().padStart(4, '0');

const CREDIT_CODE_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A unified social credit code whose inner organisation code (GB 11714) checks as well. */
function creditCode(random: Random, city: City): string {
  let body = 'MA';
  while (body.length < 8) body += CREDIT_CODE_LETTERS.charAt(random.int(31));
  const total = ORGANISATION_WEIGHTS.reduce(
    (sum, weight, index) => sum + weight * Number.parseInt(body.charAt(index), 36),
    0,
  );
  const check = 11 - (total % 11);
  const first17 = `91${city.region}${body}${check === 10 ? 'X' : check === 11 ? '0' : check}`;
  return `${first17}${usccCheckCharacter(first17)}`;
}

/** Grades before and after five replaced three, and how many of a thousand enterprises hold them. */
const GRADES = [
  { before: 'advancedCertified', after: 'advancedCertified', perMille: 70 },
  { before: 'registered', after: 'certified', perMille: 130 },
  { before: 'registered', after: 'regular', perMille: 785 },
  { before: 'dishonest', after: 'dishonest', perMille: 11 },
  { before: 'dishonest', after: 'seriouslyDishonest', perMille: 4 },
] as const;
const drawGrade = drawer(GRADES, (grade) => grade.perMille);
/** Regular enterprises whose grade changes within the quarter, so that the grade of a day matters. */
const CHANGING_SHARE = 0.04;

function gradesSince(random: Random, registeredOn: LocalDate): GradePeriod[] {
  const { before, after } = drawGrade(random);
  const isOlder = registeredOn < FIVE_GRADES_FROM;
  const since = isOlder ? FIVE_GRADES_FROM : registeredOn;
  const periods: GradePeriod[] = isOlder
    ? [{ grade: before, from: registeredOn, to: FIVE_GRADES_FROM }]
    : [];
  if (after !== 'regular' || !random.chance(CHANGING_SHARE)) {
    return [...periods, { grade: after, from: since, to: null }];
  }
  const on = addDays(QUARTER.from, random.int(92));
  const next = random.chance(0.7) ? 'certified' : 'dishonest';
  return [...periods, { grade: after, from: since, to: on }, { grade: next, from: on, to: null }];
}
