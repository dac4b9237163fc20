import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { workbookHeaders } from '../../../platform/workbook.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import { conductAudits, readAudits, replyToAudits } from './permissions.ts';
import type { Audits } from './service.ts';

const tag = 'audits';
const ById = z.object({ id: contract.AuditId });

export function auditRoutes(app: HttpApp<Actor>, audits: Audits): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/audits',
      tag,
      summary: 'Post-clearance audits within the reader’s reach, the newest first.',
      permission: readAudits,
      query: contract.AuditSearch,
      response: contract.AuditPage,
    },
    ({ principal, query }) => audits.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/audits.xlsx',
      tag,
      summary: 'The same search as a workbook.',
      permission: readAudits,
      query: contract.AuditSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query: { language, ...wanted } }) => {
      const body = await audits.workbook(principal, wanted, language);
      return new Response(Buffer.from(body), { headers: workbookHeaders('audits') });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/audits/{id}',
      tag,
      summary: 'One audit: requests with their days, replies, conclusion, story.',
      permission: readAudits,
      params: ById,
      response: contract.Audit,
    },
    ({ principal, params }) => audits.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/audits',
      tag,
      summary: 'Opens an audit of released declarations of one party.',
      permission: conductAudits,
      body: contract.AuditOpening,
      response: contract.Audit,
    },
    ({ principal, body }) => audits.open(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/disclosures',
      tag,
      summary: 'An enterprise reports its own mistake (主动披露).',
      permission: replyToAudits,
      body: contract.Disclosure,
      response: contract.Audit,
    },
    ({ principal, body }) => audits.disclose(principal, body),
  );
  actRoutes(app, audits);
}

/** Every act on one audit has the same shape: what is said goes in, the audit as it now is comes out. */
function actRoutes(app: HttpApp<Actor>, audits: Audits): void {
  function act<S extends z.ZodType>(
    path: string,
    summary: string,
    permission: { operation: string },
    body: S,
    perform: (actor: Actor, id: string, said: z.output<S>) => Promise<contract.Audit>,
  ): void {
    route(
      app,
      {
        method: 'post',
        path: `/api/audits/{id}/${path}`,
        tag,
        summary,
        permission,
        params: ById,
        body: body as z.ZodType,
        response: contract.Audit,
      },
      ({ principal, params, body: said }) => perform(principal, params.id, said as z.output<S>),
    );
  }
  const { AuditRequest, AuditExtension, AuditReply, AuditConclusion } = contract;
  act(
    'requests',
    'Asks for documents or a supplementary declaration, by a day.',
    conductAudits,
    AuditRequest,
    audits.ask,
  );
  act(
    'extension',
    'Moves the day of a request, with the reason.',
    conductAudits,
    AuditExtension,
    audits.extend,
  );
  act('replies', 'Replies to a request.', replyToAudits, AuditReply, audits.reply);
  act(
    'conclusion',
    'Concludes: conforms, or differs and what follows for the duty.',
    conductAudits,
    AuditConclusion,
    audits.conclude,
  );
}
