import { setImmediate as otherWork } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { answerOf, createLentThread } from './lent-thread.ts';
import { startThread } from './thread.ts';
import type { Cell, FromWorkbookWorker, SheetHead, ToWorkbookWorker } from './workbook-messages.ts';

export interface WorkbookThread {
  /**
   * Writes one sheet as a workbook. Fails when the sheet cannot be written or the thread ends; there
   * is no second way.
   *
   * @param cellsOf the cells of a row, in the order of the columns.
   */
  write<Row>(
    head: SheetHead,
    rows: readonly Row[],
    cellsOf: (row: Row) => readonly Cell[],
  ): Promise<Uint8Array>;
  /** Resolves when what was asked for is written and the thread has ended; asking again starts one. */
  end(): Promise<void>;
}

/** Rows handed over before others get their turn. */
const SLICE = 500;

/** Writes workbooks in a thread of its own, so that whoever serves requests goes on serving them: one at a time. */
export function createWorkbookThread(idleMs?: number): WorkbookThread {
  const thread = createLentThread(() => startThread(import.meta.url, './workbook-worker'), idleMs);
  return {
    write: (head, rows, cellsOf) => thread.use((worker) => write(worker, head, rows, cellsOf)),
    end: thread.end,
  };
}

async function write<Row>(
  worker: Worker,
  head: SheetHead,
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly Cell[],
): Promise<Uint8Array> {
  const tell = (message: ToWorkbookWorker): void => worker.postMessage(message);
  const answered = answerOf<FromWorkbookWorker>(worker);
  // Told when it is awaited; the thread may end while rows are still being handed over.
  answered.catch(() => undefined);
  tell({ kind: 'open', head });
  for (let from = 0; from < rows.length; from += SLICE) {
    tell({ kind: 'rows', rows: rows.slice(from, from + SLICE).map(cellsOf) });
    await otherWork();
  }
  tell({ kind: 'write' });
  const said = await answered;
  if (said.kind === 'written') return said.file;
  throw new Error(`The workbook could not be written: ${said.problem}`);
}
