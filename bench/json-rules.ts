import {
  Engine,
  type NestedCondition,
  type RuleProperties,
  type TopLevelCondition,
} from 'json-rules-engine';
import type { FactSet, FactValue } from '../src/contexts/facts/index.ts';
import type { Policy } from '../src/contexts/risk/index.ts';

type Condition = NestedCondition;
const is = (fact: string, operator: string, value: unknown): Condition => ({
  fact,
  operator,
  value,
});
const all = (...conditions: Condition[]): TopLevelCondition => ({ all: conditions });
const any = (...conditions: Condition[]): TopLevelCondition => ({ any: conditions });

const imports = is('declaration.ieFlag', 'equal', 'I');
const historyIsOld = ({ importer }: Policy): Condition =>
  is('history.days', 'greaterThanInclusive', importer.historyDaysMin);

/**
 * Our checks as rules of json-rules-engine, over the same facts. It cannot multiply or divide, so the
 * quotients its conditions need are computed for it beforehand, which is to its advantage. It gives
 * the names of the rules that hit, where ours also gives sentences, values and what was missing.
 */
export function jsonRules(policy: Policy): (facts: FactSet) => Promise<string[]> {
  const engine = new Engine([...rulesOf(policy), ...listRules(policy)], {
    allowUndefinedFacts: true,
  });
  engine.addOperator('startsWith', (value: FactValue, prefix: string) =>
    typeof value === 'string' ? value.startsWith(prefix) : false,
  );
  engine.addOperator('known', (value: FactValue) => value !== null && value !== undefined);
  return async (facts) => {
    const { events } = await engine.run(Object.assign(quotients(facts, policy), facts));
    return events.map(({ type }) => type);
  };
}

function quotients(facts: FactSet, { importer }: Policy): Record<string, FactValue> {
  const ratio = (a: string, b: string): number | null => {
    const [x, y] = [facts[a], facts[b]];
    return typeof x === 'number' && typeof y === 'number' ? x / y : null;
  };
  const weight = ratio('weight.perUnit', 'peers.weightMedian');
  const deviation = facts['peers.weightDeviation'];
  const high = importer.highValue[String(facts['declaration.currency'])];
  const value = facts['goods.value'];
  return {
    'price.toMedian': ratio('price.perKg', 'peers.priceMedian'),
    'weight.toMedian': weight === null ? null : Math.max(weight, 1 / weight),
    'weight.distance': typeof deviation === 'number' ? Math.abs(deviation) : null,
    'goods.isHighValue': high !== undefined && typeof value === 'number' && value >= high,
  };
}

function rulesOf(policy: Policy): RuleProperties[] {
  const { peers, route, taxRate, importer, netToGrossMin } = policy;
  const rules: Record<string, TopLevelCondition> = {
    gradeSeriouslyDishonest: all(is('party.importerGrade', 'equal', 'seriouslyDishonest')),
    gradeDishonest: all(is('party.importerGrade', 'equal', 'dishonest')),
    priceBelowPeers: all(
      is('peers.priceDeviation', 'lessThanInclusive', -peers.deviationMin),
      is('price.toMedian', 'lessThan', peers.priceBelowMedian),
    ),
    priceAbovePeers: all(
      is('peers.priceDeviation', 'greaterThanInclusive', peers.deviationMin),
      is('price.toMedian', 'greaterThan', peers.priceAboveMedian),
    ),
    weightPerUnit: all(
      is('weight.distance', 'greaterThanInclusive', peers.deviationMin),
      is('weight.toMedian', 'greaterThanInclusive', peers.weightRatioMin),
    ),
    netToGross: all(is('mass.netToGross', 'lessThan', netToGrossMin)),
    routeUnusual: all(
      imports,
      is('route.earlier', 'greaterThanInclusive', route.earlierMin),
      is('route.share', 'lessThan', route.shareMax),
    ),
    taxRateUnusual: all(
      is('peers.taxRateCount', 'greaterThanInclusive', taxRate.earlierMin),
      is('peers.taxRateShare', 'lessThan', taxRate.shareMax),
    ),
    importerNew: all(historyIsOld(policy), is('importer.earlier', 'lessThan', importer.earlierMin)),
    importerNewGoods: all(
      historyIsOld(policy),
      is('goods.isHighValue', 'equal', true),
      is('importer.earlier', 'greaterThanInclusive', importer.earlierMin),
      is('importer.earlierGoods', 'equal', 0),
    ),
  };
  return Object.entries(rules).map(([type, conditions]) => ({ conditions, event: { type } }));
}

/** Checks that go through a list of the policy: one branch for each of its entries. */
function listRules({ agreements, watchList, thresholds }: Policy): RuleProperties[] {
  const entries = Object.entries(agreements);
  const unentitled = (claim: string): Condition =>
    any(
      ...entries.map(([code, { parties }]) =>
        all(imports, is(claim, 'equal', code), is('goods.origin', 'notIn', parties)),
      ),
    );
  const rules: Record<string, TopLevelCondition> = {
    preferenceOrigin: all(is('goods.origin', 'known', true), unentitled('goods.preference')),
    taxTypeOrigin: all(is('goods.origin', 'known', true), unentitled('goods.taxType')),
    preferenceRoute: all(
      imports,
      is('goods.origin', 'known', true),
      is('route.departure', 'known', true),
      is('route.departure', 'notEqual', { fact: 'goods.origin' }),
      any(
        ...entries.map(([code, { parties }]) =>
          all(is('goods.preference', 'equal', code), is('route.departure', 'notIn', parties)),
        ),
      ),
    ),
    watchedGoods: any(
      ...watchList.entries.map(({ hsPrefix, origin, ieFlag }) =>
        all(
          is('declaration.ieFlag', 'equal', ieFlag),
          is('goods.hs6', 'startsWith', hsPrefix),
          origin === null ? is('goods.origin', 'known', true) : is('goods.origin', 'equal', origin),
        ),
      ),
    ),
    valueUnderThreshold: any(
      ...thresholds.list.map(({ ieFlag, currency, amount }) =>
        all(
          is('declaration.ieFlag', 'equal', ieFlag),
          is('declaration.currency', 'equal', currency),
          is('declaration.value', 'lessThan', amount),
          is('declaration.value', 'greaterThanInclusive', amount * (1 - thresholds.band)),
        ),
      ),
    ),
    consignmentSplit: any(
      ...thresholds.list.map(({ ieFlag, currency, amount }) =>
        all(
          is('declaration.ieFlag', 'equal', ieFlag),
          is('declaration.currency', 'equal', currency),
          is('importer.recentSame', 'greaterThanInclusive', thresholds.repeatsMin),
          is('declaration.value', 'lessThan', amount),
        ),
      ),
    ),
  };
  return Object.entries(rules).map(([type, conditions]) => ({ conditions, event: { type } }));
}
