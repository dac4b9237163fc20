import { parseCsv } from 'hucre/csv';
import { isLocalDate, type LocalDate } from '../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../kernel/refusal.ts';
import { Code, CodeEntry } from './contract.ts';

/** A row as its file states it; dates it leaves open are given by the load. */
export interface TableRow {
  readonly line: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

const COMMON = new Set(['code', 'zh', 'en', 'from', 'to']);

/**
 * Reads a code table from CSV: `code,zh,en`, optionally `from,to`, and any further columns as
 * attributes. Rows that are wrong are set aside with the reason, never guessed at; a file without the
 * common columns is refused whole.
 */
export function readTable(text: string): { rows: TableRow[]; rejects: Refusal[] } {
  const [header = [], ...lines] = parseCsv(text, { skipEmptyRows: false }).map((cells) =>
    cells.map((cell) => String(cell ?? '').trim()),
  );
  const missing = ['code', 'zh', 'en'].filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new Refused('invalid', {
      code: 'reference.column_missing',
      params: { missing: missing.join(', '), found: header.join(', ') },
    });
  }

  const rows: TableRow[] = [];
  const rejects: Refusal[] = [];
  const taken = new Set<string>();
  lines.forEach((cells, index) => {
    const line = index + 2;
    if (cells.every((cell) => cell === '')) return;
    const row = toRow(line, header, cells);
    const wrong = problemOf(row, cells.length === header.length, taken);
    if (wrong) rejects.push({ ...wrong, path: `line ${line}`, seen: seen(cells.join()) });
    else {
      taken.add(keyOf(row));
      rows.push(row);
    }
  });
  return { rows, rejects };
}

function toRow(line: number, header: readonly string[], cells: readonly string[]): TableRow {
  const values = new Map(header.map((name, i) => [name, cells[i] ?? '']));
  const attributes: Record<string, string> = {};
  for (const [name, value] of values) {
    if (!COMMON.has(name) && value !== '') attributes[name] = value;
  }
  return {
    line,
    code: values.get('code') ?? '',
    zh: values.get('zh') ?? '',
    en: values.get('en') ?? '',
    attributes,
    from: values.get('from') || null,
    to: values.get('to') || null,
  };
}

const keyOf = ({ code, from }: TableRow): string => `${code} ${from ?? ''}`;

function problemOf(row: TableRow, complete: boolean, taken: ReadonlySet<string>): Refusal | null {
  if (!complete) return { code: 'reference.cells_disagree' };
  if (!Code.safeParse(row.code).success) return { code: 'reference.code_malformed' };
  const labels = CodeEntry.pick({ zh: true, en: true }).safeParse(row);
  if (!labels.success) return { code: 'reference.label_missing' };
  for (const date of [row.from, row.to]) {
    if (date !== null && !isLocalDate(date)) return { code: 'reference.date_impossible' };
  }
  if (row.from !== null && row.to !== null && row.to <= row.from)
    return { code: 'reference.period_empty' };
  if (taken.has(keyOf(row))) return { code: 'reference.code_repeated' };
  return null;
}
