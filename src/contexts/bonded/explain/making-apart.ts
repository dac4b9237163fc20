import type { Worker } from 'node:worker_threads';
import { Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { startThread } from '../../../platform/thread.ts';
import { createTurn } from '../../../platform/turn.ts';
import type { Stocktake } from '../stocktake/contract.ts';
import type { EvidenceHeads } from './contract.ts';
import { type Made, makeExplanation, type Watch } from './making.ts';
import { type Connection, connectionOf, type Pool } from './store/connection.ts';

export interface ToMaking {
  readonly connection: Connection;
  readonly stocktake: Stocktake;
  readonly heads: EvidenceHeads;
}
export type FromMaking =
  | { readonly kind: 'progress'; readonly progress: Parameters<Watch>[0] }
  | { readonly kind: 'made'; readonly made: Made };

/** Of fewer rows of the journal an explanation is made sooner than a thread is started. */
const APART_FROM_ROWS = 2_000;
/** What the records of one count may take up; a count that needs more is refused, and the process lives. */
const HEAP_MB = 3_072;

/** Makes explanations: small ones at once, others one after the other in a thread of their own. */
export function createMaker(
  { db, pool }: { readonly db: Db; readonly pool: Pool },
  apartFrom = APART_FROM_ROWS,
) {
  const inTurn = createTurn();
  let running: Worker | null = null;
  let isOver = false;

  const makeApart = (asked: Omit<ToMaking, 'connection'>, watch: Watch): Promise<Made> =>
    new Promise<Made>((resolve, reject) => {
      const data: ToMaking = { ...asked, connection: connectionOf(pool) };
      const worker = startThread(import.meta.url, './making-worker', data, { heapMb: HEAP_MB });
      running = worker;
      worker.on('message', (message: FromMaking) => {
        if (message.kind === 'progress') watch(message.progress);
        else resolve(message.made);
      });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(asked.stocktake) : error);
      });
      worker.on('exit', (code) => {
        if (running === worker) running = null;
        reject(new Error(`The thread of an explanation ended with ${code}.`));
      });
    });

  return {
    /** Made of the records up to these heads, wherever it is made. */
    async make(stocktake: Stocktake, heads: EvidenceHeads, watch: Watch): Promise<Made> {
      if (heads.journal < apartFrom) return makeExplanation(db, stocktake, heads, watch);
      return inTurn(async () => {
        if (isOver) throw new Error('Nothing more is explained: the program ends.');
        return makeApart({ stocktake, heads }, watch);
      });
    },
    /** Ends what is being made; whoever asked is told so. */
    async stop(): Promise<void> {
      isOver = true;
      await running?.terminate();
    },
  };
}

function tooLarge({ id }: Stocktake): Refused {
  return new Refused('limited', {
    ...{ code: 'bonded.explanation_too_large', seen: id },
    params: { heapMb: HEAP_MB },
  });
}
