import { type Column, type Language, rowsWorkbook } from '../../../platform/workbook.ts';
import type { Movement } from './contract.ts';

const COLUMNS: readonly Column<keyof Movement>[] = [
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

/** Movements as a workbook. */
export const toWorkbook = (rows: readonly Movement[], language: Language): Promise<Uint8Array> =>
  rowsWorkbook(language === 'zh' ? '过卡明细' : 'Movements', COLUMNS, rows, language);
