import type { Actor } from '../../identity/index.ts';
import type { Receipt } from '../contract.ts';
import type { MessagesDeps } from './deps.ts';
import { createReads } from './read.ts';
import { receive } from './receive.ts';

/** Messages of the trade: taken in, filed as forms are, answered, and found again. */
export function createMessages(deps: MessagesDeps) {
  return {
    receive: (actor: Actor, bytes: Buffer, options: { dryRun: boolean }): Promise<Receipt> =>
      receive(deps, actor, bytes, options),
    reads: createReads(deps),
  };
}
export type Messages = ReturnType<typeof createMessages>;
