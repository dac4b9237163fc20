import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Actor } from '../../identity/index.ts';
import * as contract from './contract.ts';
import { readYardEvents } from './event-table.ts';
import { defineYard, postYardEvents, readYards } from './permissions.ts';
import type { Yards } from './service.ts';

const tag = 'chemicals';
const Yard = z.object({ yard: z.string().max(40) });
const Answers = z.object({ answers: z.array(contract.YardEventAnswer) });
const EVENTS_BYTES = 8_000_000;
const LAYOUT_BYTES = 1_000_000;

export function yardRoutes(app: HttpApp<Actor>, yards: Yards): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/chemicals/yards',
      tag,
      summary: 'Yards within the reader’s reach, with their load and what is in conflict.',
      permission: readYards,
      response: z.object({ yards: z.array(contract.YardRow) }),
    },
    async ({ principal }) => ({ yards: await yards.list(principal) }),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/chemicals/yards',
      tag,
      summary: 'Describes a yard: its blocks, licences and capacities.',
      permission: defineYard,
      body: contract.YardInput,
      response: contract.YardInput,
      maxBodyBytes: LAYOUT_BYTES,
    },
    ({ principal, body }) => yards.define(principal, body),
  );
  route(
    app,
    {
      method: 'get',
      path: '/api/chemicals/yards/{yard}',
      tag,
      summary: 'One yard: what stands where, what may not, and the load of the site.',
      permission: readYards,
      params: Yard,
      response: contract.YardState,
    },
    ({ principal, params }) => yards.state(principal, params.yard),
  );
  route(
    app,
    {
      method: 'post',
      path: '/api/chemicals/yards/{yard}/events',
      tag,
      summary: 'Position changes in their order, at most 1,000; each has its own answer.',
      permission: postYardEvents,
      params: Yard,
      body: z.object({ events: z.array(z.unknown()).min(1).max(contract.EVENTS_MAX) }),
      response: Answers,
      maxBodyBytes: EVENTS_BYTES,
    },
    async ({ principal, params, body }) => ({
      answers: await yards.post(principal, params.yard, body.events),
    }),
  );
  route(
    app,
    {
      method: 'put',
      path: '/api/chemicals/yards/{yard}/events/table',
      tag,
      summary: 'Position changes from CSV or NDJSON.',
      permission: postYardEvents,
      params: Yard,
      body: 'bytes',
      response: Answers,
      maxBodyBytes: EVENTS_BYTES,
    },
    async ({ principal, params, body }) => ({
      answers: await yards.post(principal, params.yard, await readYardEvents(await buffer(body))),
    }),
  );
}
