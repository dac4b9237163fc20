import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { ACCOUNTS, accountAt, isOnHand, siteAt } from '../accounts.ts';
import type { PositionRow } from '../books/contract.ts';
import { readEntries } from '../journal/store/entries.ts';
import { readLedgerBook } from '../ledgers/service/read.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { PositionAtAsked } from './contract.ts';

/**
 * The book at a moment: what had happened by then, as far as it is entered now. Read from the journal, so that any
 * moment can be asked about, however long ago; parts in the order of their numbers.
 */
export async function positionAt(
  db: Db,
  id: string,
  { at, site, q, cursor, limit }: PositionAtAsked,
): Promise<{ asOf: number; rows: PositionRow[]; next: number | null }> {
  const { ledger, parts } = await readLedgerBook(db, id);
  const only = site === undefined ? null : ledger.sites.indexOf(site);
  if (only === -1)
    throw new Refused('invalid', { code: 'bonded.site_unknown', path: 'site', seen: seen(site) });
  const moment = new Date(at).toISOString();
  const sums = parts.map(() => new Map<number, Quantity>());
  let asOf = 0;
  const add = (part: number, place: number, quantity: Quantity): void => {
    if (only !== null && siteAt(place) !== only) return;
    const of = sums[part] as Map<number, Quantity>;
    const code = place - siteAt(place) * PLACES_PER_SITE;
    of.set(code, (of.get(code) ?? 0) + quantity);
  };
  for await (const entries of readEntries(db, id, 0))
    for (const entry of entries) {
      asOf = entry.seq;
      if (entry.occurredAt > moment) continue;
      for (const { part, from, to, quantity } of entry.movements) {
        add(part, from, -quantity);
        add(part, to, quantity);
      }
    }
  const wanted = parts.filter(
    ({ part, number }) =>
      number >= (cursor ?? 0) && part.toLowerCase().startsWith(q?.toLowerCase() ?? ''),
  );
  const page = wanted.slice(0, limit);
  return {
    asOf,
    rows: page.map(({ number, part, kind, description, unit }) => ({
      ...{ part, kind, description, unit },
      ...told(sums[number] as Map<number, Quantity>),
    })),
    next: wanted[limit]?.number ?? null,
  };
}

const PLACES_PER_SITE = 32;

function told(sums: ReadonlyMap<number, Quantity>): Pick<PositionRow, 'remainder' | 'accounts'> {
  const by = new Map([...sums].map(([place, quantity]) => [accountAt(place), quantity]));
  const held = ACCOUNTS.filter((account) => (by.get(account) ?? 0) !== 0);
  const onHand = held.filter(isOnHand).reduce((sum, account) => sum + (by.get(account) ?? 0), 0);
  return {
    remainder: quantityText(onHand),
    accounts: Object.fromEntries(
      held.map((account) => [account, quantityText(by.get(account) ?? 0)]),
    ),
  };
}
