// The embedded PostgreSQL through what befalls a machine: crashes, kills, second starts, closed folders.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { socketFolder } from '../../src/platform/claim.ts';
import { silentLog } from '../../src/platform/log.ts';
import { findRunning } from '../../src/platform/postgres/embedded.ts';
import { openPostgres, type Postgres } from '../../src/platform/postgres/open.ts';
import { otherUser } from '../../src/platform/postgres/run-as.ts';

// A cluster is made from nothing in most of these; a busy machine takes its time over it.
vi.setConfig({ testTimeout: 180_000 });

const holder = fileURLToPath(new URL('./hold-postgres.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;

let folder: string;
let opened: Postgres[];
let children: ChildProcess[];
let sockets: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-fault-'));
  opened = [];
  children = [];
  sockets = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const postgres of opened) await postgres.stop();
  for (const each of [folder, ...sockets]) await rm(each, { recursive: true, force: true });
});

async function open(dataFolder = folder): Promise<Postgres> {
  const postgres = await openPostgres({ embeddedIn: dataFolder }, silentLog);
  opened.push(postgres);
  return postgres;
}

async function close(postgres: Postgres): Promise<void> {
  opened = opened.filter((each) => each !== postgres);
  await postgres.stop();
}

/** A process that has the store open, and has written its number into it. */
async function openElsewhere(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', holder, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The holder ended.'))),
  ]);
  return child as ChildProcess & { pid: number };
}

const pidFile = (): string => join(folder, 'postgres/cluster/postmaster.pid');
const postmasterPid = async (): Promise<number> =>
  Number.parseInt(await readFile(pidFile(), 'utf8'), 10);

async function writers(postgres: Postgres): Promise<number[]> {
  const { rows } = await sql<{ by_pid: number }>`select by_pid from written`.execute(postgres.db);
  return rows.map((row) => row.by_pid);
}

test('what was written is there after a clean stop, and settings keep it safe', async () => {
  const first = await open();
  expect(Number.parseInt(first.version, 10)).toBeGreaterThanOrEqual(15);
  await sql`create table written (by_pid integer, day date)`.execute(first.db);
  await sql`insert into written values (1, '2026-02-28')`.execute(first.db);
  await close(first);
  const second = await open();
  const { rows } = await sql`select * from written`.execute(second.db);
  expect(rows).toEqual([{ by_pid: 1, day: '2026-02-28' }]);
  const safe = await sql`
    select current_setting('synchronous_commit') || current_setting('fsync')
      || current_setting('listen_addresses') || current_setting('server_encoding') as settings
  `.execute(second.db);
  expect(safe.rows).toEqual([{ settings: 'ononUTF8' }]);
});

test('kill -9 of the server process leaves PostgreSQL running, and the next start adopts it', async () => {
  const child = await openElsewhere();
  const before = await postmasterPid();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const postgres = await open();
  expect(await postmasterPid()).toBe(before);
  expect(await writers(postgres)).toEqual([child.pid]);
  await close(postgres);
  await expect(readFile(pidFile())).rejects.toThrow('ENOENT');
});

test('kill -9 of both loses nothing that was acknowledged', async () => {
  const child = await openElsewhere();
  process.kill(await postmasterPid(), 'SIGKILL');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await writers(await open())).toEqual([child.pid]);
});

test('a second start on the folder is told who has it, by process', async () => {
  const child = await openElsewhere();
  await expect(open()).rejects.toMatchObject({
    kind: 'conflict',
    refusals: [{ code: 'platform.folder_in_use', params: { pid: child.pid } }],
  });
});

test('a command beside a running server uses its PostgreSQL; with no server there is none to use', async () => {
  expect(await findRunning(folder)).toBeNull();
  const child = await openElsewhere();
  expect(await findRunning(folder)).toMatchObject({ database: 'jianghai' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await findRunning(folder)).toBeNull();
  await open();
});

test('a postmaster.pid that names a process of somebody else is found to be stale', async () => {
  await close(await open());
  const stranger = spawn('sleep', ['300'], { ...otherUser() });
  children.push(stranger);
  await writeFile(pidFile(), `${stranger.pid}\n${folder}/postgres/cluster\n`);
  await expect(open()).resolves.toBeDefined();
});

test('a server that dies under us is started again, and the pool goes on', async () => {
  const postgres = await open();
  await sql`create table written (by_pid integer)`.execute(postgres.db);
  await sql`insert into written values (1)`.execute(postgres.db);
  const interrupted = sql`select pg_sleep(60)`.execute(postgres.db).then(
    () => 'finished',
    () => 'told',
  );
  const idle = sql`select 1`.execute(postgres.db);
  await idle;
  process.kill(await postmasterPid(), 'SIGQUIT');
  expect(await interrupted).toBe('told');
  await expect.poll(() => writers(postgres).catch(() => []), { timeout: 90_000 }).toEqual([1]);
});

test('a start that was killed while making the store begins it anew', async () => {
  await close(await open());
  await rm(join(folder, 'postgres/cluster'), { recursive: true });
  await mkdir(join(folder, 'postgres/cluster.unfinished'));
  await expect(open()).resolves.toBeDefined();
});

test('a store that is damaged is refused, never made anew', async () => {
  await close(await open());
  await rm(join(folder, 'postgres/cluster/PG_VERSION'));
  await expect(open()).rejects.toMatchObject({
    refusals: [{ code: 'platform.postgres_not_made' }],
  });
});

test('a store of another PostgreSQL is refused, not damaged', async () => {
  await close(await open());
  await writeFile(join(folder, 'postgres/cluster/PG_VERSION'), '12\n');
  await expect(open()).rejects.toMatchObject({
    refusals: [{ code: 'platform.postgres_version_differs', params: { found: '12' } }],
  });
});

test('a database that cannot be reached is told plainly', async () => {
  const url = `postgresql://clerk@localhost/none?host=${encodeURIComponent(folder)}`;
  await expect(openPostgres({ url }, silentLog)).rejects.toMatchObject({
    refusals: [{ code: 'platform.postgres_unreachable' }],
  });
});

test.skipIf(!isRoot)('root may keep its data where nobody else may go', async () => {
  await chmod(folder, 0o700);
  const home = join(folder, 'home/data');
  await mkdir(home, { recursive: true });
  const postgres = await open(home);
  await sql`create table written (by_pid integer)`.execute(postgres.db);
  await close(postgres);
  const elsewhere = await realpath(join(home, 'postgres'));
  expect(elsewhere).not.toContain(folder);
  expect(await writers(await open(home))).toEqual([]);
  await close(opened[0] as Postgres);
  await rm(elsewhere, { recursive: true });
});

test('a path too long for a socket does no harm', async () => {
  const long = join(folder, 'x'.repeat(120));
  await mkdir(long, { mode: 0o755 });
  await chmod(folder, 0o755);
  await close(await open(long));
  await expect(open(long)).resolves.toBeDefined();
  sockets.push(
    await socketFolder(long),
    await socketFolder(join(long, 'postgres'), otherUser()?.uid),
  );
});
