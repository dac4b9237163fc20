import { contentHash } from '../../../kernel/canonical.ts';
import type { EventRecord } from '../../../kernel/event.ts';
import {
  type Analytics,
  type AnalyticsReader,
  type AnalyticsWriter,
  type Cell,
  quoteName,
  type TableColumn,
} from '../../../platform/analytics/analytics.ts';
import { SQL_TYPES } from '../../../platform/analytics/cells.ts';
import type { Label } from '../../facts/index.ts';

/** What a context gives to the pool: which events become rows of which table, and how. */
export interface EventTable {
  /** The kind of event it keeps, or several that become rows of one table. */
  readonly kind: string | readonly string[];
  readonly table: string;
  readonly label: Label;
  readonly columns: readonly {
    readonly name: string;
    readonly type: TableColumn['type'];
    readonly label: Label;
    readonly from: (event: EventRecord, row: unknown) => Cell;
  }[];
  /** For one event that holds many: its rows, each handed to `from`. One row per event if left out. */
  readonly rows?: (event: EventRecord) => readonly unknown[];
  /**
   * For events that only point at what was recorded with them: reads that for a whole batch at once,
   * and gives what `rows` would give.
   */
  readonly load?: (
    events: readonly EventRecord[],
  ) => Promise<(event: EventRecord) => readonly unknown[]>;
}

export interface EventBatch {
  readonly events: readonly EventRecord[];
  /** Where the log stands after these events: opaque, kept beside what was made of them. */
  readonly cursor: string;
}

export interface EventFeed {
  /** The kinds of event it makes something of; others need not be read for it. */
  readonly kinds: readonly string[];
  /** Where to go on reading; `null` when nothing has been fed. */
  cursor(): Promise<string | null>;
  /**
   * Appends what the events become and keeps the cursor, in one transaction: whatever happens in
   * between, each event is in the tables once and only once.
   */
  append(batch: EventBatch): Promise<void>;
  /** Drops the event tables and the cursor; feeding from the start gives the same rows again. */
  clear(): Promise<void>;
}

/** Every row leads back to its event, in the first column. */
const EVENT_COLUMN: TableColumn = { name: 'event', type: 'text' };

export const tableColumns = (table: EventTable): readonly TableColumn[] => [
  EVENT_COLUMN,
  ...table.columns.map(({ name, type }) => ({ name, type })),
];

/**
 * Opens the feed of the event tables. They are disposable: when a table's description has changed
 * since they were made, all are dropped, the cursor with them, and fed anew from the log.
 */
export async function createEventFeed(
  analytics: Analytics,
  tables: readonly EventTable[],
): Promise<EventFeed> {
  const definition = contentHash(
    tables.map((table) => ({ kind: table.kind, table: table.table, columns: tableColumns(table) })),
  );
  const clear = (): Promise<void> =>
    analytics.transaction(async (writer) => {
      for (const name of await eventTableNames(writer)) {
        await writer.run(`drop table if exists ${quoteName(name)}`);
      }
      await writer.run('delete from catalogue.event_table');
      await writer.run('delete from catalogue.feed');
      for (const table of tables) await createTable(writer, table);
      await writer.run('insert into catalogue.feed (definition) values (?)', [definition]);
    });

  await analytics.run('create schema if not exists catalogue');
  await analytics.run(
    'create table if not exists catalogue.feed (definition varchar, position varchar, fed_at timestamp)',
  );
  await analytics.run('create table if not exists catalogue.event_table (name varchar)');
  const known = await analytics.query('select definition from catalogue.feed');
  if (known.rows[0]?.[0] !== definition) await clear();

  return {
    kinds: [...new Set(tables.flatMap(kindsOf))],
    cursor: async () => {
      const { rows } = await analytics.query('select position from catalogue.feed');
      const position = rows[0]?.[0] ?? null;
      return position === null ? null : String(position);
    },
    append: async ({ events, cursor }) => {
      const rows = await rowsOf(tables, events);
      await analytics.transaction(async (writer) => {
        for (const [table, cells] of rows) {
          await writer.append(table.table, tableColumns(table), cells);
        }
        await writer.run(
          'update catalogue.feed set position = ?, fed_at = current_localtimestamp()',
          [cursor],
        );
      });
    },
    clear,
  };
}

const kindsOf = ({ kind }: EventTable): readonly string[] =>
  typeof kind === 'string' ? [kind] : kind;

async function rowsOf(
  tables: readonly EventTable[],
  events: readonly EventRecord[],
): Promise<Map<EventTable, Cell[][]>> {
  const rows = new Map<EventTable, Cell[][]>();
  for (const table of tables) {
    const kinds = new Set(kindsOf(table));
    const own = events.filter(({ kind }) => kinds.has(kind));
    if (own.length > 0) rows.set(table, await rowsIn(table, own));
  }
  return rows;
}

async function rowsIn(table: EventTable, events: readonly EventRecord[]): Promise<Cell[][]> {
  const rowsOfEvent = (await table.load?.(events)) ?? table.rows ?? (() => [null]);
  return events.flatMap((event) =>
    rowsOfEvent(event).map((row) => [
      event.id,
      ...table.columns.map((column) => column.from(event, row)),
    ]),
  );
}

async function createTable(writer: AnalyticsWriter, table: EventTable): Promise<void> {
  const columns = tableColumns(table).map(
    ({ name, type }) => `${quoteName(name)} ${SQL_TYPES[type]}`,
  );
  await writer.run(`create table ${quoteName(table.table)} (${columns.join(', ')})`);
  await writer.run('insert into catalogue.event_table values (?)', [table.table]);
}

async function eventTableNames(reader: AnalyticsReader): Promise<string[]> {
  const { rows } = await reader.query('select name from catalogue.event_table');
  return rows.map(([name]) => String(name));
}
