import { Refused } from '../../../kernel/refusal.ts';
import type { Actor, AuditEntry } from '../../identity/index.ts';
import type { LedgerEvent } from '../contract.ts';
import type { Answer } from './decide.ts';

/** A request is written whole, and leaves one row in the audit. */
const EVENTS_MAX = 1_000;
const LINES_MAX = 50_000;

/** Events that one actor sends at once. */
export interface PostRequest {
  readonly actor: Actor;
  /** The permission it is done by. */
  readonly operation: string;
  readonly events: readonly LedgerEvent[];
}

export const linesOf = ({ events }: PostRequest): number =>
  events.reduce((sum, { lines }) => sum + lines.length, 0);

/** Refuses what is too much for one transaction. */
export function checkSize(request: PostRequest): void {
  const [events, lines] = [request.events.length, linesOf(request)];
  if (events <= EVENTS_MAX && lines <= LINES_MAX) return;
  const params = { events, eventsMax: EVENTS_MAX, lines, linesMax: LINES_MAX };
  throw new Refused('invalid', { code: 'bonded.request_too_large', path: 'events', params });
}

/** The request's row in the audit: how many events it had, and what became of them. */
export function auditOf(
  ledger: string,
  { actor, operation }: PostRequest,
  answers: readonly Answer[],
  at: string,
): AuditEntry {
  const taken = answers.filter((answer) => 'seq' in answer);
  const posted = taken.filter(({ isRepeat }) => !isRepeat);
  const refused = answers.filter((answer) => 'refusals' in answer);
  const detail = {
    events: answers.length,
    posted: posted.length,
    held: posted.filter(({ outcome }) => outcome === 'held').length,
    repeated: taken.length - posted.length,
    refused: refused.length,
    ...(posted.length > 0 && { firstSeq: posted[0]?.seq, lastSeq: posted.at(-1)?.seq }),
    ...(refused.length > 0 && {
      reasons: [...new Set(refused.flatMap(({ refusals }) => refusals.map(({ code }) => code)))],
    }),
  };
  const outcome = taken.length > 0 ? 'done' : 'refused';
  return { actor, operation, subjects: [`bondedLedger:${ledger}`], outcome, detail, at };
}
