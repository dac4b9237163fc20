import type { Candidate } from '../candidate.ts';
import { countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { type Detector, found } from './found.ts';
import { ENOUGH, needOf, overDeclared } from './needs.ts';

/** Nearer than this, what two orders took in the same quantity may have been one thing. */
const ONE_THING_MS = 24 * 3_600_000;

/**
 * Parts issued to an order that works a product again, which the first order had already taken; and parts the rework
 * took, told of once more on the first order, which was closed by then.
 */
export const rework: Detector = function* (facts) {
  for (const order of facts.orders) {
    if (order.reworks === null) continue;
    const first = (facts.linesOfOrder.get(order.reworks) ?? []).filter((it) => isIssue(facts, it));
    const own = (facts.linesOfOrder.get(order.order) ?? []).filter(
      (it) => it.part !== order.product && isIssue(facts, it),
    );
    for (const line of own) {
      const same = first.filter((it) => it.part === line.part && it.quantity === line.quantity);
      const after = same.filter((it) => isAfterClosing(facts, it));
      const again = after.find((it) => isNear(it, line));
      if (again) yield* toldOnTheFirst(facts, again, line);
      const [taken] = same.filter((it) => !after.includes(it));
      if (taken || !isOneOfTwo(own, line))
        yield* reworkTwice(facts, line, taken ?? null, taken ? 'strong' : 'documented');
    }
  }
};

/** A closed order that had all it needs takes nothing more. */
function toldOnTheFirst(facts: Facts, line: Line, onRework: Line): Iterable<Candidate> {
  const need = needOf(facts, line.part, line.posting);
  const share = overDeclared(facts, line.part, line.posting);
  const had = need === null || share === null ? 0 : share - line.quantity / need;
  return reworkTwice(facts, line, onRework, had >= ENOUGH ? 'certain' : 'strong');
}

function reworkTwice(
  facts: Facts,
  line: Line,
  same: Line | null,
  grade: Candidate['grade'],
): Iterable<Candidate> {
  return found({
    ...{ cause: 'reworkTwice', grade, uses: [line.record], cites: same ? [same.record] : [] },
    effects: effectsOf(facts, line, -line.quantity),
    remedy: { kind: 'reverse', event: line.posting.id },
  });
}

/** Entered twice on the rework itself, it is a duplicate. */
const isOneOfTwo = (own: readonly Line[], line: Line): boolean =>
  own.some((it) => it !== line && it.part === line.part && it.quantity === line.quantity);

const isIssue = (facts: Facts, line: Line): boolean =>
  (line.posting.kind === 'issued' || line.posting.kind === 'overIssued') &&
  line.bonded &&
  stands(facts, line.posting, countedAtOf(facts, line));

const isAfterClosing = (facts: Facts, { posting }: Line): boolean =>
  (facts.closings.get(posting.order ?? '') ?? []).some(
    (it) => stands(facts, it, facts.countedAt) && it.occurredAt < posting.occurredAt,
  );

const isNear = (one: Line, other: Line): boolean =>
  Math.abs(Date.parse(one.posting.occurredAt) - Date.parse(other.posting.occurredAt)) <=
  ONE_THING_MS;
