import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { workbookHeaders } from '../../../platform/workbook.ts';
import { type Actor, authorise } from '../../identity/index.ts';
import * as contract from './contract.ts';
import { toWorkbook } from './export.ts';
import * as permission from './permissions.ts';
import { readStockBills } from './read-workbook.ts';
import type { Batches } from './service/index.ts';

export type BatchRoutes = Pick<Batches, 'applications' | 'stockBills' | 'reads'>;

const tag = 'batches';
const Id = z.object({ id: contract.BatchId });
const BillId = z.object({ id: contract.StockBillId });
/** A thousand bills of many lines. */
const BULK_BODY_BYTES = 32_000_000;
const WORKBOOK_BYTES_MAX = 8_000_000;
const EXPORT_ROWS_MAX = 20_000;

export function batchRoutes(app: HttpApp<Actor>, deps: BatchRoutes): void {
  applicationRoutes(app, deps);
  stockBillRoutes(app, deps);
  readingRoutes(app, deps);
}

function applicationRoutes(app: HttpApp<Actor>, { applications }: BatchRoutes): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/batches',
      tag,
      summary: 'Applies for batched movement (业务申报表); the caller chooses the id.',
      permission: permission.applyForBatches,
      body: contract.BatchApplication,
      response: contract.Batch,
    },
    ({ principal, body }) => applications.apply(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/batches/{id}/change',
      tag,
      summary: 'Asks for a change of caps, validity, prices or deposit.',
      permission: permission.applyForBatches,
      params: Id,
      body: contract.BatchChange,
      response: contract.Batch,
    },
    ({ principal, params, body }) => applications.change(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/batches/{id}/answer',
      tag,
      summary: 'Approves or rejects an application or a change, from another account.',
      permission: permission.answerBatches,
      params: Id,
      body: contract.BatchAnswer,
      response: contract.Batch,
    },
    ({ principal, params, body }) => applications.answer(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/batches/{id}/close',
      tag,
      summary: 'Closes an application that has nothing left to move or declare; frees the deposit.',
      permission: permission.closeBatches,
      params: Id,
      body: contract.BatchNote,
      response: contract.Batch,
    },
    ({ principal, params, body }) => applications.close(principal, params.id, body),
  );
}

function stockBillRoutes(app: HttpApp<Actor>, { stockBills, reads }: BatchRoutes): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/stock-bills',
      tag,
      summary: 'Draws one in/out-stock bill (出入库单) from an application.',
      permission: permission.drawStock,
      body: contract.StockBillInput,
      response: contract.StockBillResult,
    },
    ({ principal, body }) => stockBills.issueOne(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/stock-bills/bulk',
      tag,
      summary: 'Draws many; each has its own answer, in the order they came.',
      permission: permission.drawStock,
      body: contract.BulkStockBills,
      response: z.object({ results: z.array(contract.StockBillResult) }),
      maxBodyBytes: BULK_BODY_BYTES,
    },
    async ({ principal, body }) => ({ results: await stockBills.issue(principal, body.bills) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/batches/{id}/stock-bills.xlsx',
      tag,
      summary: 'Draws the stock bills of a workbook: a row is a line, rows of one number one bill.',
      permission: permission.drawStock,
      params: Id,
      body: 'bytes',
      response: z.object({ results: z.array(contract.StockBillResult) }),
      maxBodyBytes: WORKBOOK_BYTES_MAX,
    },
    async ({ principal, params, body }) => {
      authorise(principal, permission.drawStock);
      const bills = await readStockBills(await buffer(body), params.id);
      return { results: await stockBills.issue(principal, bills) };
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/stock-bills/{id}',
      tag,
      summary: 'One stock bill, with what of it has passed.',
      permission: permission.readBatches,
      params: BillId,
      response: contract.StockBill,
    },
    ({ principal, params }) => reads.bill(principal, params.id),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/stock-bills/{id}/cancel',
      tag,
      summary: 'Gives back what of a bill has not passed.',
      permission: permission.drawStock,
      params: BillId,
      body: contract.BatchNote,
      response: contract.StockBill,
    },
    ({ principal, params, body }) => stockBills.cancel(principal, params.id, body),
  );
}

function readingRoutes(app: HttpApp<Actor>, { reads }: BatchRoutes): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/batches',
      tag,
      summary: 'Applications within the reader’s reach.',
      permission: permission.readBatches,
      query: contract.BatchSearch,
      response: contract.BatchPage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}',
      tag,
      summary: 'One application: balances, deposit, months to declare, timeline, allowed acts.',
      permission: permission.readBatches,
      params: Id,
      response: contract.BatchDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}/stock-bills',
      tag,
      summary: 'Its stock bills, the newest first.',
      permission: permission.readBatches,
      params: Id,
      query: z.object({ cursor: z.string().max(64).optional() }),
      response: z.object({ rows: z.array(contract.StockBill), next: z.string().nullable() }),
    },
    ({ principal, params, query }) => reads.bills(principal, params.id, query.cursor ?? null),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}/movements',
      tag,
      summary: 'What really crossed under it, the newest first.',
      permission: permission.readBatches,
      params: Id,
      query: contract.MovementSearch,
      response: contract.MovementPage,
    },
    ({ principal, params, query }) => reads.movements(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/batches/{id}/movements.xlsx',
      tag,
      summary: 'The same as a workbook.',
      permission: permission.readBatches,
      params: Id,
      query: contract.MovementSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, params, query }) => {
      const rows = await reads.allMovements(principal, params.id, query, EXPORT_ROWS_MAX);
      return new Response(Buffer.from(await toWorkbook(rows, query.language)), {
        headers: workbookHeaders('movements'),
      });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/entry-obligations',
      tag,
      summary: 'Goods that entered before they were declared, the next due first.',
      permission: permission.readEntries,
      query: contract.EntryObligationSearch,
      response: contract.EntryObligationPage,
    },
    ({ principal, query }) => reads.obligations(principal, query),
  );
}
