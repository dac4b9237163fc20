// A process that may write no file beyond a limit: it stores a file, then takes a backup, and says how each ended.
import { Refused } from '../../src/kernel/refusal.ts';
import { backup } from '../../src/platform/backup/index.ts';
import { openFileStore } from '../../src/platform/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { createPool } from '../../src/platform/postgres/open.ts';

const [folder = '', url = ''] = process.argv.slice(2);
const pool = createPool({ connectionString: url }, silentLog);
const store = await openFileStore(`${folder}/files`);

const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? error.message : String(error)),
  );

const small = await endOf(store.put(Buffer.from('small'), 1e9));
const large = await endOf(store.put(Buffer.alloc(1_000_000, 7), 1e9));
const at = '2026-03-01T00:00:00.000Z';
const copied = await endOf(backup({ pool, folder: `${folder}/backup`, files: {}, at }));
await pool.end();
console.log(JSON.stringify({ small, large, copied }));
