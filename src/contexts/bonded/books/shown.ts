import { type Account, accountAt, siteAt } from '../accounts.ts';
import type { LedgerInput } from '../contract.ts';
import type { Entry, Lot, Movement } from '../engine/entry.ts';
import { balancesOf, lotsOf, remainderOf } from '../engine/position.ts';
import { type LedgerState, type PartState, partAt } from '../engine/state.ts';
import type { Outcome, Use } from '../lineage/trace.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { JournalRow, MadeOfRow, PartPosition, PositionRow, WentIntoRow } from './contract.ts';

/** The book in the words of its contract: names for numbers, decimal text for quantities. */
export function positionRow(part: PartState, site: number | undefined): PositionRow {
  const { part: name, kind, description, unit } = part.part;
  const accounts = Object.entries(balancesOf(part, site)).map(([account, quantity]) => [
    account,
    quantityText(quantity),
  ]);
  return {
    ...{ part: name, kind, description, unit },
    remainder: quantityText(remainderOf(part, site)),
    accounts: Object.fromEntries(accounts) as PositionRow['accounts'],
  };
}

export function partPosition(
  state: LedgerState,
  { sites }: LedgerInput,
  part: PartState,
): PartPosition {
  const lots = lotsOf(state, part).map(({ quantity, site, lot, ...where }) => {
    const number = part.lots.get(lot);
    const of = number === undefined ? undefined : state.lots[number];
    return {
      ...where,
      ...{ lot, site: sites[site] ?? '', quantity: quantityText(quantity) },
      ...{ document: of?.document ?? null, madeBy: of?.order ?? null },
    };
  });
  return { ...positionRow(part, undefined), asOf: state.seq, lots };
}

export function journalRow(state: LedgerState, { sites }: LedgerInput, entry: Entry): JournalRow {
  const { lots: _lots, detail: _detail, movements, ...row } = entry;
  return {
    ...row,
    movements: movements.map(({ part, lot, from, to, quantity }) => ({
      part: partAt(state, part).part.part,
      lot: state.lots[lot]?.name ?? null,
      ...{ from: accountAt(from), to: accountAt(to) },
      ...{ fromSite: sites[siteAt(from)] ?? '', toSite: sites[siteAt(to)] ?? '' },
      quantity: quantityText(quantity),
    })),
  };
}

/** Of each part an order took, how its use stands by what was entered. */
export function usesOf(state: LedgerState, entries: readonly Entry[]) {
  const parts = new Map<number, Map<Account, Quantity>>();
  const add = ({ part, quantity }: Movement, account: Account, sign: number): void => {
    const of = parts.get(part) ?? new Map<Account, Quantity>();
    of.set(account, (of.get(account) ?? 0) + sign * quantity);
    parts.set(part, of);
  };
  for (const movement of entries.flatMap(({ movements }) => movements)) {
    const [from, to] = [accountAt(movement.from), accountAt(movement.to)];
    if (from !== 'inProcess' && to !== 'inProcess') continue;
    add(movement, to, 1);
    add(movement, from, -1);
  }
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([number, of]) => {
      const { part, unit } = partAt(state, number).part;
      const text = (account: Account): string => quantityText(of.get(account) ?? 0);
      const used = (
        ['inProcess', 'scrap', 'defective', 'embodied', 'intangibleLoss', 'excessUse'] as const
      )
        .map((account) => of.get(account) ?? 0)
        .reduce((sum, quantity) => sum + quantity, 0);
      return {
        ...{ part, unit, used: quantityText(used), scrap: text('scrap') },
        ...{ inProcess: text('inProcess'), embodied: text('embodied') },
        ...{ intangibleLoss: text('intangibleLoss'), excessUse: text('excessUse') },
      };
    });
}

/** What something was made of, level by level. */
export function madeOfRows(state: LedgerState, uses: readonly Use[], level = 0): MadeOfRow[] {
  return uses.flatMap(({ lot, quantity, madeOf }) => [
    { level, ...namesOf(state, lot), document: lot.document, quantity: quantityText(quantity) },
    ...madeOfRows(state, madeOf, level + 1),
  ]);
}

/** Where a lot went, level by level. */
export function wentIntoRows(
  state: LedgerState,
  lot: Lot,
  outcomes: readonly Outcome[],
  level = 0,
): WentIntoRow[] {
  return outcomes.flatMap(({ order, quantity, lots }) => [
    {
      ...{ level, ...namesOf(state, lot), order, quantity: quantityText(quantity) },
      made: lots.map((made) => namesOf(state, made.lot)),
    },
    ...lots.flatMap((made) => wentIntoRows(state, made.lot, made.into, level + 1)),
  ]);
}

const namesOf = (state: LedgerState, { part, name }: Lot) => ({
  part: partAt(state, part).part.part,
  lot: name,
});
