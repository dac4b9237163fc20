import { writeXlsx } from 'hucre/xlsx';

export type Language = 'zh' | 'en';

/** A column of an exported list: the field it shows, its head in both languages, its width. */
export interface Column<Key extends string = string> {
  readonly key: Key;
  readonly zh: string;
  readonly en: string;
  readonly width: number;
}

/**
 * A list as a workbook. Every cell is text: what was declared is kept to the last digit, and what
 * begins with `=` never becomes a formula.
 */
export function rowsWorkbook(
  name: string,
  columns: readonly Column[],
  rows: readonly object[],
  language: Language,
): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name,
        columns: columns.map(({ key, width, ...head }) => ({ key, width, header: head[language] })),
        data: rows.map((row) =>
          Object.fromEntries(columns.map(({ key }) => [key, cellOf(Reflect.get(row, key))])),
        ),
      },
    ],
  });
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** The answer of a route that sends a workbook. */
export const workbookHeaders = (name: string): Record<string, string> => ({
  'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'content-disposition': `attachment; filename="${name}.xlsx"`,
});
