import type { Instant } from '../../../kernel/dates.ts';
import type { Block, StoredGoods, YardConflict, YardRule } from './contract.ts';
import { gramsOf, kilogramsText } from './mass.ts';
import type { Slot } from './slot.ts';
import table from './yard-rules.json' with { type: 'json' };

/** A container where it stands. */
export interface Unit {
  readonly container: string;
  readonly slot: Slot;
  readonly since: Instant;
  readonly goods: readonly StoredGoods[];
}

const { rules } = table;
const HOUR_MS = 3_600_000;

/** `1.4` of `1.4S`: rules speak of divisions. */
const division = (label: string): string => /^\d(\.\d)?/.exec(label)?.[0] ?? label;
/** The divisions of goods, its own first: read once, since a block is looked at with every move in it. */
const divisions = new WeakMap<StoredGoods, readonly string[]>();
function divisionsOf(goods: StoredGoods): readonly string[] {
  const known = divisions.get(goods);
  if (known) return known;
  const read = [goods.class, ...goods.subsidiary].map(division);
  divisions.set(goods, read);
  return read;
}
const isClass = (goods: StoredGoods, classes: readonly string[]): boolean =>
  classes.includes(divisionsOf(goods)[0] ?? goods.class);
/** By its class or by a subsidiary risk. */
const isLabelled = (goods: StoredGoods, classes: readonly string[]): boolean =>
  divisionsOf(goods).some((its) => classes.includes(its));
const isNumber = ({ un }: StoredGoods, numbers: readonly string[]): boolean =>
  un !== null && numbers.includes(un);

type About = Pick<YardConflict, 'containers'> & { readonly values?: YardConflict['values'] };

function conflict(rule: YardRule, block: Block, { containers, values = {} }: About): YardConflict {
  const { basis, foundation } = rules[rule] as { basis: string; foundation: 'text' | 'memory' };
  const key = [rule, block.id, ...(containers.length === 1 ? containers : [])].join(' ');
  return { key, rule, block: block.id, containers, values, basis, foundation };
}

/** What was found of containers where they stand, kept while they stand there: only hours pass. */
const judged = new WeakMap<Block, WeakMap<Unit, readonly YardConflict[]>>();

/** What one container may not, whatever stands beside it. */
function ofUnit(block: Block, unit: Unit, now: Instant): readonly YardConflict[] {
  const known = judged.get(block) ?? new WeakMap<Unit, readonly YardConflict[]>();
  judged.set(block, known);
  const standing = known.get(unit) ?? whereItStands(block, unit);
  known.set(unit, standing);
  const overdue = overdueOf(block, unit, now);
  if (!overdue) return standing;
  const { container } = unit;
  const values = { container, ...overdue };
  return [...standing, conflict('timeLimited', block, { containers: [container], values })];
}

function whereItStands(block: Block, unit: Unit): YardConflict[] {
  const { container, slot, goods } = unit;
  const found: YardConflict[] = [];
  const say = (rule: YardRule, values: YardConflict['values']) =>
    found.push(
      conflict(rule, block, { containers: [container], values: { container, ...values } }),
    );
  const direct = goods.find(
    (it) => isClass(it, rules.directOnly.classes) || isNumber(it, rules.directOnly.un),
  );
  if (direct) say('directOnly', { goods: direct.name, class: direct.class });
  if (block.kind === 'ordinary') {
    const barred = goods.find((it) => !mayStandAmongOrdinary(it));
    if (barred) say('ordinaryBlock', { goods: barred.name, class: barred.class });
  } else {
    const unlicensed = goods.find((it) => !block.classes.some((own) => covers(own, it.class)));
    if (unlicensed) say('licence', { goods: unlicensed.name, class: unlicensed.class });
  }
  const isLow = goods.some((it) => isLabelled(it, rules.stackHeight.low));
  const tiers = isLow ? rules.stackHeight.lowTiers : rules.stackHeight.tiers;
  if (slot.tier > tiers) say('stackHeight', { tier: slot.tier, tiers });
  const cooled = goods.find((it) => it.isTemperatureControlled);
  if (cooled && !block.hasPower) say('power', { goods: cooled.name });
  return found;
}

/** A licence for `1.4` covers `1.4S`, and one for `2` does not cover `2.3`: divisions are licensed apart. */
const covers = (licensed: string, own: string): boolean =>
  licensed === own || licensed === division(own);

const mayStandAmongOrdinary = (goods: StoredGoods): boolean =>
  isClass(goods, rules.ordinaryBlock.classes) &&
  goods.subsidiary.length === 0 &&
  goods.form === 'solid' &&
  goods.isHazardousChemical === false &&
  goods.packingGroup !== 'I' &&
  goods.packingGroup !== 'II';

/** Goods that may stay for limited hours stay too long, or nobody has fixed the hours. */
function overdueOf(block: Block, unit: Unit, now: Instant): YardConflict['values'] | null {
  for (const goods of unit.goods) {
    const hours = block.hours[goods.class] ?? block.hours[division(goods.class)];
    const isLimited = isClass(goods, rules.timeLimited.classes);
    if (hours === undefined && !isLimited) continue;
    if (hours === undefined) return { goods: goods.name, class: goods.class, hours: 0 };
    if (Date.parse(now) - Date.parse(unit.since) > hours * HOUR_MS)
      return { goods: goods.name, class: goods.class, hours };
  }
  return null;
}

const { lithiumApart, extinguishing, explosivesAlone } = rules;
/** Rules of an area: where goods of both kinds stand in one block, all of them are told together. */
const APART: readonly {
  readonly rule: YardRule;
  readonly one: (goods: StoredGoods) => boolean;
  readonly other: (goods: StoredGoods) => boolean;
}[] = [
  {
    rule: 'lithiumApart',
    one: (goods) => isNumber(goods, lithiumApart.un),
    other: (goods) => isLabelled(goods, lithiumApart.from),
  },
  {
    rule: 'extinguishing',
    one: (goods) => isLabelled(goods, extinguishing.noWater.classes),
    other: (goods) =>
      !isLabelled(goods, extinguishing.noWater.classes) &&
      (isLabelled(goods, extinguishing.water.classes) || isNumber(goods, extinguishing.water.un)),
  },
  {
    rule: 'explosivesAlone',
    one: (goods) => isClass(goods, explosivesAlone.classes),
    other: (goods) => !isClass(goods, explosivesAlone.classes),
  },
];

function ofArea(block: Block, units: readonly Unit[]): YardConflict[] {
  const found: YardConflict[] = [];
  for (const { rule, one, other } of APART) {
    const ones = units.filter(({ goods }) => goods.some(one));
    if (ones.length === 0) continue;
    const others = units.filter(({ goods }) => goods.some(other));
    const isOneBoxOnly = ones.length === 1 && others.length === 1 && ones[0] === others[0];
    if (others.length === 0 || isOneBoxOnly) continue;
    const containers = [...new Set([...ones, ...others].map(({ container }) => container))].sort();
    const values = { ones: ones.length, others: others.length };
    found.push({ ...conflict(rule, block, { containers, values }), key: `${rule} ${block.id}` });
  }
  return found;
}

function ofCapacity(block: Block, units: readonly Unit[]): YardConflict[] {
  const grams = units
    .flatMap(({ goods }) => goods)
    .reduce((sum, { netMassKg }) => sum + gramsOf(netMassKg), 0);
  const isCrowded = block.containersMax !== null && units.length > block.containersMax;
  const isHeavy = block.massMaxKg !== null && grams > gramsOf(block.massMaxKg);
  if (!isCrowded && !isHeavy) return [];
  const values = {
    containers: units.length,
    containersMax: block.containersMax ?? '—',
    massKg: kilogramsText(grams),
    massMaxKg: block.massMaxKg ?? '—',
  };
  return [
    { ...conflict('capacity', block, { containers: [], values }), key: `capacity ${block.id}` },
  ];
}

/**
 * Everything that stands where it may not in one block, of the containers with dangerous goods in it.
 * Pure. Separation distances between classes are not among the rules: the appendix that sets them is
 * not had, and the ships' table is for ships.
 */
export function conflictsInBlock(
  block: Block,
  units: readonly Unit[],
  now: Instant,
): YardConflict[] {
  const dangerous = units.filter(({ goods }) => goods.length > 0);
  return [
    ...dangerous.flatMap((unit) => ofUnit(block, unit, now)),
    ...ofArea(block, dangerous),
    ...ofCapacity(block, dangerous),
  ];
}

export const majorHazardRule = rules.majorHazard as Pick<YardConflict, 'basis' | 'foundation'>;
