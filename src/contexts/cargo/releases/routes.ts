import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import { BillNumber } from '../contract.ts';
import * as contract from './contract.ts';
import * as permission from './permissions.ts';
import type { Releases } from './service/index.ts';

const tag = 'releases';
const Id = z.object({ id: z.string().max(80) });
const signedWith = <T extends z.ZodType>(list: T) => z.object({ list, signed: contract.Jws });
/** What anybody may fetch is kept by whatever stands between for a minute. */
const MINUTE = 'public, max-age=60';
const SIGNED_BYTES_MAX = 64 * 1024;

export function releaseRoutes(app: HttpApp<Actor>, releases: Releases): void {
  publicRoutes(app, releases);
  terminalRoutes(app, releases);
  readingRoutes(app, releases);
  customsRoutes(app, releases);
  electronicBillRoutes(app, releases);
}

/** What lets anybody verify a notice, signed in or not. */
function publicRoutes(app: HttpApp<Actor>, { reads }: Releases): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/keys',
      tag,
      summary: 'The port’s public keys, past and present, as a JWK set.',
      response: contract.PublicKeys,
      public: true,
    },
    ({ setHeader }) => {
      setHeader('cache-control', MINUTE);
      return reads.publicKeys();
    },
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/revocations',
      tag,
      summary: 'The signed revocation list, and what is in it.',
      response: signedWith(contract.RevocationList),
      public: true,
    },
    ({ setHeader }) => {
      setHeader('cache-control', MINUTE);
      return reads.revocations();
    },
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/releases/verification',
      tag,
      summary: 'Verifies a notice; whoever has the keys and the list can do so without us.',
      body: z.object({ signed: z.string().max(SIGNED_BYTES_MAX) }),
      response: contract.Verification,
      maxBodyBytes: SIGNED_BYTES_MAX + 1024,
      public: true,
    },
    ({ body }) => reads.verify(body.signed),
  );
}

function terminalRoutes(app: HttpApp<Actor>, { reads, acts, webhooks }: Releases): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/feed',
      tag,
      summary: 'What a terminal has still to acknowledge, in the order it was sent.',
      permission: permission.acknowledgeReleases,
      query: contract.ReleaseFeedQuery,
      response: contract.ReleaseFeed,
    },
    ({ principal, query }) => reads.feed(principal, query),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/releases/acknowledgements',
      tag,
      summary: 'Acknowledges notices and revocations; each has its own answer.',
      permission: permission.acknowledgeReleases,
      body: contract.Acknowledgements,
      response: z.object({ results: z.array(contract.AcknowledgementResult) }),
    },
    async ({ principal, body }) => ({
      results: await acts.acknowledge(principal, body.acknowledgements),
    }),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/offline-list',
      tag,
      summary: 'Every release in force now, signed, for gates without a network.',
      permission: permission.takeOfflineReleases,
      response: signedWith(contract.OfflineReleases),
    },
    ({ principal }) => reads.offlineList(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/webhook',
      tag,
      summary: 'Where the terminal is told.',
      permission: permission.acknowledgeReleases,
      response: contract.Webhook,
    },
    ({ principal }) => webhooks.find(principal),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/releases/webhook',
      tag,
      summary: 'Registers where the terminal wants to be told; `null` to fetch instead.',
      permission: permission.acknowledgeReleases,
      body: contract.Webhook,
      response: contract.Webhook,
    },
    ({ principal, body }) => webhooks.save(principal, body.url),
  );
}

function readingRoutes(app: HttpApp<Actor>, { reads }: Releases): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/releases',
      tag,
      summary: 'Release notices within the reader’s reach, the newest first.',
      permission: permission.readReleases,
      query: contract.ReleaseSearch,
      response: contract.ReleasePage,
    },
    ({ principal, query }) => reads.search(principal, query),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/releases/{id}',
      tag,
      summary: 'One release notice, as it was signed, and how far its delivery is.',
      permission: permission.readReleases,
      params: Id,
      response: contract.Release,
    },
    ({ principal, params }) => reads.get(principal, params.id),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/declarations/{id}/releases',
      tag,
      summary: 'The release notices of one declaration.',
      permission: permission.readReleases,
      params: Id,
      response: contract.Releases,
    },
    async ({ principal, params }) => ({
      releases: await reads.ofDeclaration(principal, params.id),
    }),
  );
}

function customsRoutes(app: HttpApp<Actor>, { acts, downtimes }: Releases): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/release-keys',
      tag,
      summary: 'Begins the next signing key; what the last one signed stays verifiable.',
      permission: permission.rotateReleaseKey,
      response: contract.PublicKey,
    },
    ({ principal }) => acts.rotateKey(principal),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/downtimes',
      tag,
      summary: 'Declared times without the system, the one that lasts first.',
      permission: permission.readDowntimes,
      response: contract.Downtimes,
    },
    async ({ principal }) => ({ downtimes: await downtimes.list(principal) }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/downtimes',
      tag,
      summary: 'Declares downtime: gates go by their offline lists.',
      permission: permission.declareDowntime,
      body: contract.DowntimeInput,
      response: contract.Downtime,
    },
    ({ principal, body }) => downtimes.declare(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/downtimes/{id}/end',
      tag,
      summary: 'Ends it: what was done offline is reported and reconciled.',
      permission: permission.declareDowntime,
      params: Id,
      body: contract.DowntimeEnd,
      response: contract.Downtime,
    },
    ({ principal, params, body }) => downtimes.end(principal, params.id, body),
  );
}

function electronicBillRoutes(app: HttpApp<Actor>, { electronicBills }: Releases): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/electronic-bills',
      tag,
      summary: 'Bills without paper that the reader’s organisation has a part in.',
      permission: permission.readElectronicBills,
      query: z.object({ bill: BillNumber.optional() }),
      response: contract.ElectronicBills,
    },
    async ({ principal, query }) => ({
      bills: await electronicBills.list(principal, query.bill ?? null),
    }),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/electronic-bills',
      tag,
      summary: 'Presents a bill of lading or delivery order without paper.',
      permission: permission.presentElectronicBills,
      body: contract.ElectronicBillInput,
      response: contract.ElectronicBill,
    },
    ({ principal, body }) => electronicBills.present(principal, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/electronic-bills/{id}/endorsement',
      tag,
      summary: 'The holder hands the document on, for example to the terminal.',
      permission: permission.endorseElectronicBills,
      params: Id,
      body: contract.Endorsement,
      response: contract.ElectronicBill,
    },
    ({ principal, params, body }) => electronicBills.endorse(principal, params.id, body),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/electronic-bills/{id}/surrender',
      tag,
      summary: 'The holder surrenders the document: the goods were handed over against it.',
      permission: permission.endorseElectronicBills,
      params: Id,
      response: contract.ElectronicBill,
    },
    ({ principal, params }) => electronicBills.surrender(principal, params.id),
  );
}
