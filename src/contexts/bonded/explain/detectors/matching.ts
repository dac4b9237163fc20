import type { Carried, Paper } from '../evidence.ts';
import { type Facts, grouped, type Line } from '../facts.ts';
import { JUST, needOf, overDeclared } from './needs.ts';
import { sawGoods } from './timing.ts';

/** Without a common number and a common order, a paper and an event this far apart are not one. */
const NEAR_MS = 36 * 3_600_000;

/**
 * For papers whose number nobody entered, or that have none, the line of an event that tells of the same goods: the same
 * part and quantity going the same way, for the same order or at about the same time. One event is seen once by each
 * kind of paper, so of two equal ones the second needs an event of its own; the nearest in time belong together.
 */
export function eventsSeen(facts: Facts): ReadonlyMap<string, Line> {
  const lines = grouped(
    facts.lines.filter(({ posting }) => posting.reverses === null),
    goodsOf,
  );
  const pairs = facts.papers
    .filter((it) => sawGoods(it) && !facts.linesUnder.has(it.document ?? ''))
    .flatMap((paper) =>
      (lines.get(goodsOf(paper)) ?? []).flatMap((line) => {
        const apart = apartMs(paper, line);
        const isUndone = facts.reversed.has(line.posting.id);
        if (!mayBeOf(paper, line, apart) || isStillNeeded(facts, paper, line)) return [];
        return [{ paper, line, apart, isUndone }];
      }),
    )
    .sort((a, b) => Number(a.isUndone) - Number(b.isUndone) || a.apart - b.apart);
  const seen = new Map<string, Line>();
  const used = new Set<string>();
  for (const { paper, line } of pairs) {
    const use = `${paper.kind}\t${line.record}`;
    if (seen.has(paper.id) || used.has(use)) continue;
    seen.set(paper.id, line);
    used.add(use);
  }
  return seen;
}

const goodsOf = ({ part, quantity }: Carried): string => `${part}\t${quantity}`;
const apartMs = ({ at }: Paper, { posting }: Line): number =>
  Math.abs(Date.parse(at) - Date.parse(posting.occurredAt));

function mayBeOf(paper: Paper, line: Line, apart: number): boolean {
  const { order, document } = line.posting;
  if (paper.document !== null && document !== null) return false;
  if (paper.order !== null && order === paper.order) return true;
  return apart <= NEAR_MS && (paper.order ?? order) === (order ?? paper.order) && goes(line, paper);
}

/**
 * The order made all that it was to make, and by the book with less of the part than that takes, by just what the paper
 * says: then these are the goods that nobody entered, and what was entered was something else.
 */
function isStillNeeded(facts: Facts, { part, quantity }: Paper, { posting }: Line): boolean {
  const order = posting.order === null ? undefined : facts.orderOf.get(posting.order);
  if (!order || order.received + order.rejected < order.planned) return false;
  const need = needOf(facts, part, posting);
  const share = overDeclared(facts, part, posting);
  return need !== null && share !== null && Math.abs(1 - share - quantity / need) <= JUST;
}

/** A transfer's number stands on both ends of it: goods that left are not yet goods that came. */
export function goes(line: Carried, paper: Carried): boolean {
  if (paper.to === null || line.to === null) return true;
  return line.to.account === paper.to.account && line.to.site === paper.to.site;
}
