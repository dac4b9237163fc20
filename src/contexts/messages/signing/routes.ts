import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from '../contract.ts';
import * as permission from '../permissions.ts';
import type { Connections } from './connections.ts';

const tag = 'messages';
const AT = '/api/trade-messages/connections';
const Partner = z.object({ partner: contract.PartnerId });

/** Who sends, how they sign, and what we sign with. */
export function connectionRoutes(app: HttpApp<Actor>, connections: Connections): void {
  route(
    app,
    {
      ...{ method: 'get', path: '/api/trade-messages/port-keys', tag },
      summary: 'The public keys that answers to messages are signed with, past ones included.',
      permission: permission.read,
      response: contract.PortKeys,
    },
    async ({ principal }) => ({ keys: await connections.portKeys(principal) }),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/trade-messages/port-keys/rotation', tag },
      summary: 'Begins the next key that answers are signed with.',
      permission: permission.setConnection,
      body: contract.PortKeyRotation,
      response: contract.PortKeys,
    },
    async ({ principal, body }) => ({ keys: await connections.rotatePortKey(principal, body) }),
  );
  route(
    app,
    {
      ...{ method: 'get', path: AT, tag, permission: permission.read },
      summary: 'Partners for which keys, a folder or a duty to sign were set.',
      response: contract.Connections,
    },
    async ({ principal }) => ({ connections: await connections.list(principal) }),
  );
  route(
    app,
    {
      ...{ method: 'get', path: `${AT}/{partner}`, tag, permission: permission.read },
      summary: 'How messages go to and fro with one partner, and its keys.',
      params: Partner,
      response: contract.Connection,
    },
    ({ principal, params }) => connections.get(principal, params.partner),
  );
  route(
    app,
    {
      ...{ method: 'put', path: `${AT}/{partner}`, tag, permission: permission.setConnection },
      summary: 'Sets whether a partner must sign, what answers are signed with, and its folder.',
      params: Partner,
      body: contract.ConnectionTerms,
      response: contract.Connection,
    },
    ({ principal, params, body }) => connections.set(principal, params.partner, body),
  );
  route(
    app,
    {
      ...{ method: 'post', path: `${AT}/{partner}/keys`, tag },
      summary: 'Registers a public key, or a certificate, that a partner signs with.',
      permission: permission.setConnection,
      params: Partner,
      body: contract.KeyRegistration,
      response: contract.Connection,
    },
    ({ principal, params, body }) => connections.registerKey(principal, params.partner, body),
  );
  route(
    app,
    {
      ...{ method: 'post', path: `${AT}/{partner}/keys/{key}/revocation`, tag },
      summary: 'Revokes a key from a day on; what it signed before is not taken back.',
      permission: permission.setConnection,
      params: Partner.extend({ key: contract.MessageId }),
      body: contract.KeyRevocation,
      response: contract.Connection,
    },
    ({ principal, params, body }) =>
      connections.revokeKey(principal, params.partner, params.key, body),
  );
}
