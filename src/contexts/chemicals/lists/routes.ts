import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import { answerLists, proposeLists, readLists } from './permissions.ts';
import type { Lists } from './service.ts';

const tag = 'chemicals';
const ById = z.object({ id: z.string().regex(/^[a-z][a-z0-9_]{1,39}-[0-9a-f]{16}$/) });

export function listRoutes(app: HttpApp<Actor>, lists: Lists): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/chemicals/lists',
      tag,
      summary: 'The lists goods are judged by, and the versions that wait, each with its source.',
      permission: readLists,
      response: contract.ListOverview,
    },
    ({ principal }) => lists.overview(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/chemicals/lists/{id}/difference',
      tag,
      summary: 'What a version adds, changes and removes against the one it succeeds, by pages.',
      permission: readLists,
      params: ById,
      query: contract.DifferenceQuery,
      givesWay: 'report',
      response: contract.VersionDifference,
    },
    ({ principal, params, query }) => lists.difference(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/chemicals/lists/{list}/proposal',
      tag,
      summary: 'Brings a version of a list as its publisher writes it; nothing goes by it yet.',
      permission: proposeLists,
      params: z.object({ list: contract.ListName }),
      query: contract.ListUpload,
      body: 'bytes',
      response: contract.VersionDifference,
      maxBodyBytes: contract.LIST_BYTES_MAX,
    },
    async ({ principal, params, query, body }) =>
      lists.propose(principal, params.list, query, await buffer(body)),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/chemicals/lists/{id}/answer',
      tag,
      summary: 'Another account puts a version in force from its day, or sends it back.',
      permission: answerLists,
      params: ById,
      body: contract.ListAnswer,
      response: contract.ListOverview,
    },
    ({ principal, params, body }) => lists.answer(principal, params.id, body),
  );
}
