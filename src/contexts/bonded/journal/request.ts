import { Refused } from '../../../kernel/refusal.ts';
import type { Actor, AuditEntry } from '../../identity/index.ts';
import type { LedgerEvent } from '../contract.ts';
import type { Answer } from './decide.ts';

/** What one request may hold. */
const EVENTS_MAX = 1_000;
const LINES_MAX = 50_000;

/** A larger one is decided and written in portions of about so much, some ten milliseconds' work each. */
const PORTION_EVENTS_MAX = 100;
const PORTION_LINES_MAX = 1_000;

/** Events that one actor sends at once. */
export interface PostRequest {
  readonly actor: Actor;
  /** The permission it is done by. */
  readonly operation: string;
  readonly events: readonly LedgerEvent[];
}

export const linesOf = ({ events }: PostRequest): number =>
  events.reduce((sum, { lines }) => sum + lines.length, 0);

/** Refuses what is too much for one request. */
export function checkSize(request: PostRequest): void {
  const [events, lines] = [request.events.length, linesOf(request)];
  if (events <= EVENTS_MAX && lines <= LINES_MAX) return;
  const params = { events, eventsMax: EVENTS_MAX, lines, linesMax: LINES_MAX };
  throw new Refused('invalid', { code: 'bonded.request_too_large', path: 'events', params });
}

/** A request cut into portions, in order; an event is whole in one of them, whatever its size. */
export function inPortions(request: PostRequest): readonly PostRequest[] {
  const portions: PostRequest[] = [];
  let events: LedgerEvent[] = [];
  let lines = 0;
  for (const event of request.events) {
    lines += event.lines.length;
    if (events.length > 0 && (events.length === PORTION_EVENTS_MAX || lines > PORTION_LINES_MAX)) {
      portions.push({ ...request, events });
      events = [];
      lines = event.lines.length;
    }
    events.push(event);
  }
  return portions.length === 0 ? [request] : [...portions, { ...request, events }];
}

/** The row in the audit of a request, or of a portion of one: how many events it had, and what became of them. */
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
