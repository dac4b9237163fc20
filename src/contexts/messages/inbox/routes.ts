import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { workbookHeaders } from '../../../platform/workbook.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import { MESSAGE_BODY_MAX, MessageId, TrialAsked } from '../contract.ts';
import { read, send } from '../permissions.ts';
import * as contract from './contract.ts';
import type { Inbox } from './service.ts';
import { toWorkbook } from './workbook.ts';

const tag = 'messages';
const AT = '/api/trade-messages';
const Id = z.object({ id: MessageId });
/** Most rows one workbook holds; narrower filters export the rest. */
const EXPORT_ROWS_MAX = 10_000;

/** Looking at messages; fixed paths come first, for an id is no word. */
export function inboxRoutes(app: HttpApp<Actor>, inbox: Inbox): void {
  listRoutes(app, inbox);
  trialRoute(app, inbox);
  messageRoutes(app, inbox);
}

function listRoutes(app: HttpApp<Actor>, inbox: Inbox): void {
  route(
    app,
    {
      method: 'get',
      path: AT,
      tag,
      summary: 'Messages within the reader’s reach, the newest first.',
      permission: read,
      query: contract.MessageSearch,
      response: contract.MessagePage,
    },
    ({ principal, query }) => inbox.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/trade-messages.xlsx',
      tag,
      summary: 'The same search as a workbook.',
      permission: read,
      query: contract.MessageSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query }) => {
      const rows = await inbox.searchAll(principal, query, EXPORT_ROWS_MAX);
      return new Response(Buffer.from(await toWorkbook(rows, query.language)), {
        headers: workbookHeaders('messages'),
      });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/partners`,
      tag,
      summary:
        'How connections fare: last heard, a month day by day, what was refused and not sent again, and who is silent beyond habit.',
      permission: read,
      query: z.object({ partner: z.string().max(80).optional() }),
      givesWay: 'report',
      response: contract.PartnerHealths,
    },
    async ({ principal, query }) => ({ partners: await inbox.partners(principal, query.partner) }),
  );
}

function trialRoute(app: HttpApp<Actor>, inbox: Inbox): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/trial/view`,
      tag,
      summary:
        'Tries a message as `/trial` does, and lays it out: as it came, what was understood, and each problem with its place. Nothing of it is kept.',
      permission: send,
      query: TrialAsked,
      body: 'bytes',
      response: contract.TriedMessage,
      maxBodyBytes: MESSAGE_BODY_MAX,
      givesWay: 'report',
    },
    async ({ principal, query, body }) => {
      authorise(principal, send);
      return inbox.tried(principal, await buffer(body), query);
    },
  );
}

function messageRoutes(app: HttpApp<Actor>, inbox: Inbox): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}`,
      tag,
      summary:
        'One message: as it came, what was understood, what it made, and each problem with its place.',
      permission: read,
      params: Id,
      response: contract.MessageDetail,
    },
    ({ principal, params }) => inbox.detail(principal, params.id),
  );
  const file = (body: BodyInit, type: string, name: string): Response =>
    new Response(body, {
      headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
    });
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}/raw`,
      tag,
      summary: 'The bytes of a message, as they came.',
      permission: read,
      params: Id,
      response: 'bytes',
    },
    async ({ principal, params: { id } }) =>
      file(new Uint8Array(await inbox.raw(principal, id)), 'application/octet-stream', `${id}.txt`),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}/understood`,
      tag,
      summary: 'Everything that was understood of a message, as a JSON file.',
      permission: read,
      params: Id,
      response: 'bytes',
    },
    async ({ principal, params: { id } }) =>
      file(await inbox.understood(principal, id), 'application/json', `${id}.json`),
  );
}
