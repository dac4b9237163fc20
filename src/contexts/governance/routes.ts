import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { Figure } from '../facts/index.ts';
import type { Actor } from '../identity/index.ts';
import { readFigures } from './permissions.ts';
import type { Governance } from './service.ts';

const tag = 'governance';
const Asked = z.object({ from: z.string().max(10).optional(), to: z.string().max(10).optional() });
const Metric = z.object({ metric: z.string().max(60) });
const RECORDS_PER_PAGE = 1000;

export function governanceRoutes(app: HttpApp<Actor>, governance: Governance): void {
  const common = { method: 'get', tag, permission: readFigures, givesWay: 'report' } as const;
  route(
    app,
    {
      ...common,
      path: '/api/figures',
      summary: 'The figures of the three promises, each with definition, interval and evidence.',
      query: Asked,
      response: z.object({ figures: z.array(Figure) }),
    },
    async ({ principal, query }) => ({ figures: await governance.figures(principal, query) }),
  );
  route(
    app,
    {
      ...common,
      path: '/api/figures/{metric}',
      summary: 'One figure.',
      params: Metric,
      query: Asked,
      response: Figure,
    },
    ({ principal, params, query }) => governance.figure(principal, params.metric, query),
  );
  route(
    app,
    {
      ...common,
      path: '/api/figures/{metric}/records',
      summary: 'The ids of the records a figure counts, in order.',
      params: Metric,
      query: Asked.extend({ cursor: z.string().max(100).optional() }),
      response: z.object({ records: z.array(z.string()), next: z.string().nullable() }),
    },
    async ({ principal, params, query }) => {
      const records = await governance.records(principal, params.metric, {
        ...query,
        after: query.cursor,
        limit: RECORDS_PER_PAGE,
      });
      const next = records.length === RECORDS_PER_PAGE ? (records.at(-1) ?? null) : null;
      return { records, next };
    },
  );
  route(
    app,
    {
      ...common,
      path: '/api/figures/{metric}/series',
      summary: 'A figure day by day.',
      params: Metric,
      query: Asked,
      response: z.object({
        points: z.array(
          z.object({
            date: z.string(),
            value: z.number().nullable(),
            numerator: z.number(),
            denominator: z.number().nullable(),
          }),
        ),
      }),
    },
    async ({ principal, params, query }) => ({
      points: await governance.series(principal, params.metric, query),
    }),
  );
  route(
    app,
    {
      ...common,
      path: '/api/lanes',
      summary: 'Declarations decided a day, by lane.',
      query: Asked,
      response: z.object({
        points: z.array(z.object({ date: z.string(), lane: z.string(), count: z.number() })),
      }),
    },
    async ({ principal, query }) => ({ points: await governance.lanes(principal, query) }),
  );
}
