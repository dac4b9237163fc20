import assert from 'node:assert/strict';
import { compare, decimal } from '../../../../kernel/decimal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { keyOf } from '../application.ts';
import type { Crossing, Paper } from '../contract.ts';
import type { PaperPassed } from '../events.ts';
import type { State } from '../passport.ts';
import * as papersStore from '../store/papers.ts';
import type { Progress } from './progress.ts';

/**
 * A vehicle passes a gate by its passport. With the last gate the passport is completed: what it
 * carried has crossed, and each paper says whether all of it has.
 */
export async function pass(tx: Tx, progress: Progress, crossing: Crossing): Promise<void> {
  const { content, claims, regime, number, gates, crossings } = progress.now;
  const passed = new Set([...crossings.map(({ position }) => position), crossing.position]);
  assert(regime, `Passport ${number} passes a gate without having been approved.`);
  const isLast = gates.every((position) => passed.has(position));
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
  if (!isLast) return;
  const held = await papersStore.lock(tx, content.papers);
  const papers = await carryThrough(tx, progress.now, held);
  progress.push({ kind: 'cargo.passportCompleted', payload: { passport: number, papers } });
}

/** What it carried has crossed. The papers are held: of two with the last of one, one finds it complete. */
async function carryThrough(
  tx: Tx,
  { claims, content, number }: State,
  papers: readonly Paper[],
): Promise<PaperPassed[]> {
  const crossed = await papersStore.cross(tx, number, content.papers);
  return papers.map((paper) => {
    const key = keyOf(paper);
    const isComplete = paper.lines.every(({ lineNo, quantity }) => {
      const line = crossed.find((each) => keyOf(each) === key && each.lineNo === lineNo);
      return line !== undefined && compare(decimal(line.crossed), decimal(quantity)) >= 0;
    });
    const lines = claims
      .filter((claim) => keyOf(claim) === key)
      .map(({ lineNo, quantity }) => ({ lineNo, quantity }));
    return { kind: paper.kind, no: paper.no, lines, isComplete };
  });
}
