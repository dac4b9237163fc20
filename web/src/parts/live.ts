import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Port, Progress } from './queries.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

function become(next: LiveState) {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

/** Which answers grow stale with which event. A series of days ages by the minute, not by the event. */
const STALE_PATHS = {
  figures: ['/api/figures', '/api/lanes'],
  declarations: [
    ...['/api/declarations', '/api/work-list', '/api/cases'],
    ...['/api/bills', '/api/duty/bills', '/api/checks', '/api/batches'],
  ],
  yards: ['/api/chemicals/yards', '/api/cases'],
  audit: ['/api/audit'],
  backtests: ['/api/risk/backtests'],
  training: ['/api/risk/training', '/api/risk/models'],
  models: ['/api/risk/models'],
} as const;

/** A busy port speaks many times a second; a page is asked again at most this often. */
const PAUSE_MS = 3000;

/**
 * Keeps one connection for the whole page. Events say what has changed, not what it became: the page
 * asks again for what it is showing, so a missed event can never leave a wrong value standing.
 */
export function openLive(client: QueryClient): () => void {
  const source = new EventSource('/api/live');
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  const refresh = (event: keyof typeof STALE_PATHS) => {
    if (waiting.has(event)) return;
    const timer = setTimeout(() => {
      waiting.delete(event);
      void client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' &&
          !path.endsWith('/series') &&
          STALE_PATHS[event].some((stale) => path.startsWith(stale)),
      });
    }, PAUSE_MS);
    waiting.set(event, timer);
  };

  let wasLost = false;
  source.onopen = () => {
    become('live');
    if (wasLost) void client.invalidateQueries();
    wasLost = false;
  };
  source.onerror = () => {
    wasLost = true;
    become('lost');
  };
  for (const event of Object.keys(STALE_PATHS) as (keyof typeof STALE_PATHS)[]) {
    source.addEventListener(event, () => refresh(event));
  }
  source.addEventListener('progress', (event: MessageEvent<string>) => {
    const progress = JSON.parse(event.data) as Progress | null;
    client.setQueryData<Port>(['/api/port'], (port) => (port ? { ...port, progress } : port));
  });

  return () => {
    for (const timer of waiting.values()) clearTimeout(timer);
    source.close();
    become('connecting');
  };
}
