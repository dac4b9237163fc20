import { type Random, randomFor } from '../../demo/generate/random.ts';
import { COUNTRIES, FACTS, GOODS, GRADES, HS6, MODES, OFFICES } from './declarations.ts';

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** What rules are made of, told in a way that each engine's own form can be written from. */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly fact: string;
      readonly is: Operator;
      readonly value: string | number;
    }
  /** `fact / under`, where `under` is above zero. */
  | {
      readonly kind: 'quotient';
      readonly fact: string;
      readonly under: string;
      readonly is: '<' | '>';
      readonly value: number;
    }
  | { readonly kind: 'oneOf'; readonly fact: string; readonly values: readonly string[] }
  | {
      readonly kind: 'startsWith' | 'contains';
      readonly fact: string;
      readonly part: string;
    }
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

export interface Rule {
  readonly id: string;
  /** All of them must hold; where a fact is missing, a condition does not. */
  readonly all: readonly Condition[];
}

const compare = (fact: string, is: Operator, value: string | number): Condition => ({
  kind: 'compare',
  fact,
  is,
  value,
});
const quotient = (fact: string, under: string, is: '<' | '>', value: number): Condition => ({
  kind: 'quotient',
  fact,
  under,
  is,
  value,
});
const oneOf = (fact: string, values: readonly string[]): Condition => ({
  kind: 'oneOf',
  fact,
  values,
});
const startsWith = (fact: string, part: string): Condition => ({ kind: 'startsWith', fact, part });
const contains = (fact: string, part: string): Condition => ({ kind: 'contains', fact, part });
const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of });

const some = (random: Random, list: readonly string[], many: number): readonly string[] => [
  ...new Set(Array.from({ length: many }, () => random.pick(list))),
];
const rounded = (value: number): number => Number(value.toPrecision(3));

/** The quotients the rules ask for. */
export const QUOTIENTS: readonly (readonly [fact: string, under: string])[] = [
  ['price.perKg', 'peers.priceMedian'],
  ['declaration.netMass', 'declaration.grossMass'],
];

/** The rules officers write: dear goods of new importers, watched chapters, odd routes, odd prices. */
const TEMPLATES: readonly ((random: Random) => readonly Condition[])[] = [
  (random) => [
    startsWith('goods.hs6', random.pick(HS6).slice(0, 2)),
    compare('goods.origin', '==', random.pick(COUNTRIES)),
    compare('price.perKg', '<', rounded(random.between(2, 12))),
  ],
  (random) => [
    compare('importer.earlier', '<', 2 + random.int(6)),
    compare('declaration.value', '>', rounded(random.between(50_000, 400_000))),
    compare('declaration.office', '==', random.pick(OFFICES)),
  ],
  (random) => [
    oneOf('goods.hs6', some(random, HS6, 12)),
    compare('goods.netMass', '>=', rounded(random.between(500, 9_000))),
  ],
  (random) => [
    compare('peers.count', '>=', 30),
    quotient('price.perKg', 'peers.priceMedian', '<', rounded(random.between(0.1, 0.4))),
    compare('declaration.mode', '==', random.pick(MODES)),
  ],
  (random) => [
    contains('goods.description', random.pick(GOODS)),
    compare('goods.hs6', '!=', random.pick(HS6)),
    oneOf('route.departure', some(random, COUNTRIES, 4)),
  ],
  (random) => [
    any(
      compare('goods.origin', '==', random.pick(COUNTRIES)),
      compare('route.departure', '==', random.pick(COUNTRIES)),
    ),
    compare('route.share', '<', rounded(random.between(0.01, 0.1))),
    compare('route.earlier', '>=', 50 + random.int(50)),
  ],
  (random) => [
    quotient(
      'declaration.netMass',
      'declaration.grossMass',
      '<',
      rounded(random.between(0.1, 0.4)),
    ),
    compare('declaration.lines', '>', 3 + random.int(12)),
    compare('goods.unit', '!=', '035'),
  ],
  (random) => [
    compare('party.importerGrade', '==', random.pick(GRADES)),
    compare('importer.findings', '>=', 1 + random.int(2)),
    startsWith('goods.hs6', random.pick(HS6).slice(0, 1)),
  ],
  (random) => [
    compare('peers.weightDeviation', '>', rounded(random.between(2, 5))),
    compare('declaration.packages', '<', 10 + random.int(60)),
    oneOf('declaration.office', some(random, OFFICES, 3)),
  ],
  (random) => [
    compare('goods.preference', '==', random.pick(['RCEP', 'ACFTA', 'CHFTA'])),
    oneOf('goods.origin', some(random, COUNTRIES, 8)),
    compare('goods.taxRate', '<=', rounded(random.between(0.5, 5))),
  ],
];

/** The same rules for the same number, each with its own thresholds, places and goods. */
export function rulebook(rules: number): readonly Rule[] {
  const random = randomFor('bench', 'rules', rules);
  return Array.from({ length: rules }, (_, index) => ({
    id: `R${index}`,
    all: (TEMPLATES[index % TEMPLATES.length] ?? TEMPLATES[0])?.(random) ?? [],
  }));
}

const TYPES = new Map(FACTS.map(({ name, type }) => [name, type]));

/** A rule in our own language. */
export const celOf = ({ all }: Rule): string => all.map(celCondition).join(' && ');

function celCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'compare':
      return `${condition.fact} ${condition.is} ${celLiteral(condition.fact, condition.value)}`;
    case 'quotient':
      return `${condition.under} > 0.0 && ${condition.fact} / ${condition.under} ${condition.is} ${double(condition.value)}`;
    case 'oneOf':
      return `${condition.fact} in ${JSON.stringify(condition.values)}`;
    case 'startsWith':
    case 'contains':
      return `${condition.fact}.${condition.kind}(${JSON.stringify(condition.part)})`;
    case 'any':
      return `(${condition.of.map(celCondition).join(' || ')})`;
  }
}

const celLiteral = (fact: string, value: string | number): string => {
  if (typeof value === 'string') return JSON.stringify(value);
  return TYPES.get(fact) === 'integer' ? String(value) : double(value);
};
const double = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : String(value);
