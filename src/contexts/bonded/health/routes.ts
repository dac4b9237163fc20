import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { InLedger } from '../books/contract.ts';
import { readBooks } from '../books/permissions.ts';
import { readLedgers } from '../ledgers/permissions.ts';
import * as contract from './contract.ts';
import type { Health } from './service.ts';

const tag = 'bonded health';

export function healthRoutes(app: HttpApp<Actor>, health: Health): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/orders',
      tag,
      summary: 'Work orders of a ledger, open or closed, the newest first.',
      permission: readBooks,
      params: InLedger,
      query: contract.OrderSearch,
      response: contract.OrderRows,
    },
    ({ principal, params, query }) => health.orders(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/feeds',
      tag,
      summary: 'Who sends to a ledger, what of theirs waits, and who has fallen silent.',
      permission: readBooks,
      params: InLedger,
      response: contract.FeedRows,
    },
    ({ principal, params }) => health.feeds(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/health',
      tag,
      summary: 'Ledgers within reach by how they fare; only those that need somebody, if asked.',
      permission: readLedgers,
      query: contract.HealthSearch,
      response: contract.HealthPage,
    },
    ({ principal, query }) => health.health(principal, query),
  );
}
