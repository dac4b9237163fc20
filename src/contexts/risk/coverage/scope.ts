import type { FactSet } from '../../facts/index.ts';
import type { PointScope } from './contract.ts';

/**
 * Whether a consignment is within what a point is about. What a scope names must be known: goods of
 * unknown origin are not goods of that origin.
 */
export function isInScope(scope: PointScope, facts: FactSet): boolean {
  const hs = text(facts, 'goods.hs') ?? text(facts, 'goods.hs6');
  return (
    (scope.ieFlag === null || text(facts, 'declaration.ieFlag') === scope.ieFlag) &&
    (scope.hsPrefixes === null ||
      (hs !== null && scope.hsPrefixes.some((prefix) => hs.startsWith(prefix)))) &&
    isAmong(scope.supervisionModes, text(facts, 'declaration.mode')) &&
    isAmong(scope.transportModes, text(facts, 'route.mode')) &&
    isAmong(scope.origins, text(facts, 'goods.origin')) &&
    isAmong(scope.partners, text(facts, 'route.departure')) &&
    isAmong(scope.grades, text(facts, 'party.importerGrade')) &&
    (!scope.preferenceClaimed || text(facts, 'goods.preference') !== null)
  );
}

const isAmong = (wanted: readonly string[] | null, value: string | null): boolean =>
  wanted === null || (value !== null && wanted.includes(value));

function text(facts: FactSet, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
