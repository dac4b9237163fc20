import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../../../kernel/refusal.ts';
import type { EventAnswer } from '../books/contract.ts';
import { byColumn } from '../books/sent.ts';
import type { LedgerInlet, Posted } from './bring.ts';
import type { EntryTarget } from './targets.ts';

/** Sends one request to the server and gives its JSON answer; refusals come back as `Refused`. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

/** How long a server, or its database, may be away before an import gives up, and how long it waits between. */
export interface Patience {
  readonly forMs: number;
  readonly eachMs: number;
}
const PATIENCE: Patience = { forMs: 180_000, eachMs: 2_000 };

/**
 * The ledgers behind a running server. While the server or its database is away the same is sent again: all that an import
 * sends is taken once, so what was done and not heard of is answered as known.
 */
export function remoteInlet(ask: Ask, patience: Patience = PATIENCE): LedgerInlet {
  const send = (ledger: string, list: string, body: unknown): Promise<unknown> =>
    patiently(patience, () =>
      ask('POST', `/api/bonded/ledgers/${encodeURIComponent(ledger)}/${list}`, body),
    );
  return {
    post: async (ledger, events) =>
      (
        (await send(ledger, 'events', { events: events.map(byColumn) })) as {
          answers: EventAnswer[];
        }
      ).answers.map(toPosted),
    put: (ledger, into, entries, stocktake) => {
      const [list, name] = BODIES[into];
      const path =
        into === 'tags' ? `stocktakes/${encodeURIComponent(stocktake ?? '')}/tags` : list;
      return send(ledger, path, { [name]: entries });
    },
  };
}

async function patiently<T>({ forMs, eachMs }: Patience, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + forMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error;
      await sleep(eachMs);
    }
  }
}

const COMES_BACK: ReadonlySet<string> = new Set([
  'bonded.ledger_opening',
  'bonded.post_interrupted',
]);

/** Nobody answered, the server failed on the way to its database, or the ledger is being opened again. */
function isAway(error: unknown): boolean {
  if (error instanceof Refused)
    return (
      (error.kind as string) === 'unexpected' ||
      error.refusals.some(({ code }) => COMES_BACK.has(code))
    );
  return error instanceof TypeError && error.message === 'fetch failed';
}

/** Where each list is sent to, and what it is called in the body. */
const BODIES = {
  parts: ['parts', 'parts'],
  consumption: ['consumption', 'consumption'],
  tags: ['tags', 'tags'],
  papers: ['papers', 'papers'],
  bills: ['bills', 'lines'],
  alternatives: ['bills', 'alternatives'],
} as const satisfies Record<EntryTarget, readonly [path: string, name: string]>;

const toPosted = ({ event, outcome, isRepeat, problems }: EventAnswer): Posted => ({
  ...{ event, outcome: isRepeat ? 'repeated' : outcome },
  // An absent field and one that is undefined are the same to whoever reads a refusal.
  problems: problems as Posted['problems'],
});
