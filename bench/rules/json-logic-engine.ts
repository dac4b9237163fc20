import { LogicEngine } from 'json-logic-engine';
import { type Nested, nest, type Peer } from './peer.ts';
import type { Condition, Operator } from './rulebook.ts';

/** What the engine takes, though its declaration does not say so: a method that writes its own code. */
const startsWith = {
  method: ([text, part]: [string | null, string]) => text?.startsWith(part) ?? false,
  compile: ([text, part]: [unknown, unknown], state: { compile: typeof String.raw }) =>
    state.compile`(${text} ?? '').startsWith(${part})`,
  deterministic: true,
};

/** Compiled, a rule at a time, with the test for a missing number only where `null`, its zero, would hit. */
export const jsonLogicEngine: Peer<Nested> = {
  prepare: nest,
  load(rules) {
    const engine = new LogicEngine();
    engine.addMethod('startsWith', startsWith);
    const built = rules.map(({ id, all }) => ({
      id,
      hits: engine.build({ and: all.flatMap(logicOf) }),
    }));
    return (row) => {
      const ids: string[] = [];
      for (const { id, hits } of built) if (hits(row)) ids.push(id);
      return ids;
    };
  },
};

function logicOf(condition: Condition): readonly unknown[] {
  const read = (fact: string) => ({ var: fact });
  const known = (fact: string) => ({ '!==': [read(fact), null] });
  switch (condition.kind) {
    case 'compare': {
      const { fact, is, value } = condition;
      if (typeof value === 'string') {
        const compared = { [`${is}=`]: [read(fact), value] };
        return is === '!=' ? [known(fact), compared] : [compared];
      }
      const compared = { [is]: [read(fact), value] };
      return holds(0, is, value) ? [known(fact), compared] : [compared];
    }
    case 'quotient': {
      const { fact, under, is, value } = condition;
      const compared = { [is]: [{ '/': [read(fact), read(under)] }, value] };
      return [{ '>': [read(under), 0] }, ...(is === '<' ? [known(fact)] : []), compared];
    }
    case 'oneOf':
      return [{ in: [read(condition.fact), condition.values] }];
    case 'startsWith':
      return [{ startsWith: [read(condition.fact), condition.part] }];
    case 'contains':
      return [{ in: [condition.part, read(condition.fact)] }];
    case 'any':
      return [{ or: condition.of.map((each) => ({ and: logicOf(each) })) }];
  }
}

function holds(one: number, is: Operator, other: number): boolean {
  if (is === '==') return one === other;
  if (is === '!=') return one !== other;
  if (one === other) return is === '<=' || is === '>=';
  return one < other ? is === '<' || is === '<=' : is === '>' || is === '>=';
}
