/** Plain CSV as our own files use it (RFC 4180: quotes where a cell needs them, doubled inside). */

export type Row = Readonly<Record<string, string>>;

const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(CELL)) {
    cells.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
  }
  return cells;
}

/** Reads a table with a header; no cell holds a line break. */
export function parseTable(text: string): Row[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cellsOf(header);
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = cellsOf(line);
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
    });
}

export function formatRow(cells: readonly (string | number | null)[]): string {
  const texts = cells.map((cell) => {
    const text = cell === null ? '' : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${texts.join(',')}\n`;
}

/** A table as text; the columns are named once, and every row has them all. */
export function formatTable<Column extends string>(
  columns: readonly Column[],
  rows: Iterable<Readonly<Record<Column, string | number | null>>>,
): string {
  const parts = [formatRow(columns)];
  for (const row of rows) parts.push(formatRow(columns.map((column) => row[column])));
  return parts.join('');
}
