// A process of its own that takes a ledger and posts groups of events as fast as it can, saying which were answered,
// until it is killed.

import { request, startProcess, supply } from '../../src/contexts/bonded/journal/fixtures.ts';
import { silentLog } from '../../src/platform/log.ts';
import { createDb, createPool } from '../../src/platform/postgres/open.ts';

const [url = '', ledger = '', life = ''] = process.argv.slice(2);
const SENDERS = 4;
const GROUP = 50;

const pool = createPool({ connectionString: url, max: 8 }, silentLog);
const db = createDb(pool);
const writer = await startProcess({ db, pool }).open({}, ledger);
console.log('open');
let next = 0;
const send = async (): Promise<never> => {
  for (;;) {
    const group = Array.from({ length: GROUP }, () => supply(`${life}-${next++}`, '1'));
    await writer.post(request(...group));
    // Whole lines, so that the kill cannot leave half a name that looks like another.
    console.log(`answered ${group.map(({ id }) => id).join(' ')} .`);
  }
};
await Promise.all(Array.from({ length: SENDERS }, send));
