import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { postEvents, readBooks } from '../books/permissions.ts';
import { InStocktake } from '../stocktake/contract.ts';
import * as contract from './contract.ts';
import { explainDifferences } from './permissions.ts';
import type { Explanations } from './service.ts';

const tag = 'bonded explanations';
const one = '/api/bonded/ledgers/{id}/stocktakes/{stocktake}';

export function explanationRoutes(app: HttpApp<Actor>, explanations: Explanations): void {
  route(
    app,
    {
      method: 'post',
      path: `${one}/explain`,
      tag,
      summary:
        'Explains the differences of a closed count (差异归因) by all that is known now, and keeps it.',
      permission: explainDifferences,
      params: InStocktake,
      body: z.object({}),
      response: contract.ExplanationRun,
    },
    ({ principal, params }) => explanations.explain(principal, params.id, params.stocktake),
  );
  route(
    app,
    {
      method: 'get',
      path: `${one}/explanation`,
      tag,
      summary: 'What a run says of each difference: explained, possible, unexplained, remedies.',
      permission: readBooks,
      params: InStocktake,
      query: contract.ExplanationSearch,
      response: contract.ExplanationPage,
    },
    ({ principal, params, query }) =>
      explanations.read(principal, params.id, params.stocktake, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${one}/explanation/progress`,
      tag,
      summary: 'How far the explanation is that is being made now; null while none is.',
      permission: readBooks,
      params: InStocktake,
      response: contract.ExplanationUnderWay,
    },
    async ({ principal, params }) => ({
      progress: await explanations.progress(principal, params.id, params.stocktake),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: `${one}/explanation/check`,
      tag,
      summary: 'Gathers the evidence of a run again and explains it again: is it the same?',
      permission: readBooks,
      params: InStocktake,
      query: contract.ExplanationSearch.pick({ run: true }),
      response: contract.ExplanationCheck,
      givesWay: 'report',
    },
    ({ principal, params, query }) =>
      explanations.check(principal, params.id, params.stocktake, query),
  );
  route(
    app,
    {
      method: 'post',
      path: `${one}/explanation/{number}/remedy`,
      tag,
      summary:
        'Enters the remedy of a cause: a reversal, a correction, or what was never entered. A dry run only shows the events.',
      permission: postEvents,
      params: contract.InExplained,
      body: contract.RemedyEntry,
      response: contract.RemedyEntered,
    },
    ({ principal, params, body }) =>
      explanations.enterRemedy(principal, params.id, params.stocktake, params.number, body),
  );
}
