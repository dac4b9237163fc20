import { Refused } from '../../../kernel/refusal.ts';
import type { State } from './bill.ts';
import type { BillContent, HouseContent } from './contract.ts';

/**
 * What may be done to a bill when. Each question is pure: the state goes in, and an act it does not
 * allow is refused with the reason.
 */

const refuse = (code: string, { number }: State): never => {
  throw new Refused('conflict', { code, seen: number });
};

export function ensureChangeable(state: State): void {
  if (state.master) refuse('cargo.amend_the_master', state);
  if (state.status !== 'manifested') refuse('cargo.bill_not_manifested', state);
  if (state.loaded) refuse('cargo.loaded_already', state);
  if (state.change) refuse('cargo.change_pending', state);
}

/** Once goods are there, what the carrier says of them is no longer the only account of them. */
export const mayChangeAtOnce = (states: readonly State[]): boolean =>
  states.every(({ arrived, tally }) => !arrived && !tally);

export function ensureForbiddable(state: State): void {
  if (state.status !== 'manifested') refuse('cargo.bill_not_manifested', state);
  if (state.doNotLoad) refuse('cargo.already_forbidden', state);
  if (state.loaded || (state.direction === 'I' && state.arrived)) {
    refuse('cargo.too_late_to_forbid', state);
  }
}

export function ensureLiftable(state: State): void {
  if (!state.doNotLoad) refuse('cargo.not_forbidden', state);
  if (state.doNotLoad?.lift) refuse('cargo.lift_pending', state);
}

interface Proposed {
  readonly proposedBy: string;
  readonly proposedPost: string | null;
}

/** Four eyes: neither the person who proposed nor their post answers. */
export const isProposer = (
  by: { readonly personId: string; readonly postId: string },
  proposed: Proposed | null | undefined,
): boolean => proposed?.proposedBy === by.personId || proposed?.proposedPost === by.postId;

export function ensureMayAnswer<P extends Proposed>(
  proposed: P | null,
  by: { readonly personId: string; readonly postId: string },
  none: string,
): P {
  if (!proposed) throw new Refused('conflict', { code: none });
  if (isProposer(by, proposed)) {
    throw new Refused('forbidden', { code: 'cargo.another_person_answers' });
  }
  return proposed;
}

/** A bill divided: each house takes over what it does not say itself. */
export function splitContent(state: State, houses: readonly HouseContent[]): BillContent {
  const { content } = state;
  if (!content) return refuse('cargo.bill_not_manifested', state);
  if (state.houses.length > 0) return refuse('cargo.split_already', state);
  return {
    ...content,
    houses: houses.map((house) => ({
      ...house,
      packageKind: house.packageKind ?? content.packageKind,
      description: house.description ?? content.description,
      marks: house.marks ?? content.marks,
      shipper: house.shipper ?? content.shipper,
      consignee: house.consignee ?? content.consignee,
      loadingPort: house.loadingPort ?? content.loadingPort,
      dischargePort: house.dischargePort ?? content.dischargePort,
      dangerous: house.dangerous ?? content.dangerous,
    })),
  };
}
