import { z } from 'zod';
import { type HttpApp, route } from '../../platform/http/index.ts';
import type { Actor } from '../identity/index.ts';
import {
  Enterprise,
  EnterprisePage,
  EnterpriseSearch,
  EnterpriseUpsert,
  EnterpriseUpserted,
  Zone,
} from './contract.ts';
import { readEnterprises, writeEnterprises } from './permissions.ts';
import type { Parties } from './service.ts';

/** Two thousand enterprises with their histories. */
const UPSERT_MAX_BYTES = 4_000_000;

export function partiesRoutes(app: HttpApp<Actor>, parties: Parties): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/enterprises',
      tag: 'parties',
      summary: 'Registers or corrects enterprises with their grade histories, all or none.',
      permission: writeEnterprises,
      body: EnterpriseUpsert,
      response: EnterpriseUpserted,
      maxBodyBytes: UPSERT_MAX_BYTES,
    },
    ({ principal, body }) => parties.upsert(principal, body.enterprises),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/enterprises',
      tag: 'parties',
      summary: 'Enterprises within the reader’s reach, by code, with the grade in force today.',
      permission: readEnterprises,
      query: EnterpriseSearch,
      response: EnterprisePage,
    },
    ({ principal, query }) => parties.list(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/enterprises/{uscc}',
      tag: 'parties',
      summary: 'One enterprise with its grade history.',
      permission: readEnterprises,
      params: z.object({ uscc: z.string().max(18) }),
      response: Enterprise,
    },
    ({ principal, params }) => parties.get(principal, params.uscc),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/zones',
      tag: 'parties',
      summary: 'Customs zones and their regime on a day.',
      permission: readEnterprises,
      query: z.object({ on: z.iso.date().optional() }),
      response: z.object({ zones: z.array(Zone) }),
    },
    async ({ principal, query }) => ({ zones: await parties.zones(principal, query.on) }),
  );
}
