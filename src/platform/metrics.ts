import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the machine tells about itself at `/metrics`, in Prometheus' text format. */
export interface Metrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly requestsInFlight: Gauge;
  /** Refusals by code: a rule that suddenly refuses everybody shows here first. */
  readonly refusals: Counter<'code'>;
  readonly liveConnections: Gauge;
  /** 1 while a follower of the event log cannot get past an event: somebody has to look. */
  readonly followersStalled: Gauge<'follower'>;
}

/** Its own registry, so that two servers in one process never mix their figures. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'jianghai_http_request_seconds',
      help: 'Seconds from the request line to the end of the answer, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    requestsInFlight: new Gauge({
      name: 'jianghai_http_requests_in_flight',
      help: 'Requests being answered now.',
      registers,
    }),
    refusals: new Counter({
      name: 'jianghai_refusals_total',
      help: 'Refusals told to callers, by code.',
      labelNames: ['code'],
      registers,
    }),
    liveConnections: new Gauge({
      name: 'jianghai_live_connections',
      help: 'Open pages listening for live updates.',
      registers,
    }),
    followersStalled: new Gauge({
      name: 'jianghai_follower_stalled',
      help: '1 while a follower of the event log cannot get past an event.',
      labelNames: ['follower'],
      registers,
    }),
  };
}
