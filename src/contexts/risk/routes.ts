import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import { anomalyRoutes } from './anomaly/index.ts';
import { backtestRoutes } from './backtest/index.ts';
import { Decision, ShownDecision, SimilarCase } from './contract.ts';
import { coverageRoutes } from './coverage/index.ts';
import { modelRoutes } from './models/index.ts';
import { readDecision, replayDecision } from './permissions.ts';
import { ruleRoutes } from './rules/index.ts';
import { selectionRoutes } from './selection/index.ts';
import type { Decisions } from './service.ts';
import type { Targeting } from './targeting.ts';

const ById = z.object({ id: z.string().min(1).max(120) });

/** Everything that is asked of targeting. */
export function riskRoutes(app: HttpApp<Actor>, targeting: Targeting): void {
  decisionRoutes(app, targeting.decisions);
  ruleRoutes(app, targeting.rules);
  backtestRoutes(app, targeting.backtests);
  modelRoutes(app, targeting);
  selectionRoutes(app, targeting.selection);
  coverageRoutes(app, targeting.coverage);
  anomalyRoutes(app, targeting.anomalies);
}

function decisionRoutes(app: HttpApp<Actor>, decisions: Decisions): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/decisions/{id}',
      tag: 'risk',
      summary: 'One decision with every reason, the values seen and the versions it was made with.',
      permission: readDecision,
      params: ById,
      response: ShownDecision,
    },
    ({ principal, params }) => decisions.read(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/decisions/{id}/similar',
      tag: 'risk',
      summary:
        'Earlier consignments of the same goods at the same office, and what was found in them.',
      permission: readDecision,
      params: ById,
      response: z.object({ cases: z.array(SimilarCase) }),
    },
    async ({ principal, params }) => ({ cases: await decisions.similar(principal, params.id) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/decisions/{id}/replay',
      tag: 'risk',
      summary: 'Decides again from what was stored and compares to the byte.',
      permission: replayDecision,
      params: ById,
      response: z.object({ identical: z.boolean(), decision: Decision }),
    },
    ({ principal, params }) => decisions.replay(principal, params.id),
  );
}
