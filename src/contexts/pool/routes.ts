import { Readable } from 'node:stream';
import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import { Dataset, ImportJob, Mapping, SqlAnswer, SqlQuestion } from './contract.ts';
import { askSql, importIntoPool, readPool, rebuildPool } from './permissions.ts';
import { IMPORT_BYTES_MAX, type Pool } from './service.ts';

export function poolRoutes(app: HttpApp<Actor>, pool: Pool): void {
  const tag = 'pool';
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/datasets',
      tag,
      summary: 'What the pool holds: rows, freshness, quality and lineage of each dataset.',
      permission: readPool,
      givesWay: 'report',
      response: z.object({ datasets: z.array(Dataset) }),
    },
    async ({ principal }) => ({ datasets: await pool.datasets(principal) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/datasets/{name}',
      tag,
      summary: 'One dataset.',
      permission: readPool,
      params: z.object({ name: z.string().max(100) }),
      response: Dataset,
    },
    ({ principal, params }) => pool.dataset(principal, params.name),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/mappings',
      tag,
      summary: 'The shipped mappings a file may be imported through.',
      permission: readPool,
      response: z.object({ mappings: z.array(Mapping) }),
    },
    async ({ principal }) => ({ mappings: await pool.mappings(principal) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/pool/sql',
      tag,
      summary: 'Ask a snapshot of the pool in SQL. It reads and changes nothing.',
      permission: askSql,
      body: SqlQuestion,
      givesWay: 'report',
      response: SqlAnswer,
    },
    ({ principal, body }) => pool.askSql(principal, body.sql),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/pool/rebuild',
      tag,
      summary: 'Drop the event tables and fill them anew from the event log.',
      permission: rebuildPool,
      response: z.object({ rebuilt: z.literal(true) }),
    },
    async ({ principal }) => {
      await pool.rebuildTables(principal);
      return { rebuilt: true as const };
    },
  );
  importRoutes(app, pool);
}

function importRoutes(app: HttpApp<Actor>, pool: Pool): void {
  const tag = 'pool';
  const params = z.object({ id: z.string().max(120) });
  route(
    app,
    {
      method: 'post',
      path: '/api/pool/imports',
      tag,
      summary: 'Import a file, sent as the raw body, through a shipped mapping.',
      permission: importIntoPool,
      query: z.object({ mapping: z.string().max(100), name: z.string().max(200).optional() }),
      body: 'bytes',
      maxBodyBytes: IMPORT_BYTES_MAX,
      response: ImportJob,
    },
    ({ principal, query, body }) =>
      pool.importFile(principal, {
        name: query.name ?? query.mapping,
        mapping: query.mapping,
        content: body,
      }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/imports',
      tag,
      summary: 'Imports, running and done, the newest first.',
      permission: readPool,
      response: z.object({ imports: z.array(ImportJob) }),
    },
    async ({ principal }) => ({ imports: await pool.importJobs(principal) }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/imports/{id}',
      tag,
      summary: 'One import.',
      permission: readPool,
      params,
      response: ImportJob,
    },
    (call) => pool.importJob(call.principal, call.params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/pool/imports/{id}/rejects',
      tag,
      summary: 'The rows that were set aside, with the reasons, as CSV.',
      permission: readPool,
      params,
      response: 'bytes',
    },
    async (call) => {
      const stream = await pool.rejects(call.principal, call.params.id);
      return new Response(Readable.toWeb(stream) as ReadableStream, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="rejects.csv"',
        },
      });
    },
  );
}
