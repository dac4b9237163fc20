import type { Instant } from '../../../../kernel/dates.ts';
import type { Candidate } from '../candidate.ts';
import type { Paper } from '../evidence.ts';
import { countedAtOf, effectsOf, type Facts, isInBook, type Line, stands } from '../facts.ts';
import { type Detector, found, paperRecord } from './found.ts';
import { needOf, ONCE, overDeclared } from './needs.ts';

/** Around a count, events this near to it may have been on either side of it. */
export const CUT_OFF_HOURS = 12;
const CUT_OFF_MS = CUT_OFF_HOURS * 3_600_000;

/**
 * Events on the wrong side of the count: entered too late or not at all (held, refused), entered before they
 * happened, reversed afterwards, or so near that a gate's record, or the difference, must say which was first.
 */
export const timing: Detector = function* (facts) {
  for (const lines of facts.linesOfPosting.values()) {
    const near: Line[] = [];
    for (const line of lines) {
      if (!facts.parts.has(line.part) || !line.bonded) continue;
      const at = countedAtOf(facts, line);
      if (isInBook(facts, line.posting, at)) yield* entered(facts, line, at);
      else yield* notEntered(facts, line, at);
      if (isNearOnly(facts, line, at)) near.push(line);
    }
    yield* onEitherSide(facts, near);
  }
};

/** Nothing but its hour says that it may have been on the other side of the count. */
function isNearOnly(facts: Facts, line: Line, at: Instant): boolean {
  const { posting } = line;
  if (!isNear(posting.occurredAt, at) || posting.state !== 'applied') return false;
  if (posting.reverses !== null || facts.reversed.has(posting.id)) return false;
  const [first] = sightings(facts, line);
  if (isInBook(facts, posting, at)) return !first && posting.occurredAt <= at;
  return posting.occurredAt > at && !(first && first.at <= at);
}

/** One event is one story: all its lines were before the count, or none of them. */
function* onEitherSide(facts: Facts, lines: readonly Line[]): Iterable<Candidate> {
  const [first] = lines;
  if (!first) return;
  const { posting } = first;
  const isIn = isInBook(facts, posting, countedAtOf(facts, first));
  yield* found({
    ...{ cause: 'cutOff', grade: 'documented', uses: lines.map(({ record }) => record) },
    effects: lines.flatMap((line) => effectsOf(facts, line, isIn ? -line.quantity : line.quantity)),
    remedy: { kind: 'entered', event: posting.id },
  });
}

const isNear = (a: Instant, b: Instant): boolean =>
  Math.abs(Date.parse(a) - Date.parse(b)) <= CUT_OFF_MS;

function* notEntered(facts: Facts, line: Line, at: Instant): Iterable<Candidate> {
  const { posting, record } = line;
  const effects = effectsOf(facts, line, line.quantity);
  const uses = [record];
  const isEntered = posting.state === 'applied';
  const remedy = { kind: isEntered ? 'entered' : 'release', event: posting.id } as const;
  if (posting.reverses !== null) {
    if (isEntered && isOriginalInBook(facts, posting.reverses, at))
      yield* found({ cause: 'missingReversal', grade: 'certain', uses, effects, remedy });
    return;
  }
  if (facts.reversed.has(posting.id)) return;
  if (!isEntered) {
    if (posting.occurredAt > at || wasSentAgain(facts, line) || isDomestic(facts, line)) return;
    yield* found({ cause: 'notPosted', grade: 'certain', uses, effects, remedy });
    return;
  }
  if (posting.occurredAt <= at) {
    const cause = isNear(posting.occurredAt, at) ? 'cutOff' : 'notPosted';
    yield* found({ cause, grade: 'certain', uses, effects, remedy });
    return;
  }
  const before = sightings(facts, line).find((paper) => paper.at <= at);
  if (!before) return;
  const cites = [paperRecord(before.id)];
  yield* found({ cause: 'cutOff', grade: 'certain', uses, effects, remedy, cites });
}

function* entered(facts: Facts, line: Line, at: Instant): Iterable<Candidate> {
  const { posting, record } = line;
  if (!stands(facts, posting, at)) return;
  const effects = effectsOf(facts, line, -line.quantity);
  const same = { uses: [record], effects, remedy: { kind: 'entered', event: posting.id } } as const;
  if (posting.occurredAt > at) {
    yield* found({ cause: 'cutOff', grade: 'certain', ...same });
    return;
  }
  const seen = sightings(facts, line);
  const [first] = seen;
  if (first && first.at > at) {
    const isComing = line.from?.account === 'customsIn' || posting.kind === 'arrived';
    const cause = isComing && !isNear(first.at, at) ? 'inTransit' : 'cutOff';
    yield* found({ cause, grade: 'certain', ...same, cites: [paperRecord(first.id)] });
  }
}

/** It names a lot that came in as domestic: it waits or was refused with reason. */
const isDomestic = ({ papers }: Facts, { part, lot }: Line): boolean =>
  lot !== null &&
  papers.some((paper) => paper.part === part && paper.lot === lot && paper.bonded === false);

/** Papers that saw these very goods, the earliest first. */
export function sightings(facts: Facts, { part, posting }: Line): readonly Paper[] {
  if (posting.document === null) return [];
  return (facts.papersOf.get(posting.document) ?? [])
    .filter((paper) => sawGoods(paper) && paper.part === part)
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

export const sawGoods = ({ kind }: Paper): boolean =>
  kind !== 'importLine' && kind !== 'cancellation';

function isOriginalInBook(facts: Facts, id: string, at: Instant): boolean {
  const original = facts.postings.find((it) => it.id === id);
  return original !== undefined && isInBook(facts, original, at);
}

/**
 * Whether what was held or refused came once more under another id, as it was or corrected, and was taken. What an order
 * still needs beside all it has is the other part of its need, and no second try.
 */
function wasSentAgain(facts: Facts, { part, quantity, posting }: Line): boolean {
  const share = overDeclared(facts, part, posting);
  const need = needOf(facts, part, posting);
  const isStillNeeded = share !== null && need !== null && share + quantity / need < ONCE;
  return (facts.linesOf.get(part) ?? []).some(
    ({ posting: other, quantity: again }) =>
      other.state === 'applied' &&
      other.kind === posting.kind &&
      other.recordedAt >= posting.recordedAt &&
      other.order === posting.order &&
      ((other.document !== null && other.document === posting.document) ||
        (posting.order !== null ? !isStillNeeded : again === quantity)),
  );
}
