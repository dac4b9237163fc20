import type { Candidate } from '../candidate.ts';
import type { Cause } from '../contract.ts';
import type { Carried, Paper } from '../evidence.ts';
import { countedAtOf, effectsOf, type Facts, isInBook, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { sawGoods } from './timing.ts';

/**
 * A document on one side without its counterpart on the other: goods that a gate, a store or a bill saw and no
 * event tells of, goods seen as another part or as domestic, and postings their sender took back.
 */
export const papers: Detector = function* (facts) {
  const told = new Set<string>();
  for (const paper of facts.papers) {
    if (paper.kind === 'cancellation') yield* takenBack(facts, paper);
    if (!sawGoods(paper) || paper.at > countedAtOf(facts, paper)) continue;
    const goods = `${paper.document ?? paper.id}\t${paper.part}`;
    if (told.has(goods)) continue;
    told.add(goods);
    yield* unmatched(facts, paper);
  }
};

function* unmatched(facts: Facts, paper: Paper): Iterable<Candidate> {
  const under = linesFor(facts, paper);
  const same = under.filter((line) => line.part === paper.part && goesTheSameWay(line, paper));
  const [line] = same;
  if (line) {
    if (same.length === 1) yield* asDomestic(facts, paper, line);
    return;
  }
  if (paper.bonded === false) return;
  const other = under.find((it) => isTakenFor(facts, it, paper));
  const uses = [paperRecord(paper.id)];
  const effects = effectsOf(facts, paper, paper.quantity);
  if (other) {
    const by = [draftLine(paper.part, paper.quantity, { insteadOf: other.part })];
    yield* found({
      ...{ cause: 'substitution', grade: 'certain', uses: [...uses, other.record] },
      effects: [...effects, ...effectsOf(facts, other, -other.quantity)],
      remedy: { kind: 'replace', event: other.posting.id, line: other.index, by },
    });
    return;
  }
  const { order, document } = paper;
  const remedy = { kind: 'enter', draft: { kind: null, order, document, lines: [paper] } } as const;
  yield* found({ cause: causeOf(paper), grade: 'certain', uses, effects, remedy });
}

/** A transfer's number stands on both ends of it: goods that left are not yet goods that came. */
const goesTheSameWay = (line: Carried, paper: Carried): boolean =>
  paper.to === null || line.to === null
    ? true
    : line.to.account === paper.to.account && line.to.site === paper.to.site;

/**
 * Postings of the same goods by their document. Where nobody entered that number, or the paper has none: those of its
 * order with the same quantity that name no document either.
 */
function linesFor(facts: Facts, { document, order, part, quantity }: Paper): readonly Line[] {
  const under = document === null ? undefined : facts.linesUnder.get(document);
  if (under) return under;
  if (order === null) return [];
  return (facts.linesOfOrder.get(order) ?? []).filter(
    (line) =>
      line.part === part &&
      line.quantity === quantity &&
      (document === null || line.posting.document === null),
  );
}

function isTakenFor(facts: Facts, line: Line, paper: Paper): boolean {
  const isKin = facts.substitutes.some(
    ({ part, instead }) => part === line.part && instead === paper.part,
  );
  const isSeenItself = facts.papersOf
    .get(paper.document ?? '')
    ?.some((it) => sawGoods(it) && it.part === line.part);
  return (
    isKin &&
    !isSeenItself &&
    line.bonded &&
    line.insteadOf === null &&
    line.from?.account === paper.from?.account &&
    stands(facts, line.posting, countedAtOf(facts, line))
  );
}

const MEANS: Readonly<Partial<Record<string, Cause>>> = {
  scrap: 'scrapNotDeclared',
  defective: 'scrapNotDeclared',
  byProduct: 'scrapNotDeclared',
  inTransit: 'inTransit',
  outsourced: 'inTransit',
};
const causeOf = ({ from, to }: Paper): Cause =>
  MEANS[to?.account ?? ''] ?? MEANS[from?.account ?? ''] ?? 'notPosted';

/** The paper and the posting do not agree whose goods they were. */
function* asDomestic(facts: Facts, paper: Paper, line: Line): Iterable<Candidate> {
  if (paper.bonded === null || paper.bonded === line.bonded) return;
  const at = countedAtOf(facts, line);
  const isBooked = line.bonded && stands(facts, line.posting, at);
  const isMissing =
    !line.bonded && line.posting.state === 'applied' && line.posting.occurredAt <= at;
  if (!isBooked && !isMissing) return;
  yield* found({
    ...{ cause: 'bondedMixed', grade: 'certain', uses: [paperRecord(paper.id), line.record] },
    effects: effectsOf(facts, line, isBooked ? -line.quantity : line.quantity),
    remedy: {
      ...{ kind: 'replace', event: line.posting.id, line: line.index },
      by: [draftLine(line.part, line.quantity, { bonded: paper.bonded })],
    },
  });
}

/** Named by the event's id, or by a document under which only one event stands. */
function* takenBack(facts: Facts, paper: Paper): Iterable<Candidate> {
  const named = facts.postings.filter(({ id }) => id === paper.document);
  const under = facts.postings.filter((it) => it.document === paper.document);
  const [posting, another] = named.length > 0 ? named : under;
  if (paper.document === null || !posting || another) return;
  for (const line of facts.lines) {
    if (line.posting !== posting || line.part !== paper.part || !line.bonded) continue;
    const at = countedAtOf(facts, line);
    if (!isInBook(facts, posting, at) || !stands(facts, posting, at)) continue;
    yield* found({
      ...{ cause: 'missingReversal', grade: 'certain' },
      uses: [line.record, paperRecord(paper.id)],
      effects: effectsOf(facts, line, -line.quantity),
      remedy: { kind: 'reverse', event: posting.id },
    });
  }
}
