import type { BillInput } from '../../../../../src/contexts/cargo/manifests/contract.ts';
import { parseCsv } from '../../clearance/bulk/csv.ts';
import { decodeText } from '../../clearance/bulk/read-filings.ts';

/** What a file said: a whole filing (JSON), or the bills alone (a table); or why it cannot be read. */
export type ReadManifest =
  | { readonly kind: 'filing'; readonly filing: Readonly<Record<string, unknown>> }
  | { readonly kind: 'bills'; readonly bills: readonly BillInput[] }
  | { readonly kind: 'unreadable'; readonly why: 'json' | 'workbook' | 'columns' };

/** The columns of a table of bills, by what their heads may be called; one row a container. */
const COLUMNS: readonly (readonly [name: string, zh: string, en: string])[] = [
  ['number', '提单号', 'bill'],
  ['house', '分提单号', 'house bill'],
  ['packages', '件数', 'packages'],
  ['packageKind', '包装种类', 'package kind'],
  ['grossMassKg', '毛重', 'gross mass'],
  ['description', '货名', 'description'],
  ['marks', '唛头', 'marks'],
  ['shipperName', '发货人', 'shipper'],
  ['shipperCountry', '发货人国别', 'shipper country'],
  ['consigneeName', '收货人', 'consignee'],
  ['consigneeUscc', '收货人信用代码', 'consignee uscc'],
  ['loadingPort', '装货港', 'loading port'],
  ['dischargePort', '卸货港', 'discharge port'],
  ['container', '箱号', 'container'],
  ['sizeType', '箱型', 'size type'],
  ['seals', '封志', 'seals'],
];

export async function readManifest(file: File): Promise<ReadManifest> {
  const bytes = await file.arrayBuffer();
  if (file.name.endsWith('.xlsx')) return fromTable(await readWorkbook(new Uint8Array(bytes)));
  const text = decodeText(bytes);
  return /^\s*[{[]/.test(text) ? fromJson(text) : fromTable(parseCsv(text));
}

function fromJson(text: string): ReadManifest {
  try {
    const said: unknown = JSON.parse(text);
    if (Array.isArray(said)) return { kind: 'bills', bills: said as BillInput[] };
    return { kind: 'filing', filing: said as Record<string, unknown> };
  } catch {
    return { kind: 'unreadable', why: 'json' };
  }
}

/** The reader of workbooks comes with the first workbook. */
async function readWorkbook(bytes: Uint8Array): Promise<string[][] | null> {
  const { streamXlsxRows } = await import('hucre/xlsx');
  const rows: string[][] = [];
  try {
    for await (const { values } of streamXlsxRows(bytes)) {
      rows.push(values.map((value) => (value === null ? '' : String(value).trim())));
    }
    return rows;
  } catch {
    return null;
  }
}

/** A row is a container of a bill or of a house bill; what was said once of a bill need not be said again. */
function fromTable(rows: string[][] | null): ReadManifest {
  if (!rows) return { kind: 'unreadable', why: 'workbook' };
  const [head = [], ...body] = rows;
  const at = new Map(
    head.flatMap((title, index) => {
      const wanted = title.trim().toLowerCase();
      const known = COLUMNS.find((names) => names.some((name) => name.toLowerCase() === wanted));
      return known ? [[known[0], index] as const] : [];
    }),
  );
  if (!at.has('number')) return { kind: 'unreadable', why: 'columns' };
  const bills = new Map<string, Draft>();
  for (const row of body) {
    const cell = (name: string): string => row[at.get(name) ?? -1]?.trim() ?? '';
    const number = cell('number');
    if (number === '') continue;
    const house = cell('house');
    const master = bills.get(number) ?? start(number);
    bills.set(number, master);
    const target = house === '' ? master : houseOf(master, house);
    describe(target, cell);
    if (target !== master && cell('container') !== '') addContainer(master, cell);
  }
  return { kind: 'bills', bills: [...bills.values()].map(toBill) };
}

interface Draft {
  readonly number: string;
  readonly said: Map<string, string>;
  readonly containers: Map<string, { sizeType: string | null; seals: string[] }>;
  readonly houses: Map<string, Draft>;
}

const start = (number: string): Draft => ({
  number,
  said: new Map(),
  containers: new Map(),
  houses: new Map(),
});

function houseOf(master: Draft, number: string): Draft {
  const house = master.houses.get(number) ?? start(number);
  master.houses.set(number, house);
  return house;
}

function describe(draft: Draft, cell: (name: string) => string): void {
  for (const [name] of COLUMNS) {
    if (cell(name) !== '' && !draft.said.has(name)) draft.said.set(name, cell(name));
  }
  if (cell('container') !== '') addContainer(draft, cell);
}

function addContainer(draft: Draft, cell: (name: string) => string): void {
  draft.containers.set(cell('container'), {
    sizeType: cell('sizeType') || null,
    seals: cell('seals')
      .split(/[,，;\s]+/)
      .filter(Boolean),
  });
}

function toBill(draft: Draft): BillInput {
  const said = (name: string): string | null => draft.said.get(name) ?? null;
  const packages = said('packages');
  const party = (name: string | null, more: object) => (name ? { name, ...more } : null);
  return {
    number: draft.number,
    packages: packages === null ? null : Number(packages),
    packageKind: said('packageKind'),
    grossMassKg: said('grossMassKg'),
    description: said('description'),
    marks: said('marks'),
    shipper: party(said('shipperName'), { country: said('shipperCountry') }),
    consignee: party(said('consigneeName'), { uscc: said('consigneeUscc'), country: 'CN' }),
    loadingPort: said('loadingPort'),
    dischargePort: said('dischargePort'),
    containers: [...draft.containers].map(([number, more]) => ({ number, ...more })),
    houses: [...draft.houses.values()].map((house) => {
      const { houses: _none, ...content } = toBill(house);
      return content;
    }),
  };
}

/** An empty table with its heads, in the reader's language, for a spreadsheet to open. */
export const template = (language: 'zh' | 'en'): string =>
  `\uFEFF${COLUMNS.map(([, zh, en]) => (language === 'zh' ? zh : en)).join(',')}\r\n`;
