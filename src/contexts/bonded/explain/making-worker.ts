// The thread in which the differences of a large count are explained. It reads the records itself, over a connection of
// its own, says how far it is, and hands over what it found; it writes nothing.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { makeExplanation } from './making.ts';
import type { FromMaking, ToMaking } from './making-apart.ts';
import { connectTo } from './store/connection.ts';

/** An explanation can wait, a filing and a posting cannot. On Linux a priority is the thread's own; elsewhere it is not. */
const PATIENT = 10;
if (process.platform === 'linux') setPriority(PATIENT);

const { connection, stocktake, heads } = workerData as ToMaking;
const tell = (message: FromMaking): void => parentPort?.postMessage(message);
const db = connectTo(connection);
try {
  const made = await makeExplanation(db, stocktake, heads, (progress) =>
    tell({ kind: 'progress', progress }),
  );
  tell({ kind: 'made', made });
} finally {
  await db.destroy();
}
