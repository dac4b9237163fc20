import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { InLedger } from '../books/contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Lists } from './service.ts';

const tag = 'bonded lists';
const AT = '/api/bonded/ledgers/{id}/lists';

export function listRoutes(app: HttpApp<Actor>, lists: Lists): void {
  route(
    app,
    {
      method: 'post',
      path: AT,
      tag,
      summary:
        'Files a bonded inventory list (核注清单); it is posted when its conditions are met.',
      permission: permission.fileList,
      params: InLedger,
      body: contract.ListFiling,
      response: contract.ListDetail,
    },
    ({ principal, params, body }) => lists.file(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{list}/answer`,
      tag,
      summary: 'Accepts or rejects a list that no declaration covers.',
      permission: permission.answerList,
      params: contract.InList,
      body: contract.ListAnswer,
      response: contract.ListDetail,
    },
    ({ principal, params, body }) => lists.answer(principal, params.id, params.list, body),
  );
  route(
    app,
    {
      method: 'post',
      path: `${AT}/{list}/withdraw`,
      tag,
      summary: 'Takes a list back of which nothing has come yet.',
      permission: permission.fileList,
      params: contract.InList,
      body: contract.ListNote,
      response: contract.ListDetail,
    },
    ({ principal, params, body }) => lists.withdraw(principal, params.id, params.list, body.note),
  );
  route(
    app,
    {
      method: 'get',
      path: AT,
      tag,
      summary: 'The lists of a ledger, by number.',
      permission: permission.readLists,
      params: InLedger,
      query: contract.ListSearch,
      response: contract.ListPage,
    },
    ({ principal, params, query }) => lists.search(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: `${AT}/{list}`,
      tag,
      summary: 'One list: what it waits for, what it did, and what may be done with it.',
      permission: permission.readLists,
      params: contract.InList,
      response: contract.ListDetail,
    },
    ({ principal, params }) => lists.detail(principal, params.id, params.list),
  );
}
