import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { streamXlsxRows } from 'hucre/xlsx';
import { sha256 } from '../../../kernel/canonical.ts';
import { isLocalDate, type LocalDate } from '../../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { readCsv } from '../../pool/index.ts';
import { LIST_ENTRIES_MAX, type ListEntry } from './contract.ts';

/** Longest value a list may hold: names of firms are the longest things anybody lists. */
const VALUE_CHARACTERS_MAX = 200;
const NOTE_CHARACTERS_MAX = 200;
/** Problems told of one file: enough to mend it. */
const PROBLEMS_MAX = 50;
/** Entries handled before others get their turn: a long list must not hold a filing up. */
const SLICE = 20_000;
/** What the first row may be called by; a first row of anything else is an entry. */
const HEADERS = new Set(['value', '值', '代码', '编码', '名称']);

const otherWork = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Reads a list from a table of one to three columns: the value, the day it ends on, a note. CSV in
 * UTF-8 or GB 18030 (what spreadsheets in Chinese save), or a workbook. Every problem is told with
 * its line; the same value twice is told too, since one of its two ends would silently win.
 */
export async function readEntries(bytes: Buffer, type: 'text' | 'number'): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  const problems: Refusal[] = [];
  const lines = new Map<string | number, number>();
  let isFirst = true;
  let read = 0;
  for await (const { line, cells } of rowsOf(bytes)) {
    const isHeader = isFirst && HEADERS.has((cells[0] ?? '').trim().toLowerCase());
    isFirst = false;
    if (isHeader) continue;
    if (entries.length >= LIST_ENTRIES_MAX) {
      throw new Refused('invalid', {
        code: 'risk.list_too_long',
        params: { max: LIST_ENTRIES_MAX },
      });
    }
    const entry = entryOf(cells, type, line);
    const earlier = 'code' in entry ? undefined : lines.get(entry.value);
    if ('code' in entry) {
      problems.push(entry);
    } else if (earlier !== undefined) {
      const value = seen(entry.value);
      problems.push({ code: 'risk.list_value_twice', seen: value, params: { line, earlier } });
    } else {
      lines.set(entry.value, line);
      entries.push(entry);
    }
    if (problems.length >= PROBLEMS_MAX) break;
    read += 1;
    if (read % SLICE === 0) await otherWork();
  }
  if (problems.length > 0) throw new Refused('invalid', problems);
  if (entries.length === 0) throw new Refused('invalid', { code: 'risk.list_empty' });
  return entries;
}

interface Row {
  readonly line: number;
  readonly cells: readonly (string | null)[];
}

const isWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 2).toString('latin1') === 'PK';

async function* rowsOf(bytes: Buffer): AsyncIterable<Row> {
  if (isWorkbook(bytes)) {
    yield* workbookRows(bytes);
    return;
  }
  for await (const records of readCsv(slicesOf(textOf(bytes)), ',')) {
    for (const { line, fields, isMalformed } of records) {
      if (isMalformed) {
        throw new Refused('invalid', { code: 'risk.list_row_malformed', params: { line } });
      }
      if (fields.some((field) => field.trim() !== '')) yield { line, cells: fields };
    }
  }
}

async function* workbookRows(bytes: Buffer): AsyncIterable<Row> {
  try {
    for await (const { index, values } of streamXlsxRows(bytes)) {
      const cells = values.map(cellText);
      if (cells.some((cell) => cell !== null)) yield { line: index + 1, cells };
    }
  } catch (error) {
    throw new Refused('invalid', {
      code: 'risk.list_not_a_table',
      params: { problem: seen(error instanceof Error ? error.message : String(error)) },
    });
  }
}

function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined || cell === '') return null;
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const TEXT_SLICE = 1 << 16;
async function* slicesOf(text: string): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += TEXT_SLICE) {
    yield text.slice(at, at + TEXT_SLICE);
    await otherWork();
  }
}

function entryOf(
  [value, until, note]: Row['cells'],
  type: 'text' | 'number',
  line: number,
): ListEntry | Refusal {
  // A list downloaded for a spreadsheet has an apostrophe before what could be taken for a formula.
  const text = value?.trim().replace(/^'(?=[=+\-@])/, '') ?? '';
  const day = until?.trim() || null;
  if (text === '' || text.length > VALUE_CHARACTERS_MAX) {
    return {
      code: 'risk.list_value_length',
      seen: seen(text),
      params: { line, max: VALUE_CHARACTERS_MAX },
    };
  }
  if (type === 'number' && !/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) {
    return { code: 'risk.list_value_not_a_number', seen: seen(text), params: { line } };
  }
  if (day !== null && !isLocalDate(day)) {
    return { code: 'risk.list_end_not_a_day', seen: seen(day), params: { line } };
  }
  return {
    value: type === 'number' ? Number(text) : text,
    until: day,
    note: note?.trim().slice(0, NOTE_CHARACTERS_MAX) || null,
  };
}

/* ---------------------------------------------------------------- as they are kept */

/** One JSON array a line, compressed; the hash is of the lines. */
export async function packEntries(
  entries: readonly ListEntry[],
): Promise<{ packed: Buffer; hash: string }> {
  const lines: string[] = [];
  for (const [index, { value, until, note }] of entries.entries()) {
    lines.push(JSON.stringify(note ? [value, until, note] : until ? [value, until] : [value]));
    if (index % SLICE === 0) await otherWork();
  }
  const text = lines.join('\n');
  return { packed: await promisify(gzip)(text), hash: sha256(text) };
}

export async function unpackEntries(packed: Buffer): Promise<ListEntry[]> {
  const entries: ListEntry[] = [];
  for await (const [value, until = null, note = null] of unpack(packed)) {
    entries.push({ value, until, note });
  }
  return entries;
}

/** The values as a book asks them, and the days some of them end on. */
export async function unpackValues(
  packed: Buffer,
): Promise<{ values: Set<string | number>; untils: Map<string | number, LocalDate> }> {
  const values = new Set<string | number>();
  const untils = new Map<string | number, LocalDate>();
  for await (const [value, until = null] of unpack(packed)) {
    values.add(value);
    if (until !== null) untils.set(value, until);
  }
  return { values, untils };
}

type PackedEntry = [value: string | number, until?: string | null, note?: string | null];

async function* unpack(packed: Buffer): AsyncIterable<PackedEntry> {
  const lines = (await promisify(gunzip)(packed)).toString('utf8').split('\n');
  for (let from = 0; from < lines.length; from += SLICE) {
    yield* JSON.parse(`[${lines.slice(from, from + SLICE).join()}]`) as PackedEntry[];
    await otherWork();
  }
}
