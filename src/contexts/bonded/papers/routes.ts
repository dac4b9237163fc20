import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import * as contract from './contract.ts';
import { bringPapers } from './permissions.ts';
import type { Papers } from './service.ts';

const tag = 'bonded papers';
/** A thousand papers. */
const PAPERS_BYTES = 2_000_000;

export function paperRoutes(app: HttpApp<Actor>, papers: Papers): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/papers',
      tag,
      summary:
        'Brings records of gates, stores and bills, beside which the book is held. All or none.',
      permission: bringPapers,
      params: contract.InLedger,
      body: contract.PapersInput,
      response: contract.PapersOutcome,
      maxBodyBytes: PAPERS_BYTES,
    },
    ({ principal, params, body }) => papers.bring(principal, params.id, body.papers),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/papers',
      tag,
      summary: 'Papers of a ledger, in the order they came.',
      permission: readBooks,
      params: contract.InLedger,
      query: contract.PaperSearch,
      response: contract.PaperPage,
    },
    ({ principal, params, query }) => papers.list(principal, params.id, query),
  );
}
