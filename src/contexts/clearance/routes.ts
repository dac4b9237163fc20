import { Readable } from 'node:stream';
import { z } from 'zod';
import type { FileStore } from '../../platform/files.ts';
import { type HttpApp, route } from '../../platform/http/index.ts';
import { workbookHeaders } from '../../platform/workbook.ts';
import { type Actor, authorise } from '../identity/index.ts';
import * as contract from './contract.ts';
import { toWorkbook } from './export.ts';
import * as modes from './modes/contract.ts';
import { modeRoutes } from './modes/routes.ts';
import * as permission from './permissions.ts';
import type { Acts } from './service/act.ts';
import type { Filings } from './service/index.ts';
import type { ModeViews } from './service/modes.ts';
import type { Reads } from './service/read.ts';

export interface ClearanceRoutes {
  readonly filings: Filings;
  readonly acts: Acts;
  readonly reads: Reads;
  readonly modes: ModeViews;
  readonly files: FileStore;
  /** The records of a figure, to narrow a list to them. */
  readonly recordsOf: (actor: Actor, metric: string) => Promise<readonly string[]>;
}

/** A bulk request of 1,000 filings with 8 lines each is about 6 MB. */
const BULK_BODY_BYTES = 32_000_000;
const PHOTOGRAPH_BYTES = 20_000_000;
/** Most rows one workbook holds; narrower filters export the rest. */
const EXPORT_ROWS_MAX = 10_000;
const tag = 'clearance';
const Id = z.object({ id: contract.DeclarationId });

export function clearanceRoutes(app: HttpApp<Actor>, deps: ClearanceRoutes): void {
  filingRoutes(app, deps);
  readingRoutes(app, deps);
  actRoutes(app, deps.acts);
  modeRoutes(app, deps.modes);
  fileRoutes(app, deps.files);
}

function filingRoutes(app: HttpApp<Actor>, { filings, acts }: ClearanceRoutes): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/declarations',
      tag,
      summary: 'Files one declaration; `dryRun=true` answers what would happen and writes nothing.',
      permission: permission.file,
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: z.unknown(),
      response: contract.FilingResult,
    },
    ({ principal, body, query, requestId }) =>
      filings.fileOne(principal, body, { dryRun: query.dryRun === 'true', correlation: requestId }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/declarations/bulk',
      tag,
      summary: 'Files many declarations; each has its own answer, in the order they came.',
      permission: permission.file,
      query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
      body: contract.BulkFiling,
      response: contract.BulkResult,
      maxBodyBytes: BULK_BODY_BYTES,
    },
    async ({ principal, body, query, requestId }) => ({
      results: await filings.file(principal, body.filings, {
        dryRun: query.dryRun === 'true',
        correlation: requestId,
      }),
    }),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/declarations/{id}/draft',
      tag,
      summary: 'Keeps a draft.',
      permission: permission.file,
      params: Id,
      body: z.object({ content: z.unknown() }),
      response: contract.Declaration,
    },
    ({ principal, params, body }) => acts.saveDraft(principal, params.id, body.content),
  );
}

function readingRoutes(app: HttpApp<Actor>, { reads, recordsOf }: ClearanceRoutes): void {
  const Search = contract.DeclarationSearch.extend({ figure: z.string().max(60).optional() });
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations',
      tag,
      summary: 'Searches declarations within the reader’s reach.',
      permission: permission.read,
      givesWay: 'search',
      query: Search,
      response: contract.DeclarationPage,
    },
    async ({ principal, query }) =>
      reads.search(
        principal,
        query,
        query.figure ? await recordsOf(principal, query.figure) : null,
      ),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations.xlsx',
      tag,
      summary: 'The same search as a workbook.',
      permission: permission.read,
      query: Search.extend({ language: z.enum(['zh', 'en']).default('zh') }),
      givesWay: 'report',
      response: 'bytes',
    },
    async ({ principal, query }) => {
      const ids = query.figure ? await recordsOf(principal, query.figure) : null;
      const rows = await reads.searchAll(principal, query, ids, EXPORT_ROWS_MAX);
      return new Response(Buffer.from(await toWorkbook(rows, query.language)), {
        headers: workbookHeaders('declarations'),
      });
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations/{id}',
      tag,
      summary: 'One declaration: state, conditions, decision with reasons, timeline, allowed acts.',
      permission: permission.read,
      params: Id,
      response: contract.DeclarationDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/work-list',
      tag,
      summary: 'What officers have to do, the longest waiting first.',
      permission: permission.work,
      query: z.object({
        office: z.string().max(4).optional(),
        task: contract.WorkItem.shape.task.optional(),
      }),
      response: z.object({ items: z.array(contract.WorkItem) }),
    },
    async ({ principal, query }) => ({
      items: await reads.workList(principal, {
        office: query.office ?? null,
        task: query.task ?? null,
      }),
    }),
  );
}

/** Path, summary, what is said and who does it: every act on one declaration has the same shape. */
function actRoutes(app: HttpApp<Actor>, acts: Acts): void {
  function act<S extends z.ZodType>(
    path: string,
    summary: string,
    needed: { operation: string },
    body: S,
    perform: (actor: Actor, id: string, said: z.output<S>) => Promise<contract.Declaration>,
  ): void {
    route(
      app,
      {
        method: 'post',
        path: `/api/declarations/{id}/${path}`,
        tag,
        summary,
        permission: needed,
        params: Id,
        body: body as z.ZodType,
        response: contract.Declaration,
      },
      ({ principal, params, body: said }) => perform(principal, params.id, said as z.output<S>),
    );
  }
  const { Note } = contract;
  act(
    'arrival',
    'Confirms arrival.',
    permission.confirmArrival,
    contract.Arrival,
    acts.confirmArrival,
  );
  act(
    'documentary-check',
    'Records a documentary check.',
    permission.checkDocuments,
    contract.DocumentaryCheck,
    acts.checkDocuments,
  );
  act(
    'examination-order',
    'Orders an examination or a re-examination.',
    permission.orderExamination,
    Note,
    acts.orderExamination,
  );
  act(
    'examinations',
    'Records the ordered examination.',
    permission.examine,
    contract.ExaminationRecord,
    acts.recordExamination,
  );
  act(
    'sample-result',
    'Records a laboratory’s result.',
    permission.examine,
    contract.SampleResult,
    acts.reportSample,
  );
  act(
    'disposition',
    'Decides what happens after a finding.',
    permission.dispose,
    contract.DispositionRecord,
    acts.dispose,
  );
  act(
    'carried-out',
    'Records that a disposition was carried out.',
    permission.dispose,
    contract.DispositionCarriedOut,
    acts.carryOut,
  );
  act(
    'downgrade',
    'Proposes a lighter lane, with a coded reason.',
    permission.proposeDowngrade,
    contract.DowngradeProposal,
    acts.proposeDowngrade,
  );
  act(
    'downgrade-approval',
    'Approves or rejects it, from another post.',
    permission.approveDowngrade,
    contract.DowngradeApproval,
    acts.answerDowngrade,
  );
  act(
    'hold',
    'Holds the goods, with reason and legal basis.',
    permission.hold,
    contract.Hold,
    acts.hold,
  );
  act('lift-hold', 'Lifts the hold.', permission.hold, Note, acts.liftHold);
  act(
    'amend',
    'Amends before release; decided anew.',
    permission.amend,
    contract.Amendment,
    acts.amend,
  );
  act('cancel', 'Cancels before release.', permission.cancel, Note, acts.cancel);
  act('close', 'Closes a released declaration (结关).', permission.close, Note, acts.close);
  act(
    'complete',
    'Files the second step of a two-step declaration.',
    permission.complete,
    contract.Completion,
    acts.complete,
  );
  act(
    'supplements',
    'Adds a supplementary declaration (补充申报).',
    permission.supplement,
    contract.Supplement,
    acts.supplement,
  );
  act(
    'transit-start',
    'Seals the goods and lets their transit start.',
    permission.transit,
    contract.TransitStart,
    acts.startTransit,
  );
  act(
    'transit-end',
    'Records arrival in transit, and the seals as found.',
    permission.transit,
    contract.TransitEnd,
    acts.endTransit,
  );
  act(
    'revocation',
    'Takes release back before the goods leave; they are held.',
    permission.revoke,
    contract.Hold,
    acts.revoke,
  );
  act(
    'clock-pause',
    'Lets a clock stand still, for a coded reason.',
    permission.pauseClocks,
    modes.ClockPause,
    acts.pauseClock,
  );
  act(
    'clock-resumption',
    'Lets a paused clock run on.',
    permission.pauseClocks,
    modes.ClockResumption,
    acts.resumeClock,
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/arrivals',
      tag,
      summary: 'Confirms many arrivals; each has its own answer.',
      permission: permission.confirmArrival,
      body: contract.BulkArrivals,
      response: z.object({ results: z.array(contract.ActResult) }),
      maxBodyBytes: BULK_BODY_BYTES,
    },
    async ({ principal, body }) => ({
      results: await acts.confirmArrivals(principal, body.arrivals),
    }),
  );
}

/** Photographs and documents: found by the hash of their content, and only by who knows it. */
function fileRoutes(app: HttpApp<Actor>, files: FileStore): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/files',
      tag,
      summary: 'Keeps a photograph or document.',
      permission: permission.attach,
      body: 'bytes',
      response: z.object({ id: z.string(), bytes: z.number() }),
      maxBodyBytes: PHOTOGRAPH_BYTES,
    },
    ({ principal, body }) => {
      authorise(principal, permission.attach);
      return files.put(body, PHOTOGRAPH_BYTES);
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/files/{id}',
      tag,
      summary: 'Gives a file back.',
      permission: permission.read,
      params: z.object({ id: z.string().regex(/^[0-9a-f]{64}$/) }),
      response: 'bytes',
    },
    async ({ principal, params }) => {
      authorise(principal, permission.read);
      const file = await files.read(params.id);
      if (!file) return new Response(null, { status: 404 });
      return new Response(Readable.toWeb(file) as ReadableStream<Uint8Array>, {
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': 'attachment',
        },
      });
    },
  );
}
