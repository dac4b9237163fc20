import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { Refusal } from '../../kernel/refusal.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { LiveHub } from '../live.ts';
import type { Metrics } from '../metrics.ts';
import { addressOf } from './address.ts';
import type { Authenticate, HttpApp, HttpEnv, HttpSettings } from './app.ts';
import { createGiveWay, MANNERS } from './give-way.ts';
import { SECURITY_HEADERS, withHeaders } from './headers.ts';
import { addLiveRoute, type MayHear } from './live-stream.ts';
import { addOpenApi } from './open-api.ts';
import { requireSameOrigin } from './origin.ts';
import { present, type Sentence } from './problem.ts';
import { openStaticFiles } from './static-files.ts';
import { watchTraffic } from './traffic.ts';

export interface HttpOptions<P> {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly authenticate: Authenticate<P>;
  /** What `/readyz` asks: each check throws, or answers false, when its part is not ready. */
  readonly ready?: Readonly<Record<string, () => Promise<boolean>>>;
  /** Live updates, and which messages a caller may hear. */
  readonly live?: {
    readonly hub: LiveHub;
    readonly mayHear: MayHear<P>;
    readonly maxConnections?: number;
  };
  /** Aborted when the server stops: streams end, and `/readyz` says so. */
  readonly stopping?: AbortSignal;
  /** Folder of the built pages. */
  readonly webFolder?: string;
  /** The origin people type, when a proxy in front of us is known by another name. */
  readonly publicOrigin?: string;
  /** True behind a proxy of our own, whose `x-forwarded-for` names the caller. */
  readonly trustProxy?: boolean;
  /** Whether everybody waits too long: then, as on a busy port, reports give way to the rest. */
  readonly isLate?: () => boolean;
  /** Told when a known caller is forbidden something, so that it can be written down. */
  readonly onForbidden?: (
    principal: P,
    refusals: readonly Refusal[],
    requestId: string,
  ) => Promise<void>;
  /** Puts a refusal into words; without it callers get codes and parameters only. */
  readonly sentenceOf?: (refusal: Refusal) => Sentence;
  /** For tests: parses every answer through its schema and throws when it does not fit. */
  readonly checkResponses?: boolean;
  readonly version?: string;
}

/**
 * The application, without a network: security headers, origin check, request log, metrics, health,
 * OpenAPI document, live updates and the web pages. Contexts add their operations with `route`.
 */
export function createHttp<P>(options: HttpOptions<P>): HttpApp<P> {
  const app: HttpApp<P> = new OpenAPIHono<HttpEnv<P>>();
  const traffic = watchTraffic();
  const isPressed = (): boolean => traffic.isBusy() || (options.isLate?.() ?? false);
  const settings: HttpSettings<P> = {
    authenticate: options.authenticate,
    checkResponses: options.checkResponses ?? false,
    addressOf: (c) => addressOf(c, options.trustProxy ?? false),
    traffic,
    giveWay: {
      report: createGiveWay(isPressed, MANNERS.report),
      search: createGiveWay(isPressed, MANNERS.search),
    },
  };
  app.use(async (c, next) => {
    c.set('settings', settings);
    c.set('requestId', requestIdOf(c));
    await observed(c, options, next);
  });
  app.use(async (c, next) => {
    for (const [name, value] of SECURITY_HEADERS) c.header(name, value);
    c.header('x-request-id', c.var.requestId);
    requireSameOrigin(c.req.raw, options.publicOrigin);
    await next();
  });
  app.onError((error, c) => answerError(error, c, options));
  addHealth(app, options);
  addOpenApi(app, options.version ?? '0');
  if (options.live) addLiveRoute(app, { ...options.live, ...options });
  addNotFound(app, options.webFolder);
  return app;
}

/** A caller's own id is kept when it is harmless, so that a request can be followed across systems. */
function requestIdOf(c: Context): string {
  const given = c.req.header('x-request-id');
  return given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}

/** Logs and counts one request; never its body, its query or its headers, where secrets live. */
async function observed<P>(
  c: Context<HttpEnv<P>>,
  { log, metrics }: HttpOptions<P>,
  next: () => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  metrics.requestsInFlight.inc();
  try {
    await next();
  } finally {
    metrics.requestsInFlight.dec();
    const elapsedMs = performance.now() - startedAt;
    const { method, path } = c.req;
    const route = routeOf(c);
    const status = c.res.status;
    metrics.requestSeconds.observe({ method, route, status: String(status) }, elapsedMs / 1000);
    const level = status >= 500 ? 'error' : status >= 400 || method !== 'GET' ? 'info' : 'debug';
    const refusedWith = c.get('refusedWith') as readonly string[] | undefined;
    for (const code of refusedWith ?? []) metrics.refusals.inc({ code });
    log[level](
      {
        requestId: c.var.requestId,
        method,
        path,
        status,
        ms: Math.round(elapsedMs * 10) / 10,
        ...(refusedWith && { refusedWith }),
      },
      'request',
    );
  }
}

/** The route's pattern, never the path itself: metrics must not grow with what callers ask for. */
function routeOf(c: Context): string {
  const pattern = routePath(c, -1);
  return pattern === '*' || pattern === '/*' ? 'other' : pattern;
}

async function answerError<P>(
  error: Error,
  c: Context<HttpEnv<P>>,
  options: HttpOptions<P>,
): Promise<Response> {
  const { requestId } = c.var;
  const principal = c.get('principal') as P | undefined;
  if (error instanceof Refused && error.kind === 'forbidden' && principal !== undefined) {
    await options.onForbidden?.(principal, error.refusals, requestId);
  }
  const presented = present(error, requestId, options.sentenceOf ?? null);
  if (presented.problem.kind === 'unexpected')
    options.log.error({ requestId, err: error }, 'failed');
  c.set('refusedWith', [...new Set(presented.problem.refusals.map((refusal) => refusal.code))]);
  for (const [name, value] of Object.entries(presented.headers)) c.header(name, value);
  c.header('content-type', 'application/problem+json; charset=utf-8');
  return c.body(JSON.stringify(presented.problem), presented.status as 400);
}

function addHealth<P>(app: HttpApp<P>, options: HttpOptions<P>): void {
  app.get('/healthz', (c) => c.json({ status: 'up' }));
  app.get('/readyz', async (c) => {
    const checks = await Promise.all(
      Object.entries(options.ready ?? {}).map(async ([name, check]) => {
        const ready = await check().catch(() => false);
        return [name, ready] as const;
      }),
    );
    const stopping = options.stopping?.aborted ?? false;
    const ready = !stopping && checks.every(([, ok]) => ok);
    const status = stopping ? 'stopping' : ready ? 'ready' : 'notReady';
    return c.json({ status, checks: Object.fromEntries(checks) }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    c.header('content-type', options.metrics.registry.contentType);
    return c.body(await options.metrics.registry.metrics());
  });
}

/**
 * What no operation answers: a known path asked with another method, a page of the web application,
 * or nothing at all.
 */
function addNotFound<P>(app: HttpApp<P>, webFolder: string | undefined): void {
  const files = webFolder === undefined ? null : openStaticFiles(webFolder);
  app.notFound(async (c) => {
    const isPage = !/^\/(?:api|healthz|readyz|metrics)(?:\/|$)/.test(c.req.path);
    if (isPage && (c.req.method === 'GET' || c.req.method === 'HEAD')) {
      const file = await files?.answer(c.req.raw, c.req.path);
      if (file) return withHeaders(c, file);
    }
    const allowed = methodsAt(app, c.req.path);
    if (allowed.length === 0) {
      throw new Refused('not_found', { code: 'http.not_found', seen: c.req.path.slice(0, 120) });
    }
    c.header('allow', allowed.join(', '));
    throw new Refused('invalid', {
      code: 'http.method_not_allowed',
      seen: c.req.method,
      params: { allowed: allowed.join(', ') },
    });
  });
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function methodsAt<P>(app: HttpApp<P>, path: string): string[] {
  const own = app.routes.filter((route) => route.method !== 'ALL');
  const patterns = own.map(({ method, path: pattern }) => ({
    method,
    shape: new RegExp(
      `^${pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`,
    ),
  }));
  return METHODS.filter((m) =>
    patterns.some(({ method, shape }) => method === m && shape.test(path)),
  );
}
