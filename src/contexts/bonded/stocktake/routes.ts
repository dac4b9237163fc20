import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { PositionPage } from '../books/contract.ts';
import { readBooks } from '../books/permissions.ts';
import { LedgerId } from '../contract.ts';
import * as contract from './contract.ts';
import { takeStock } from './permissions.ts';
import type { Stocktakes } from './service.ts';

const tag = 'bonded stocktakes';
const Id = z.object({ id: LedgerId });
/** A thousand tags. */
const TAGS_BYTES = 2_000_000;
const all = '/api/bonded/ledgers/{id}/stocktakes';
const one = '/api/bonded/ledgers/{id}/stocktakes/{stocktake}';

export function stocktakeRoutes(app: HttpApp<Actor>, stocktakes: Stocktakes): void {
  writing(app, stocktakes);
  reading(app, stocktakes);
}

function writing(app: HttpApp<Actor>, stocktakes: Stocktakes): void {
  route(
    app,
    {
      method: 'post',
      path: all,
      tag,
      summary: 'Begins a count (盘点), whole or in part; the caller chooses the id.',
      permission: takeStock,
      params: Id,
      body: contract.StocktakeInput,
      response: contract.Stocktake,
    },
    ({ principal, params, body }) => stocktakes.open(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: `${one}/tags`,
      tag,
      summary: 'Adds tags (盘点票), all or none; a tag is taken once.',
      permission: takeStock,
      params: contract.InStocktake,
      body: contract.TagsInput,
      response: contract.TagsOutcome,
      maxBodyBytes: TAGS_BYTES,
    },
    ({ principal, params, body }) =>
      stocktakes.takeTags(principal, params.id, params.stocktake, body.tags),
  );
  route(
    app,
    {
      method: 'post',
      path: `${one}/close`,
      tag,
      summary: 'Closes a count and compares it with the book; its figures stay as they are then.',
      permission: takeStock,
      params: contract.InStocktake,
      body: z.object({}),
      response: contract.Stocktake,
    },
    ({ principal, params }) => stocktakes.close(principal, params.id, params.stocktake),
  );
}

function reading(app: HttpApp<Actor>, stocktakes: Stocktakes): void {
  const readable = { method: 'get', tag, permission: readBooks } as const;
  route(
    app,
    {
      ...readable,
      path: '/api/bonded/ledgers/{id}/position-at',
      summary: 'What every account held of each part at a moment, by what had happened then.',
      params: Id,
      query: contract.PositionAtAsked,
      response: PositionPage,
      givesWay: 'report',
    },
    ({ principal, params, query }) => stocktakes.positionAt(principal, params.id, query),
  );
  route(
    app,
    {
      ...readable,
      path: all,
      summary: 'Counts of a ledger, the newest first.',
      params: Id,
      query: contract.StocktakeSearch,
      response: contract.StocktakePage,
    },
    ({ principal, params, query }) => stocktakes.list(principal, params.id, query),
  );
  route(
    app,
    {
      ...readable,
      path: one,
      summary: 'One count: what it covers, and what it came to.',
      params: contract.InStocktake,
      response: contract.Stocktake,
    },
    ({ principal, params }) => stocktakes.find(principal, params.id, params.stocktake),
  );
  route(
    app,
    {
      ...readable,
      path: `${one}/tags`,
      summary: 'Its tags, and where each ended.',
      params: contract.InStocktake,
      query: contract.TagSearch,
      response: contract.TagPage,
    },
    ({ principal, params, query }) =>
      stocktakes.tags(principal, params.id, params.stocktake, query),
  );
  route(
    app,
    {
      ...readable,
      path: `${one}/differences`,
      summary: 'Count less book, part by part: quantity, rate with its base, value, duty at stake.',
      params: contract.InStocktake,
      query: contract.DifferenceSearch,
      response: contract.DifferencePage,
      givesWay: 'report',
    },
    ({ principal, params, query }) =>
      stocktakes.differences(principal, params.id, params.stocktake, query),
  );
  route(
    app,
    {
      ...readable,
      path: `${one}/not-counted`,
      summary: 'In the scope and in the book, and nobody counted it: no difference is told of it.',
      params: contract.InStocktake,
      query: contract.ListSearch,
      response: contract.NotCountedPage,
    },
    ({ principal, params, query }) =>
      stocktakes.notCounted(principal, params.id, params.stocktake, query),
  );
}
