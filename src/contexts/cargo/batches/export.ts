import { writeXlsx } from 'hucre/xlsx';
import type { Movement } from './contract.ts';

const COLUMNS: readonly { key: keyof Movement; zh: string; en: string; width: number }[] = [
  { key: 'at', zh: '过卡时间', en: 'Crossed', width: 24 },
  { key: 'passport', zh: '核放单号', en: 'Gate passport', width: 28 },
  { key: 'bill', zh: '出入库单', en: 'Stock bill', width: 24 },
  { key: 'lineNo', zh: '申报表序号', en: 'Line', width: 10 },
  { key: 'quantity', zh: '数量', en: 'Quantity', width: 14 },
  { key: 'netMassKg', zh: '净重（千克）', en: 'Net mass (kg)', width: 14 },
  { key: 'grossMassKg', zh: '毛重（千克）', en: 'Gross mass (kg)', width: 14 },
  { key: 'packages', zh: '件数', en: 'Packages', width: 8 },
  { key: 'countsOn', zh: '归属日期', en: 'Counts on', width: 12 },
  { key: 'state', zh: '申报状态', en: 'State', width: 12 },
  { key: 'consolidation', zh: '集中申报编号', en: 'Consolidation', width: 24 },
  { key: 'declaration', zh: '报关单申报编号', en: 'Declaration', width: 26 },
];

/** Movements as a workbook. Every cell is text: quantities are kept to the last digit. */
export function toWorkbook(rows: readonly Movement[], language: 'zh' | 'en'): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: language === 'zh' ? '过卡明细' : 'Movements',
        columns: COLUMNS.map((column) => ({
          header: column[language],
          key: column.key,
          width: column.width,
        })),
        data: rows.map((row) =>
          Object.fromEntries(
            COLUMNS.map(({ key }) => [key, row[key] === null ? '' : String(row[key])]),
          ),
        ),
      },
    ],
  });
}
