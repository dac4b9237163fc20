import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const LOOK_EVERY_MS = 8_000;
/** Share of the time the event loop was busy, under which a process counts as being at rest. */
const BUSY_UNDER = 0.1;
/** Nobody asked anything for so long: one who asks fifty times a second would meet every collection. */
const QUIET_MS = 500;
/** Less than this grown since the last time is not worth a pause. */
const WORTH_BYTES = 16_000_000;

/**
 * Gives memory back while nothing is happening. V8 collects when it allocates: a server at rest would
 * keep what its busiest hour left behind until the next one. A collection of everything takes a
 * fraction of a second, at a moment when nobody waits.
 *
 * @param options.also what else gives memory back at such a moment.
 * @param options.quietMs how long nobody has asked anything.
 * @returns a function that stops looking.
 */
export function collectAtRest({
  also = async () => undefined,
  quietMs = () => Number.POSITIVE_INFINITY,
  everyMs = LOOK_EVERY_MS,
}: {
  readonly also?: () => Promise<void>;
  readonly quietMs?: () => number;
  readonly everyMs?: number;
} = {}): () => void {
  const collect = collector();
  let before = performance.eventLoopUtilization();
  let leastHeap = 0;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > BUSY_UNDER || quietMs() < QUIET_MS) return;
    if (process.memoryUsage().heapUsed - leastHeap < WORTH_BYTES) return;
    collect();
    void also();
    leastHeap = process.memoryUsage().heapUsed;
    before = performance.eventLoopUtilization();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** V8's own collector, which is to be had only by a flag. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
