import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { accountAt } from '../../accounts.ts';
import { listByEvents } from '../../journal/store/entries.ts';
import { type Quantity, quantity } from '../../quantity.ts';
import type { ListInput } from '../contract.ts';
import { listStream } from '../events.ts';

const PREFIX = 'receipt:';
/** The paper that a line of an ERP's event is kept as. */
export const receiptId = (event: string, line: number): string => `${PREFIX}${event}#${line + 1}`;

/** Which of these are lists of the ledger that move goods, and which way; those over are not among them. */
export async function directionsOf(
  db: Db,
  ledger: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, ListInput['direction']>> {
  const { rows } = await sql<{ no: string; direction: ListInput['direction'] }>`
    select no, body -> 'content' ->> 'direction' as direction from bonded.list
    where ledger = ${ledger} and no = any(${[...numbers]}::text[]) and status = 'filed'
      and body -> 'content' ->> 'mode' = 'add'
  `.execute(db);
  return new Map(rows.map(({ no, direction }) => [no, direction]));
}

/** What an ERP's own events moved under a list's number, by the numbers of parts, as far as it was not undone. */
export async function movedUnder(
  db: Db,
  ledger: string,
  no: string,
): Promise<ReadonlyMap<number, Quantity>> {
  const { rows } = await sql<{ event: string }>`
    select event from bonded.journal as j
    where ledger = ${ledger} and left(document, 18) = ${no} and outcome = 'applied'
      and kind in ('imported', 'exported', 'reExported', 'soldAtHome')
      and event <> ${listStream(no)} and event not like ${`${listStream(no)}#%`}
      and not exists (
        select from bonded.journal as r
        where r.ledger = j.ledger and r.kind = 'reversed' and r.detail ->> 'reverses' = j.event)
  `.execute(db);
  const moved = new Map<number, Quantity>();
  if (rows.length === 0) return moved;
  const events = rows.map(({ event }) => event);
  for (const { movements } of await listByEvents(db, ledger, events))
    for (const { part, quantity: amount, from, to } of movements)
      if (accountAt(from) === 'customsIn' || GONE.has(accountAt(to)))
        moved.set(part, (moved.get(part) ?? 0) + amount);
  return moved;
}
const GONE: ReadonlySet<string> = new Set(['export', 'reExport', 'domesticSale']);

/** What receipts of an ERP confirm of a list, by part. */
export async function confirmedOf(
  db: Db,
  ledger: string,
  no: string,
): Promise<ReadonlyMap<string, Quantity>> {
  const { rows } = await sql<{ part: string; quantity: string }>`
    select part, sum((content ->> 'quantity')::numeric)::text as quantity from bonded.paper
    where ledger = ${ledger} and document = ${no} and starts_with(id, ${PREFIX})
    group by part
  `.execute(db);
  return new Map(rows.map((row) => [row.part, quantity(row.quantity)]));
}
