import { createCases } from './cases.ts';
import type { CoverageDeps } from './deps.ts';
import { createPeriods } from './periods.ts';
import { createPoints } from './points.ts';
import { createTests } from './tests.ts';

/** The catalogue of what can go wrong, its withheld cases, and how much of it is covered. */
export function createCoverage(deps: CoverageDeps) {
  return {
    ...createPoints(deps),
    ...createPeriods(deps),
    ...createCases(deps),
    ...createTests(deps),
  };
}
export type Coverage = ReturnType<typeof createCoverage>;
