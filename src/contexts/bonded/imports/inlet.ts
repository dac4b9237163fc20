import type { EventAnswer } from '../books/contract.ts';
import type { LedgerInlet, Posted } from './bring.ts';

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
    putParts: (ledger, parts) => send(ledger, 'parts', { parts }),
    recordConsumption: (ledger, consumption) => send(ledger, 'consumption', { consumption }),
  };
}

const toPosted = ({ event, outcome, isRepeat, problems }: EventAnswer): Posted => ({
  ...{ event, outcome: isRepeat ? 'repeated' : outcome },
  // An absent field and one that is undefined are the same to whoever reads a refusal.
  problems: problems as Posted['problems'],
});
