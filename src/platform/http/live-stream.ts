import type { Context } from 'hono';
import { Refused } from '../../kernel/refusal.ts';
import type { LiveHub, LiveMessage } from '../live.ts';
import type { Metrics } from '../metrics.ts';
import type { HttpApp, HttpEnv } from './app.ts';

/** Whether a caller may be told of a message: pages must not learn of other people's consignments. */
export type MayHear<P> = (principal: P, message: LiveMessage) => boolean;

export interface LiveOptions<P> {
  readonly hub: LiveHub;
  readonly mayHear: MayHear<P>;
  readonly metrics: Metrics;
  readonly stopping?: AbortSignal;
  readonly maxConnections?: number;
  readonly heartbeatMs?: number;
  readonly longestMs?: number;
}

/** Proxies cut connections that are silent for long; 15 s is below every usual limit. */
const HEARTBEAT_MS = 15_000;
/** A stream ends after this long and the page connects anew: so an ended session falls silent too. */
const LONGEST_MS = 10 * 60_000;
const MAX_CONNECTIONS = 500;
/** A reader this far behind is let go; it reads the truth again when it reconnects. */
const QUEUED_BYTES_MAX = 256_000;

interface Listener<P> {
  readonly principal: P;
  readonly stream: ReadableStreamDefaultController<Uint8Array>;
  end(): void;
}

const utf8 = new TextEncoder();
const HEARTBEAT = utf8.encode(': still here\n\n');

/** `GET /api/live`: server-sent events, one `event:` name per topic, `data:` as JSON. */
export function addLiveRoute<P>(app: HttpApp<P>, options: LiveOptions<P>): void {
  const listeners = new Set<Listener<P>>();
  options.hub.subscribe((message) => {
    let bytes: Uint8Array | null = null;
    for (const listener of listeners) {
      if (!options.mayHear(listener.principal, message)) continue;
      bytes ??= utf8.encode(`event: ${message.topic}\ndata: ${JSON.stringify(message.data)}\n\n`);
      send(listener, bytes);
    }
  });
  options.stopping?.addEventListener('abort', () => {
    for (const listener of listeners) listener.end();
  });
  app.get('/api/live', async (c) => {
    const principal = await whoListens(c);
    if (
      listeners.size >= (options.maxConnections ?? MAX_CONNECTIONS) ||
      options.stopping?.aborted
    ) {
      throw new Refused('limited', {
        code: 'http.too_many_live_connections',
        params: { retrySeconds: 30 },
      });
    }
    c.header('content-type', 'text/event-stream; charset=utf-8');
    c.header('x-accel-buffering', 'no');
    return c.body(openStream(principal, listeners, options));
  });
}

async function whoListens<P>(c: Context<HttpEnv<P>>): Promise<P> {
  const { settings } = c.var;
  const { headers } = c.req.raw;
  const caller = { headers, address: settings.addressOf(c), passive: true };
  const principal = await settings.authenticate(caller);
  if (principal === null) throw new Refused('unauthenticated', { code: 'http.sign_in_needed' });
  return principal;
}

function openStream<P>(
  principal: P,
  listeners: Set<Listener<P>>,
  options: LiveOptions<P>,
): ReadableStream<Uint8Array> {
  let leave = (): void => {};
  return new ReadableStream<Uint8Array>(
    {
      start(stream) {
        const heartbeat = setInterval(
          () => send(listener, HEARTBEAT),
          options.heartbeatMs ?? HEARTBEAT_MS,
        );
        const longest = setTimeout(() => listener.end(), options.longestMs ?? LONGEST_MS);
        leave = () => {
          clearInterval(heartbeat);
          clearTimeout(longest);
          listeners.delete(listener);
          options.metrics.liveConnections.set(listeners.size);
        };
        const listener: Listener<P> = {
          principal,
          stream,
          end() {
            leave();
            stream.close();
          },
        };
        listeners.add(listener);
        options.metrics.liveConnections.set(listeners.size);
        send(listener, utf8.encode('retry: 3000\nevent: hello\ndata: {}\n\n'));
      },
      cancel: () => leave(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: QUEUED_BYTES_MAX }),
  );
}

function send<P>(listener: Listener<P>, bytes: Uint8Array): void {
  if ((listener.stream.desiredSize ?? 0) < bytes.byteLength) listener.end();
  else listener.stream.enqueue(bytes);
}
