import { createApplications } from './applications.ts';
import type { BatchDeps } from './deps.ts';
import { createBatchReads } from './read.ts';
import { createStockBills } from './stock-bills.ts';
import { createTick } from './tick.ts';

/** The use cases of batched movement and of goods that enter first. */
export function createBatches(deps: BatchDeps) {
  return {
    applications: createApplications(deps),
    stockBills: createStockBills(deps),
    reads: createBatchReads(deps),
    tick: createTick(deps),
  };
}
export type Batches = ReturnType<typeof createBatches>;
