import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { streamXlsxRows } from 'hucre/xlsx';
import { Refused, seen } from '../../kernel/refusal.ts';
import type { MappedColumn, Mapping } from './contract.ts';
import { type CsvRecord, readCsv } from './csv.ts';
import { detectHeadEncoding, type Encoding, readText } from './encoding.ts';

export type SourceFormat = NonNullable<Mapping['format']>;

/** One row of a file as text, before any mapping. */
export interface SourceRecord {
  readonly line: number;
  /** In the order of the file's columns; empty text is missing. */
  readonly values: readonly (string | null)[];
  /** The row as it stood in the file, for whoever has to mend it. */
  readonly row: string;
  /** Why the row cannot be told apart into values; such a row is set aside unread. */
  readonly fault: { readonly code: string; readonly seen: string } | null;
}

/** What of a mapping the reading of a file goes by, whatever its columns become. */
export type Reading = Pick<Mapping, 'format' | 'delimiter' | 'encoding' | 'id' | 'date'> & {
  readonly columns: readonly Pick<MappedColumn, 'from' | 'to' | 'required'>[];
  /** The columns of a table of text that does not name them. */
  readonly header?: readonly string[] | undefined;
};

export interface Source {
  readonly columns: readonly string[];
  records(): AsyncIterable<readonly SourceRecord[]>;
}

const BATCH_ROWS = 1000;

const EXTENSIONS: Readonly<Record<string, SourceFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.parquet': 'parquet',
  '.xlsx': 'xlsx',
};

/** The format a mapping states, else the one the file's name tells. */
export function formatOf(file: string, mapping: Reading): SourceFormat {
  const format = mapping.format ?? EXTENSIONS[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new Refused('invalid', {
      code: 'pool.format_unknown',
      params: { extension: extname(file), known: Object.keys(EXTENSIONS).join(' ') },
    });
  }
  return format;
}

/** Opens a file whose rows are read here, one by one, with their lines. Parquet is read by the engine. */
export async function openSource(file: string, mapping: Reading): Promise<Source> {
  const format = formatOf(file, mapping);
  if (format === 'ndjson') return openNdjson(file, mapping);
  if (format === 'xlsx') return openXlsx(file);
  return openCsv(file, mapping);
}

const DELIMITERS = [',', '\t', ';', '|'];

async function openCsv(file: string, mapping: Reading): Promise<Source> {
  const { delimiter, columns } = mapping.header
    ? { delimiter: mapping.delimiter ?? ',', columns: mapping.header }
    : await readHeader(file, mapping);
  return {
    columns,
    async *records() {
      let isHeader = mapping.header === undefined;
      for await (const batch of readCsv(readText(file, mapping.encoding), delimiter)) {
        const rows = isHeader ? batch.slice(1) : batch;
        isHeader = false;
        yield rows.map((record) => fromCsv(record, columns.length));
      }
    },
  };
}

/** The file's column names, and the delimiter: the stated one, else the one that finds most of them. */
export async function readHeader(
  file: string,
  mapping: Reading,
): Promise<{ delimiter: string; columns: string[] }> {
  const encoding = mapping.encoding ?? (await detectHeadEncoding(file));
  const candidates = mapping.delimiter ? [mapping.delimiter] : DELIMITERS;
  const wanted = new Set(mapping.columns.flatMap((column) => column.from));
  let best = { delimiter: candidates[0] ?? ',', columns: [] as string[] };
  let bestFound = -1;
  for (const delimiter of candidates) {
    const columns = await firstFields(file, encoding, delimiter);
    const found = columns.filter((name) => wanted.has(name)).length;
    if (found > bestFound) {
      best = { delimiter, columns };
      bestFound = found;
    }
  }
  return best;
}

async function firstFields(file: string, encoding: Encoding, delimiter: string): Promise<string[]> {
  for await (const [first] of readCsv(readText(file, encoding), delimiter)) {
    return first?.fields.map((name) => name.trim()) ?? [];
  }
  throw new Refused('invalid', { code: 'pool.file_empty' });
}

function fromCsv(record: CsvRecord, width: number): SourceRecord {
  const { line, fields, text } = record;
  const code = record.isMalformed
    ? 'pool.quote_not_closed'
    : fields.length < width
      ? 'pool.too_few_fields'
      : fields.length > width
        ? 'pool.too_many_fields'
        : null;
  if (code === null) return { line, values: fields, row: text, fault: null };
  const what = record.isMalformed ? seen(text) : String(fields.length);
  return { line, values: [], row: text, fault: { code, seen: what } };
}

/**
 * NDJSON has no header: a key that is absent is a missing value. Numbers are read as JSON numbers
 * are, to 15 digits (RFC 8259 §6); longer ones must be written as text.
 */
async function openNdjson(file: string, mapping: Reading): Promise<Source> {
  const keys = await peekKeys(file, mapping);
  const optional = mapping.columns
    .filter(({ required, to }) => !required && to !== mapping.id && to !== mapping.date)
    .map(({ from }) => (typeof from === 'string' ? [from] : from))
    .flatMap((names) => (names.some((name) => keys.has(name)) ? [] : names.slice(0, 1)));
  const columns = [...new Set([...keys, ...optional])];
  return {
    columns,
    async *records() {
      for await (const batch of ndjsonLines(file, mapping)) {
        yield batch.map(({ line, text }) => fromJson(line, text, columns));
      }
    },
  };
}

/** The keys of the first rows. One that no row uses, and no row can do without, counts as absent. */
async function peekKeys(file: string, mapping: Reading): Promise<Set<string>> {
  const keys = new Set<string>();
  let rows = 0;
  for await (const batch of ndjsonLines(file, mapping)) {
    for (const { text } of batch) {
      for (const key of Object.keys(parseObject(text) ?? {})) keys.add(key);
      rows += 1;
      if (rows >= BATCH_ROWS) return keys;
    }
  }
  if (rows === 0) throw new Refused('invalid', { code: 'pool.file_empty' });
  return keys;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

async function* ndjsonLines(file: string, mapping: Reading): AsyncIterable<Line[]> {
  let line = 0;
  for await (const slice of readText(file, mapping.encoding)) {
    const texts = slice.split('\n');
    if (texts.at(-1) === '') texts.pop();
    const numbered = texts.map((text, index) => ({ line: line + index + 1, text: text.trim() }));
    line += texts.length;
    yield numbered.filter(({ text }) => text !== '');
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function fromJson(line: number, text: string, columns: readonly string[]): SourceRecord {
  const object = parseObject(text);
  if (!object) {
    return { line, values: [], row: text, fault: { code: 'pool.not_json', seen: seen(text) } };
  }
  return { line, values: columns.map((name) => jsonText(object[name])), row: text, fault: null };
}

function jsonText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first sheet of a workbook; its first row that is not empty is the header. */
async function openXlsx(file: string): Promise<Source> {
  const columns = await xlsxHeader(file);
  return {
    columns,
    async *records() {
      let batch: SourceRecord[] = [];
      let isHeader = true;
      for await (const { line, cells } of xlsxRows(file)) {
        if (!isHeader) batch.push(fromXlsx(line, cells, columns.length));
        isHeader = false;
        if (batch.length >= BATCH_ROWS) {
          yield batch;
          batch = [];
        }
      }
      yield batch;
    },
  };
}

async function xlsxHeader(file: string): Promise<string[]> {
  for await (const { cells } of xlsxRows(file)) return cells.map((cell) => cell?.trim() ?? '');
  throw new Refused('invalid', { code: 'pool.file_empty' });
}

async function* xlsxRows(file: string): AsyncIterable<{ line: number; cells: (string | null)[] }> {
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const rows = streamXlsxRows(stream)[Symbol.asyncIterator]();
  for (;;) {
    const next = await rows.next().catch((error: unknown) => {
      throw new Refused('invalid', {
        code: 'pool.not_a_workbook',
        params: { problem: error instanceof Error ? error.message : String(error) },
      });
    });
    if (next.done) return;
    const cells = next.value.values.map(xlsxText);
    if (cells.some((cell) => cell !== null)) yield { line: next.value.index + 1, cells };
  }
}

/** Spreadsheets drop empty cells at the end of a row; a value beyond the header is too many. */
function fromXlsx(line: number, cells: readonly (string | null)[], width: number): SourceRecord {
  const row = cells.map((cell) => cell ?? '').join('\t');
  const beyond = cells.slice(width).filter((cell) => cell !== null);
  if (beyond.length > 0) {
    const fault = { code: 'pool.too_many_fields', seen: String(width + beyond.length) };
    return { line, values: [], row, fault };
  }
  return { line, values: cells.slice(0, width), row, fault: null };
}

function xlsxText(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (!(value instanceof Date)) return String(value);
  // A spreadsheet's time is what a clock on a wall showed: it has no zone.
  const wall = value.toISOString().slice(0, -1);
  return wall.endsWith('T00:00:00.000') ? wall.slice(0, 10) : wall;
}
