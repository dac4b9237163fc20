import assert from 'node:assert/strict';
import { add, compare, type Decimal, decimal } from '../../../../kernel/decimal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { keyOf } from '../application.ts';
import type { Crossing, GatePosition, Paper } from '../contract.ts';
import type { PaperPassed } from '../events.ts';
import type { State } from '../passport.ts';
import * as papersStore from '../store/papers.ts';
import type { Carrier } from '../store/passports.ts';
import type { Progress } from './progress.ts';

/** Papers that are held, and what has crossed of their lines: `kind:number:line`, growing with each passport. */
export interface HeldPapers {
  readonly papers: readonly Paper[];
  readonly crossed: Map<string, Decimal>;
}

/**
 * Holds the papers of a passport that passes its last gate, and then sums up what has crossed of them:
 * of two with the last of one paper, the second finds it complete.
 */
async function holdPapers(tx: Tx, papers: readonly papersStore.PaperKey[]): Promise<HeldPapers> {
  const keys = papers.map(({ kind, no }) => ({ kind, no }));
  return heldOf(await Promise.all([papersStore.lock(tx, keys), papersStore.crossedOf(tx, keys)]));
}

/** The same for passports that nobody has read yet: those on which carriers may pass a gate now. */
export async function holdCarried(tx: Tx, carriers: readonly Carrier[]): Promise<HeldPapers> {
  return heldOf(
    await Promise.all([
      papersStore.lockCarried(tx, carriers),
      papersStore.crossedCarried(tx, carriers),
    ]),
  );
}

const heldOf = ([papers, lines]: readonly [
  readonly Paper[],
  readonly papersStore.CrossedLine[],
]): HeldPapers => ({
  papers,
  crossed: new Map(lines.map((line) => [lineOf(line, line.lineNo), decimal(line.crossed)])),
});

/** Whether a passport has passed all its gates with this one. */
function isLastGate({ gates, crossings }: State, gate: GatePosition): boolean {
  const passed = new Set([...crossings.map(({ position }) => position), gate]);
  return gates.every((position) => passed.has(position));
}

/**
 * A vehicle passes a gate by its passport. With the last gate the passport is completed: what it
 * carried has crossed, and each paper says whether all of it has.
 *
 * @param held its papers at least, where this is its last gate; the caller writes down what crosses.
 */
export function passGate(progress: Progress, crossing: Crossing, held: HeldPapers): void {
  const { content, claims, regime, number } = progress.now;
  assert(regime, `Passport ${number} passes a gate without having been approved.`);
  const isLast = isLastGate(progress.now, crossing.position);
  progress.push({
    kind: 'cargo.crossed',
    payload: {
      ...{ passport: number, crossing, gate: crossing.gate, at: crossing.at, isLast },
      direction: content.direction,
      vehicle: content.vehicle.plate,
      grossMassKg: content.goodsGrossKg,
      papers: claims,
      regime: regime.kind,
    },
  });
  if (isLast) complete(progress, held);
}

/** One passport passes a gate, and what it carried is written down. */
export async function pass(tx: Tx, progress: Progress, crossing: Crossing): Promise<void> {
  const isLast = isLastGate(progress.now, crossing.position);
  const held = await holdPapers(tx, isLast ? progress.now.content.papers : []);
  passGate(progress, crossing, held);
  if (isLast) await papersStore.cross(tx, [progress.number]);
}

const lineOf = (paper: papersStore.PaperKey, lineNo: number): string => `${keyOf(paper)}:${lineNo}`;

function complete(progress: Progress, { papers, crossed }: HeldPapers): void {
  const { claims, content, number } = progress.now;
  for (const claim of claims) {
    const line = lineOf(claim, claim.lineNo);
    crossed.set(line, add(crossed.get(line) ?? decimal('0'), decimal(claim.quantity)));
  }
  const own = new Set(content.papers.map(keyOf));
  const passed = papers
    .filter((paper) => own.has(keyOf(paper)))
    .map((paper): PaperPassed => {
      const key = keyOf(paper);
      const lines = claims
        .filter((claim) => keyOf(claim) === key)
        .map(({ lineNo, quantity }) => ({ lineNo, quantity }));
      return { kind: paper.kind, no: paper.no, lines, isComplete: isAllAcross(paper, crossed) };
    });
  progress.push({ kind: 'cargo.passportCompleted', payload: { passport: number, papers: passed } });
}

const isAllAcross = (paper: Paper, crossed: HeldPapers['crossed']): boolean =>
  paper.lines.every(({ lineNo, quantity }) => {
    const across = crossed.get(lineOf(paper, lineNo));
    return across !== undefined && compare(across, decimal(quantity)) >= 0;
  });
