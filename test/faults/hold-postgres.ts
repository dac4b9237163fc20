// A process of its own that opens the store in a folder, writes a row, says so, and waits to be killed.
import { sql } from 'kysely';
import { silentLog } from '../../src/platform/log.ts';
import { openPostgres } from '../../src/platform/postgres/open.ts';

const [folder = ''] = process.argv.slice(2);
const { db } = await openPostgres({ embeddedIn: folder }, silentLog);
await sql`create table written (by_pid integer)`.execute(db);
await sql`insert into written values (${process.pid})`.execute(db);
console.log('ready');
setInterval(() => {}, 1_000);
