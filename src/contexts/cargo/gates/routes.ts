import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { ZoneOnDay } from '../zones/contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Gates } from './service/index.ts';
import { present } from './service/read.ts';

/** A thousand passports of fifty papers, or a thousand readings, are a few megabytes. */
const BULK_BODY_BYTES = 16_000_000;
const tag = 'gates';
const ByNumber = z.object({ number: contract.PassportNo });
const ReadingId = z.object({ id: z.string().max(64) });

export function gateRoutes(app: HttpApp<Actor>, gates: Gates): void {
  passportRoutes(app, gates);
  passportActRoutes(app, gates);
  readingRoutes(app, gates);
  registryRoutes(app, gates);
  watchRoutes(app, gates);
}

function passportRoutes(app: HttpApp<Actor>, { applications, reads }: Gates): void {
  route(
    app,
    {
      ...{ method: 'post', path: '/api/passports', tag, permission: permission.applyPassport },
      summary: 'Applies for one gate passport (核放单); approval is computed at once.',
      body: z.unknown(),
      response: contract.PassportAnswer,
    },
    ({ principal, body, requestId }) => applications.apply(principal, body, requestId),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/passports/bulk', tag, permission: permission.applyPassport },
      summary: 'Applies for up to 1,000 passports, each with its own answer.',
      body: contract.BulkPassports,
      response: contract.BulkPassportAnswers,
      maxBodyBytes: BULK_BODY_BYTES,
    },
    async ({ principal, body, requestId }) => ({
      results: await applications.applyMany(principal, body.passports, requestId),
    }),
  );
  route(
    app,
    {
      ...{ method: 'get', path: '/api/passports', tag, permission: permission.readPassport },
      summary: 'Searches passports within the reader’s reach, the newest first.',
      query: contract.PassportSearch,
      response: contract.PassportPage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      ...{
        method: 'get',
        path: '/api/passports/{number}',
        tag,
        permission: permission.readPassport,
      },
      summary: 'One passport: conditions, papers with what is left of them, readings, timeline.',
      params: ByNumber,
      response: contract.PassportDetail,
    },
    ({ principal, params }) => reads.detail(principal, params.number),
  );
}

function passportActRoutes(app: HttpApp<Actor>, { applications, officers }: Gates): void {
  route(
    app,
    {
      ...{ method: 'post', path: '/api/passports/{number}/cancel', tag },
      summary: 'Withdraws a passport that has not passed a gate.',
      permission: permission.cancelPassport,
      params: ByNumber,
      body: contract.PassportNote,
      response: contract.Passport,
    },
    async ({ principal, params, body }) =>
      present(await applications.cancel(principal, params.number, body)),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/passports/{number}/reconsider', tag },
      summary: 'Computes the approval of a waiting passport anew.',
      permission: permission.applyPassport,
      params: ByNumber,
      response: contract.Passport,
    },
    async ({ principal, params }) =>
      present(await applications.reconsider(principal, params.number)),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/passports/{number}/decision', tag },
      summary: 'An officer at the manual post (转岗) passes or returns a passport.',
      permission: permission.decidePassport,
      params: ByNumber,
      body: contract.PassportDecision,
      response: contract.Passport,
    },
    async ({ principal, params, body }) =>
      present(await officers.decidePassport(principal, params.number, body)),
  );
}

function readingRoutes(app: HttpApp<Actor>, { officers, offline, readAtGate }: Gates): void {
  route(
    app,
    {
      ...{ method: 'post', path: '/api/gates/readings', tag, permission: permission.readAtGate },
      summary: 'What a gate sees of a vehicle: open, wait or refuse, with every reason.',
      body: z.unknown(),
      response: contract.GateAnswer,
    },
    ({ principal, body, requestId }) => readAtGate(principal, body, requestId),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/gates/readings/{id}/decision', tag },
      summary: 'An officer opens by hand, with a reason, or turns a waiting vehicle away.',
      permission: permission.openByHand,
      params: ReadingId,
      body: contract.GateDecision,
      response: contract.GateAnswer,
    },
    ({ principal, params, body }) => officers.decideReading(principal, params.id, body),
  );
  route(
    app,
    {
      ...{ method: 'get', path: '/api/gates/{gate}/offline-list', tag },
      summary: 'The passports a gate may open for while it works alone.',
      permission: permission.readAtGate,
      params: z.object({ gate: z.string().max(20) }),
      response: contract.OfflineList,
    },
    ({ principal, params }) => offline.list(principal, params.gate),
  );
  route(
    app,
    {
      ...{ method: 'post', path: '/api/gates/offline-readings', tag },
      summary: 'What a gate did while it worked alone, in any order; each reading counts once.',
      permission: permission.readAtGate,
      body: contract.OfflineUpload,
      response: z.object({ results: z.array(contract.OfflineAnswer) }),
      maxBodyBytes: BULK_BODY_BYTES,
    },
    async ({ principal, body }) => ({ results: await offline.upload(principal, body.readings) }),
  );
}

function registryRoutes(app: HttpApp<Actor>, { applications, reads }: Gates): void {
  route(
    app,
    {
      ...{ method: 'put', path: '/api/gate-papers', tag },
      summary: 'Tells the content of a list (核注清单) that passports are bound to.',
      permission: permission.registerGatePaper,
      body: z.unknown(),
      response: contract.Paper,
    },
    ({ principal, body }) => applications.registerPaper(principal, body),
  );
  route(
    app,
    {
      ...{ method: 'put', path: '/api/vehicles', tag, permission: permission.registerVehicle },
      summary: 'Registers a vehicle with customs (车辆备案).',
      body: z.unknown(),
      response: contract.Vehicle,
    },
    ({ principal, body }) => applications.registerVehicle(principal, body),
  );
  route(
    app,
    {
      ...{ method: 'get', path: '/api/vehicles/{plate}', tag },
      summary: 'A registered vehicle.',
      permission: permission.readPassport,
      params: z.object({ plate: contract.Plate }),
      response: contract.Vehicle,
    },
    ({ principal, params }) => reads.vehicle(principal, params.plate),
  );
}

function watchRoutes(app: HttpApp<Actor>, { reads }: Gates): void {
  route(
    app,
    {
      ...{ method: 'get', path: '/api/gates/board', tag, permission: permission.watchGates },
      summary: 'Who waits at the gates and what passed last.',
      query: z.object({ gate: z.string().max(20).optional() }),
      response: contract.GateBoard,
    },
    ({ principal, query }) => reads.board(principal, query.gate ?? null),
  );
  route(
    app,
    {
      ...{ method: 'get', path: '/api/gates/work-list', tag },
      summary: 'Passports at the manual post and vehicles that wait, the longest first.',
      permission: permission.decidePassport,
      response: contract.GateWork,
    },
    ({ principal }) => reads.work(principal),
  );
  route(
    app,
    {
      ...{ method: 'get', path: '/api/supervision-zones', tag },
      summary: 'Zones with the regime and the gates of a day.',
      query: z.object({ on: z.string().refine(isLocalDate).optional() }),
      response: z.object({ zones: z.array(ZoneOnDay) }),
    },
    ({ principal, query }) => ({ zones: reads.zones(principal, query.on ?? null) }),
  );
}
