import type { EventAnswer } from '../books/contract.ts';
import type { LedgerInlet, Posted } from './bring.ts';
import type { EntryTarget } from './targets.ts';

/** Sends one request to the server and gives its JSON answer; refusals come back as `Refused`. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

/** The ledgers behind a running server. */
export function remoteInlet(ask: Ask): LedgerInlet {
  const send = (ledger: string, list: string, body: unknown): Promise<unknown> =>
    ask('POST', `/api/bonded/ledgers/${encodeURIComponent(ledger)}/${list}`, body);
  return {
    post: async (ledger, events) =>
      ((await send(ledger, 'events', { events })) as { answers: EventAnswer[] }).answers.map(
        toPosted,
      ),
    put: (ledger, into, entries, stocktake) => {
      const [list, name] = BODIES[into];
      const path =
        into === 'tags' ? `stocktakes/${encodeURIComponent(stocktake ?? '')}/tags` : list;
      return send(ledger, path, { [name]: entries });
    },
  };
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
