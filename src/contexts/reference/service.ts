import type { LocalDate } from '../../kernel/dates.ts';
import { localDateOf } from '../../kernel/dates.ts';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inTransaction, type Tx } from '../../platform/postgres/transaction.ts';
import { type Codes, createCodes } from './codes.ts';
import type { CodeEntry, CodeTable } from './contract.ts';
import { readTable, type TableRow } from './read-table.ts';
import { SHIPPED_SOURCE, shippedTables } from './shipped.ts';
import * as store from './store.ts';
import { ALWAYS, type Succession, succeed } from './succession.ts';

/** What a load did, or in a dry run would do. */
export interface LoadOutcome {
  readonly table: string;
  readonly written: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly rejects: readonly Refusal[];
}

export interface LoadRequest {
  readonly table: string;
  readonly text: string;
  readonly source: string;
  readonly version: string;
  readonly label?: CodeTable['label'];
  /** The day the version takes effect; needed once a table holds codes that would change. */
  readonly from?: LocalDate;
  readonly dryRun?: boolean;
}

/**
 * Loads a version of a code table. Loading the same file again changes nothing. Rows that are wrong
 * are set aside and told; the rest is loaded, because one misprint must not keep an office closed.
 */
export async function loadTable(
  { db, clock }: { db: Db; clock: Clock },
  request: LoadRequest,
): Promise<LoadOutcome> {
  const { rows, rejects } = readTable(request.text);
  if (rows.length === 0) throw new Refused('invalid', { code: 'reference.nothing_to_load' });
  return inTransaction(db, async (tx) => {
    await store.lockTables(tx);
    const existing = (await store.listTables(tx)).find(({ name }) => name === request.table);
    const changes = await plan(tx, request, rows);
    const { table, source, version } = request;
    if (!request.dryRun) {
      const label = request.label ?? existing?.label ?? { zh: table, en: table };
      await write(tx, { name: table, label, source, version }, changes, clock);
    }
    return { table, rejects, ...count(changes) };
  });
}

/** The first version holds always; a later one must say from when, unless nothing changes. */
async function plan(tx: Tx, request: LoadRequest, rows: TableRow[]): Promise<Succession> {
  const known = await store.listEntries(tx, request.table);
  const changes = succeed(known, rows, request.from ?? ALWAYS);
  const isLater = known.length > 0 && changes.write.length + changes.remove.length > 0;
  if (isLater && !request.from && rows.some((row) => row.from === null)) {
    throw new Refused('invalid', {
      code: 'reference.from_needed',
      params: { table: request.table },
    });
  }
  return changes;
}

async function write(
  tx: Tx,
  table: Omit<CodeTable, 'entries' | 'loadedAt'>,
  { write, remove }: Succession,
  clock: Clock,
): Promise<void> {
  await store.saveTable(tx, { ...table, loadedAt: clock.now() });
  if (remove.length > 0) await store.removeEntries(tx, table.name, remove);
  if (write.length > 0) await store.saveEntries(tx, table, write);
}

const count = ({ write, remove, unchanged }: Succession) => ({
  written: write.length,
  removed: remove.length,
  unchanged,
});

/**
 * Loads the tables that come with the platform, where nobody has loaded anything else. What an
 * authority loaded is never touched.
 */
export async function loadShippedTables({ db, clock }: { db: Db; clock: Clock }): Promise<void> {
  await inTransaction(db, async (tx) => {
    await store.lockTables(tx);
    const loaded = new Map((await store.listTables(tx)).map((table) => [table.name, table]));
    for (const { table, rows } of shippedTables()) {
      const current = loaded.get(table.name);
      if (current && (current.source !== SHIPPED_SOURCE || current.version === table.version))
        continue;
      await write(tx, table, succeed(await store.listEntries(tx, table.name), rows, ALWAYS), clock);
    }
  });
}

/** The code tables as they stand in memory; `reload` after a load. */
export interface Reference extends Pick<Codes, 'isInForce' | 'find'> {
  reload(): Promise<void>;
  tables(): readonly CodeTable[];
  /** Entries in force on a day, today when none is said; refuses a table nobody has loaded. */
  entries(
    table: string,
    wanted: { on?: LocalDate | undefined; q?: string | undefined; limit: number },
  ): { table: CodeTable; entries: CodeEntry[] };
}

export async function createReference({ db, clock }: { db: Db; clock: Clock }): Promise<Reference> {
  let tables: readonly CodeTable[] = [];
  let codes: Codes = createCodes(new Map());

  async function reload(): Promise<void> {
    const listed = await store.listTables(db);
    const entries = new Map<string, CodeEntry[]>();
    for (const { name } of listed) entries.set(name, await store.listEntries(db, name));
    tables = listed;
    codes = createCodes(entries);
  }

  await reload();
  return {
    reload,
    tables: () => tables,
    isInForce: (table, code, on) => codes.isInForce(table, code, on),
    find: (table, code, on) => codes.find(table, code, on),
    entries(name, { on = localDateOf(clock.now()), q = '', limit }) {
      const table = tables.find((each) => each.name === name);
      if (!table)
        throw new Refused('not_found', {
          code: 'reference.table_not_found',
          params: { table: name },
        });
      return { table, entries: codes.search(name, on, q, limit) };
    },
  };
}
