import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { COMMAND_LINE } from '../src/apps/command-line.ts';
import { migrationSources } from '../src/apps/migrations.ts';
import { METRICS } from '../src/contexts/governance/metrics.ts';
import { count } from '../src/contexts/governance/store.ts';
import { createPool, type ImportJob, type Mapping } from '../src/contexts/pool/index.ts';
import { quoteText } from '../src/platform/analytics/analytics.ts';
import { openDuckdb } from '../src/platform/analytics/duckdb.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readAfter } from '../src/platform/event-log/event-log.ts';
import { silentLog } from '../src/platform/log.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { openPostgres } from '../src/platform/postgres/open.ts';
import type { Db } from '../src/platform/postgres/transaction.ts';
import { alternate, type Bench, type BenchOptions, median, secondsOf } from './bench.ts';
import { declared, peerColumns, writeDeclared } from './pool-declared.ts';
import { openGrowingTables } from './pool-events.ts';

const CLEAN_ROWS = 1_000_000;
const FAULTY_ROWS = 100_000;
const SIZES = { '1m': 1_000_000, '10m': 10_000_000, '50m': 50_000_000 } as const;
const OVERVIEWS = 3;
/** Every day there is: no figure gets away with a quarter of the rows. */
const EVER = { from: '2000-01-01', to: '2999-12-31' };

/**
 * The import is a person's: the bytes are hashed and kept, who brought them is put on record, each
 * value is checked, each id is unique, and rows and lineage are committed together. DuckDB reads the
 * same file from where it stands into a table of the same types, with the same memory and threads.
 */
export const pool: Bench = {
  name: 'pool',
  about:
    'A clean file into the pool beside DuckDB reading it directly; all overview figures over event tables that grow.',
  async run(options) {
    const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
    try {
      const imports = await measureImports(folder, options);
      const overview = await measureOverview(folder, options);
      return { ...imports, figures: { ...imports.figures, ...overview } };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measureImports(folder: string, options: BenchOptions) {
  const rows = options.quick ? CLEAN_ROWS / 10 : CLEAN_ROWS;
  const faultyRows = options.quick ? FAULTY_ROWS / 10 : FAULTY_ROWS;
  const clean = join(folder, 'clean.csv');
  const faulty = join(folder, 'faulty.csv');
  await writeDeclared(clean, { rows });
  await writeDeclared(faulty, { rows: faultyRows, faultyEvery: 10_000 });
  const postgres = await openPostgres({ embeddedIn: join(folder, 'postgres') }, silentLog);
  try {
    await migrate(postgres.db, migrationSources, silentLog);
    const rounds = await alternate(
      {
        jianghai: async () => {
          const { seconds, job } = await timeImport(postgres.db, folder, clean, declared);
          assert.deepEqual([job.rows, job.rejected], [rows, 0]);
          return rows / seconds;
        },
        duckdb: async () => rows / (await timePeer(folder, clean)),
      },
      options,
    );
    const rejects = await alternate(
      {
        rejects: async () => {
          const { seconds, job } = await timeImport(postgres.db, folder, faulty, declared);
          assert.deepEqual(job.rejected, faultyRows / 10_000);
          return faultyRows / seconds;
        },
      },
      options,
    );
    return {
      figures: {
        import_rows_per_s: rounds.of('jianghai'),
        import_rejects_rows_per_s: rejects.of('rejects'),
      },
      peers: { duckdb: { import_rows_per_s: rounds.of('duckdb') } },
      ratios: { import_over_duckdb: rounds.ratio('jianghai', 'duckdb') },
    };
  } finally {
    await postgres.stop();
  }
}

/** Each time into a pool of its own: the same file twice would be one import. */
async function timeImport(
  db: Db,
  within: string,
  file: string,
  mapping: Mapping,
): Promise<{ seconds: number; job: ImportJob }> {
  const folder = await mkdtemp(join(within, 'pool-'));
  const analytics = await openDuckdb({ file: join(folder, 'pool.duckdb') });
  const opened = await createPool({
    db,
    analytics,
    folder,
    clock: systemClock,
    log: silentLog,
    tables: [],
    readAfter,
  });
  try {
    let job: ImportJob | undefined;
    const seconds = await secondsOf(async () => {
      const content = createReadStream(file, { highWaterMark: 1 << 20 });
      job = await opened.importFile(COMMAND_LINE, { name: 'declared.csv', mapping, content });
      while (job.state === 'running') {
        await pause(10);
        job = await opened.importJob(COMMAND_LINE, job.id);
      }
    });
    assert(job?.state === 'done', JSON.stringify(job?.refusals));
    return { seconds, job };
  } finally {
    await opened.stop();
    await analytics.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timePeer(within: string, file: string): Promise<number> {
  const folder = await mkdtemp(join(within, 'duckdb-'));
  const engine = await openDuckdb({ file: join(folder, 'direct.duckdb') });
  try {
    return await secondsOf(() =>
      engine.run(`create table declared as select * from
        read_csv(${quoteText(file)}, header = true, columns = {${peerColumns}})`),
    );
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureOverview(
  folder: string,
  { quick, log }: BenchOptions,
): Promise<Record<string, number>> {
  const analytics = await openDuckdb({ file: join(folder, 'events.duckdb') });
  try {
    const tables = await openGrowingTables(analytics);
    const figures: Record<string, number> = {};
    for (const [size, rows] of Object.entries(SIZES).slice(0, quick ? 1 : undefined)) {
      const seconds = await secondsOf(() => tables.growTo(rows));
      log(`${size}: ${tables.rows()} rows of events, made in ${seconds.toFixed(1)} s`);
      const times: number[] = [];
      for (let time = 0; time < (quick ? 1 : OVERVIEWS); time += 1) {
        times.push(
          await secondsOf(async () => {
            for (const metric of METRICS) {
              const { denominator } = await count(analytics, metric, EVER);
              assert(denominator > 0, `${metric.id} has something to count.`);
            }
          }),
        );
      }
      figures[`overview_${size}_ms`] = median(times) * 1000;
      log(`${size}: ${times.map((time) => `${time.toFixed(2)} s`).join(', ')} for all figures`);
    }
    await analytics.checkpoint();
    figures.disk_bytes_per_row = ((await analytics.bytes()) ?? 0) / tables.rows();
    return figures;
  } finally {
    await analytics.close();
  }
}
