import type { Quantity } from '../../quantity.ts';
import type { Candidate } from '../candidate.ts';
import type { Grade } from '../contract.ts';
import type { Posting, PostingLine } from '../evidence.ts';
import {
  countedAtOf,
  effectsOf,
  type Facts,
  grouped,
  isInBook,
  type Line,
  stands,
} from '../facts.ts';
import { type Detector, found } from './found.ts';
import { JUST, needOf, ONCE, overDeclared, TWICE } from './needs.ts';

/** Without a common document, equal postings this near to each other may be one. */
const TWICE_WITHIN_MS = 3_600_000;

/** One thing entered twice, and a reversal entered twice. */
export const duplicates: Detector = function* (facts) {
  yield* enteredTwice(facts);
  for (const part of facts.parts) {
    const lines = (facts.linesOf.get(part) ?? []).filter(
      (line) => line.bonded && isInBook(facts, line.posting, countedAtOf(facts, line)),
    );
    yield* reversedTwice(facts, lines);
  }
};

const placeOf = ({ from, to }: PostingLine): string =>
  `${from?.account} ${from?.site} ${to?.account} ${to?.site}`;

/** A lot is opened once: what comes under a lot that is there already names none. */
const mayBeOneLot = (a: Posting, b: Posting): boolean =>
  a.lines.every((line) => {
    const lots = b.lines.filter(({ part }) => part === line.part).map(({ lot }) => lot);
    return line.lot === null || lots.includes(null) || lots.includes(line.lot);
  });

/** Twins are whole postings: every line of the one is in the other. */
function* enteredTwice(facts: Facts): Iterable<Candidate> {
  const alike = grouped(facts.postings, (posting) =>
    posting.order === null && posting.document === null ? null : contentOf(posting),
  );
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    const inOrder = group.toSorted(byRecording).filter((it) => isEntered(facts, it));
    for (const [at, posting] of inOrder.entries()) {
      const before = inOrder.slice(0, at).filter((other) => mayBeOneLot(other, posting));
      const twin =
        before.find((other) => hasSamePaper(other, posting)) ??
        before.find((other) => hasNoPaper(other, posting) && isSameHour(other, posting)) ??
        before.find((other) => posting.order !== null && isSameHour(other, posting)) ??
        before.find((other) => hasNoPaper(other, posting) && isOneTooMany(facts, posting));
      const grade = twin && gradeOf(facts, twin, posting);
      if (!twin || !grade) continue;
      const lines = (facts.linesOfPosting.get(posting.id) ?? []).filter(({ bonded }) => bonded);
      yield* found({
        ...{ cause: 'duplicate', grade },
        uses: lines.map(({ record }) => record),
        cites: (facts.linesOfPosting.get(twin.id) ?? []).map(({ record }) => record),
        effects: lines.flatMap((line) => effectsOf(facts, line, -line.quantity)),
        remedy: { kind: 'reverse', event: posting.id },
      });
    }
  }
}

/**
 * Two halves of one need look like twins too: what the order declares tells them apart, and where it has no more of
 * anything than it needs there is no twin, which is `null`. Under papers of different numbers only an order that has
 * twice what it needs says that they are one.
 */
function gradeOf(facts: Facts, twin: Posting, posting: Posting): Grade | null {
  const over = posting.lines.map((line) => overDeclared(facts, line.part, posting));
  const isInnocent = over.some((share) => share !== null && share < ONCE);
  const isTwice = isOneTooMany(facts, posting);
  if (!hasSamePaper(twin, posting)) {
    if (!hasNoPaper(twin, posting) && (isInnocent || over.includes(null))) return null;
    return isTwice ? 'strong' : 'documented';
  }
  if (over.length > 0 && over.every((share) => share !== null && share < ONCE)) return null;
  if (isInnocent) return 'documented';
  const isSure = isTwice || twin.occurredAt === posting.occurredAt || wasSeenOnce(facts, posting);
  return isSure ? 'certain' : 'strong';
}

/** Whoever declared the goods of that number, or had them in hand, tells of them once. */
const wasSeenOnce = (facts: Facts, { document, lines }: Posting): boolean =>
  lines.every(({ part, quantity }) => {
    const papers = (facts.papersOf.get(document ?? '') ?? []).filter(
      (it) => it.part === part && it.kind !== 'cancellation',
    );
    const ofOneKind = grouped(papers, ({ kind }) => kind);
    return papers.length > 0 && [...ofOneKind.values()].every((it) => sumOf(it) === quantity);
  });
const sumOf = (all: readonly { readonly quantity: Quantity }[]): Quantity =>
  all.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * Of everything in it the order has about twice what it declares, or without it just that: then it does not matter how
 * far the twins are apart.
 */
function isOneTooMany(facts: Facts, posting: Posting): boolean {
  const isSo = ({ part, quantity }: PostingLine): boolean => {
    const share = overDeclared(facts, part, posting);
    const need = needOf(facts, part, posting);
    if (share === null || need === null) return false;
    return share > TWICE || (share > ONCE && Math.abs(share - quantity / need - 1) <= JUST);
  };
  return posting.lines.length > 0 && posting.lines.every(isSo);
}

const isEntered = (facts: Facts, posting: Posting): boolean =>
  stands(facts, posting, facts.countedAt);

function contentOf({ kind, order, lines }: Posting): string {
  const told = lines.map((line) => `${line.part} ${line.quantity} ${placeOf(line)}`);
  return [kind, order, ...told.sort()].join('\t');
}

function* reversedTwice(facts: Facts, lines: readonly Line[]): Iterable<Candidate> {
  const alike = grouped(lines, (line) => {
    const { reverses } = line.posting;
    return reverses === null ? null : `${reverses}\t${line.quantity}\t${placeOf(line)}`;
  });
  for (const group of alike.values()) {
    for (const line of group.toSorted(linesByRecording).slice(1)) {
      yield* found({
        ...{ cause: 'duplicate', grade: 'certain', uses: [line.record] },
        cites: group.map(({ record }) => record),
        effects: effectsOf(facts, line, -line.quantity),
        remedy: { kind: 'reverse', event: line.posting.id },
      });
    }
  }
}

const byRecording = (a: Posting, b: Posting): number => {
  const [x, y] = [`${a.recordedAt}\t${a.id}`, `${b.recordedAt}\t${b.id}`];
  return x < y ? -1 : x > y ? 1 : 0;
};
const linesByRecording = (a: Line, b: Line): number => byRecording(a.posting, b.posting);

const hasSamePaper = (a: Posting, b: Posting): boolean =>
  a.document !== null && a.document === b.document;
const hasNoPaper = (a: Posting, b: Posting): boolean => a.document === null || b.document === null;
const isSameHour = (a: Posting, b: Posting): boolean =>
  Math.abs(Date.parse(a.occurredAt) - Date.parse(b.occurredAt)) <= TWICE_WITHIN_MS;
