import type { ConditionKind, ListInput, ListType } from './contract.ts';

interface Posted {
  /** With a declaration, and without one (非报关). */
  readonly declared: readonly ConditionKind[];
  readonly undeclared: readonly ConditionKind[];
}

const TRANSFER: Posted = {
  declared: ['released', 'otherSide'],
  undeclared: ['accepted', 'otherSide'],
};
const THROUGH_GATES: Posted = {
  declared: ['released', 'crossed'],
  undeclared: ['accepted', 'crossed'],
};

/**
 * What must be so before a list is posted (核扣). It belongs to the type: goods that pass a gate are posted when their
 * declaration is released *and* all of them have crossed; what is consolidated has crossed before; what changes hands
 * inside a zone crosses nothing and is posted on both sides, or on neither.
 */
export const CONDITIONS: Readonly<Record<ListType, Posted>> = {
  ordinary: THROUGH_GATES,
  enterFirst: THROUGH_GATES,
  domesticSale: THROUGH_GATES,
  consolidated: { declared: ['released'], undeclared: ['accepted'] },
  intraZone: TRANSFER,
  carriedOver: TRANSFER,
  transferredOut: TRANSFER,
};

/** And to the mode: a list that moves nothing is never posted and waits for nothing. */
export function conditionsOf({
  type,
  mode,
  declaration,
}: Pick<ListInput, 'type' | 'mode' | 'declaration'>): readonly ConditionKind[] {
  if (mode === 'none' || mode === 'checkOnly') return [];
  const { declared, undeclared } = CONDITIONS[type];
  return declaration === null ? undeclared : declared;
}

export const isTransfer = (type: ListType): boolean => CONDITIONS[type] === TRANSFER;
