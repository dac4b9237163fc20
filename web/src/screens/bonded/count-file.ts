import type {
  CountedStock,
  CountLine,
} from '../../../../src/contexts/bonded/stocktake/contract.ts';
import { parseCsv } from '../clearance/bulk/csv.ts';
import { decodeText } from '../clearance/bulk/read-filings.ts';

/** A cell that cannot be a part of a tag: where it stands, and what it says. */
interface RejectedCell {
  readonly line: number;
  readonly column: ColumnName;
  readonly seen: string;
}
export interface CountFile {
  readonly tags: readonly CountLine[];
  readonly rejected: readonly RejectedCell[];
}
type ColumnName = keyof typeof COLUMNS;

/** What each column may be called; a file of ours, of a warehouse in Chinese, of one in English. */
const COLUMNS = {
  part: ['part', '料号', 'part number'],
  quantity: ['quantity', '数量', '盘点数量', 'counted'],
  stock: ['stock', '库存种类', '类别'],
  site: ['site', '地点'],
  countedat: ['countedat', '盘点时间', 'counted at'],
  bin: ['bin', '货位', '库位'],
  tag: ['tag', '盘点票', '票号'],
  lot: ['lot', '批次'],
} as const;

const STOCKS: Readonly<Record<CountedStock, string>> = {
  ...{ materials: '料件', onTheLine: '在产品', betweenSteps: '在制品', semiFinished: '半成品' },
  ...{
    finished: '成品',
    outsourced: '外发加工',
    storedElsewhere: '厂外存放',
    boughtAtHome: '内购',
  },
  ...{ materialsInTransit: '在途料件', productsInTransit: '在途成品', defective: '残次品' },
  ...{ scrap: '边角料', byProduct: '副产品' },
};
const QUANTITY = /^\d{1,11}(\.\d{1,5})?$/;
const PART_MAX = 64;

/**
 * Reads a count: CSV, or a workbook’s first sheet. A row with a cell that cannot be is told and left out,
 * the others go on; `null` where the file has no column for the part or for the quantity.
 */
export async function readCount(
  file: File,
  otherwise: { readonly site: string; readonly countedAt: string },
): Promise<CountFile | null> {
  const bytes = await file.arrayBuffer();
  const table = file.name.toLowerCase().endsWith('.xlsx')
    ? await workbookRows(new Uint8Array(bytes))
    : parseCsv(decodeText(bytes));
  return countOf(table, otherwise);
}

export function countOf(
  [heads = [], ...rows]: readonly (readonly string[])[],
  otherwise: { readonly site: string; readonly countedAt: string },
): CountFile | null {
  const places = placesOf(heads);
  if (places.part === undefined || places.quantity === undefined) return null;
  const tags: CountLine[] = [];
  const rejected: RejectedCell[] = [];
  for (const [index, cells] of rows.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const line = index + 2;
    const cell = (name: ColumnName): string => (cells[places[name] ?? -1] ?? '').trim();
    const faults: RejectedCell[] = [];
    const say = (column: ColumnName) => faults.push({ line, column, seen: cell(column) });
    const quantity = cell('quantity').replaceAll(',', '');
    if (!QUANTITY.test(quantity)) say('quantity');
    if (cell('part') === '' || cell('part').length > PART_MAX) say('part');
    const stock = stockOf(cell('stock'));
    if (stock === null) say('stock');
    const countedAt = cell('countedat') === '' ? otherwise.countedAt : momentOf(cell('countedat'));
    if (countedAt === null) say('countedat');
    rejected.push(...faults);
    if (faults.length > 0 || stock === null || countedAt === null) continue;
    tags.push({
      ...{ part: cell('part'), stock, quantity, countedAt, site: cell('site') || otherwise.site },
      ...{ lot: cell('lot') || null, bin: cell('bin') || null, tag: cell('tag') || `L${line}` },
    });
  }
  return { tags, rejected };
}

function placesOf(heads: readonly string[]): Partial<Record<ColumnName, number>> {
  const said = heads.map((head) => head.trim().toLowerCase());
  return Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([name, names]) => {
      const known: readonly string[] = names;
      const place = said.findIndex((head) => known.includes(head));
      return place < 0 ? [] : [[name, place]];
    }),
  );
}

function stockOf(text: string): CountedStock | null {
  if (text === '') return 'materials';
  const found = Object.entries(STOCKS).find(([code, zh]) => code === text || zh === text);
  return (found?.[0] as CountedStock | undefined) ?? null;
}

/** An instant; without a zone it is port time. */
function momentOf(text: string): string | null {
  const isZoned = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const at = Date.parse(isZoned ? text : `${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** The reader of workbooks comes with the first workbook. */
async function workbookRows(bytes: Uint8Array): Promise<string[][]> {
  const { streamXlsxRows } = await import('hucre/xlsx');
  const rows: string[][] = [];
  for await (const { values } of streamXlsxRows(bytes)) {
    rows.push(values.map((value) => (value === null ? '' : String(value))));
  }
  return rows;
}
