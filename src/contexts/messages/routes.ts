import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { type Actor, authorise } from '../identity/index.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Messages } from './service/index.ts';

const tag = 'messages';
const AT = '/api/trade-messages';
const Id = z.object({ id: contract.MessageId });

export function messagesRoutes(app: HttpApp<Actor>, messages: Messages): void {
  route(
    app,
    {
      method: 'post',
      path: AT,
      tag,
      summary:
        'Takes in a message of any known standard, sent as the raw body, and files what it says. `dryRun=true` tells what would happen and keeps nothing.',
      permission: permission.send,
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: 'bytes',
      response: contract.Receipt,
      maxBodyBytes: contract.MESSAGE_BODY_MAX,
    },
    async ({ principal, query, body }) => {
      authorise(principal, permission.send);
      const dryRun = query.dryRun === 'true';
      return messages.receive(principal, await buffer(body), { dryRun });
    },
  );
  readingRoutes(app, messages);
}

function readingRoutes(app: HttpApp<Actor>, { reads }: Messages): void {
  route(
    app,
    {
      method: 'get',
      path: AT,
      tag,
      summary: 'Messages within the reader’s reach, the newest first.',
      permission: permission.read,
      query: contract.MessageSearch,
      response: contract.MessagePage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/partners`,
      tag,
      summary: 'How the connections fare: last received, today, refused.',
      permission: permission.read,
      response: contract.PartnerHealths,
    },
    async ({ principal }) => ({ partners: await reads.partners(principal) }),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}`,
      tag,
      summary: 'One message: as it came, what was understood, what was wrong, what it made.',
      permission: permission.read,
      params: Id,
      response: contract.MessageDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}/raw`,
      tag,
      summary: 'The bytes of a message, as they came.',
      permission: permission.read,
      params: Id,
      response: 'bytes',
    },
    async ({ principal, params }) =>
      new Response(new Uint8Array(await reads.raw(principal, params.id)), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${params.id}.txt"`,
        },
      }),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}/answer`,
      tag,
      summary: 'The receipt in the form of the standard it was sent in; JSON where we write none.',
      permission: permission.read,
      params: Id,
      response: 'bytes',
    },
    async ({ principal, params }) => {
      const { mediaType, text } = await reads.answer(principal, params.id);
      return new Response(text, { headers: { 'content-type': mediaType } });
    },
  );
}
