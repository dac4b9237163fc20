import type { Labels } from './hazard.ts';
import { type Requirement, required } from './required.ts';

/** Goods in a container, by whatever name the caller gives them. */
export interface PackedGoods extends Labels {
  readonly id: string;
}

export interface PackingConflict extends Requirement {
  readonly goods: readonly [string, string];
  /** `away from` in one unit needs the competent authority's approval; anything more is not carried so (7.3.4). */
  readonly outcome: 'forbidden' | 'needsApproval' | 'notEvaluated';
}

/** Every pair of goods that may not travel in one container, in the order given. */
export function conflictsInContainer(goods: readonly PackedGoods[]): PackingConflict[] {
  const conflicts: PackingConflict[] = [];
  goods.forEach((one, index) => {
    for (const other of goods.slice(index + 1)) {
      const asked = required(one, other);
      const outcome = outcomeOf(asked);
      if (outcome) conflicts.push({ ...asked, goods: [one.id, other.id], outcome });
    }
  });
  return conflicts;
}

function outcomeOf({ level, explosives }: Requirement): PackingConflict['outcome'] | null {
  if (level >= 2 || explosives === 'apart') return 'forbidden';
  if (level === 1) return 'needsApproval';
  return explosives === 'notEvaluated' ? 'notEvaluated' : null;
}
