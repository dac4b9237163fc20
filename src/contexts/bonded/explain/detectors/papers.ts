import type { Candidate } from '../candidate.ts';
import type { Cause } from '../contract.ts';
import type { Carried, Paper } from '../evidence.ts';
import { countedAtOf, effectsOf, type Facts, isInBook, type Line, stands } from '../facts.ts';
import { draftLine } from '../remedies.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { eventsSeen, goes } from './matching.ts';
import { sawGoods } from './timing.ts';
import { usesBy } from './version.ts';

/**
 * A document on one side without its counterpart on the other: goods that a gate, a store or a bill saw and no
 * event tells of, goods seen as another part or as domestic, and postings their sender took back.
 */
export const papers: Detector = function* (facts) {
  const told = new Set<string>();
  const seen = eventsSeen(facts);
  for (const paper of facts.papers) {
    if (paper.kind === 'cancellation') yield* takenBack(facts, paper);
    if (!sawGoods(paper) || paper.at > countedAtOf(facts, paper)) continue;
    const goods = [paper.document ?? paper.id, paper.part, wayOf(paper)].join('\t');
    if (told.has(goods)) continue;
    told.add(goods);
    const match = seen.get(paper.id);
    const under = facts.linesUnder.get(paper.document ?? '') ?? (match ? [match] : []);
    yield* unmatched(facts, paper, under);
  }
};

const wayOf = ({ to }: Carried): string => (to === null ? '' : `${to.account} ${to.site}`);

function* unmatched(facts: Facts, paper: Paper, under: readonly Line[]): Iterable<Candidate> {
  const same = under.filter((line) => line.part === paper.part && goes(line, paper));
  const [line] = same;
  if (line) {
    if (same.length === 1) yield* asDomestic(facts, paper, line);
    return;
  }
  if (paper.bonded === false) return;
  const unseen = under.filter((it) => isUnseen(facts, it, paper));
  const kin = unseen.filter((it) => isKin(facts, it, paper));
  const others = kin.length > 0 ? kin.slice(0, 1) : likeIt(facts, unseen, paper);
  const uses = [paperRecord(paper.id)];
  const effects = effectsOf(facts, asKnown(facts, paper), paper.quantity);
  for (const other of others) {
    const by = [draftLine(paper.part, paper.quantity, { insteadOf: other.part })];
    yield* found({
      ...{ cause: 'substitution', grade: others.length > 1 ? 'documented' : 'certain' },
      uses: [...uses, other.record],
      effects: [...effects, ...effectsOf(facts, other, -other.quantity)],
      remedy: { kind: 'replace', event: other.posting.id, line: other.index, by },
    });
  }
  if (others.length > 0) return;
  const { order, document } = paper;
  const remedy = { kind: 'enter', draft: { kind: null, order, document, lines: [paper] } } as const;
  yield* found({ cause: causeOf(paper), grade: 'certain', uses, effects, remedy });
}

/** Of an order nobody told of, a paper says what left the store, and not what is still in process. */
function asKnown(facts: Facts, paper: Paper): Paper {
  if (paper.order === null || facts.orderOf.has(paper.order)) return paper;
  const known = (place: Paper['to']) => (place?.account === 'inProcess' ? null : place);
  return { ...paper, from: known(paper.from), to: known(paper.to) };
}

/** Booked from the same place, and no paper of that number saw it: the goods may have been others. */
function isUnseen(facts: Facts, line: Line, paper: Paper): boolean {
  const isSeenItself = facts.papersOf
    .get(paper.document ?? '')
    ?.some((it) => sawGoods(it) && it.part === line.part);
  return (
    !isSeenItself &&
    line.bonded &&
    line.insteadOf === null &&
    line.from?.account === paper.from?.account &&
    stands(facts, line.posting, countedAtOf(facts, line))
  );
}

const isKin = (facts: Facts, line: Line, paper: Paper): boolean =>
  facts.substitutes.some(({ part, instead }) => part === line.part && instead === paper.part);

/**
 * One number, one quantity, and another part in the store's hand than in the book: nobody listed the two as
 * alternatives, but it was used as one, unless the order needs both and has not had the other. A slip that says itself
 * that goods stood in for others is believed.
 */
function likeIt(facts: Facts, unseen: readonly Line[], paper: Paper): readonly Line[] {
  const alike = unseen.filter((it) => it.quantity === paper.quantity && goes(it, paper));
  if (isSubstitute(paper)) return alike;
  const of = facts.orderOf.get(alike[0]?.posting.order ?? '');
  if (!of || paper.to?.account !== 'inProcess') return [];
  const hasIt = (facts.linesOfOrder.get(of.order) ?? []).some(({ part }) => part === paper.part);
  return hasIt || !usesBy(facts, of, of.version).has(paper.part) ? alike : [];
}

const MEANS: Readonly<Partial<Record<string, Cause>>> = {
  scrap: 'scrapNotDeclared',
  defective: 'scrapNotDeclared',
  byProduct: 'scrapNotDeclared',
  inTransit: 'inTransit',
  outsourced: 'inTransit',
};
const causeOf = (paper: Paper): Cause => {
  const { from, to } = paper;
  if (isSubstitute(paper)) return 'substitution';
  return MEANS[to?.account ?? ''] ?? MEANS[from?.account ?? ''] ?? 'notPosted';
};

const isSubstitute = ({ tells }: Paper): boolean => tells === 'substituted';

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
