import type { LocalDate } from '../../../kernel/dates.ts';
import {
  type CodeEntry,
  type CodeTable,
  createCodes,
  shippedTables,
} from '../../reference/index.ts';
import { openTariff } from './open.ts';
import type { TariffTables } from './tables.ts';

/** One row as a test writes it: a code, its columns, and perhaps its days. */
export interface Row {
  readonly code: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate | null;
  readonly [column: string]: string | null | undefined;
}

const ALWAYS = '1900-01-01';

/** The tables that come with the platform, with no database in between. */
export function shippedEntries(): Map<string, readonly CodeEntry[]> {
  return new Map(
    shippedTables().map(({ table, rows }) => [
      table.name,
      rows.map(({ line: _, ...row }) => ({
        ...row,
        attributes: { ...row.attributes },
        from: row.from ?? ALWAYS,
      })),
    ]),
  );
}

/** A tariff out of rows; tables that are not given are those that come with the platform. */
export function tariffOf(rows: Readonly<Record<string, readonly Row[]>> = {}): TariffTables {
  const tables = shippedEntries();
  for (const [name, own] of Object.entries(rows)) tables.set(name, own.map(toEntry));
  const codes = createCodes(tables);
  const listed = [...tables].map(
    ([name, entries]): CodeTable => ({
      ...{ name, label: { zh: name, en: name }, source: 'test', version: '1' },
      ...{ loadedAt: '2026-01-01T00:00:00.000Z', entries: entries.length },
    }),
  );
  return openTariff({ find: codes.find, tables: () => listed });
}

function toEntry({ code, from = ALWAYS, to = null, ...columns }: Row): CodeEntry {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(columns)) {
    if (value !== undefined && value !== null) attributes[name] = value;
  }
  return { code, zh: code, en: code, attributes, from, to };
}
