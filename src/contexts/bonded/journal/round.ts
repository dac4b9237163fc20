import type { Clock } from '../../../platform/clock.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { recordAudits } from '../../identity/index.ts';
import { type Answer, type Book, beginDeciding } from './decide.ts';
import { auditOf, type PostRequest } from './request.ts';
import { appendEntries } from './store/entries.ts';

/**
 * Decides the events of several requests in order and writes what they did, with an audit row for each
 * request, in one transaction. Answers each event once that is on disk.
 * @throws whatever went wrong; the book may then hold what the journal does not, and is of no use.
 */
export async function writeRound(
  deps: { readonly db: Db; readonly clock: Clock; readonly ledger: string; readonly book: Book },
  requests: readonly PostRequest[],
): Promise<readonly (readonly Answer[])[]> {
  const { db, clock, ledger } = deps;
  const recordedAt = clock.now();
  const events = requests.flatMap((request) => request.events);
  const decisions = await beginDeciding(deps, events, recordedAt);
  const answers: Answer[][] = [];
  for (const { events, actor } of requests) {
    const own: Answer[] = [];
    for (const event of events) own.push(await decisions.decide(event, actor.personId));
    answers.push(own);
  }
  const audits = requests.map((request, index) =>
    auditOf(ledger, request, answers[index] ?? [], recordedAt),
  );
  await inTransaction(db, async (tx) => {
    await appendEntries(tx, ledger, decisions.recorded);
    await recordAudits(tx, audits);
  });
  return answers;
}
