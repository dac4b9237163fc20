import { emptyContent, emptyLine, tidy, withValue } from '../filing/content-path.ts';
import { parseCsv } from './csv.ts';

/** One filing as it was read: whatever stands in the file, for the server to judge. */
export interface ReadFiling {
  /** Where it stands: a line of the file, or a place in the list, from 1. */
  readonly at: number;
  readonly id: string;
  readonly filing: unknown;
}

export interface Unreadable {
  readonly at: number;
  readonly why: 'notJson' | 'noId' | 'cells';
  readonly seen: string;
}

export interface ReadFile {
  readonly filings: readonly ReadFiling[];
  readonly unreadable: readonly Unreadable[];
  readonly unknownColumns: readonly string[];
}

const SEEN_CHARACTERS_MAX = 80;

/** UTF-8, or the encoding Chinese spreadsheets save in. */
export function decodeText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads NDJSON, JSON (a list, or `{ "filings": […] }`) or our table; by its name, else by its looks. */
export function readFilings(name: string, text: string): ReadFile {
  if (/\.csv$/i.test(name)) return readTable(text);
  const whole = /\.json$/i.test(name) || /^\s*\[/.test(text) ? asJson(text) : undefined;
  if (whole !== undefined) {
    const list = Array.isArray(whole) ? whole : (whole as { filings?: unknown } | null)?.filings;
    return sorted(Array.isArray(list) ? list : [whole]);
  }
  const read: (unknown | Unreadable)[] = [];
  const unreadable: Unreadable[] = [];
  const places: number[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const filing = asJson(line);
    if (filing === undefined) {
      unreadable.push({ at: index + 1, why: 'notJson', seen: shortened(line) });
      return;
    }
    read.push(filing);
    places.push(index + 1);
  });
  const rest = sorted(read, places);
  return { ...rest, unreadable: [...unreadable, ...rest.unreadable] };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

const shortened = (text: string) => text.slice(0, SEEN_CHARACTERS_MAX);

function sorted(list: readonly unknown[], places?: readonly number[]): ReadFile {
  const filings: ReadFiling[] = [];
  const unreadable: Unreadable[] = [];
  list.forEach((filing, index) => {
    const at = places?.[index] ?? index + 1;
    const id = (filing as { id?: unknown } | null)?.id;
    if (typeof id === 'string' && id !== '') filings.push({ at, id, filing });
    else unreadable.push({ at, why: 'noId', seen: shortened(JSON.stringify(filing) ?? '') });
  });
  return { filings, unreadable, unknownColumns: [] };
}

/** The columns of the table: places in a declaration, and `line.` for those of a goods line. */
export const COLUMNS = [
  'id',
  'ieFlag',
  'filing',
  'declarationOffice',
  'borderOffice',
  'examinationOffice',
  'supervisionMode',
  'levyNature',
  'tradeTerms',
  'parties.declarant.uscc',
  'parties.declarant.name',
  'parties.domestic.uscc',
  'parties.domestic.name',
  'parties.owner.uscc',
  'parties.owner.name',
  'parties.overseas.name',
  'parties.overseas.country',
  'parties.carrier.name',
  'parties.forwarder.name',
  'parties.terminal.name',
  'transport.mode',
  'transport.conveyance',
  'transport.voyageNo',
  'transport.transportDocNo',
  'transport.partnerCountry',
  'transport.date',
  'packages.kind',
  'packages.count',
  'grossMassKg',
  'netMassKg',
  'currency',
  'totalValue',
  'freight',
  'insurance',
  'remarks',
  'line.hsCode',
  'line.description',
  'line.specification',
  'line.originCountry',
  'line.quantity',
  'line.unit',
  'line.netMassKg',
  'line.unitPrice',
  'line.value',
  'line.preference',
] as const;

/** An empty table to fill in. The mark in front lets a spreadsheet read it as UTF-8. */
export const template = (): string => `\uFEFF${COLUMNS.join(',')}\r\n`;

/** Each row is a goods line; rows of one id are one declaration, whose head is in the first of them. */
function readTable(text: string): ReadFile {
  const [header = [], ...rows] = parseCsv(text);
  const columns = header.map((name) => name.trim());
  const unknownColumns = columns.filter(
    (name) => name !== '' && !(COLUMNS as readonly string[]).includes(name),
  );
  const unreadable: Unreadable[] = [];
  const byId = new Map<string, { at: number; rows: Record<string, string>[] }>();
  rows.forEach((cells, index) => {
    const at = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    if (cells.length !== columns.length) {
      unreadable.push({ at, why: 'cells', seen: shortened(cells.join(',')) });
      return;
    }
    const row = Object.fromEntries(
      columns.map((name, place) => [name, (cells[place] ?? '').trim()]),
    );
    if (!row.id) {
      unreadable.push({ at, why: 'noId', seen: shortened(cells.join(',')) });
      return;
    }
    const known = byId.get(row.id);
    if (known) known.rows.push(row);
    else byId.set(row.id, { at, rows: [row] });
  });
  const filings = [...byId].map(([id, group]) => ({
    at: group.at,
    id,
    filing: { id, content: contentOf(group.rows) },
  }));
  return { filings, unreadable, unknownColumns };
}

function contentOf(rows: readonly Record<string, string>[]) {
  const [first = {}] = rows;
  const head = Object.entries(first).filter(([name]) => name !== 'id' && !name.startsWith('line.'));
  let content = emptyContent(null);
  for (const [path, text] of head) {
    const isCount = path === 'packages.count';
    const value = text === '' ? null : isCount && /^\d+$/.test(text) ? Number(text) : text;
    if (value !== null) content = withValue(content, path, value);
  }
  const lines = rows.map((row, index) =>
    Object.entries(row).reduce(
      (line, [name, text]) =>
        name.startsWith('line.') && text !== '' ? withValue(line, name.slice(5), text) : line,
      emptyLine(index + 1),
    ),
  );
  return tidy({ ...content, lines });
}
