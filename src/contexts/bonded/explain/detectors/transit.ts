import type { EventKind } from '../../contract.ts';
import { countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { type Detector, found } from './found.ts';

/** What ends a journey that the event began. */
const ENDS: Partial<Readonly<Record<EventKind, EventKind>>> = {
  moved: 'arrived',
  sentOut: 'cameBack',
};

/** Goods that the book still has on the road or at a subcontractor's, and that nobody reported back. */
export const transit: Detector = function* (facts) {
  for (const line of facts.lines) {
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
