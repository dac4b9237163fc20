import type { LocalDate } from '../../../kernel/dates.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Budget } from './contract.ts';
import { listBudgets } from './store.ts';

/** The budgets in memory, because every decision asks for one. */
export interface Budgets {
  on(office: string, day: LocalDate): Budget | null;
  offices(): readonly string[];
  /** All of them, by office and day. */
  list(): readonly Budget[];
  /** Reads them anew: after one was set, here or by another process. */
  reload(): Promise<void>;
}

export async function openBudgets(db: Db): Promise<Budgets> {
  let all: readonly Budget[] = [];
  let byOffice = new Map<string, Budget[]>();
  const budgets: Budgets = {
    on: (office, day) =>
      byOffice.get(office)?.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? null,
    offices: () => [...byOffice.keys()],
    list: () => all,
    async reload() {
      const read = await listBudgets(db);
      const sorted = new Map<string, Budget[]>();
      for (const budget of read) {
        sorted.set(budget.office, [...(sorted.get(budget.office) ?? []), budget]);
      }
      all = read;
      byOffice = sorted;
    },
  };
  await budgets.reload();
  return budgets;
}
