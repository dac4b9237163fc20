import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type AuditEntry, recordAudits } from '../../identity/index.ts';
import {
  type Answer,
  beginDeciding,
  type DecideDeps,
  type Decided,
  nothingDecided,
} from './decide.ts';
import { auditOf, linesOf, type PostRequest } from './request.ts';
import { appendEntries } from './store/entries.ts';

/** Whoever else is served by this process waits no longer than this for a large request to be decided. */
const TURN_MS = 10;

interface RoundDeps extends DecideDeps {
  readonly clock: Clock;
}

/** Requests that are written in one transaction, and what was decided of them. */
export interface Round<R extends { readonly request: PostRequest }> extends Decided {
  readonly requests: R[];
  /** Of each request, what becomes of its events once that is on disk. */
  readonly answers: (readonly Answer[])[];
  readonly audits: AuditEntry[];
  events: number;
  lines: number;
}

export const emptyRound = <R extends { readonly request: PostRequest }>(): Round<R> => ({
  ...{ ...nothingDecided(), requests: [], answers: [], audits: [], events: 0, lines: 0 },
});

/**
 * Decides the events of several requests in order, after those the round has already.
 * @param before the round that is on its way to the disk meanwhile.
 * @throws whatever went wrong; the book may then hold what the journal does not, and is of no use.
 */
export async function decideInto<R extends { readonly request: PostRequest }>(
  round: Round<R>,
  deps: RoundDeps,
  requests: readonly R[],
  before: Decided | null,
): Promise<void> {
  const recordedAt = deps.clock.now();
  for (const each of requests) {
    round.requests.push(each);
    round.events += each.request.events.length;
    round.lines += linesOf(each.request);
  }
  const events = requests.flatMap(({ request }) => request.events);
  const decide = await beginDeciding(deps, events, recordedAt, round, before);
  let since = performance.now();
  for (const { request } of requests) {
    const own: Answer[] = [];
    for (const event of request.events) {
      const answer = decide(event, request.actor.personId);
      own.push(answer instanceof Promise ? await answer : answer);
      if (performance.now() - since < TURN_MS) continue;
      await othersTurn();
      since = performance.now();
    }
    round.answers.push(own);
    round.audits.push(auditOf(deps.ledger, request, own, recordedAt));
  }
}

/**
 * Writes what a round decided, with an audit row for each request, in one transaction.
 * @throws whatever went wrong; nobody knows then whether it was written.
 */
export function writeRound(
  { db, ledger }: DecideDeps,
  { recorded, audits }: Pick<Round<never>, 'recorded' | 'audits'>,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    await appendEntries(tx, ledger, recorded);
    await recordAudits(tx, audits);
  });
}
