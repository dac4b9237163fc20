import { declaredFacts, type Fact, type FactSet, type Label } from '../../facts/index.ts';
import { priceAgainstPeers } from '../checks/price-sentence.ts';
import { riskFacts } from '../facts.ts';
import { figure, percent } from '../wording.ts';
import type { KeyPart, RateTable, Schema } from './contract.ts';
import type { Lookup } from './encoder.ts';
import { wordOf } from './parts.ts';

/** Features that tell one story and are given as one reason. */
export interface FeatureGroup {
  readonly facts: readonly string[];
  /** The tables it is told by, the most particular first; none for a plain number. */
  readonly tables: readonly number[];
}

export interface FeatureGroups {
  readonly groups: readonly FeatureGroup[];
  /** By feature, the place of its group. */
  readonly groupOf: readonly number[];
}

/**
 * Puts together the tables whose facts are among those of another: HS6 and origin say less of the
 * same as HS6, origin and type of duty. Keys with an exact amount stay apart from keys without, since
 * “these very goods, declared before” is another reason than “goods of this kind”.
 */
export function groupFeatures({ tables, features }: Schema): FeatureGroups {
  const groups: { facts: readonly string[]; tables: number[]; hasAmount: boolean | null }[] = [];
  const groupOfTable = new Map<number, number>();
  const bySize = tables
    .map((table, place) => ({ ...table, place, facts: factsIn(table) }))
    .sort(
      (a, b) =>
        b.facts.length - a.facts.length ||
        b.parts.length - a.parts.length ||
        prefixesIn(a) - prefixesIn(b),
    );
  for (const { facts, hasAmount, place } of bySize) {
    const isWithin = (group: (typeof groups)[number]): boolean =>
      group.hasAmount === hasAmount && facts.every((fact) => group.facts.includes(fact));
    let own = groups.findIndex(isWithin);
    if (own < 0) own = groups.push({ facts, tables: [], hasAmount }) - 1;
    groups[own]?.tables.push(place);
    groupOfTable.set(place, own);
  }
  const groupOf = features.map((feature) =>
    feature.kind === 'number'
      ? groups.push({ facts: [feature.fact], tables: [], hasAmount: null }) - 1
      : (groupOfTable.get(feature.table) as number),
  );
  return { groups, groupOf };
}

const factsIn = ({ parts }: RateTable): string[] =>
  [...new Set(parts.map(({ fact }) => fact))].sort();

const prefixesIn = ({ parts }: RateTable): number =>
  parts.filter(({ characters }) => characters !== null).length;

const VOCABULARY = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));

/** What the most particular key with any evidence says of this declaration, and how much that is. */
export function sentenceOf(
  group: FeatureGroup,
  facts: FactSet,
  { tables }: Schema,
  lookup: Lookup,
  baseRate: number,
): Label {
  if (group.tables.length === 0) return numberSentence(group.facts[0] ?? '', facts);
  const rowsOf = (table: number): number => lookup.rows[table] as number;
  const told = group.tables.find((table) => rowsOf(table) > 0);
  const rows = told === undefined ? 0 : rowsOf(told);
  const shown = told ?? group.tables[0] ?? 0;
  const parts = describe(tables[shown]?.parts ?? [], facts);
  if (told === undefined) {
    return {
      zh: `此前没有${parts.zh} 的报关单。`,
      en: `No earlier declaration had ${parts.en}.`,
    };
  }
  const share = percent((lookup.findings[told] as number) / rows);
  return {
    zh: `此前 ${rows} 票${parts.zh} 的报关单，${share} 查有问题（全部报关单：${percent(baseRate)}）。`,
    en: `Of ${rows === 1 ? '1 earlier declaration' : `${rows} earlier declarations`} with ${parts.en}, ${share} had findings (of all: ${percent(baseRate)}).`,
  };
}

function describe(parts: readonly KeyPart[], facts: FactSet): Label {
  const longest = parts.filter(
    ({ fact, characters }) =>
      characters === null || !parts.some((p) => p.fact === fact && p.characters === null),
  );
  const inOrder = longest.toSorted((a, b) => placeOf(a.fact) - placeOf(b.fact));
  const words = inOrder.map((part) => {
    const label = labelOf(part.fact);
    const word = wordOf(facts[part.fact], part.characters);
    const unit = typeof facts[part.fact] === 'number' ? unitOf(part.fact, facts) : '';
    const value = typeof facts[part.fact] === 'number' ? figure(Number(word)) : word;
    return {
      zh: word === null ? `${label.zh}未申报` : `${label.zh}为 ${value}${prefixed(part)}${unit}`,
      en: word === null ? `no ${label.en}` : `${label.en} ${value}${prefixed(part)}${unit}`,
    };
  });
  return {
    zh: words.map(({ zh }) => zh).join('、'),
    en: words.map(({ en }) => en).join(', '),
  };
}

/** In the order of the vocabulary: the goods, their duty, the route, the parties. */
const placeOf = (fact: string): number => [...VOCABULARY.keys()].indexOf(fact);

const prefixed = ({ characters }: KeyPart): string => (characters === null ? '' : '…');

function numberSentence(name: string, facts: FactSet): Label {
  const value = facts[name];
  const { zh, en } = labelOf(name);
  const capital = en.charAt(0).toUpperCase() + en.slice(1);
  if (typeof value === 'boolean') {
    return { zh: `${zh}：${value ? '是' : '否'}。`, en: `${capital}: ${value ? 'yes' : 'no'}.` };
  }
  if (typeof value !== 'number') {
    return { zh: `${zh}未申报。`, en: `${capital} is not stated.` };
  }
  const isOfPeers = name === 'price.perKg' || name.startsWith('peers.price');
  if (isOfPeers && typeof facts['peers.priceLow'] === 'number') return priceAgainstPeers(facts);
  const text = `${figure(value)}${unitOf(name, facts)}`;
  return { zh: `${zh} ${text}。`, en: `${capital} ${text}.` };
}

const labelOf = (name: string): Label => VOCABULARY.get(name)?.label ?? { zh: name, en: name };

/** The unit with what it stands for: the currency declared, the unit of quantity declared. */
function unitOf(name: string, facts: FactSet): string {
  const unit: Fact['unit'] = VOCABULARY.get(name)?.unit ?? null;
  if (unit === null) return '';
  const [currency, quantity] = [facts['declaration.currency'], facts['goods.unit']];
  return ` ${unit.replace('currency', String(currency ?? 'currency')).replace('goods.unit', String(quantity ?? ''))}`.trimEnd();
}
