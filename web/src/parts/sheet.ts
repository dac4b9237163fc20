import type { Query } from './api.ts';
import { get } from './api.ts';

/** A column of a sheet: its head, and its text in a row. Text keeps every digit, and no cell becomes a formula. */
export interface SheetColumn<Row> {
  readonly title: string;
  text(row: Row): string;
}

const ROWS_AT_ONCE = 200;
const PAGES_MAX = 1000;

/** Every row of a paged list, from its first page to its last. */
export async function allRows<Row>(path: string, query: Query = {}): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | number | null | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await get<{ rows: readonly Row[]; next: string | number | null }>(path, {
      ...query,
      ...{ cursor, limit: ROWS_AT_ONCE },
    });
    rows.push(...answer.rows);
    if (answer.next === null) return rows;
    cursor = answer.next;
  }
  return rows;
}

/** Saves rows as a workbook; its writer comes with the first one. */
export async function saveSheet<Row>(
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const { writeXlsx } = await import('hucre/xlsx');
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const sheets = [{ name: name.slice(0, 31), rows: [columns.map(({ title }) => title), ...cells] }];
  const bytes = await writeXlsx({ sheets });
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.xlsx`;
  link.click();
  URL.revokeObjectURL(url);
}
