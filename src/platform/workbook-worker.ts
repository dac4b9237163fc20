// The thread in which workbooks are written. It is given cells and hands over the file; it reads
// nothing and knows no store.
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { writeXlsx } from 'hucre/xlsx';
import type { Cell, FromWorkbookWorker, SheetHead, ToWorkbookWorker } from './workbook-messages.ts';

/** A workbook can wait, a filing cannot. On Linux a priority is the thread's own; elsewhere it is not. */
const PATIENT = 10;
if (process.platform === 'linux') setPriority(PATIENT);

let head: SheetHead = { name: '', columns: [] };
let data: Record<string, Cell>[] = [];

async function write(): Promise<void> {
  const columns = head.columns.map((column) => ({ ...column }));
  const file = await writeXlsx({ sheets: [{ name: head.name, columns, data }] });
  data = [];
  const said: FromWorkbookWorker = { kind: 'written', file };
  parentPort?.postMessage(said, file.buffer instanceof ArrayBuffer ? [file.buffer] : []);
}

parentPort?.on('message', (asked: ToWorkbookWorker) => {
  if (asked.kind === 'open') {
    head = asked.head;
    data = [];
  } else if (asked.kind === 'rows') {
    const { columns } = head;
    for (const row of asked.rows) {
      data.push(Object.fromEntries(columns.map(({ key }, place) => [key, row[place] ?? ''])));
    }
  } else {
    write().catch((error: unknown) => {
      data = [];
      const problem = error instanceof Error ? error.message : String(error);
      parentPort?.postMessage({ kind: 'failed', problem } satisfies FromWorkbookWorker);
    });
  }
});
