import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { LedgerId } from '../contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Ledgers } from './service/index.ts';

const tag = 'bonded ledgers';
const Id = z.object({ id: LedgerId });
/** Five thousand parts with their descriptions. */
const BULK_BODY_BYTES = 8_000_000;

export function ledgerRoutes(app: HttpApp<Actor>, ledgers: Ledgers): void {
  registrationRoutes(app, ledgers);
  listRoutes(app, ledgers);
  readingRoutes(app, ledgers);
}

function registrationRoutes(app: HttpApp<Actor>, { registration }: Ledgers): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers',
      tag,
      summary: 'Registers a bonded ledger (账册); the caller chooses the id.',
      permission: permission.registerLedger,
      body: contract.LedgerRegistration,
      response: contract.Ledger,
    },
    ({ principal, body }) => registration.register(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/change',
      tag,
      summary: 'Asks for a change; what is in force stays so until customs approves.',
      permission: permission.registerLedger,
      params: Id,
      body: contract.LedgerChange,
      response: contract.Ledger,
    },
    ({ principal, params, body }) => registration.change(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/answer',
      tag,
      summary: 'Approves or rejects a registration or a change, from another account.',
      permission: permission.answerLedger,
      params: Id,
      body: contract.LedgerAnswer,
      response: contract.Ledger,
    },
    ({ principal, params, body }) => registration.answer(principal, params.id, body),
  );
}

function listRoutes(app: HttpApp<Actor>, { lists }: Ledgers): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/parts',
      tag,
      summary: 'Adds parts and changes known ones, all or none; their numbers stay.',
      permission: permission.changeParts,
      params: Id,
      body: contract.PartsInput,
      response: contract.PartsOutcome,
      maxBodyBytes: BULK_BODY_BYTES,
    },
    ({ principal, params, body }) => lists.putParts(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/bonded/ledgers/{id}/consumption',
      tag,
      summary:
        'Records unit consumption (单耗) with its days and evidence; nothing recorded changes.',
      permission: permission.recordConsumption,
      params: Id,
      body: contract.ConsumptionInput,
      response: contract.ConsumptionOutcome,
      maxBodyBytes: BULK_BODY_BYTES,
    },
    ({ principal, params, body }) => lists.recordConsumption(principal, params.id, body),
  );
}

function readingRoutes(app: HttpApp<Actor>, { reads }: Ledgers): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers',
      tag,
      summary: 'Ledgers within the reader’s reach.',
      permission: permission.readLedgers,
      query: contract.LedgerSearch,
      response: contract.LedgerPage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}',
      tag,
      summary: 'One ledger: what is in force, what is asked, timeline, allowed acts.',
      permission: permission.readLedgers,
      params: Id,
      response: contract.LedgerDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/parts',
      tag,
      summary: 'Its parts, in the order of their numbers.',
      permission: permission.readLedgers,
      params: Id,
      query: contract.PartSearch,
      response: contract.PartPage,
    },
    ({ principal, params, query }) => reads.parts(principal, params.id, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/consumption',
      tag,
      summary: 'Its consumption, in the order it was recorded.',
      permission: permission.readLedgers,
      params: Id,
      query: contract.ConsumptionSearch,
      response: contract.ConsumptionPage,
    },
    ({ principal, params, query }) => reads.consumption(principal, params.id, query),
  );
}
