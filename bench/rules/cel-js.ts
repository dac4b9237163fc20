import { evaluate, parse } from 'cel-js';
import type { FactSet } from '../../src/contexts/facts/index.ts';
import { fieldOfQuotient, type Nested, nest, type Peer, quotientsOf } from './peer.ts';
import type { Condition } from './rulebook.ts';

/**
 * Parsed once. It knows no `startsWith` and cannot divide doubles. Of a chain of `&&` it spares the
 * rest only when the first is false: therefore each conjunction is nested to the right.
 */
export const celJs: Peer<Nested> = {
  prepare: nestWithQuotients,
  load(rules) {
    const functions = {
      startsWith: (text: string | null, part: string) => text?.startsWith(part) ?? false,
      contains: (text: string | null, part: string) => text?.includes(part) ?? false,
    };
    const parsed = rules.map(({ id, all }) => {
      const result = parse(celJsConjunction(all.flatMap(celJsOf)));
      if (!result.isSuccess) throw new Error(`cel-js cannot parse ${id}: ${result.errors.join()}`);
      return { id, cst: result.cst };
    });
    return (row) =>
      parsed.flatMap(({ id, cst }) => (evaluate(cst, row, functions) === true ? [id] : []));
  },
};

const celJsConjunction = (conjuncts: readonly string[]): string =>
  conjuncts.reduceRight((rest, conjunct) => `${conjunct} && (${rest})`);

function celJsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'compare': {
      const { fact, is, value } = condition;
      const compared = `${fact} ${is} ${JSON.stringify(value)}`;
      return is === '==' ? [compared] : [`${fact} != null`, compared];
    }
    case 'quotient': {
      const { fact, under, is, value } = condition;
      const quotient = `quotients.${fieldOfQuotient(fact, under)}`;
      return [`${quotient} != null`, `${quotient} ${is} ${value}`];
    }
    case 'oneOf':
      return [`${condition.fact} in ${JSON.stringify(condition.values)}`];
    case 'startsWith':
    case 'contains':
      return [`${condition.kind}(${condition.fact}, ${JSON.stringify(condition.part)})`];
    case 'any':
      return [
        `(${condition.of.map((each) => `(${celJsConjunction(celJsOf(each))})`).join(' || ')})`,
      ];
  }
}

function nestWithQuotients(facts: FactSet): Nested {
  return { ...nest(facts), quotients: quotientsOf(facts) };
}
