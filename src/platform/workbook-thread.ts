import { setImmediate as otherWork } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
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

/** The thread ends, and gives its memory back, when nobody has asked for this long. */
const IDLE_MS = 60_000;
/** Rows handed over before others get their turn. */
const SLICE = 500;

/**
 * Writes workbooks in a thread of its own, so that whoever serves requests goes on serving them: one
 * workbook at a time, the thread started by the first. It never keeps a process alive that is done.
 */
export function createWorkbookThread(idleMs = IDLE_MS): WorkbookThread {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };

  const open = (): Worker => {
    const opened = startThread(import.meta.url, './workbook-worker');
    // However it ends, whoever is asking hears of it from `answerOf`; the next starts another.
    const forget = (): void => {
      if (worker === opened) worker = null;
    };
    opened.on('exit', forget);
    opened.on('error', forget);
    return opened;
  };

  return {
    write: (head, rows, cellsOf) =>
      inTurn(async () => {
        clearTimeout(idle);
        worker ??= open();
        const asked = worker;
        asked.ref();
        try {
          return await write(asked, head, rows, cellsOf);
        } finally {
          asked.unref();
          idle = setTimeout(() => void inTurn(end), idleMs).unref();
        }
      }),
    end: () => inTurn(end),
  };
}

async function write<Row>(
  worker: Worker,
  head: SheetHead,
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly Cell[],
): Promise<Uint8Array> {
  const tell = (message: ToWorkbookWorker): void => worker.postMessage(message);
  const answered = answerOf(worker);
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

/** The next thing the thread says, or how it ended. */
function answerOf(worker: Worker): Promise<FromWorkbookWorker> {
  return new Promise<FromWorkbookWorker>((resolve, reject) => {
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`The thread of workbooks ended with ${code}.`)));
    const onMessage = (said: FromWorkbookWorker): void => settle(() => resolve(said));
    const onError = (error: Error): void => settle(() => reject(error));
    const settle = (done: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      done();
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
  });
}
