import type { Cell } from './workbook-messages.ts';
import { createWorkbookThread } from './workbook-thread.ts';

export type Language = 'zh' | 'en';

/** A column of an exported list: the field it shows, its head in both languages, its width. */
export interface Column<Key extends string = string> {
  readonly key: Key;
  readonly zh: string;
  readonly en: string;
  readonly width: number;
}

/** The one thread of this process in which workbooks are written: like a printer, shared by all. */
export const workbooks = createWorkbookThread();

/**
 * A list as a workbook, written beside the thread that serves requests. Every cell is text: what was
 * declared is kept to the last digit, and what begins with `=` never becomes a formula.
 */
export function rowsWorkbook(
  name: string,
  columns: readonly Column[],
  rows: readonly object[],
  language: Language,
): Promise<Uint8Array> {
  const heads = columns.map(({ key, width, ...head }) => ({ key, width, header: head[language] }));
  return workbooks.write({ name, columns: heads }, rows, (row) =>
    columns.map(({ key }) => cellOf(Reflect.get(row, key))),
  );
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** The answer of a route that sends a workbook. */
export const workbookHeaders = (name: string): Record<string, string> => ({
  'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'content-disposition': `attachment; filename="${name}.xlsx"`,
});
