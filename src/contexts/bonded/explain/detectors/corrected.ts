import type { Grade } from '../contract.ts';
import { countedAtOf, effectsOf, type Facts, grouped, type Line, stands } from '../facts.ts';
import { type Detector, found } from './found.ts';
import { needOf, ONCE, overDeclared, TWICE } from './needs.ts';
import { sawGoods } from './timing.ts';

/** More postings of one paper than these are many issues and no correction. */
const ENTERED_MAX = 3;

/**
 * The same document, order, kind and way, entered with different quantities: one of them was to be reversed. Which
 * one is not said by which came first, since a file has them in any order; a paper or the order's need may say it.
 */
export const corrected: Detector = function* (facts) {
  for (const part of facts.parts) {
    const lines = (facts.linesOf.get(part) ?? []).filter(
      (line) => line.bonded && stands(facts, line.posting, countedAtOf(facts, line)),
    );
    for (const [paper, group] of grouped(lines, underOnePaper))
      if (group.length > 1 && group.length <= ENTERED_MAX)
        yield* oneTooMany(facts, `${part}\t${paper}`, group);
  }
};

function underOnePaper({ posting: { kind, order, document }, from, to }: Line): string | null {
  if (document === null) return null;
  return [kind, order, document, from?.account, from?.site, to?.account, to?.site].join('\t');
}

function* oneTooMany(facts: Facts, paper: string, group: readonly Line[]) {
  if (new Set(group.map(({ posting }) => posting.id)).size !== group.length) return;
  for (const line of group) {
    const others = group.filter((it) => it !== line);
    if (others.some(({ quantity }) => quantity === line.quantity)) continue;
    const grade = gradeOf(facts, line, others);
    if (grade === null) continue;
    yield* found({
      // Only one of them was too many: what is reversed, it is not twice that it happens to one paper.
      ...{ cause: 'missingReversal', grade, uses: [line.record, `corrected:${paper}`] },
      cites: others.map(({ record }) => record),
      effects: effectsOf(facts, line, -line.quantity),
      remedy: { kind: 'reverse', event: line.posting.id },
    });
  }
}

/** Two parts of one need are no correction: `null`. One that fills the need leaves the other without a reason. */
function gradeOf(facts: Facts, line: Line, others: readonly Line[]): Grade | null {
  const seen = quantitiesSeen(facts, line);
  if (seen.has(line.quantity)) return null;
  const [other, another] = others;
  if (!other || another) return 'documented';
  if (seen.has(other.quantity)) return 'strong';
  const share = overDeclared(facts, line.part, line.posting);
  if (share !== null && share < ONCE) return null;
  const isNeeded = needOf(facts, line.part, line.posting) === other.quantity;
  return isNeeded && share !== null && share > TWICE ? 'strong' : 'documented';
}

function quantitiesSeen(facts: Facts, { part, posting }: Line): ReadonlySet<number> {
  const papers = facts.papersOf.get(posting.document ?? '') ?? [];
  return new Set(
    papers.filter((it) => sawGoods(it) && it.part === part).map(({ quantity }) => quantity),
  );
}
