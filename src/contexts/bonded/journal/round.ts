import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../../../platform/clock.ts';
import { type AuditEntry, insertAudits } from '../../identity/index.ts';
import {
  type Answer,
  beginDeciding,
  type DecideDeps,
  type Decided,
  nothingDecided,
} from './decide.ts';
import { type Asked, askJournal, type Known } from './known.ts';
import { auditOf, linesOf, type PostRequest } from './request.ts';
import { appendEntries } from './store/entries.ts';

/** Whoever else is served by this process waits no longer than this for a large request to be decided. */
const TURN_MS = 5;

interface RoundDeps extends DecideDeps {
  readonly clock: Clock;
}

/** A request, and what the journal was asked about it already, if it was. */
interface Asking {
  readonly request: PostRequest;
  readonly asked: Asked | null;
}

/** Requests that are written in one transaction, and what was decided of them. */
export interface Round<R extends Asking> extends Decided {
  readonly requests: R[];
  /** Of each request, what becomes of its events once that is on disk. */
  readonly answers: (readonly Answer[])[];
  readonly audits: AuditEntry[];
  events: number;
  lines: number;
}

export const emptyRound = <R extends Asking>(): Round<R> => ({
  ...{ ...nothingDecided(), requests: [], answers: [], audits: [], events: 0, lines: 0 },
});

/**
 * Decides the events of several requests in order, after those the round has already.
 * @param before the round that is on its way to the disk meanwhile.
 * @throws whatever went wrong; the book may then hold what the journal does not, and is of no use.
 */
export async function decideInto<R extends Asking>(
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
  const others = requests.filter(({ asked }) => !asked).flatMap(({ request }) => request.events);
  const { db, ledger } = deps;
  const ofOthers = others.length > 0 ? await askJournal(db, ledger, others).answer() : nothing;
  const decide = beginDeciding(deps, recordedAt, round, before);
  let since = performance.now();
  for (const { request, asked } of requests) {
    const known = asked ? await asked.answer() : ofOthers;
    const own: Answer[] = [];
    for (const event of request.events) {
      const answer = decide(event, request.actor.personId, known);
      own.push(answer instanceof Promise ? await answer : answer);
      if (performance.now() - since < TURN_MS) continue;
      await othersTurn();
      since = performance.now();
    }
    round.answers.push(own);
    round.audits.push(auditOf(ledger, request, own, recordedAt));
  }
}

const nothing: Known = () => undefined;

/**
 * Writes what a round decided, with an audit row for each request, all or nothing.
 * @throws whatever went wrong; nobody knows then whether it was written.
 */
export const writeRound = (
  { db, ledger }: DecideDeps,
  { recorded, audits }: Pick<Round<never>, 'recorded' | 'audits'>,
): Promise<void> => appendEntries(db, ledger, recorded, insertAudits(audits));
