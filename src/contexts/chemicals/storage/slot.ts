import type { Block, YardInput } from './contract.ts';

/** A place for one container; counted from 1. Written `D1-03-02-1`: block, bay, row, tier. */
export interface Slot {
  readonly block: string;
  readonly bay: number;
  readonly row: number;
  readonly tier: number;
}

const WRITTEN = /^([0-9A-Z]{1,8})-(\d{1,2})-(\d{1,2})-(\d)$/;

/** The slot a yard has by that name; `null` when it has none. */
export function slotOf(blocks: ReadonlyMap<string, Block>, written: string): Slot | null {
  const [, id = '', bay, row, tier] = WRITTEN.exec(written) ?? [];
  const block = blocks.get(id);
  const slot = { block: id, bay: Number(bay), row: Number(row), tier: Number(tier) };
  if (!block || slot.bay < 1 || slot.row < 1 || slot.tier < 1) return null;
  if (slot.bay > block.bays || slot.row > block.rows || slot.tier > block.tiers) return null;
  return slot;
}

const two = (count: number): string => String(count).padStart(2, '0');

export const slotText = ({ block, bay, row, tier }: Slot): string =>
  `${block}-${two(bay)}-${two(row)}-${tier}`;

export const slotsOf = ({ blocks }: Pick<YardInput, 'blocks'>): number =>
  blocks.reduce((sum, { bays, rows, tiers }) => sum + bays * rows * tiers, 0);
