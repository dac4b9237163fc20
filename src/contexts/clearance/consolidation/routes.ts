import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { consolidateBatches, readBatches } from '../../cargo/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import type { Consolidations } from './service.ts';

const tag = 'batches';
const Id = z.object({ id: contract.BatchId });

export function consolidationRoutes(app: HttpApp<Actor>, consolidations: Consolidations): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/batches/{id}/consolidations',
      tag,
      summary:
        'Builds and files the declarations of what crossed; the same id is the same request.',
      permission: consolidateBatches,
      params: Id,
      body: contract.ConsolidationRequest,
      response: contract.Consolidation,
    },
    ({ principal, params, body }) => consolidations.consolidate(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}/consolidations',
      tag,
      summary: 'Its consolidations, the newest first.',
      permission: readBatches,
      params: Id,
      response: z.object({ rows: z.array(contract.Consolidation) }),
    },
    async ({ principal, params }) => ({ rows: await consolidations.list(principal, params.id) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}/consolidation-preview',
      tag,
      summary: 'What a consolidation would declare now; writes nothing.',
      permission: readBatches,
      params: Id,
      query: z.object({ through: z.iso.date().optional() }),
      response: contract.ConsolidationPreview,
    },
    ({ principal, params, query }) =>
      consolidations.preview(principal, params.id, query.through ?? null),
  );
}
