import { streamXlsxRows } from 'hucre/xlsx';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { type Language, rowsWorkbook } from '../../../platform/workbook.ts';
import { csvLine, harmless, readCsv } from '../../pool/index.ts';
import { PERMITS_MAX, type PermitRow } from './contract.ts';

/** Columns of a table of permits, as authorities send it and as it is exported. */
const COLUMNS = [
  { key: 'kind', zh: '证件代码', en: 'Kind', width: 8 },
  { key: 'number', zh: '证件编号', en: 'Number', width: 24 },
  { key: 'holder', zh: '持证人统一社会信用代码', en: 'Holder', width: 22 },
  { key: 'holderName', zh: '持证人名称', en: 'Holder name', width: 30 },
  { key: 'ieFlag', zh: '进出口标志', en: 'I/E', width: 6 },
  { key: 'goods', zh: '商品编码', en: 'Goods', width: 24 },
  { key: 'origins', zh: '原产国', en: 'Origins', width: 12 },
  { key: 'quantity', zh: '数量', en: 'Quantity', width: 14 },
  { key: 'unit', zh: '计量单位', en: 'Unit', width: 8 },
  { key: 'value', zh: '金额', en: 'Value', width: 14 },
  { key: 'currency', zh: '币制', en: 'Currency', width: 8 },
  { key: 'uses', zh: '可用次数', en: 'Uses', width: 8 },
  { key: 'validFrom', zh: '生效日期', en: 'Valid from', width: 12 },
  { key: 'validUntil', zh: '有效截止日期', en: 'Valid until', width: 12 },
] as const;
type Key = (typeof COLUMNS)[number]['key'];
/** Told only by the port. */
const COUNTED = [
  { key: 'issuer', zh: '发证机关', en: 'Issuer', width: 20 },
  { key: 'status', zh: '状态', en: 'Status', width: 12 },
  { key: 'quantityLeft', zh: '剩余数量', en: 'Quantity left', width: 14 },
  { key: 'valueLeft', zh: '剩余金额', en: 'Value left', width: 14 },
  { key: 'usesLeft', zh: '剩余次数', en: 'Uses left', width: 10 },
] as const;

/**
 * Reads permits from a table with a head row, CSV in UTF-8 or GB 18030 or a workbook, into what
 * `PermitInput` reads. Several tariff codes or countries in one cell are set apart by spaces,
 * semicolons or commas.
 */
export async function readPermitTable(bytes: Buffer): Promise<unknown[]> {
  const rows = bytes.subarray(0, 2).toString('latin1') === 'PK' ? workbook(bytes) : csv(bytes);
  let keys: (Key | null)[] | null = null;
  const permits: unknown[] = [];
  for await (const cells of rows) {
    if (!keys) {
      keys = cells.map(keyOf);
      const missing = COLUMNS.find(({ key }) => key === 'number' && !keys?.includes(key));
      if (missing) throw new Refused('invalid', { code: 'clearance.permit_table_has_no_head' });
      continue;
    }
    if (permits.length >= PERMITS_MAX) {
      throw new Refused('invalid', {
        code: 'clearance.permit_table_too_long',
        params: { max: PERMITS_MAX },
      });
    }
    permits.push(permitOf(keys, cells));
  }
  return permits;
}

function permitOf(keys: readonly (Key | null)[], cells: readonly string[]): unknown {
  const said: Partial<Record<Key, string>> = {};
  cells.forEach((cell, index) => {
    const key = keys[index];
    if (key && cell.trim() !== '') said[key] = cell.trim();
  });
  const { kind, number, goods, origins, uses, ...rest } = said;
  return {
    kind,
    number,
    terms: {
      ...rest,
      goods: listOf(goods),
      origins: listOf(origins),
      // An empty cell sets no bound; left out of the table, one shipment per permit.
      ...(keys.includes('uses') && { uses: uses === undefined ? null : Number(uses) }),
    },
  };
}

const listOf = (cell: string | undefined): string[] =>
  cell?.split(/[\s;,；，、]+/).filter((part) => part !== '') ?? [];

const keyOf = (head: string): Key | null =>
  COLUMNS.find(({ key, zh, en }) =>
    [key.toLowerCase(), zh, en.toLowerCase()].includes(head.trim().toLowerCase()),
  )?.key ?? null;

async function* csv(bytes: Buffer): AsyncIterable<string[]> {
  for await (const records of readCsv(whole(textOf(bytes)), ',')) {
    for (const { fields, isMalformed, line } of records) {
      if (isMalformed) {
        throw new Refused('invalid', {
          code: 'clearance.permit_table_malformed',
          params: { line },
        });
      }
      if (fields.some((field) => field.trim() !== '')) yield [...fields];
    }
  }
}

async function* whole(text: string): AsyncIterable<string> {
  yield text.replace(/^\uFEFF/, '');
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function* workbook(bytes: Buffer): AsyncIterable<string[]> {
  try {
    for await (const { values } of streamXlsxRows(bytes)) {
      const cells = Array.from(values, (cell) => {
        if (cell instanceof Date) return cell.toISOString().slice(0, 10);
        return cell === null || cell === undefined ? '' : String(cell);
      });
      if (cells.some((cell) => cell !== '')) yield cells;
    }
  } catch (error) {
    const problem = seen(error instanceof Error ? error.message : String(error));
    throw new Refused('invalid', { code: 'clearance.permit_not_a_table', params: { problem } });
  }
}

/** Permits as a workbook: what can be loaded again, and what is left of each. */
export const permitWorkbook = (
  rows: readonly PermitRow[],
  language: Language,
): Promise<Uint8Array> =>
  rowsWorkbook(
    language === 'zh' ? '许可证件' : 'Permits',
    [...COLUMNS, ...COUNTED],
    rows.map(cellsOf),
    language,
  );

export function permitCsv(rows: readonly PermitRow[]): string {
  const keys = [...COLUMNS, ...COUNTED].map(({ key }) => key);
  const lines = rows.map((row) => {
    const cells = cellsOf(row);
    return csvLine(keys.map((key) => harmless(cells[key] ?? '')));
  });
  return csvLine(keys) + lines.join('');
}

function cellsOf(row: PermitRow): Record<string, string> {
  const { terms, ...head } = row;
  const { goods, origins, ...rest } = terms;
  const all = { ...rest, ...head, goods: goods.join(' '), origins: origins.join(' ') };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [key, value === null ? '' : String(value)]),
  );
}
