import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { InLedger } from '../books/contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { WriteOff } from './service/index.ts';

const tag = 'bonded write-off';
const AT = '/api/bonded/ledgers/{id}/filings';

export function writeOffRoutes(app: HttpApp<Actor>, writeOff: WriteOff): void {
  actRoutes(app, writeOff);
  officerRoutes(app, writeOff);
  readingRoutes(app, writeOff);
}

function actRoutes(app: HttpApp<Actor>, writeOff: WriteOff): void {
  route(
    app,
    {
      method: 'post',
      path: AT,
      tag,
      summary: 'Drafts a write-off filing (报核) from the journal; a dry run keeps nothing.',
      permission: permission.draftFiling,
      params: InLedger,
      body: contract.FilingDraft,
      response: contract.FilingDetail,
    },
    ({ principal, params, body }) => writeOff.draft(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{filing}/sign`,
      tag,
      summary:
        'The enterprise stands for it; it is examined at once, and written off where it can be.',
      permission: permission.signFiling,
      params: contract.InFiling,
      body: contract.FilingSigning,
      response: contract.FilingDetail,
    },
    ({ principal, params, body }) =>
      writeOff.sign(principal, params.id, params.filing, body.dryRun),
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{filing}/withdraw`,
      tag,
      summary: 'Takes a draft back.',
      permission: permission.draftFiling,
      params: contract.InFiling,
      body: contract.FilingNote,
      response: contract.FilingDetail,
    },
    ({ principal, params, body }) =>
      writeOff.withdraw(principal, params.id, params.filing, body.note),
  );
}

function officerRoutes(app: HttpApp<Actor>, writeOff: WriteOff): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{filing}/decide`,
      tag,
      summary:
        'An officer proposes to write off or to return, and states what duty could not be computed by.',
      permission: permission.decideFiling,
      params: contract.InFiling,
      body: contract.FilingDecision,
      response: contract.FilingDetail,
    },
    ({ principal, params, body }) => writeOff.decide(principal, params.id, params.filing, body),
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{filing}/confirm`,
      tag,
      summary: 'Another officer confirms, or sends it back to be decided anew (四眼).',
      permission: permission.decideFiling,
      params: contract.InFiling,
      body: contract.FilingConfirmation,
      response: contract.FilingDetail,
    },
    ({ principal, params, body }) => writeOff.confirm(principal, params.id, params.filing, body),
  );
}

function readingRoutes(app: HttpApp<Actor>, { reads }: WriteOff): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/filings',
      tag,
      summary: 'Filings of all ledgers within the reader’s reach, the newest first.',
      permission: permission.readFilings,
      query: contract.FilingSearch,
      response: contract.FilingPage,
    },
    ({ principal, query }) => reads.search(principal, null, query),
  );
  route(
    app,
    {
      method: 'get',
      path: AT,
      tag,
      summary: 'The filings of one ledger, the newest first.',
      permission: permission.readFilings,
      params: InLedger,
      query: contract.FilingSearch,
      response: contract.FilingPage,
    },
    ({ principal, params, query }) => reads.search(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{filing}`,
      tag,
      summary: 'One filing, what happened to it, and what may be done with it.',
      permission: permission.readFilings,
      params: contract.InFiling,
      response: contract.FilingDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.id, params.filing),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{filing}/rows`,
      tag,
      summary: 'What must remain of each part, what does, and what is owed for the difference.',
      permission: permission.readFilings,
      params: contract.InFiling,
      query: contract.RowSearch,
      response: contract.FilingRowPage,
    },
    ({ principal, params, query }) => reads.rows(principal, params.id, params.filing, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{filing}/entries`,
      tag,
      summary: 'The rows of the journal that one figure rests on; their quantities add up to it.',
      permission: permission.readFilings,
      params: contract.InFiling,
      query: contract.EntrySearch,
      response: contract.FigureEntries,
    },
    ({ principal, params, query }) => reads.entries(principal, params.id, params.filing, query),
  );
}
