import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { type Actor, authorise } from '../identity/index.ts';
import { CodePage, CodeSearch, CodeTable, TableName } from './contract.ts';
import { readReference } from './permissions.ts';
import type { Reference } from './service.ts';

export function referenceRoutes(app: HttpApp<Actor>, reference: Reference): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/reference',
      tag: 'reference',
      summary: 'The code tables, each with its source and version.',
      permission: readReference,
      response: z.object({ tables: z.array(CodeTable) }),
    },
    ({ principal }) => {
      authorise(principal, readReference);
      return { tables: [...reference.tables()] };
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/reference/{table}',
      tag: 'reference',
      summary:
        'Codes of a table in force on a day, by the beginning of the code or part of a name.',
      permission: readReference,
      params: z.object({ table: TableName }),
      query: CodeSearch,
      response: CodePage,
    },
    ({ principal, params, query }) => {
      authorise(principal, readReference);
      const { table, entries } = reference.entries(params.table, query);
      return { table, entries: entries.map(({ code, zh, en }) => ({ code, zh, en })) };
    },
  );
}
