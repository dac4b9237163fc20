import { streamXlsxRows } from 'hucre/xlsx';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { BULK_STOCK_BILLS_MAX } from './contract.ts';

/** The columns of a workbook of stock bills, by what their heads may be called. */
const HEADS: Readonly<Record<string, string>> = {
  出入库单: 'id',
  'stock bill': 'id',
  类型: 'kind',
  kind: 'kind',
  申报表序号: 'lineNo',
  line: 'lineNo',
  数量: 'quantity',
  quantity: 'quantity',
  '净重（千克）': 'netMassKg',
  'net mass (kg)': 'netMassKg',
  '毛重（千克）': 'grossMassKg',
  'gross mass (kg)': 'grossMassKg',
  件数: 'packages',
  packages: 'packages',
};
const KINDS: Readonly<Record<string, string>> = { 出入库: 'draw', 退回: 'return' };
const NUMBERS = new Set(['lineNo', 'packages']);

interface Bill {
  id: string;
  application: string;
  kind: string;
  lines: Record<string, string | number>[];
}

/**
 * Stock bills from a workbook: a row is a line, rows of one number are one bill. What a row says is
 * not judged here: each bill gets its own answer when it is drawn, as if it had been sent alone.
 */
export async function readStockBills(bytes: Buffer, application: string): Promise<Bill[]> {
  const bills = new Map<string, Bill>();
  let heads: (string | undefined)[] | null = null;
  for (const cells of await rowsOf(bytes)) {
    if (!heads) {
      heads = cells.map((cell) => HEADS[cell.toLowerCase()]);
      const missing = ['id', 'lineNo', 'quantity'].find((needed) => !heads?.includes(needed));
      if (missing)
        throw new Refused('invalid', {
          code: 'cargo.batch_workbook_column',
          params: { column: missing },
        });
      continue;
    }
    const row: Record<string, string | number> = {};
    heads.forEach((head, index) => {
      const cell = cells[index] ?? '';
      if (head && cell !== '') row[head] = NUMBERS.has(head) ? Number(cell) : cell;
    });
    const { id = '', kind = '', ...line } = row;
    const bill = bills.get(String(id)) ?? {
      id: String(id),
      application,
      kind: KINDS[String(kind)] ?? (kind === '' ? 'draw' : String(kind)),
      lines: [],
    };
    bill.lines.push(line);
    bills.set(bill.id, bill);
  }
  if (bills.size > BULK_STOCK_BILLS_MAX) {
    const params = { max: BULK_STOCK_BILLS_MAX };
    throw new Refused('invalid', { code: 'cargo.batch_workbook_too_long', params });
  }
  return [...bills.values()];
}

async function rowsOf(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  try {
    for await (const { values } of streamXlsxRows(bytes)) {
      const cells = values.map((cell) => String(cell ?? '').trim());
      if (cells.some((cell) => cell !== '')) rows.push(cells);
    }
  } catch (error) {
    throw new Refused('invalid', {
      code: 'cargo.batch_not_a_workbook',
      params: { problem: seen(error instanceof Error ? error.message : String(error)) },
    });
  }
  return rows;
}
