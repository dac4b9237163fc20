import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { DeclarationId } from '../contract.ts';
import * as contract from './contract.ts';
import { issuePermits, readPermits } from './permissions.ts';
import type { Permits } from './service.ts';
import { permitCsv, permitWorkbook, readPermitTable } from './table.ts';

const tag = 'permits';
const ById = z.object({ id: contract.PermitId });
const Results = z.object({ results: z.array(contract.PermitResult) });
const LOAD_BYTES = 8_000_000;
/** Most rows one workbook holds. */
const EXPORT_ROWS_MAX = 10_000;

export function permitRoutes(app: HttpApp<Actor>, permits: Permits): void {
  readingRoutes(app, permits);
  declarationRoutes(app, permits);
  issuingRoutes(app, permits);
}

function readingRoutes(app: HttpApp<Actor>, permits: Permits): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/permits',
      tag,
      summary: 'Permits and quotas within the reader’s reach, with what is left of each.',
      permission: readPermits,
      query: contract.PermitSearch,
      response: contract.PermitPage,
    },
    ({ principal, query }) => permits.search(principal, query),
  );
  const formats = {
    csv: {
      type: 'text/csv; charset=utf-8',
      write: async (rows: contract.PermitRow[]) => permitCsv(rows),
    },
    xlsx: {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      write: permitWorkbook,
    },
  };
  for (const [format, { type, write }] of Object.entries(formats)) {
    route(
      app,
      {
        method: 'get',
        path: `/api/permits.${format}`,
        tag,
        summary: 'The same search as a table; a load reads it back.',
        permission: readPermits,
        query: contract.PermitSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
        givesWay: 'report',
        response: 'bytes',
      },
      async ({ principal, query: { language, ...wanted } }) => {
        const rows = await permits.searchAll(principal, wanted, EXPORT_ROWS_MAX);
        const body = await write(rows, language);
        return new Response(typeof body === 'string' ? body : Buffer.from(body), {
          headers: {
            'content-type': type,
            'content-disposition': `attachment; filename="permits.${format}"`,
          },
        });
      },
    );
  }
  route(
    app,
    {
      method: 'get',
      path: '/api/permits/{id}',
      tag,
      summary: 'One permit: terms, balance, uses, who waits for it, story.',
      permission: readPermits,
      params: ById,
      response: contract.Permit,
    },
    ({ principal, params }) => permits.get(principal, params.id),
  );
}

function declarationRoutes(app: HttpApp<Actor>, permits: Permits): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations/{id}/permits',
      tag,
      summary: 'The permits of one declaration: reserved, written down, or why it waits.',
      permission: readPermits,
      params: z.object({ id: DeclarationId }),
      response: contract.DeclarationPermits,
    },
    ({ principal, params }) => permits.ofDeclaration(principal, params.id),
  );
}

function issuingRoutes(app: HttpApp<Actor>, permits: Permits): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/permits',
      tag,
      summary: 'Issues permits, at most 1,000; each has its own answer.',
      permission: issuePermits,
      body: contract.PermitsInput,
      response: Results,
      maxBodyBytes: LOAD_BYTES,
    },
    async ({ principal, body }) => ({ results: await permits.issue(principal, body.permits) }),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/permits/table',
      tag,
      summary: 'Issues permits from CSV or XLSX.',
      permission: issuePermits,
      body: 'bytes',
      response: Results,
      maxBodyBytes: LOAD_BYTES,
    },
    async ({ principal, body }) => ({
      results: await permits.issue(principal, await readPermitTable(await buffer(body))),
    }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/permits/{id}/change',
      tag,
      summary: 'Sets new terms, never below what was taken.',
      permission: issuePermits,
      params: ById,
      body: contract.PermitChange,
      response: contract.Permit,
    },
    ({ principal, params, body }) => permits.change(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/permits/{id}/revocation',
      tag,
      summary: 'Revokes it: nothing more is taken of it.',
      permission: issuePermits,
      params: ById,
      body: contract.PermitRevocation,
      response: contract.Permit,
    },
    ({ principal, params, body }) => permits.revoke(principal, params.id, body),
  );
}
