import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import { loadProhibitions, readProhibitions } from './permissions.ts';
import type { Prohibitions } from './service.ts';

const tag = 'prohibitions';
/** Five thousand rules with their words. */
const LOAD_BYTES = 8_000_000;

export function prohibitionRoutes(app: HttpApp<Actor>, prohibitions: Prohibitions): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/prohibitions',
      tag,
      summary: 'What is prohibited, restricted or checked, for some goods on a day.',
      permission: readProhibitions,
      query: contract.ProhibitionSearch,
      response: contract.ProhibitionAnswer,
    },
    ({ principal, query }) => prohibitions.ask(principal, query),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/prohibitions/load',
      tag,
      summary: 'Enters dated rules with their source; the same id replaces what was there.',
      permission: loadProhibitions,
      body: contract.ProhibitionLoad,
      response: contract.ProhibitionLoaded,
      maxBodyBytes: LOAD_BYTES,
    },
    ({ principal, body }) => prohibitions.load(principal, body),
  );
}
