import { localDateOf } from '../../../../kernel/dates.ts';
import { append, readStreams } from '../../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { fold } from '../bill.ts';
import type { Cents } from '../cents.ts';
import { type BillEvent, billStream } from '../events.ts';
import { Progress } from '../progress.ts';
import * as store from '../store/bills.ts';
import { commit } from '../store/guarantees.ts';

/** The bills of some declarations, held until the end of the transaction; one without is left out. */
export async function lockBills(
  tx: Tx,
  declarations: readonly string[],
): Promise<Map<string, Progress>> {
  if (declarations.length === 0) return new Map();
  const there = await store.lockBills(tx, [...new Set(declarations)]);
  const streams = await readStreams(tx, there.map(billStream));
  return new Map(
    there.map((declaration) => {
      const events = (streams.get(billStream(declaration)) ?? []) as BillEvent[];
      return [declaration, new Progress(declaration, fold(events))];
    }),
  );
}

/** Writes what happened to bills: events, entries, rows and what guarantees gave, a statement each. */
export async function keepBills(tx: Tx, written: Iterable<Progress>): Promise<void> {
  const changed = [...written].filter(({ events }) => events.length > 0);
  const taken = new Map<string, Cents>();
  for (const { commitments } of changed) {
    for (const { guarantee, cents } of commitments) {
      taken.set(guarantee, (taken.get(guarantee) ?? 0n) + cents);
    }
  }
  await Promise.all([
    append(
      tx,
      changed.flatMap(({ events }) => events),
    ),
    store.post(
      tx,
      changed.flatMap(({ events, now }) =>
        events.map((event) => ({
          event,
          payer: now.payer,
          office: now.office,
          on: localDateOf(event.envelope.occurredAt),
        })),
      ),
    ),
    commit(tx, taken),
    store.saveBills(
      tx,
      changed.map(({ now }) => now),
    ),
  ]);
}
