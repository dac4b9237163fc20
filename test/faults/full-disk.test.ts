// When the disk is full, whoever writes is told so plainly, and nothing half-written stays.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { openPostgres } from '../../src/platform/postgres/open.ts';
import { type TestDatabase, testDatabase } from '../../src/platform/postgres/testing.ts';

vi.setConfig({ testTimeout: 180_000 });

const program = fileURLToPath(new URL('./fill-disk.ts', import.meta.url));

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-full-'));
  database = await testDatabase();
  // Random bytes do not compress: the copy of this table is larger than the limit below.
  await sql`create schema ballast`.execute(database.db);
  await sql`create table ballast.crate (content uuid)`.execute(database.db);
  await sql`insert into ballast.crate select gen_random_uuid() from generate_series(1, 40000)`.execute(
    database.db,
  );
  await sql`insert into platform.migration (schema, name, sha256) values ('ballast', '0001', '')`.execute(
    database.db,
  );
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

// A limit on the size of files (in kB) stands in for a full disk: it needs no privilege, and the error is handled as one.
test('a full disk is told, in the file store and in a backup, and leaves nothing behind', async () => {
  const limited = `ulimit -f 256; exec "$0" --import tsx "$@"`;
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-c', limited, process.execPath, program, folder, database.url],
    { env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  expect(JSON.parse(stdout)).toEqual({
    small: 'done',
    large: 'platform.disk_full',
    copied: 'platform.disk_full',
  });
  const left = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile())).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['files']);
});

// A disk of its own takes a mount, which only root may make, and not everywhere.
test('PostgreSQL on a full disk refuses what it cannot keep, and goes on once there is room', async ({
  skip,
}) => {
  const disk = await mkdtemp(join(tmpdir(), 'jianghai-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200m,mode=755', 'tmpfs', disk]);
  if (mounted.status !== 0) {
    await rm(disk, { recursive: true });
    skip('No disk can be mounted here.');
  }
  const ballast = join(disk, 'ballast');
  await writeFile(ballast, Buffer.alloc(60_000_000));
  const postgres = await openPostgres({ embeddedIn: disk }, silentLog);
  try {
    const { db } = postgres;
    await sql`create table kept (n integer, filling text)`.execute(db);
    let acknowledged = 0;
    const keep = async (): Promise<void> => {
      const n = acknowledged + 1;
      await sql`
        insert into kept select ${n}::integer, md5(i::text) || md5((-i)::text)
        from generate_series(1, 20000) as i
      `.execute(db);
      acknowledged = n;
    };
    await expect(
      (async () => {
        while (acknowledged < 200) await keep();
      })(),
    ).rejects.toThrow();
    expect(acknowledged).toBeGreaterThan(0);

    await rm(ballast);
    await expect
      .poll(
        () =>
          keep().then(
            () => true,
            () => false,
          ),
        { timeout: 90_000 },
      )
      .toBe(true);
    const { rows } = await sql<{ n: number }>`select distinct n from kept order by n`.execute(db);
    expect(rows.map((row) => row.n)).toEqual(Array.from({ length: acknowledged }, (_, i) => i + 1));
  } finally {
    await postgres.stop();
    spawnSync('umount', [disk]);
    await rm(disk, { recursive: true });
  }
});
