import type { Candidate } from '../candidate.ts';
import type { Grade } from '../contract.ts';
import type { Posting, PostingLine } from '../evidence.ts';
import {
  amountUsed,
  countedAtOf,
  effectsOf,
  type Facts,
  grouped,
  isInBook,
  type Line,
  stands,
} from '../facts.ts';
import { type Detector, found } from './found.ts';
import { usesBy } from './version.ts';

/** Without a common document, equal postings this near to each other may be one. */
const TWICE_WITHIN_MS = 3_600_000;

/** One thing entered twice, a reversal entered twice, and a correction entered beside what it corrects. */
export const duplicates: Detector = function* (facts) {
  yield* enteredTwice(facts);
  for (const part of facts.parts) {
    const lines = (facts.linesOf.get(part) ?? []).filter(
      (line) => line.bonded && isInBook(facts, line.posting, countedAtOf(facts, line)),
    );
    const standing = lines.filter(({ posting }) =>
      stands(facts, posting, countedAtOf(facts, lines[0] as Line)),
    );
    yield* corrected(facts, standing);
    yield* reversedTwice(facts, lines);
  }
};

const placeOf = ({ from, to }: PostingLine): string =>
  `${from?.account} ${from?.site} ${to?.account} ${to?.site}`;

/** Twins are whole postings: every line of the one is in the other. */
function* enteredTwice(facts: Facts): Iterable<Candidate> {
  const alike = grouped(facts.postings, (posting) =>
    posting.order === null && posting.document === null ? null : contentOf(posting),
  );
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    const inOrder = group.toSorted(byRecording).filter((it) => isEntered(facts, it));
    for (const [at, posting] of inOrder.entries()) {
      const before = inOrder.slice(0, at);
      const twin =
        before.find((other) => hasSamePaper(other, posting)) ??
        before.find((other) => hasNoPaper(other, posting) && isSameHour(other, posting));
      if (!twin) continue;
      const lines = (facts.linesOfPosting.get(posting.id) ?? []).filter(({ bonded }) => bonded);
      yield* found({
        cause: 'duplicate',
        grade: gradeOf(facts, twin, posting),
        uses: lines.map(({ record }) => record),
        cites: (facts.linesOfPosting.get(twin.id) ?? []).map(({ record }) => record),
        effects: lines.flatMap((line) => effectsOf(facts, line, -line.quantity)),
        remedy: { kind: 'reverse', event: posting.id },
      });
    }
  }
}

/** Two halves on one pick list look like twins too: what the order declares tells them apart. */
function gradeOf(facts: Facts, twin: Posting, posting: Posting): Grade {
  const over = posting.lines.map((line) => overDeclared(facts, posting, line));
  const isInnocent = over.some((share) => share !== null && share < ONCE);
  const isTwice = over.length > 0 && over.every((share) => share !== null && share > TWICE);
  if (!hasSamePaper(twin, posting)) return isTwice ? 'strong' : 'documented';
  if (isInnocent) return 'documented';
  return isTwice || twin.occurredAt === posting.occurredAt ? 'certain' : 'strong';
}

/** What an order took of a part, over what it declares to need: about one is right, about two is twice. */
const ONCE = 1.25;
const TWICE = 1.6;

function overDeclared(facts: Facts, { order: number, kind }: Posting, { part }: PostingLine) {
  const order = number === null ? undefined : facts.orderOf.get(number);
  const use = order && usesBy(facts, order, order.version).get(part);
  if (!order || !use || kind !== 'issued') return null;
  const taken = (facts.linesOfOrder.get(order.order) ?? [])
    .filter((line) => line.part === part && line.posting.kind === 'issued')
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return taken / Math.max(1, amountUsed(use, order.planned));
}

const isEntered = (facts: Facts, posting: Posting): boolean =>
  stands(facts, posting, facts.countedAt);

function contentOf({ kind, order, lines }: Posting): string {
  const told = lines.map((line) => `${line.part} ${line.quantity} ${line.lot} ${placeOf(line)}`);
  return [kind, order, ...told.sort()].join('\t');
}

/** Same document, order and kind, entered again with another quantity: the first was to be reversed. */
function* corrected(facts: Facts, lines: readonly Line[]): Iterable<Candidate> {
  const alike = grouped(lines, (line) => {
    const { kind, order, document } = line.posting;
    return document === null ? null : `${kind}\t${order}\t${document}\t${placeOf(line)}`;
  });
  for (const group of alike.values()) {
    const [first, second, another] = group.toSorted(linesByRecording);
    if (!first || !second || another || first.posting === second.posting) continue;
    if (first.quantity === second.quantity) continue;
    yield* found({
      ...{ cause: 'missingReversal', grade: 'documented', uses: [first.record] },
      cites: [second.record],
      effects: effectsOf(facts, first, -first.quantity),
      remedy: { kind: 'reverse', event: first.posting.id },
    });
  }
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
