import { ZenEngine } from '@gorules/zen-engine';
import { type Nested, nest, type Peer } from './peer.ts';
import type { Condition, Rule } from './rulebook.ts';

/**
 * As a decision table, a row for each rule and a column for each fact, which is twice as fast as
 * expressions. A cell that fails on `null` does not match, so only alternatives need to ask.
 */
export const zen: Peer<Nested> = {
  prepare: nest,
  load(rules) {
    const decision = new ZenEngine().createDecision(tableOf(rules));
    return async (row) => {
      const { result } = await decision.evaluate(row);
      return (result as { rule: string }[]).map(({ rule }) => rule);
    };
  },
};

function tableOf(rules: readonly Rule[]): object {
  const columns = new Map<string, string>();
  const column = (fact: string): string => {
    const known = columns.get(fact) ?? `c${columns.size}`;
    columns.set(fact, known);
    return known;
  };
  const rows = rules.map(({ id, all }) => {
    const cells: Record<string, string> = { _id: id, out: JSON.stringify(id) };
    for (const condition of all) {
      const [place, cell] = cellOf(condition);
      const name = column(place);
      if (cells[name] !== undefined) throw new Error(`${id} has two conditions in one column.`);
      cells[name] = cell;
    }
    return cells;
  });
  // A cell that is not there, unlike one that is empty, makes its row match nothing.
  const empty = Object.fromEntries([...columns.values()].map((name) => [name, '']));
  const node = (id: string, type: string, content: object) => ({
    id,
    name: id,
    type,
    content,
    position: { x: 0, y: 0 },
  });
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      node('in', 'inputNode', {}),
      node('rules', 'decisionTableNode', {
        hitPolicy: 'collect',
        inputs: [...columns].map(([fact, id]) =>
          fact === FREE ? { id, name: id } : { id, name: id, field: fact },
        ),
        outputs: [{ id: 'out', name: 'rule', field: 'rule' }],
        rules: rows.map((cells) => ({ ...empty, ...cells })),
      }),
      node('out', 'outputNode', {}),
    ],
    edges: [
      { id: 'e1', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'e2', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  };
}

/** The column whose cells are whole expressions. */
const FREE = '';

function cellOf(condition: Condition): readonly [column: string, cell: string] {
  switch (condition.kind) {
    case 'compare': {
      const { fact, is, value } = condition;
      if (is === '==') return [fact, JSON.stringify(value)];
      if (is === '!=') return [fact, `$ != null and $ != ${JSON.stringify(value)}`];
      return [fact, `${is} ${value}`];
    }
    case 'quotient': {
      const { fact, under, is, value } = condition;
      return [FREE, `${under} > 0 and ${fact} / ${under} ${is} ${value}`];
    }
    case 'oneOf':
      return [condition.fact, condition.values.map((value) => JSON.stringify(value)).join(', ')];
    case 'startsWith':
    case 'contains':
      return [condition.fact, `${condition.kind}($, ${JSON.stringify(condition.part)})`];
    case 'any':
      return [FREE, condition.of.map(zenExpression).join(' or ')];
  }
}

function zenExpression(condition: Condition): string {
  if (condition.kind !== 'compare' || condition.is !== '==')
    throw new Error('The alternatives of this rulebook are equations.');
  return `${condition.fact} == ${JSON.stringify(condition.value)}`;
}
