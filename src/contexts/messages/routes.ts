import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { type Actor, authorise } from '../identity/index.ts';
import * as contract from './contract.ts';
import { inboxRoutes } from './inbox/routes.ts';
import * as permission from './permissions.ts';
import type { Messages } from './service/index.ts';
import { SIGNATURE_HEADER } from './signing/line.ts';
import { connectionRoutes } from './signing/routes.ts';

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
    async ({ principal, query, body, header }) => {
      authorise(principal, permission.send);
      const dryRun = query.dryRun === 'true';
      const signature = header(SIGNATURE_HEADER) ?? null;
      return messages.receive(principal, await buffer(body), { dryRun, signature });
    },
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/trial`,
      tag,
      summary:
        'Tries a message against the rules in force, or those to come, on a day: what would be wrong, decided, waited for and owed. Nothing of it is kept.',
      permission: permission.send,
      query: contract.TrialAsked,
      body: 'bytes',
      response: contract.Trial,
      maxBodyBytes: contract.MESSAGE_BODY_MAX,
      givesWay: 'report',
    },
    async ({ principal, query, body }) => {
      authorise(principal, permission.send);
      return messages.tryOut(principal, await buffer(body), query);
    },
  );
  connectionRoutes(app, messages.connections);
  inboxRoutes(app, messages.inbox);
  answerRoutes(app, messages);
}

function answerRoutes(app: HttpApp<Actor>, { answers }: Messages): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{id}/answer`,
      tag,
      summary:
        'The receipt in the form of the standard it was sent in, signed by the port; JSON where we write none.',
      permission: permission.read,
      params: Id,
      response: 'bytes',
    },
    async ({ principal, params }) => {
      const { mediaType, text, signature } = await answers.answer(principal, params.id);
      const headers = { 'content-type': mediaType, [SIGNATURE_HEADER]: signature };
      return new Response(text, { headers });
    },
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{id}/resend`,
      tag,
      summary: 'Sends the answer to a message again; answers every sending, the last first.',
      permission: permission.resend,
      params: Id,
      body: contract.ResendRequest,
      response: contract.ResentList,
    },
    async ({ principal, params, body }) => ({
      resent: await answers.resend(principal, params.id, body),
    }),
  );
}
