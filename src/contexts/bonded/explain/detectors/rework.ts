import { countedAtOf, effectsOf, type Facts, type Line, stands } from '../facts.ts';
import { type Detector, found } from './found.ts';

/** Parts issued to an order that works a product again, which the first order had already taken. */
export const rework: Detector = function* (facts) {
  for (const order of facts.orders) {
    if (order.reworks === null) continue;
    const first = facts.linesOfOrder.get(order.reworks) ?? [];
    for (const line of facts.linesOfOrder.get(order.order) ?? []) {
      if (line.part === order.product || !isIssue(facts, line)) continue;
      const same = first.find(
        (it) => it.part === line.part && it.quantity === line.quantity && isIssue(facts, it),
      );
      yield* found({
        cause: 'reworkTwice',
        grade: same ? 'strong' : 'documented',
        uses: [line.record],
        cites: same ? [same.record] : [],
        effects: effectsOf(facts, line, -line.quantity),
        remedy: { kind: 'reverse', event: line.posting.id },
      });
    }
  }
};

const isIssue = (facts: Facts, line: Line): boolean =>
  (line.posting.kind === 'issued' || line.posting.kind === 'overIssued') &&
  line.bonded &&
  stands(facts, line.posting, countedAtOf(facts, line));
