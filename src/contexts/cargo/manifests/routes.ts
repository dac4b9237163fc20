import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import { workbookHeaders } from '../../../platform/workbook.ts';
import type { Actor } from '../../identity/index.ts';
import { BillNumber, CargoId } from '../contract.ts';
import type { State } from './bill.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Manifests } from './service/index.ts';
import { toWorkbook } from './workbook.ts';

const tag = 'cargo';
const BillParams = z.object({ number: BillNumber });
/** A part of 2,000 bills with houses and containers is about 8 MB. */
const MANIFEST_BODY_BYTES = 32_000_000;
/** Most rows one workbook holds; narrower filters export the rest. */
const EXPORT_ROWS_MAX = 10_000;
/** What an act answers: the page reads the whole bill again. */
const Acted = z.object({ number: z.string(), version: z.number().int(), isPending: z.boolean() });

export function manifestRoutes(app: HttpApp<Actor>, manifests: Manifests): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/manifests',
      tag,
      summary: 'Files a manifest or a report on one; `dryRun=true` answers what would happen.',
      permission: permission.fileManifest,
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: z.unknown(),
      response: contract.ManifestResult,
      maxBodyBytes: MANIFEST_BODY_BYTES,
    },
    ({ principal, body, query, requestId }) =>
      manifests.file(principal, body, {
        dryRun: query.dryRun === 'true',
        correlation: requestId,
      }),
  );
  readingRoutes(app, manifests);
  actRoutes(app, manifests);
}

function readingRoutes(app: HttpApp<Actor>, { reads }: Manifests): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/manifests',
      tag,
      summary: 'Manifests and reports, the newest first.',
      permission: permission.readManifests,
      query: contract.ManifestSearch,
      response: contract.ManifestPage,
    },
    ({ principal, query }) => reads.listManifests(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/manifests/{id}',
      tag,
      summary: 'One manifest with what its filer was answered.',
      permission: permission.readManifests,
      params: z.object({ id: CargoId }),
      response: contract.ManifestDetail,
    },
    ({ principal, params }) => reads.manifest(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bill-stages',
      tag,
      summary: 'How many bills stand where, for the live map.',
      permission: permission.readBills,
      response: contract.StageCounts,
    },
    ({ principal }) => reads.stages(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bills',
      tag,
      summary: 'Searches bills within the reader’s reach; `task` makes it a work list.',
      permission: permission.readBills,
      givesWay: 'search',
      query: contract.BillSearch,
      response: contract.BillPage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bills.xlsx',
      tag,
      summary: 'The same search as a workbook.',
      permission: permission.readBills,
      query: contract.BillSearch.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query }) => {
      const rows = await reads.searchAll(principal, query, EXPORT_ROWS_MAX);
      return new Response(Buffer.from(await toWorkbook(rows, query.language)), {
        headers: workbookHeaders('bills'),
      });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bills/{number}',
      tag,
      summary: 'One bill: goods, houses, claims, tally, orders and timeline.',
      permission: permission.readBills,
      params: BillParams,
      response: contract.BillDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.number),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bills/{number}/content',
      tag,
      summary: 'The whole bill with its houses, in the form an amendment takes.',
      permission: permission.readBills,
      params: BillParams,
      response: contract.BillContent,
    },
    ({ principal, params }) => reads.content(principal, params.number),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bills/{number}/where',
      tag,
      summary: 'Where the goods of a bill are, and since when.',
      permission: permission.readBills,
      params: BillParams,
      response: contract.WhereIs,
    },
    ({ principal, params }) => reads.whereIs(principal, params.number),
  );
}

/** Path, summary, what is said and who does it: every act on a bill has the same shape. */
function actRoutes(app: HttpApp<Actor>, { acts }: Manifests): void {
  function act<S extends z.ZodType>(
    path: string,
    summary: string,
    needed: { operation: string },
    body: S,
    perform: (actor: Actor, number: string, said: z.output<S>) => Promise<State>,
  ): void {
    route(
      app,
      {
        method: 'post',
        path: `/api/bills/{number}/${path}`,
        tag,
        summary,
        permission: needed,
        params: BillParams,
        body: body as z.ZodType,
        response: Acted,
        maxBodyBytes: MANIFEST_BODY_BYTES,
      },
      async ({ principal, params, body: said }) => {
        const state = await perform(principal, params.number, said as z.output<S>);
        const { number, version, change } = state;
        return { number, version, isPending: change !== null };
      },
    );
  }
  const { Amendment, Answer, DoNotLoadOrder, Reason, Split } = contract;
  const { amendBill, answerChange, forbidLoading, allowLoading } = permission;
  act('amend', 'Amends a bill with its houses.', amendBill, Amendment, acts.amend);
  act('split', 'Divides a bill into house bills.', amendBill, Split, acts.split);
  act('delete', 'Takes a bill off its manifest.', amendBill, Reason, acts.delete);
  act('change-answer', 'Answers a proposed change.', answerChange, Answer, acts.answerChange);
  act(
    'do-not-load',
    'Orders goods left ashore.',
    forbidLoading,
    DoNotLoadOrder,
    acts.forbidLoading,
  );
  act('lift', 'Proposes to lift the order.', allowLoading, Reason, acts.proposeLift);
  act('lift-answer', 'Lifts it, or not, by another person.', allowLoading, Answer, acts.answerLift);
}
