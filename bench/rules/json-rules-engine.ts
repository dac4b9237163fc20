import { Engine, type NestedCondition } from 'json-rules-engine';
import type { FactSet, FactValue } from '../../src/contexts/facts/index.ts';
import { fieldOfQuotient, type Peer, quotientsOf } from './peer.ts';
import type { Condition, Operator } from './rulebook.ts';

/** Facts flat, as it reads them; a missing number fails its comparisons without being asked. */
export const jsonRulesEngine: Peer<FactSet> = {
  prepare: (facts) => Object.assign({}, facts, quotientsOf(facts)),
  load(rules) {
    const engine = new Engine(
      rules.map(({ id, all }) => ({
        conditions: { all: all.flatMap(jsonRuleOf) },
        event: { type: id },
      })),
      { allowUndefinedFacts: true },
    );
    engine.addOperator('startsWith', (text: FactValue | undefined, part: string) =>
      typeof text === 'string' ? text.startsWith(part) : false,
    );
    engine.addOperator('contains', (text: FactValue | undefined, part: string) =>
      typeof text === 'string' ? text.includes(part) : false,
    );
    engine.addOperator(
      'known',
      (value: FactValue | undefined) => value !== null && value !== undefined,
    );
    return async (row) => (await engine.run(row)).events.map(({ type }) => type);
  },
};

const JSON_RULE_OPERATORS: Readonly<Record<Operator, string>> = {
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
};

function jsonRuleOf(condition: Condition): readonly NestedCondition[] {
  switch (condition.kind) {
    case 'compare': {
      const { fact, is, value } = condition;
      const compared = { fact, operator: JSON_RULE_OPERATORS[is], value };
      return is === '!=' ? [{ fact, operator: 'known', value: true }, compared] : [compared];
    }
    case 'quotient': {
      const { is, value } = condition;
      const fact = fieldOfQuotient(condition.fact, condition.under);
      return [{ fact, operator: JSON_RULE_OPERATORS[is], value }];
    }
    case 'oneOf':
      return [{ fact: condition.fact, operator: 'in', value: condition.values }];
    case 'startsWith':
    case 'contains':
      return [{ fact: condition.fact, operator: condition.kind, value: condition.part }];
    case 'any':
      return [{ any: condition.of.map((each) => ({ all: [...jsonRuleOf(each)] })) }];
  }
}
