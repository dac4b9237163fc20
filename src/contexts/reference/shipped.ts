import { readFileSync } from 'node:fs';
import { parseCsv } from 'hucre/csv';
import type { CodeTable } from './contract.ts';
import { readTable, type TableRow } from './read-table.ts';

/** Said of every table that comes with the platform, wherever it is shown. */
export const SHIPPED_SOURCE = 'compiled by the project, not official';

/** The tables that come with the platform, so that it works before an authority loads its own. */
export function shippedTables(): {
  table: Omit<CodeTable, 'entries' | 'loadedAt'>;
  rows: TableRow[];
}[] {
  const [, ...catalogue] = parseCsv(read('catalogue')).map((cells) => cells.map(String));
  return catalogue.map(([name = '', zh = '', en = '', version = '']) => ({
    table: { name, label: { zh, en }, source: SHIPPED_SOURCE, version },
    rows: readTable(read(name)).rows,
  }));
}

const read = (name: string): string =>
  readFileSync(new URL(`./tables/${name}.csv`, import.meta.url), 'utf8');
