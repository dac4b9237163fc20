import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as permission from '../permissions.ts';
import type { ModeViews } from '../service/modes.ts';
import * as contract from './contract.ts';

/** The modes for whoever has to choose, and the clocks they start. */
export function modeRoutes(app: HttpApp<Actor>, views: ModeViews): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/modes',
      tag: 'clearance',
      summary: 'The modes as axes: values, steps, clocks, and which of them go together.',
      permission: permission.read,
      query: z.object({ on: z.string().max(10).optional() }),
      response: contract.ModeCatalogue,
    },
    async ({ principal, query }) => views.catalogue(principal, query.on),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/modes/preview',
      tag: 'clearance',
      summary: 'What a choice of modes would ask, take and cost; writes nothing.',
      permission: permission.read,
      body: contract.ModePreviewRequest,
      response: contract.ModePreview,
    },
    ({ principal, body }) => views.preview(principal, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/clocks',
      tag: 'clearance',
      summary: 'Clocks that run, the next to end first.',
      permission: permission.read,
      query: z.object({
        cursor: z.string().max(200).optional(),
        overdue: z.enum(['true', 'false']).optional(),
      }),
      response: contract.ClockPage,
    },
    ({ principal, query }) =>
      views.clocks(principal, {
        cursor: query.cursor,
        overdue: query.overdue === undefined ? undefined : query.overdue === 'true',
      }),
  );
}
