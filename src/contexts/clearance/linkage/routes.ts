import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { workbookHeaders } from '../../../platform/workbook.ts';
import type { Actor } from '../../identity/index.ts';
import { DeclarationId } from '../contract.ts';
import * as contract from './contract.ts';
import { answerChecks, readChecks, recordVisits } from './permissions.ts';
import type { Linkage } from './service.ts';

const tag = 'linkage';
const OfDeclaration = z.object({ id: DeclarationId });
const ById = z.object({ id: z.string().max(140) });

export function linkageRoutes(app: HttpApp<Actor>, linkage: Linkage): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/checks',
      tag,
      summary: 'An authority’s work list, the check due first on top.',
      permission: readChecks,
      query: contract.CheckSearch,
      response: contract.CheckPage,
    },
    ({ principal, query }) => linkage.workList(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/checks.xlsx',
      tag,
      summary: 'The same work list as a workbook.',
      permission: readChecks,
      query: contract.CheckSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query: { language, ...wanted } }) => {
      const body = await linkage.workbook(principal, wanted, language);
      return new Response(Buffer.from(body), { headers: workbookHeaders('checks') });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations/{id}/checks',
      tag,
      summary: 'The joint order of a declaration: checks, clocks, visits.',
      permission: readChecks,
      params: OfDeclaration,
      response: contract.JointOrder,
    },
    ({ principal, params }) => linkage.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/declarations/{id}/joint-visits',
      tag,
      summary: 'Records one visit for every authority that was there.',
      permission: recordVisits,
      params: OfDeclaration,
      body: contract.JointVisit,
      response: contract.JointOrder,
    },
    ({ principal, params, body }) => linkage.visit(principal, params.id, body),
  );
  actRoutes(app, linkage);
}

/** Every act on one check has the same shape: what is said goes in, the order as it now is comes out. */
function actRoutes(app: HttpApp<Actor>, linkage: Linkage): void {
  function act<S extends z.ZodType>(
    path: string,
    summary: string,
    body: S,
    perform: (actor: Actor, id: string, said: z.output<S>) => Promise<contract.JointOrder>,
  ): void {
    route(
      app,
      {
        method: 'post',
        path: `/api/checks/{id}/${path}`,
        tag,
        summary,
        permission: answerChecks,
        params: ById,
        body: body as z.ZodType,
        response: contract.JointOrder,
      },
      ({ principal, params, body: said }) => perform(principal, params.id, said as z.output<S>),
    );
  }
  act(
    'answer',
    'Passes the goods, with or without conditions, or refuses them.',
    contract.CheckAnswer,
    linkage.answer,
  );
  act('pause', 'Stops the clock, for a coded reason.', contract.CheckPause, linkage.pause);
  act('resume', 'Lets the clock go on.', contract.CheckResume, linkage.resume);
}
