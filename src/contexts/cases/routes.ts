import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import { Case, FindingAdded } from './contract.ts';
import { addFinding, readCases } from './permissions.ts';
import type { Cases } from './service.ts';

export function casesRoutes(app: HttpApp<Actor>, cases: Cases): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/cases',
      tag: 'cases',
      summary: 'Cases within the reader’s reach, the newest first.',
      permission: readCases,
      query: z.object({ status: z.enum(['open', 'closed']).optional() }),
      response: z.object({ cases: z.array(Case) }),
    },
    async ({ principal, query }) => ({
      cases: await cases.list(principal, query.status ?? null),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/cases/{id}',
      tag: 'cases',
      summary: 'One case.',
      permission: readCases,
      params: z.object({ id: z.string().max(100) }),
      response: Case,
    },
    ({ principal, params }) => cases.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/cases/{id}/findings',
      tag: 'cases',
      summary: 'Adds what somebody concerned has found to an open case.',
      permission: addFinding,
      params: z.object({ id: z.string().max(100) }),
      body: FindingAdded,
      response: Case,
    },
    ({ principal, params, body }) => cases.addFinding(principal, params.id, body),
  );
}
