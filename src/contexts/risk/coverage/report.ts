import { contentHash } from '../../../kernel/canonical.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Share } from '../backtest/contract.ts';
import {
  type CoverageReport,
  type FrozenPeriod,
  PointAspect,
  type PointCoverage,
  type PointTest,
  type RiskPoint,
} from './contract.ts';
import { isInScope } from './scope.ts';

/** A point as it stood when its period was frozen. */
export type FrozenPoint = RiskPoint & { readonly version: number };

/** Sums up traffic by the points it falls within, one consignment after another. */
export function createTraffic(points: readonly FrozenPoint[], covered: ReadonlySet<string>) {
  const byPoint = new Map(points.map(({ id }) => [id, { consignments: 0, valueCny: 0 }]));
  const value = { covered: 0, inScope: 0 };
  return {
    add(facts: FactSet, valueCny: number): void {
      let isCovered = false;
      let isWithin = false;
      for (const { id, scope } of points) {
        if (!isInScope(scope, facts)) continue;
        isWithin = true;
        isCovered ||= covered.has(id);
        const sums = byPoint.get(id);
        if (!sums) continue;
        sums.consignments += 1;
        sums.valueCny += valueCny;
      }
      if (isWithin) value.inScope += valueCny;
      if (isCovered) value.covered += valueCny;
    },
    of: (id: string) => byPoint.get(id) ?? { consignments: 0, valueCny: 0 },
    value,
  };
}
export type Traffic = ReturnType<typeof createTraffic>;

export interface ReportParts {
  readonly period: FrozenPeriod;
  readonly points: readonly FrozenPoint[];
  readonly tests: ReadonlyMap<string, PointTest>;
  readonly traffic: Traffic;
  readonly decidedBeforeRelease: Share;
  readonly scoredByModel: Share;
  readonly at: string;
}

/** The same points, tests and traffic make the same report, whenever it is computed. */
export function reportOf({ at, ...parts }: ReportParts): CoverageReport {
  const points = parts.points.map((point): PointCoverage => {
    const test = parts.tests.get(point.id) ?? null;
    const { id, version, aspect, label, weight } = point;
    const because = test ? test.because : 'neverTested';
    const { consignments, valueCny } = parts.traffic.of(id);
    return {
      ...{ point: id, version, aspect, label, weight, test },
      ...{ covered: test?.covered ?? false, because, consignments, valueCny: cents(valueCny) },
    };
  });
  const { covered, inScope } = parts.traffic.value;
  const body = {
    period: parts.period,
    byWeight: weightShare(points),
    byAspect: PointAspect.options.map((aspect) => ({
      aspect,
      share: weightShare(points.filter((point) => point.aspect === aspect)),
    })),
    byValue: {
      covered: cents(covered),
      inScope: cents(inScope),
      value: inScope === 0 ? null : covered / inScope,
    },
    decidedBeforeRelease: parts.decidedBeforeRelease,
    scoredByModel: parts.scoredByModel,
    points,
  };
  return { ...body, at, hash: contentHash(body) };
}

/** A share of weights is counted out, not drawn: it has no interval. */
function weightShare(points: readonly PointCoverage[]): Share {
  const sum = (of: readonly PointCoverage[]) => of.reduce((all, { weight }) => all + weight, 0);
  const numerator = sum(points.filter(({ covered }) => covered));
  const denominator = sum(points);
  const value = denominator === 0 ? null : numerator / denominator;
  return { numerator, denominator, value, interval: null };
}

const cents = (cny: number): number => Math.round(cny * 100) / 100;
