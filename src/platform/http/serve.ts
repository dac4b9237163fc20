import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { HttpApp } from './app.ts';

export interface ServeOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Aborted first when stopping, so that streams end and `/readyz` turns callers away. */
  readonly stopping?: AbortController;
  /** How long requests under way may take to finish once we stop. */
  readonly graceMs?: number;
}

export interface Serving {
  readonly port: number;
  /** Stops accepting, lets requests under way finish, then closes what is left. */
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;

/** Puts an application on the network; fails when the port is taken. */
export async function serve<P>(app: HttpApp<P>, options: ServeOptions): Promise<Serving> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Longer than any proxy keeps an idle connection, so that it is never we who cut it mid-request.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => stop(server, options),
  };
}

async function stop(server: Server, options: ServeOptions): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  options.stopping?.abort();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), options.graceMs ?? GRACE_MS);
  await closed;
  clearTimeout(cut);
}
