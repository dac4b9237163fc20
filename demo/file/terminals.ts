import type {
  AcknowledgementResult,
  ReleaseFeed,
} from '../../src/contexts/cargo/releases/contract.ts';
import type { Client } from './client.ts';

const PAGE = 1000;

export interface Terminals {
  /** Fetches the release notices that are new, and acknowledges them as its gate would. */
  acknowledge(): Promise<void>;
}

/** The system of one terminal, which asks for its release notices instead of being told. */
export function createTerminals(terminal: Client, complain: (sentence: string) => void): Terminals {
  let since = '0';
  return {
    async acknowledge() {
      for (;;) {
        const { items, next } = await terminal.get<ReleaseFeed>(
          `/api/releases/feed?since=${since}&limit=${PAGE}`,
        );
        since = next;
        if (items.length === 0) return;
        const { results } = await terminal.post<{ results: AcknowledgementResult[] }>(
          '/api/releases/acknowledgements',
          { acknowledgements: items.map(({ release, toAcknowledge: of }) => ({ release, of })) },
        );
        for (const { release, outcome, problems } of results) {
          if (outcome === 'refused') complain(`Notice ${release}: ${problems[0]?.code ?? ''}`);
        }
        if (items.length < PAGE) return;
      }
    },
  };
}
