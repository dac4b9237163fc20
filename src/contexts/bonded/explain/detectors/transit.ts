import type { EventKind } from '../../contract.ts';
import type { Candidate } from '../candidate.ts';
import { countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { factorBetween, NO_PART } from './units.ts';

/** What ends a journey that the event began. */
const ENDS: Partial<Readonly<Record<EventKind, EventKind>>> = {
  moved: 'arrived',
  sentOut: 'cameBack',
};

/**
 * Goods that the book still has on the road or at a subcontractor's, and that nobody reported back; and goods of a list
 * that the store has received only in part.
 */
export const transit: Detector = function* (facts) {
  for (const line of facts.lines) {
    yield* receivedOtherwise(facts, line);
    const end = ENDS[line.posting.kind];
    if (!end || !line.bonded || !facts.parts.has(line.part)) continue;
    const at = countedAtOf(facts, line);
    if (!stands(facts, line.posting, at) || hasEnded(facts, line, end)) continue;
    if (!line.from || !line.to) continue;
    const home = { account: line.from.account, site: line.posting.toSite ?? line.from.site };
    const back = { part: line.part, quantity: line.quantity, from: line.to, to: home };
    const { order, document } = line.posting;
    yield* found({
      cause: 'inTransit',
      grade: 'documented',
      uses: [line.record],
      effects: effectsOf(facts, back, line.quantity),
      remedy: { kind: 'enter', draft: { kind: end, order, document, lines: [back] } },
    });
  }
};

/** Whether an event, entered at any time, or a paper tells of the end: then others speak of it. */
function hasEnded(facts: Facts, { part, quantity, posting }: Line, end: EventKind): boolean {
  const isOfIt = (document: string | null, other: number): boolean =>
    document !== null && posting.document !== null
      ? document === posting.document
      : other === quantity;
  const isTold = (facts.linesOf.get(part) ?? []).some(
    (line) =>
      line.posting.kind === end &&
      line.posting.occurredAt >= posting.occurredAt &&
      line.posting.state !== 'refused' &&
      isOfIt(line.posting.document, line.quantity),
  );
  const isSeen = (facts.papersOf.get(posting.document ?? '') ?? []).some(
    (paper) => paper.part === part && paper.at > posting.occurredAt && paper.from?.account !== null,
  );
  return isTold || isSeen;
}

/** The store's receipts of one line of a list come to less than it says, or to more. */
function* receivedOtherwise(facts: Facts, line: Line): Iterable<Candidate> {
  const { document, kind } = line.posting;
  if (kind !== 'imported' || document === null || !facts.parts.has(line.part)) return;
  const at = countedAtOf(facts, line);
  const receipts = (facts.papersOf.get(document) ?? []).filter(
    (paper) => paper.kind === 'receipt' && paper.part === line.part && paper.bonded !== false,
  );
  const same = (facts.linesUnder.get(document) ?? []).filter(({ part }) => part === line.part);
  if (receipts.length === 0 || same.length > 1 || !stands(facts, line.posting, at)) return;
  const came = receipts.filter((paper) => paper.at <= at);
  const more = came.reduce((sum, { quantity }) => sum + quantity, 0) - line.quantity;
  if (came.length === 0 || more === 0) return;
  const by = factorBetween(line.quantity, line.quantity + more);
  if (by !== null && (more > 0 || by >= NO_PART)) return;
  const carried = { ...line, quantity: Math.abs(more) };
  yield* found({
    cause: more < 0 ? 'inTransit' : 'notPosted',
    grade: 'documented',
    uses: [line.record, ...came.map(({ id }) => paperRecord(id))],
    effects: effectsOf(facts, carried, more),
    remedy:
      more < 0
        ? { kind: 'recount', part: line.part, bins: [] }
        : { kind: 'supplementaryDeclaration', part: line.part, quantity: more },
  });
}
