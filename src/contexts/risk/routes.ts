import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import { Decision } from './contract.ts';
import { readDecision, replayDecision } from './permissions.ts';
import type { Decisions } from './service.ts';

const ById = z.object({ id: z.string().min(1).max(120) });

export function riskRoutes(app: HttpApp<Actor>, decisions: Decisions): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/decisions/{id}',
      tag: 'risk',
      summary: 'One decision with every reason, the values seen and the versions it was made with.',
      permission: readDecision,
      params: ById,
      response: Decision,
    },
    ({ principal, params }) => decisions.read(principal, params.id),
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
