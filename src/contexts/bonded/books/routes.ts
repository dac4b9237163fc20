import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { OrderNo, PartNo } from '../contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import { eventsOf, readQuickly } from './sent.ts';
import type { Books } from './service.ts';

const tag = 'bonded books';
/** A thousand work orders of fifty lines. */
const POST_BYTES = 16_000_000;
const Part = contract.InLedger.extend({ part: PartNo });
const Order = contract.InLedger.extend({ order: OrderNo });

export function bookRoutes(app: HttpApp<Actor>, books: Books): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/events',
      tag,
      summary:
        'Posts what happened, in order. Each event is answered for itself; its id is taken once.',
      permission: permission.postEvents,
      params: contract.InLedger,
      body: contract.PostInput,
      quickly: readQuickly,
      response: contract.PostAnswer,
      maxBodyBytes: POST_BYTES,
    },
    async ({ principal, params, body }) => ({
      answers: await books.post(principal, params.id, eventsOf(body)),
    }),
  );
  positionRoutes(app, books);
  lineageRoutes(app, books);
}

function positionRoutes(app: HttpApp<Actor>, books: Books): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/position',
      tag,
      summary: 'What every account holds of each part by now, and what must be there (应剩余).',
      permission: permission.readBooks,
      params: contract.InLedger,
      query: contract.PositionSearch,
      response: contract.PositionPage,
    },
    ({ principal, params, query }) => books.position(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/position/{part}',
      tag,
      summary: 'One part: its accounts, and where every lot of it is.',
      permission: permission.readBooks,
      params: Part,
      response: contract.PartPosition,
    },
    ({ principal, params }) => books.part(principal, params.id, params.part),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/orders/{order}',
      tag,
      summary: 'One work order: what it took and made, and every entry behind it.',
      permission: permission.readBooks,
      params: Order,
      response: contract.OrderPage,
    },
    ({ principal, params }) => books.order(principal, params.id, params.order),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/held',
      tag,
      summary: 'Events that wait for stock, the longest first.',
      permission: permission.readBooks,
      params: contract.InLedger,
      response: contract.HeldPage,
    },
    ({ principal, params }) => books.held(principal, params.id),
  );
}

function lineageRoutes(app: HttpApp<Actor>, books: Books): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/orders/{order}/trace',
      tag,
      summary: 'From what an order made back to the import lines it was made of.',
      permission: permission.readBooks,
      params: Order,
      response: contract.TraceBack,
    },
    ({ principal, params }) => books.traceBack(principal, params.id, params.order),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/trace',
      tag,
      summary: 'From a lot forward to everything it went into.',
      permission: permission.readBooks,
      params: contract.InLedger,
      query: contract.LotAsked,
      response: contract.TraceForward,
    },
    ({ principal, params, query }) => books.traceForward(principal, params.id, query),
  );
}
