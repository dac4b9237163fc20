import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { ACCOUNTS, accountAt, isOnHand, PLACES_PER_SITE, siteAt } from '../accounts.ts';
import type { PositionRow } from '../books/contract.ts';
import { eachMovement } from '../journal/codec.ts';
import { findHead } from '../journal/store/entries.ts';
import { foldMovements } from '../journal/store/movements.ts';
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
  const moment = Date.parse(at);
  const sums = parts.map(() => new Map<number, Quantity>());
  const add = (part: number, place: number, quantity: Quantity): void => {
    if (only !== null && siteAt(place) !== only) return;
    const of = sums[part] as Map<number, Quantity>;
    const code = place % PLACES_PER_SITE;
    of.set(code, (of.get(code) ?? 0) + quantity);
  };
  const asOf = await findHead(db, id);
  await foldMovements(db, id, asOf, {
    row: ({ occurredAt }, bytes, start, end) => {
      if (occurredAt > moment) return;
      eachMovement(bytes.subarray(start, end), (part, _lot, from, to, quantity) => {
        add(part, from, -quantity);
        add(part, to, quantity);
      });
    },
    isOne: (first, last) => first.occurredAt > moment === last.occurredAt > moment,
  });
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
