import type { Instant } from '../../../kernel/dates.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type {
  Block,
  Load,
  StoredContainer,
  StoredGoods,
  YardConflict,
  YardEvent,
  YardInput,
} from './contract.ts';
import { loadOf, minus, NO_SHARES, plus, type Shares, sharesOf } from './load.ts';
import { conflictsInBlock, majorHazardRule, type Unit } from './rules.ts';
import { type Slot, slotOf, slotText } from './slot.ts';

type Standing = Unit & Pick<StoredContainer, 'papers'>;

interface BlockState {
  readonly block: Block;
  readonly units: Map<string, Standing>;
  shares: Shares;
  conflicts: readonly YardConflict[];
}

/** What one change did to the conflicts of a yard. */
export interface Change {
  /** The blocks that were looked at again. */
  readonly blocks: ReadonlySet<string>;
  readonly began: readonly YardConflict[];
  readonly ended: readonly YardConflict[];
}

const SITE = 'majorHazard';

/**
 * A yard in memory: who stands where, and what may not. Rules speak of one block at a time and the
 * load of the site is a sum, so that after a change only the blocks it touched are looked at again.
 */
export class YardBook {
  private readonly blocks: ReadonlyMap<string, Block>;
  private readonly states: ReadonlyMap<string, BlockState>;
  private readonly bySlot = new Map<string, string>();
  private readonly byContainer = new Map<string, Standing>();
  private shares: Shares = NO_SHARES;
  /** What goods add to the load depends on them alone, wherever they are lifted to. */
  private readonly weighed = new WeakMap<readonly StoredGoods[], Shares>();

  constructor(yard: Pick<YardInput, 'blocks'>, standing: readonly StoredContainer[], now: Instant) {
    this.blocks = new Map(yard.blocks.map((block) => [block.id, block]));
    this.states = new Map(
      yard.blocks.map((block) => [
        block.id,
        { block, units: new Map(), shares: NO_SHARES, conflicts: [] },
      ]),
    );
    for (const { slot, ...unit } of standing) {
      const at = slotOf(this.blocks, slot);
      if (at) this.put({ ...unit, slot: at });
    }
    for (const state of this.states.values()) this.look(state, now);
  }

  /** Why a change cannot have happened as it is told; nothing where it can. */
  objections(event: YardEvent): Refusal[] {
    const standing = this.byContainer.get(event.container);
    if (event.kind === 'stored' && standing)
      return [
        refusal('chemicals.container_stored_already', 'container', event.container, standing),
      ];
    if (event.kind !== 'stored' && !standing)
      return [refusal('chemicals.container_not_in_yard', 'container', event.container)];
    const above = standing && this.bySlot.get(slotText(raised(standing.slot, 1)));
    const covered =
      above === undefined
        ? []
        : [refusal('chemicals.container_covered', 'container', event.container, undefined, above)];
    return event.kind === 'left' ? covered : [...covered, ...this.slotObjections(event)];
  }

  private slotObjections({ slot: written, container }: { slot: string; container: string }) {
    const slot = slotOf(this.blocks, written);
    if (!slot) return [refusal('chemicals.slot_unknown', 'slot', written)];
    const there = this.bySlot.get(slotText(slot));
    if (there !== undefined && there !== container)
      return [refusal('chemicals.slot_taken', 'slot', written, undefined, there)];
    const below = slot.tier > 1 ? this.bySlot.get(slotText(raised(slot, -1))) : null;
    if (below === undefined || below === container)
      return [refusal('chemicals.slot_floats', 'slot', written)];
    return [];
  }

  /** Makes a change that has no objections, and looks again at the blocks it touched. */
  apply(event: YardEvent, at: Instant): Change {
    const before = this.byContainer.get(event.container);
    const touched = new Set<string>();
    if (before) {
      touched.add(before.slot.block);
      this.take(before);
    }
    if (event.kind !== 'left') {
      const slot = slotOf(this.blocks, event.slot) as Slot;
      touched.add(slot.block);
      const { container } = event;
      if (event.kind === 'stored')
        this.put({ container, slot, since: at, goods: event.goods, papers: event.papers });
      // Hours of stay count from the day it came, not from the last time it was lifted.
      else if (before) this.put({ ...before, slot });
    }
    return this.recheck(touched, at);
  }

  /** Looks again at some blocks, or at all: hours pass without anything being moved. */
  recheck(blocks: Iterable<string> = this.states.keys(), now: Instant): Change {
    const began: YardConflict[] = [];
    const ended: YardConflict[] = [];
    const looked = new Set(blocks);
    for (const id of looked) {
      const state = this.states.get(id);
      if (!state) continue;
      const known = state.conflicts;
      this.look(state, now);
      began.push(...without(state.conflicts, known));
      ended.push(...without(known, state.conflicts));
    }
    return { blocks: looked, began, ended };
  }

  conflicts(): YardConflict[] {
    return [...this.siteConflicts(), ...[...this.states.values()].flatMap((it) => it.conflicts)];
  }

  /** The site's own conflict: its load has reached 1, or cannot be told to stay below. */
  siteConflicts(): YardConflict[] {
    const { certain, possible, isReached, isOpen } = loadOf(this.shares);
    if (!isReached && !isOpen) return [];
    const values = { certain, possible, state: isReached ? 'reached' : 'open' };
    return [{ key: SITE, rule: SITE, block: null, containers: [], values, ...majorHazardRule }];
  }

  load(): Load {
    return loadOf(this.shares);
  }

  loads(): Record<string, Load> {
    return Object.fromEntries([...this.states].map(([id, { shares }]) => [id, loadOf(shares)]));
  }

  containers(): StoredContainer[] {
    return [...this.byContainer.values()].map(({ slot, goods, ...rest }) => ({
      ...rest,
      goods: [...goods],
      slot: slotText(slot),
    }));
  }

  find(container: string): StoredContainer | null {
    const unit = this.byContainer.get(container);
    return unit ? { ...unit, goods: [...unit.goods], slot: slotText(unit.slot) } : null;
  }

  private look(state: BlockState, now: Instant): void {
    state.conflicts = conflictsInBlock(state.block, [...state.units.values()], now);
  }

  private sharesOf({ goods }: Standing): Shares {
    const known = this.weighed.get(goods);
    if (known) return known;
    const shares = sharesOf(goods);
    this.weighed.set(goods, shares);
    return shares;
  }

  private put(unit: Standing): void {
    const state = this.states.get(unit.slot.block) as BlockState;
    const shares = this.sharesOf(unit);
    state.units.set(unit.container, unit);
    state.shares = plus(state.shares, shares);
    this.shares = plus(this.shares, shares);
    this.bySlot.set(slotText(unit.slot), unit.container);
    this.byContainer.set(unit.container, unit);
  }

  private take(unit: Standing): void {
    const state = this.states.get(unit.slot.block) as BlockState;
    const shares = this.sharesOf(unit);
    state.units.delete(unit.container);
    state.shares = minus(state.shares, shares);
    this.shares = minus(this.shares, shares);
    this.bySlot.delete(slotText(unit.slot));
    this.byContainer.delete(unit.container);
  }
}

const raised = (slot: Slot, by: number): Slot => ({ ...slot, tier: slot.tier + by });

function without(some: readonly YardConflict[], others: readonly YardConflict[]): YardConflict[] {
  const keys = new Set(others.map(({ key }) => key));
  return some.filter(({ key }) => !keys.has(key));
}

function refusal(
  code: string,
  path: string,
  seen: string,
  standing?: { readonly slot: Slot },
  other?: string,
): Refusal {
  const at = standing ? slotText(standing.slot) : (other ?? '');
  return { code, path, seen, ...(at !== '' && { params: { at } }) };
}
