/** Reading and writing tables of text by RFC 4180, with the line of the file each record begins on. */

export interface CsvRecord {
  /** The line of the file it begins on, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** The text of the record as it stands in the file. */
  readonly text: string;
  /** A quote that is never closed, or text after a closing quote: the fields cannot be told apart. */
  readonly isMalformed: boolean;
}

/** A quoted field may run over lines, but not this many: an unclosed quote would eat the whole file. */
const RECORD_LINES_MAX = 100;

/**
 * Splits text into records. A quote that is not closed spoils its own line only: the reading goes on
 * at the next line, so that one bad row never stops a file. Empty lines are no records.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncIterable<CsvRecord[]> {
  let waiting: string[] = [];
  let line = 1;
  let unfinished = '';
  for await (const slice of text) {
    const parts = (unfinished + slice).split('\n');
    unfinished = parts.pop() ?? '';
    waiting.push(...parts);
    const { records, used } = takeRecords(waiting, line, delimiter, false);
    line += used;
    waiting = waiting.slice(used);
    if (records.length > 0) yield records;
  }
  if (unfinished !== '') waiting.push(unfinished);
  const { records } = takeRecords(waiting, line, delimiter, true);
  if (records.length > 0) yield records;
}

/** Takes whole records off the front of the lines; the last ones wait while a quote is open. */
function takeRecords(
  lines: readonly string[],
  firstLine: number,
  delimiter: string,
  isEnd: boolean,
): { records: CsvRecord[]; used: number } {
  const records: CsvRecord[] = [];
  let at = 0;
  while (at < lines.length) {
    const first = withoutReturn(lines[at] ?? '');
    const line = firstLine + at;
    if (first === '') {
      at += 1;
    } else if (!first.includes('"')) {
      records.push({ line, fields: first.split(delimiter), text: first, isMalformed: false });
      at += 1;
    } else {
      const taken = takeQuoted(lines, at, delimiter, isEnd);
      if (taken === null) break;
      records.push({ line, ...taken.record });
      at += taken.lines;
    }
  }
  return { records, used: at };
}

/** One record with quotes in it, from as many lines as it needs; `null` when more must be read. */
function takeQuoted(
  lines: readonly string[],
  at: number,
  delimiter: string,
  isEnd: boolean,
): { record: Omit<CsvRecord, 'line'>; lines: number } | null {
  let text = withoutReturn(lines[at] ?? '');
  const malformed = { record: { fields: [], text, isMalformed: true }, lines: 1 };
  for (let used = 1; used <= RECORD_LINES_MAX; used++) {
    const fields = splitQuoted(text, delimiter);
    if (fields === 'malformed') return malformed;
    if (fields !== 'open') return { record: { fields, text, isMalformed: false }, lines: used };
    const next = lines[at + used];
    if (next === undefined) return isEnd ? malformed : null;
    text = `${text}\n${withoutReturn(next)}`;
  }
  return malformed;
}

function splitQuoted(text: string, delimiter: string): string[] | 'open' | 'malformed' {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let end: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0) return 'open';
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1;
      if (end < text.length && text[end] !== delimiter) return 'malformed';
    } else {
      const next = text.indexOf(delimiter, at);
      end = next < 0 ? text.length : next;
      fields.push(text.slice(at, end));
    }
    if (end >= text.length) return fields;
    at = end + 1;
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoteCell(cell === null ? '' : String(cell))).join(',')}\n`;

const quoteCell = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * A cell for people to open in a spreadsheet: text that a spreadsheet would run as a formula is made
 * plain by an apostrophe (CWE-1236). A negative number is no formula and stays as it is.
 */
export const harmless = (text: string): string =>
  /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text;
