import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { InLedger } from '../books/contract.ts';
import { readBooks } from '../books/permissions.ts';
import * as contract from './contract.ts';
import { issueNote } from './permissions.ts';
import type { Notes } from './service.ts';

const tag = 'bonded consumption notes';
const AT = '/api/bonded/ledgers/{id}/consumption-notes';

export function noteRoutes(app: HttpApp<Actor>, notes: Notes): void {
  route(
    app,
    {
      method: 'post',
      path: AT,
      tag,
      summary: 'Issues a consumption note (耗料单) of a written-off period, or of closed orders.',
      permission: issueNote,
      params: InLedger,
      body: contract.NoteInput,
      response: contract.ConsumptionNote,
    },
    ({ principal, params, body }) => notes.issue(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'get',
      path: AT,
      tag,
      summary: 'The consumption notes of a ledger, in the order they were issued.',
      permission: readBooks,
      params: InLedger,
      query: contract.NoteSearch,
      response: contract.NotePage,
    },
    ({ principal, params, query }) => notes.list(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{note}`,
      tag,
      summary: 'One consumption note.',
      permission: readBooks,
      params: contract.InNote,
      response: contract.ConsumptionNote,
    },
    ({ principal, params }) => notes.find(principal, params.id, params.note),
  );
}
