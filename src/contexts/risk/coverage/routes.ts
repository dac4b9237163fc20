import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import {
  CasesToWithhold,
  CoverageReport,
  Freeze,
  FrozenPeriod,
  Retirement,
  RiskPointChange,
  RiskPointView,
  WithheldCaseRow,
} from './contract.ts';
import { ownCoverage, readCoverage, readWithheld } from './permissions.ts';
import type { Coverage } from './service/index.ts';

const Id = z.object({ id: z.string().min(1).max(80) });
const Cases = z.object({ cases: z.array(WithheldCaseRow) });
const CASES_BYTES_MAX = 8 * 1024 * 1024;

export function coverageRoutes(app: HttpApp<Actor>, coverage: Coverage): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/coverage',
      tag: 'risk',
      summary: 'Coverage by weight and by value, point by point, as last computed.',
      permission: readCoverage,
      query: z.object({ period: z.string().max(40).optional() }),
      response: z.object({ report: CoverageReport.nullable() }),
    },
    async ({ principal, query }) => ({
      report: await coverage.report(principal, query.period ?? null),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/coverage/points',
      tag: 'risk',
      summary: 'What can go wrong: every risk point with its weight, scope, bars and last test.',
      permission: readCoverage,
      response: z.object({ points: z.array(RiskPointView) }),
    },
    async ({ principal }) => ({ points: await coverage.points(principal) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/coverage/points',
      tag: 'risk',
      summary: 'Writes a risk point, new or changed; it counts from the next frozen period.',
      permission: ownCoverage,
      body: RiskPointChange,
      response: RiskPointView,
    },
    ({ principal, body }) => coverage.write(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/coverage/points/{id}/retire',
      tag: 'risk',
      summary: 'Retires a risk point from the next frozen period on.',
      permission: ownCoverage,
      params: Id,
      body: Retirement,
      response: RiskPointView,
    },
    ({ principal, params, body }) => coverage.retire(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/coverage/points/{id}/cases',
      tag: 'risk',
      summary: 'The withheld cases of a point; never for authors of detectors.',
      permission: readWithheld,
      params: Id,
      response: Cases,
    },
    async ({ principal, params }) => ({ cases: await coverage.cases(principal, params.id) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/coverage/points/{id}/cases',
      tag: 'risk',
      summary: 'Withholds cases to test a point on: filed ones, or past findings by declaration.',
      permission: ownCoverage,
      params: Id,
      body: CasesToWithhold,
      response: Cases,
      maxBodyBytes: CASES_BYTES_MAX,
    },
    async ({ principal, params, body }) => ({
      cases: await coverage.withhold(principal, params.id, body),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/risk/coverage/periods',
      tag: 'risk',
      summary: 'Periods the catalogue was frozen for.',
      permission: readCoverage,
      response: z.object({ periods: z.array(FrozenPeriod) }),
    },
    async ({ principal }) => ({ periods: await coverage.periods(principal) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/coverage/periods',
      tag: 'risk',
      summary: 'Freezes the catalogue for a period that has not begun.',
      permission: ownCoverage,
      body: Freeze,
      response: FrozenPeriod,
    },
    ({ principal, body }) => coverage.freeze(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/risk/coverage/periods/{id}/test',
      tag: 'risk',
      summary: 'Tests every point on its withheld cases and computes coverage anew.',
      permission: ownCoverage,
      params: Id,
      response: CoverageReport,
    },
    ({ principal, params }) => coverage.test(principal, params.id),
  );
}
