import { parseCsv } from 'hucre/csv';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { casIn } from '../reading/cas.ts';
import { type Role, rolesOf } from './columns.ts';

/** One line of a list, as far as it speaks of a substance or of a shipping name. */
export interface ListRow {
  readonly line: number;
  readonly cas: readonly string[];
  /** The first is the list's own name for it. */
  readonly names: readonly string[];
  readonly zh: readonly string[];
  readonly un: string | null;
  readonly class: string | null;
  readonly packingGroup: string | null;
  readonly subsidiary: readonly string[];
  readonly hs: readonly string[];
  readonly formula: string | null;
  readonly statements: readonly string[];
  readonly entry: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReadList {
  readonly rows: readonly ListRow[];
  readonly rejects: readonly Refusal[];
  /** How many rows were set aside; of very many only the first are kept. */
  readonly setAside: number;
}

const MAX_KEPT_REJECTS = 1_000;
const MAX_CELL = 6_000;

/**
 * Reads a list in any of the shapes the guide names: CSV or tab-separated with a heading, the PubChem
 * names table without one, or a JSON array. Rows that are wrong are set aside with the reason.
 */
export function readList(
  text: string,
  mapping: Readonly<Partial<Record<Role, string>>> = {},
): ReadList {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/^\s*\[/.test(body)) return readJson(body, mapping);
  const firstLine = body.slice(0, body.indexOf('\n') + 1 || undefined);
  if (/^-?\d+\t[\d-]+\t/.test(firstLine)) return collect(readPubchem(body));
  const isTabbed = firstLine.includes('\t');
  const table = isTabbed
    ? body.split(/\r?\n/).map((line) => line.split('\t'))
    : parseCsv(body, { skipEmptyRows: false }).map((cells) =>
        cells.map((cell) => String(cell ?? '')),
      );
  const [header = [], ...lines] = table;
  return collect(
    readTable(
      header.map((cell) => cell.trim()),
      lines,
      mapping,
    ),
  );
}

type Read = ListRow | Refusal;
const isRefusal = (read: Read): read is Refusal => 'code' in read;

function collect(reads: Iterable<Read>): ReadList {
  const rows: ListRow[] = [];
  const rejects: Refusal[] = [];
  let setAside = 0;
  const lines = new Set<string>();
  for (const read of reads) {
    const wrong = isRefusal(read) ? read : repeated(read, lines);
    if (!wrong) rows.push(read as ListRow);
    else {
      setAside += 1;
      if (rejects.length < MAX_KEPT_REJECTS) rejects.push(wrong);
    }
  }
  return { rows, rejects, setAside };
}

function repeated(row: ListRow, lines: Set<string>): Refusal | null {
  const key = [
    row.attributes.list,
    row.entry,
    row.un,
    row.class,
    row.packingGroup,
    ...row.cas,
    ...row.names,
    ...row.zh,
  ].join('\u0001');
  if (lines.has(key))
    return {
      code: 'chemicals.row_repeated',
      path: `line ${row.line}`,
      seen: seen(row.names[0] ?? ''),
    };
  lines.add(key);
  return null;
}

function* readTable(
  header: readonly string[],
  lines: readonly (readonly string[])[],
  mapping: Readonly<Partial<Record<Role, string>>>,
): Iterable<Read> {
  const roles = rolesOf(header, mapping);
  if (!roles.includes('name') && !roles.includes('zh'))
    throw new Refused('invalid', {
      code: 'chemicals.columns_unknown',
      params: { found: header.slice(0, 30).join(', ') },
    });
  for (const [index, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const line = index + 2;
    if (cells.length !== header.length) {
      yield { code: 'chemicals.cells_disagree', path: `line ${line}`, seen: seen(cells.join()) };
      continue;
    }
    yield toRow(line, header, roles, cells);
  }
}

function toRow(
  line: number,
  header: readonly string[],
  roles: readonly (Role | null)[],
  cells: readonly string[],
): Read {
  const by: Partial<Record<Role, string>> = {};
  const attributes: Record<string, string> = {};
  for (const [i, role] of roles.entries()) {
    const cell = (cells[i] ?? '').trim();
    if (cell === '') continue;
    if (cell.length > MAX_CELL)
      return { code: 'chemicals.cell_too_long', path: `line ${line}`, seen: seen(cell) };
    if (role) by[role] = cell;
    else attributes[header[i] ?? ''] = cell;
  }
  const found = casIn(by.cas ?? '');
  const wrong = found.find(({ isRight }) => !isRight);
  if (wrong) return { code: 'chemicals.cas_check_digit', path: `line ${line}`, seen: wrong.cas };
  const names = namesIn(by.name ?? '', by.aliases);
  const zh = namesIn(by.zh ?? '', by.zhAliases);
  const un = /(\d{4})/.exec(by.un ?? '')?.[1] ?? null;
  if (names.length + zh.length === 0)
    return { code: 'chemicals.name_missing', path: `line ${line}` };
  if (found.length === 0 && !un && !by.hs && !attributes.list)
    return {
      code: 'chemicals.number_missing',
      path: `line ${line}`,
      seen: seen(names[0] ?? zh[0] ?? ''),
    };
  return {
    line,
    cas: found.map(({ cas }) => cas),
    names,
    zh,
    un,
    class: by.class ?? null,
    packingGroup: by.packingGroup ?? null,
    subsidiary: (by.subsidiary ?? '').split(/[|,;/\s]+/).filter(Boolean),
    hs: (by.hs ?? '').match(/\d{4,10}/g) ?? [],
    formula: by.formula ?? null,
    statements: (by.statements ?? '').match(/EUH\d{3}[A-Z]?|H\d{3}[A-Za-z]*/g) ?? [],
    entry: by.entry ?? null,
    attributes,
  };
}

/**
 * The names in a cell. Several are parted by semicolons, as in CLP and in ours; a remark in square
 * brackets (`[containing ≥ 30 %]`, `[1]`) is not part of the name.
 */
export function namesIn(cell: string, aliases = ''): string[] {
  const split = (text: string): string[] =>
    text
      .split(/\s*(?:;(?=\s|\p{Script=Han}|$)|[；|]|\[\d{1,2}\]|\n)\s*/u)
      .map((name) => name.replace(/^\[(?=[^\]]{25})[^\]]*\]?$/, '').trim())
      .filter((name) => name !== '' && name !== '-');
  const others = aliases.split(/\s*[;；|、\n]\s*/).filter((name) => name !== '' && name !== '-');
  return [...new Set([...split(cell), ...others])];
}

/** The PubChem names table: number, CAS, formula, weight, SMILES, InChI, key, systematic name, names … */
function* readPubchem(text: string): Iterable<Read> {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, cas = '', formula = '', , , , , ...names] = line.split('\t');
    yield toRow(
      index + 1,
      ['cas', 'name', 'aliases', 'formula'],
      ['cas', 'name', 'aliases', 'formula'],
      [
        cas,
        '',
        names
          .filter((name) => casIn(name).length === 0)
          .join('|')
          .slice(0, MAX_CELL),
        formula,
      ],
    );
  }
}

/** The array of the hazardous materials table, or any array of flat objects: keys are the headings. */
function readJson(text: string, mapping: Readonly<Partial<Record<Role, string>>>): ReadList {
  const rows = parseArray(text);
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown): string =>
    Array.isArray(value)
      ? value.join('|')
      : typeof value === 'object' || value === null || value === undefined
        ? ''
        : String(value);
  return collect(
    readTable(
      header,
      rows.map((row) => header.map((name) => cell(row[name]))),
      mapping,
    ),
  );
}

function parseArray(text: string): Record<string, unknown>[] {
  try {
    return (JSON.parse(text) as unknown[]).filter(
      (row): row is Record<string, unknown> => typeof row === 'object' && row !== null,
    );
  } catch {
    throw new Refused('invalid', {
      code: 'chemicals.json_malformed',
      seen: seen(text.slice(0, 60)),
    });
  }
}
