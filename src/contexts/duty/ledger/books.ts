import { appliedOf, type Bill, grantedRefunds, receivedOf } from './bill.ts';
import { type Cents, sumOf, yuanOf } from './cents.ts';
import type { Account, BillItem, Entry } from './contract.ts';

/** A place in the ledger; debit balances are positive. */
interface Place {
  readonly account: Account;
  readonly item?: BillItem;
  readonly guarantee?: string;
}

/** Balances by place; they sum to nothing. */
export type Balances = ReadonlyMap<string, Place & { readonly cents: Cents }>;

const keyOf = ({ account, item = undefined, guarantee = undefined }: Place): string =>
  `${account}/${item ?? ''}/${guarantee ?? ''}`;

function balances(lines: readonly (readonly [Place, Cents])[]): Balances {
  return new Map(lines.map(([place, cents]) => [keyOf(place), { ...place, cents }]));
}

export const NO_BALANCES: Balances = new Map();

/** The balances that follow from a bill: what we claim, what we have, what we owe back. */
export function balancesOf(bill: Bill): Balances {
  const { items, credit } = appliedOf(bill);
  const granted = grantedRefunds(bill);
  const paidOut = granted.filter(({ status }) => status === 'paidOut');
  const payable = granted.filter(({ status }) => status === 'approved');
  const whole = (refunds: typeof granted): Cents =>
    sumOf(refunds.map(({ cents, interest }) => cents + interest));
  const applied = sumOf(items.map(({ paid }) => paid));
  return balances([
    ...items.flatMap(({ item, assessed, paid }): [Place, Cents][] => [
      [{ account: 'receivable', item }, assessed - paid],
      [{ account: 'revenue', item }, -assessed],
      [{ account: 'treasury', item }, paid],
    ]),
    [{ account: 'treasuryUnapplied' }, receivedOf(bill) - applied - whole(paidOut)],
    [{ account: 'credit' }, -credit],
    [{ account: 'refundPayable' }, -whole(payable)],
    [{ account: 'refundInterest' }, sumOf(granted.map(({ interest }) => interest))],
    ...(bill.guarantee ? commitment(bill.guarantee, bill.committed) : []),
  ]);
}

/** What somebody holds of a guarantee is no longer available to others. */
export function commitment(guarantee: string, cents: Cents): [Place, Cents][] {
  return [
    [{ account: 'guaranteeCommitted', guarantee }, cents],
    [{ account: 'guaranteeAvailable', guarantee }, -cents],
  ];
}

export const committedBalances = (guarantee: string, cents: Cents): Balances =>
  balances(commitment(guarantee, cents));

/** A guarantee in force: its limit is given and available, and a deposit's cash is held. */
export function guaranteeBalances(guarantee: string, cents: Cents, isDeposit: boolean): Balances {
  const cash: [Place, Cents][] = [
    [{ account: 'depositCash', guarantee }, cents],
    [{ account: 'depositHeld', guarantee }, -cents],
  ];
  return balances([
    [{ account: 'guaranteeAvailable', guarantee }, cents],
    [{ account: 'guaranteeGiven', guarantee }, -cents],
    ...(isDeposit ? cash : []),
  ]);
}

/** The entries that lead from some balances to others: as much debit as credit, since both sum to nothing. */
export function posting(before: Balances, after: Balances): Entry[] {
  const entries: Entry[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const place = after.get(key) ?? before.get(key);
    const change = (after.get(key)?.cents ?? 0n) - (before.get(key)?.cents ?? 0n);
    if (!place || change === 0n) continue;
    entries.push({
      account: place.account,
      item: place.item ?? null,
      guarantee: place.guarantee ?? null,
      debit: yuanOf(change > 0n ? change : 0n),
      credit: yuanOf(change < 0n ? -change : 0n),
    });
  }
  return entries;
}
