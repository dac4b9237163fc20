import { createReadStream, existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Refusal, Refused, seen } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { readAfter } from '../../platform/event-log/event-log.ts';
import type { Log } from '../../platform/log.ts';
import { type Db, inTransaction } from '../../platform/postgres/transaction.ts';
import type { Label } from '../facts/index.ts';
import { type Actor, type AuditEntry, authorise, recordAudit } from '../identity/index.ts';
import type { Dataset, ImportJob, Mapping, SqlAnswer } from './contract.ts';
import { shippedMapping, shippedMappings } from './mapping.ts';
import { askSql, importIntoPool, readPool, rebuildPool } from './permissions.ts';
import type { EventTable } from './store/events.ts';
import {
  type Import,
  importId,
  importKept,
  keepFile,
  listImports,
  rejectsFile,
} from './store/import.ts';
import { type Analytics, openPoolStore } from './store/pool.ts';
import { createPoolSubscriber, type PoolSubscriber } from './subscriber.ts';

export interface PoolDeps {
  readonly db: Db;
  readonly analytics: Analytics;
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tables: readonly EventTable[];
  readonly readAfter: typeof readAfter;
  readonly onBatch?: () => void;
  /** A refusal in words, for rejects files; codes stand for themselves where it is left out. */
  readonly say?: (refusal: Refusal) => Label;
  /** What a fact is called, for the columns of imported files. */
  readonly labelOf?: (fact: string) => Label | null;
}

export interface Pool extends PoolSubscriber {
  datasets(actor: Actor): Promise<Dataset[]>;
  dataset(actor: Actor, name: string): Promise<Dataset>;
  mappings(actor: Actor): Promise<Mapping[]>;
  /** Answers once the file is kept; the reading goes on, and `importJob` tells how far it is. */
  importFile(
    actor: Actor,
    file: {
      readonly name: string;
      /** A shipped mapping by name, or one that the caller read. */
      readonly mapping: string | Mapping;
      readonly content: Readable;
    },
  ): Promise<ImportJob>;
  importJobs(actor: Actor): Promise<ImportJob[]>;
  importJob(actor: Actor, id: string): Promise<ImportJob>;
  /** The rows that were set aside, as CSV; refused when there were none. */
  rejects(actor: Actor, id: string): Promise<Readable>;
  askSql(actor: Actor, sql: string): Promise<SqlAnswer>;
  /** `rebuild`, asked for by somebody. */
  rebuildTables(actor: Actor): Promise<void>;
}

export { IMPORT_BYTES_MAX } from './store/import.ts';

/** Jobs that ended without a dataset to show for it are remembered until the process ends. */
const JOBS_REMEMBERED = 200;

export async function createPool(deps: PoolDeps): Promise<Pool> {
  const { db, clock, log } = deps;
  const store = await openPoolStore({
    analytics: deps.analytics,
    folder: deps.folder,
    tables: deps.tables,
    now: () => clock.now(),
    say: deps.say ?? (({ code }) => ({ zh: code, en: code })),
    labelOf: deps.labelOf ?? (() => null),
  });
  const { onBatch } = deps;
  const subscriber = createPoolSubscriber({
    db,
    log,
    feed: store.feed,
    readAfter: deps.readAfter,
    ...(onBatch && { onBatch: () => onBatch() }),
  });
  const jobs = new Map<string, ImportJob>();
  let reading: Promise<unknown> = Promise.resolve();

  const audit = (
    actor: Actor,
    operation: string,
    subjects: string[],
    detail: NonNullable<AuditEntry['detail']>,
  ): Promise<void> =>
    inTransaction(db, (tx) =>
      recordAudit(tx, { actor, operation, subjects, outcome: 'done', detail, at: clock.now() }),
    );

  const change = (id: string, to: Partial<ImportJob>): void => {
    const job = jobs.get(id);
    if (job) jobs.set(id, { ...job, ...to });
  };

  const read = async (id: string, kept: { id: string; name: string }, mapping: Mapping) => {
    try {
      const done = await importKept(store.imports, kept, mapping);
      jobs.delete(id);
      jobs.set(id, jobOf(done));
    } catch (error) {
      const refusals = error instanceof Refused ? error.refusals.map(plain) : [FAILED];
      const state = error instanceof Refused ? 'refused' : 'failed';
      if (state === 'failed') log.error({ err: error, import: id }, 'An import failed.');
      change(id, { state, refusals, endedAt: clock.now() });
    }
    for (const old of [...jobs.keys()].slice(0, -JOBS_REMEMBERED)) jobs.delete(old);
  };

  const listJobs = async (): Promise<ImportJob[]> => {
    const earlier = (await listImports(deps.analytics)).map(jobOf);
    const live = [...jobs.values()].reverse();
    return [...live, ...earlier.filter(({ id }) => !live.some((job) => job.id === id))];
  };

  const findJob = async (id: string): Promise<ImportJob> => {
    const job = jobs.get(id) ?? (await listJobs()).find((one) => one.id === id);
    if (!job) {
      throw new Refused('not_found', { code: 'pool.import_unknown', params: { id: seen(id) } });
    }
    return job;
  };

  return {
    ...subscriber,
    stop: async () => {
      await subscriber.stop();
      await reading;
      await store.sqlPage.stop();
    },
    datasets: async (actor) => {
      authorise(actor, readPool);
      return store.catalogue.list();
    },
    dataset: async (actor, name) => {
      authorise(actor, readPool);
      return store.catalogue.get(name);
    },
    mappings: async (actor) => {
      authorise(actor, readPool);
      return shippedMappings();
    },
    importFile: async (actor, { name, mapping: given, content }) => {
      authorise(actor, importIntoPool);
      const mapping = typeof given === 'string' ? await shippedMapping(given) : given;
      const kept = await keepFile(store.imports, content);
      const id = importId(kept.id, mapping);
      await audit(actor, importIntoPool.operation, [mapping.dataset], {
        file: name,
        sha256: kept.id,
        mapping: `${mapping.name} ${mapping.version}`,
      });
      jobs.set(id, startedJob(id, name, mapping.name, clock.now()));
      reading = reading.then(() => read(id, { id: kept.id, name }, mapping));
      return findJob(id);
    },
    importJobs: async (actor) => {
      authorise(actor, readPool);
      return listJobs();
    },
    importJob: async (actor, id) => {
      authorise(actor, readPool);
      return findJob(id);
    },
    rejects: async (actor, id) => {
      authorise(actor, readPool);
      await findJob(id);
      const file = rejectsFile(store.imports, id);
      if (!existsSync(file)) {
        throw new Refused('not_found', { code: 'pool.no_rejects', params: { id } });
      }
      return createReadStream(file);
    },
    askSql: async (actor, sql) => {
      authorise(actor, askSql);
      // Questions may show anybody's records: who asked what is on record before it is answered.
      await audit(actor, askSql.operation, [], { sql });
      return store.sqlPage.ask(sql);
    },
    rebuildTables: async (actor) => {
      authorise(actor, rebuildPool);
      await audit(actor, rebuildPool.operation, [], {});
      await subscriber.rebuild();
    },
  };
}

const FAILED = { code: 'pool.import_failed' };

const startedJob = (id: string, file: string, mapping: string, at: string): ImportJob => ({
  id,
  mapping,
  file,
  state: 'running',
  rows: 0,
  rejected: 0,
  startedAt: at,
  endedAt: null,
  share: null,
  repeated: false,
  refusals: [],
});

const jobOf = (done: Import): ImportJob => ({
  ...startedJob(done.id, done.file, done.mapping, done.at),
  state: 'done',
  rows: done.rows,
  rejected: done.rejected,
  endedAt: done.at,
  share: 1,
  repeated: done.repeated,
});

/** A refusal without what only the thrower needs. */
const plain = ({ code, path, seen, params }: Refusal): ImportJob['refusals'][number] => ({
  code,
  ...(path !== undefined && { path }),
  ...(seen !== undefined && { seen }),
  ...(params !== undefined && { params: { ...params } }),
});
