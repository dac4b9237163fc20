import type { Readable } from 'node:stream';
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { Refused } from '../../kernel/refusal.ts';
import { parseInput } from '../input.ts';
import type { HttpApp, HttpEnv } from './app.ts';
import { MAX_BODY_BYTES, readJson, streamBody } from './body.ts';
import type { Heavy } from './give-way.ts';
import { withHeaders } from './headers.ts';
import { requireStorable } from './json.ts';
import type { Traffic } from './traffic.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** A body is JSON of a schema, the raw bytes as a stream, or absent. */
type BodySpec = z.ZodType | 'bytes' | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : S extends 'bytes' ? Readable : undefined;

/** The value of a schema as a handler may return it: nothing is written to, so all may be read-only. */
export type Sent<T> = unknown extends T
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Sent<T[K]> }
    : T;

export interface RouteSpec<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends BodySpec,
  Answer extends z.ZodType | 'bytes',
  Public extends boolean,
> {
  readonly method: Method;
  /** OpenAPI form: `/api/declarations/{id}`. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  /** Shown in the OpenAPI document; the use case itself decides. */
  readonly permission?: { readonly operation: string };
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** A quicker way to what the body's schema gives; where it answers `null`, the schema is asked. */
  readonly quickly?: (json: unknown) => Parsed<Body> | null;
  /** Schema of the JSON answer, or `bytes` when the handler returns a `Response` of its own. */
  readonly response: Answer;
  readonly maxBodyBytes?: number;
  /** It weighs, and gives way while the port is pressed. */
  readonly givesWay?: Heavy;
  /** A public route does not ask who is calling; its `principal` is `null`. */
  readonly public?: Public;
}

export interface Call<Params, Query, Body, Principal> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly principal: Principal;
  readonly request: Request;
  readonly requestId: string;
  /** The caller's network address. */
  readonly address: string;
  /** A header of the request. */
  header(name: string): string | undefined;
  /** Sets a header of the answer. */
  setHeader(name: string, value: string): void;
}

type Answered<S> = S extends z.ZodType ? Sent<z.output<S>> | Response : Response;

/**
 * Adds one operation. From this one declaration come the types the handler sees, the validation of
 * what arrives (every problem at once) and the operation's entry in `/api/openapi.json`.
 *
 * The caller is known before a byte of the body is read, so that strangers cannot make us work.
 */
export function route<
  P,
  Answer extends z.ZodType | 'bytes',
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends BodySpec = undefined,
  Public extends boolean = false,
>(
  app: HttpApp<P>,
  spec: RouteSpec<Params, Query, Body, Answer, Public>,
  handler: (
    call: Call<Parsed<Params>, Parsed<Query>, Parsed<Body>, Public extends true ? null : P>,
  ) => Promise<Answered<Answer>> | Answered<Answer>,
): void {
  describe(app, spec);
  const path = spec.path.replaceAll(/\{(\w+)\}/g, ':$1');
  app.on(spec.method.toUpperCase(), path, async (c) => {
    const { settings, requestId } = c.var;
    const address = settings.addressOf(c);
    const principal = spec.public === true ? null : await whoCalls(c, address);
    const params = spec.params && parseAddress(spec.params, c.req.param());
    const query = spec.query && parseAddress(spec.query, queryOf(c));
    const body = await bodyOf(c, spec);
    const call = {
      params: params as Parsed<Params>,
      query: query as Parsed<Query>,
      body: body as Parsed<Body>,
      principal: principal as Public extends true ? null : P,
      request: c.req.raw,
      requestId,
      address,
      header: (name: string) => c.req.header(name),
      setHeader: (name: string, value: string) =>
        c.header(name, value, { append: name.toLowerCase() === 'set-cookie' }),
    };
    const answer = spec.givesWay
      ? await settings.giveWay[spec.givesWay](c.req.raw.signal, async () => handler(call))
      : await counted(settings.traffic, async () => handler(call));
    if (answer instanceof Response) return withHeaders(c, answer);
    if (settings.checkResponses && spec.response !== 'bytes') spec.response.parse(answer);
    return c.json(answer as object);
  });
}

async function counted<T>(traffic: Traffic, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work();
  } finally {
    traffic.answered(performance.now() - startedMs);
  }
}

async function whoCalls<P>(c: Context<HttpEnv<P>>, address: string): Promise<P> {
  const { headers } = c.req.raw;
  const principal = await c.var.settings.authenticate({ headers, address, passive: false });
  if (principal === null) throw new Refused('unauthenticated', { code: 'http.sign_in_needed' });
  c.set('principal', principal);
  return principal;
}

/** What stands in the address is stored and searched for as well: it too must be text a store can hold. */
function parseAddress<S extends z.ZodType>(schema: S, given: Record<string, unknown>): z.output<S> {
  requireStorable(given);
  return parseInput(schema, given);
}

/** A parameter given once is text; given several times, a list. The schema says which is meant. */
function queryOf(c: Context): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(c.req.queries())) {
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}

async function bodyOf(
  c: Context,
  spec: {
    readonly body?: BodySpec;
    readonly maxBodyBytes?: number;
    readonly quickly?: (json: unknown) => unknown;
  },
): Promise<unknown> {
  if (spec.body === undefined) return undefined;
  const limit = spec.maxBodyBytes ?? MAX_BODY_BYTES;
  if (spec.body === 'bytes') return streamBody(c.req.raw, limit);
  const json = await readJson(c.req.raw, limit);
  return spec.quickly?.(json) ?? parseInput(spec.body, json);
}

const Problem = z.object({
  kind: z.string(),
  requestId: z.string(),
  refusals: z.array(z.object({ code: z.string() }).loose()),
});

/** Enters the operation into the OpenAPI registry. */
function describe<P>(
  app: HttpApp<P>,
  spec: RouteSpec<
    z.ZodType | undefined,
    z.ZodType | undefined,
    BodySpec,
    z.ZodType | 'bytes',
    boolean
  >,
): void {
  const content = (schema: z.ZodType | 'bytes') =>
    schema === 'bytes'
      ? { 'application/octet-stream': { schema: { type: 'string' as const, format: 'binary' } } }
      : { 'application/json': { schema } };
  app.openAPIRegistry.registerPath(
    createRoute({
      method: spec.method,
      path: spec.path,
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.permission && { 'x-permission': spec.permission.operation }),
      security: spec.public === true ? [] : [{ session: [] }, { apiKey: [] }],
      request: {
        ...(spec.params && { params: spec.params as z.ZodObject }),
        ...(spec.query && { query: spec.query as z.ZodObject }),
        ...(spec.body && { body: { required: true, content: content(spec.body) } }),
      },
      responses: {
        200: { description: 'Done.', content: content(spec.response) },
        default: {
          description: 'Refused: every reason, with field, value seen and what to do.',
          content: { 'application/problem+json': { schema: Problem } },
        },
      },
    }),
  );
}
