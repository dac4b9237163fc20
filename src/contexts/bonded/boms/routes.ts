import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { LedgerId, PartNo } from '../contract.ts';
import * as contract from './contract.ts';
import { changeBills } from './permissions.ts';
import type { BillService } from './service.ts';

const tag = 'bonded bills of material';
const Id = z.object({ id: LedgerId });
/** Five thousand lines with their papers. */
const BILLS_BYTES = 8_000_000;

export function billRoutes(app: HttpApp<Actor>, bills: BillService): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/bills',
      tag,
      summary:
        'Records lines of bills, what is made or bought, and alternatives. All or none; a cycle is refused with its path.',
      permission: changeBills,
      params: Id,
      body: contract.BillsInput,
      response: contract.BillsOutcome,
      maxBodyBytes: BILLS_BYTES,
    },
    ({ principal, params, body }) => bills.record(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/bills/{part}',
      tag,
      summary: 'The bill of a part on a day, as it was known at a moment, down to its materials.',
      permission: readBooks,
      params: Id.extend({ part: PartNo }),
      query: contract.BillAsked,
      response: contract.BillPage,
    },
    ({ principal, params, query }) => bills.bill(principal, params.id, params.part, query),
  );
}
