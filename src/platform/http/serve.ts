import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
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
  /** How long nobody has asked anything, and nobody was answered. */
  quietMs(): number;
  /** Stops accepting, lets requests under way finish, then closes what is left. */
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;
const SWEEP_MS = 20;

/** Puts an application on the network; fails when the port is taken. */
export async function serve<P>(app: HttpApp<P>, options: ServeOptions): Promise<Serving> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Longer than any proxy keeps an idle connection, so that it is never we who cut it mid-request.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  const unused = trackUnused(server);
  const quietMs = trackQuiet(server);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    quietMs,
    stop: () => stop(server, unused, options),
  };
}

/**
 * Connections on which nothing was ever asked. Browsers open such in advance, and Node counts them
 * neither as idle nor as finished.
 */
function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}

function trackQuiet(server: Server): () => number {
  let last = performance.now();
  const note = (): void => {
    last = performance.now();
  };
  server.on('request', (_, response) => {
    note();
    response.once('close', note);
  });
  return () => performance.now() - last;
}

async function stop(
  server: Server,
  unused: ReadonlySet<Socket>,
  options: ServeOptions,
): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  options.stopping?.abort();
  for (const socket of unused) socket.destroy();
  // A connection whose last answer has gone out is idle, and would else be kept for a next request.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => server.closeAllConnections(), options.graceMs ?? GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
