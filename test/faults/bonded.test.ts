// What befalls the writer of a bonded ledger: its process is killed in the middle of a group, PostgreSQL goes away and
// comes back, its disk is full. What was answered is there once; what was not can be sent again; nobody has to help.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { migrationSources } from '../../src/apps/migrations.ts';
import type { LedgerEvent } from '../../src/contexts/bonded/contract.ts';
import { textOf } from '../../src/contexts/bonded/engine/fixtures.ts';
import type { Answer } from '../../src/contexts/bonded/journal/decide.ts';
import {
  emptyBook,
  type Process,
  request,
  startProcess,
  supply,
} from '../../src/contexts/bonded/journal/fixtures.ts';
import { openBook } from '../../src/contexts/bonded/journal/open.ts';
import { Refused } from '../../src/kernel/refusal.ts';
import { silentLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { createDb, createPool, openPostgres } from '../../src/platform/postgres/open.ts';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/testing.ts';
import type { Db } from '../../src/platform/postgres/transaction.ts';

vi.setConfig({ testTimeout: 180_000 });
const PROGRAM = fileURLToPath(new URL('./bonded-writer.ts', import.meta.url));
const KILLS = 2;

let database: TestDatabase;
const children: ChildProcess[] = [];
const processes: Process[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const each of processes.splice(0)) await each.end();
});
afterAll(() => database.drop());

/** Every event of a journal in the order of its numbers, which must be without a gap. */
async function eventsOf(db: Db, ledger: string): Promise<string[]> {
  const { rows } = await sql<{ event: string; seq: string }>`
    select event, seq from bonded.journal where ledger = ${ledger} order by seq
  `.execute(db);
  expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, at) => at + 1));
  return rows.map(({ event }) => event);
}

/** Takes a ledger as soon as it can be had: a session that died is noticed a moment later. */
async function openSoon(process: Process, ledger: string) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await process.open({}, ledger);
    } catch (error) {
      if (!(error instanceof Refused) || tries > 100) throw error;
      await sleep(50);
    }
  }
}

test('killed in the middle of a group: what was answered is there once, and the next takes over', async () => {
  const ledger = 'H2225-KILLED';
  const answered = new Set<string>();
  for (let life = 0; life < KILLS; life += 1) {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', PROGRAM, database.url, ledger, `L${life}`],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    const said = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    let groups = 0;
    said.on('line', (line) => {
      if (!line.startsWith('answered ') || !line.endsWith(' .')) return;
      groups += 1;
      for (const id of line.split(' ').slice(1, -1)) answered.add(id);
    });
    await once(said, 'line');
    const rival = startProcess(database);
    processes.push(rival);
    await expect(rival.open({}, ledger)).rejects.toMatchObject({
      refusals: [{ code: 'bonded.ledger_in_use' }],
    });
    await expect.poll(() => groups, { timeout: 30_000 }).toBeGreaterThan(2 + life);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    const heir = startProcess(database);
    const writer = await openSoon(heir, ledger);
    const there = await eventsOf(database.db, ledger);
    expect(new Set(there).size).toBe(there.length);
    expect([...answered].filter((id) => !there.includes(id))).toEqual([]);
    const [first = ''] = there;
    expect(await writer.post(request(supply(first, '1')))).toMatchObject([
      { seq: 1, isRepeat: true },
    ]);
    await heir.end();
  }
});

/** A way to PostgreSQL that can be cut. */
async function openWay(): Promise<{
  port: number;
  cut(): void;
  mend(): Promise<void>;
  close(): void;
}> {
  const { host } = inject('postgres');
  const sockets = new Set<Socket>();
  const connect = (socket: Socket): void => {
    const other = createConnection(join(host, '.s.PGSQL.5432'));
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  };
  let server: Server = createServer(connect).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const number = typeof address === 'object' && address ? address.port : 0;
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: number,
    cut,
    close: cut,
    mend: async () => {
      server = createServer(connect).listen(number, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

test('PostgreSQL gone and back: refused plainly meanwhile, nothing lost, nothing twice, and it goes on by itself', async () => {
  const ledger = 'H2225-GONE';
  const way = await openWay();
  const { user } = inject('postgres');
  const name = new URL(database.url).pathname.slice(1);
  const pool = createPool(
    { host: '127.0.0.1', port: way.port, user, database: name, max: 8 },
    silentLog,
  );
  const process = startProcess({ db: createDb(pool), pool });
  try {
    const writer = await process.open({}, ledger);
    const answered = new Set<string>();
    const told = new Set<string>();
    let isOver = false;
    /** Sends the same again until it is answered. */
    const answersTo = async (events: readonly LedgerEvent[]): Promise<readonly Answer[]> => {
      for (;;)
        try {
          return await writer.post(request(...events));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          told.add(error.refusals[0]?.code ?? '');
          await sleep(20);
        }
    };
    const send = async (sender: number): Promise<void> => {
      for (let n = 0; !isOver; n += 1) {
        const events = Array.from({ length: 5 }, (_, at) => supply(`${sender}-${n}-${at}`, '1'));
        for (const { event } of await answersTo(events)) answered.add(event);
      }
    };
    const senders = Promise.all([0, 1, 2].map(send));
    await expect.poll(() => answered.size, { timeout: 20_000 }).toBeGreaterThan(50);
    way.cut();
    await expect.poll(() => writer.state, { timeout: 20_000 }).toBe('opening');
    await sleep(1_000);
    const before = answered.size;
    await way.mend();
    await expect.poll(() => answered.size, { timeout: 60_000 }).toBeGreaterThan(before + 50);
    isOver = true;
    await senders;
    expect([...told].sort()).toEqual(['bonded.ledger_opening', 'bonded.post_interrupted']);
    const there = await eventsOf(database.db, ledger);
    expect([...there].sort()).toEqual([...answered].sort());
    const live = await writer.withBook(textOf);
    const { db } = database;
    const { book } = await openBook({ db, log: silentLog, createBook: emptyBook }, ledger);
    expect(textOf(book)).toBe(live);
  } finally {
    await process.end();
    await pool.end();
    way.close();
  }
});

// A disk of its own takes a mount, which only root may make, and not everywhere.
test('on a full disk the writer refuses, loses nothing, and goes on once there is room', async ({
  skip,
}) => {
  const ledger = 'H2225-FULL';
  const disk = await mkdtemp(join(tmpdir(), 'jianghai-bonded-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'tmpfs', disk]);
  if (mounted.status !== 0) {
    await rm(disk, { recursive: true });
    skip('No disk can be mounted here.');
  }
  const postgres = await openPostgres({ embeddedIn: disk }, silentLog);
  const process = startProcess(postgres);
  try {
    await migrate(postgres.db, migrationSources, silentLog);
    const writer = await process.open({}, ledger);
    const ballast = join(disk, 'ballast');
    const { bavail, bsize } = await statfs(disk);
    await writeFile(ballast, Buffer.alloc(bavail * bsize - 200_000));
    const answered: string[] = [];
    const post = async (): Promise<boolean> => {
      const events = Array.from({ length: 200 }, (_, n) => supply(`${answered.length + n}`, '1'));
      const answers = await writer.post(request(...events)).catch((error: unknown) => {
        if (error instanceof Refused) return null;
        throw error;
      });
      for (const { event } of answers ?? []) answered.push(event);
      return answers !== null;
    };
    await expect.poll(post, { timeout: 60_000, interval: 0 }).toBe(false);
    await rm(ballast);
    await expect.poll(post, { timeout: 90_000, interval: 100 }).toBe(true);
    expect(await eventsOf(postgres.db, ledger)).toEqual(answered);
  } finally {
    await process.end();
    await postgres.stop();
    spawnSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});
