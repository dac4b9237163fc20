import { type Column, type Language, rowsWorkbook } from '../../platform/workbook.ts';
import type { BillRow } from './contract.ts';

const COLUMNS: readonly Column<keyof BillRow>[] = [
  { key: 'declaration', zh: '申报编号', en: 'Declaration', width: 24 },
  { key: 'payer', zh: '纳税人', en: 'Payer', width: 22 },
  { key: 'declarant', zh: '申报单位', en: 'Declarant', width: 22 },
  { key: 'office', zh: '申报地海关', en: 'Office of declaration', width: 12 },
  { key: 'ieFlag', zh: '进出口', en: 'Import/export', width: 8 },
  { key: 'status', zh: '状态', en: 'Status', width: 14 },
  { key: 'on', zh: '适用税率日期', en: 'Law of', width: 12 },
  { key: 'assessedAt', zh: '核定时间', en: 'Assessed', width: 24 },
  { key: 'dueOn', zh: '缴款期限', en: 'Due', width: 12 },
  { key: 'period', zh: '汇总征税月份', en: 'Paid with month', width: 12 },
  { key: 'guarantee', zh: '担保', en: 'Guarantee', width: 18 },
  { key: 'assessed', zh: '应缴', en: 'Assessed, yuan', width: 16 },
  { key: 'paid', zh: '已缴', en: 'Paid, yuan', width: 16 },
  { key: 'outstanding', zh: '未缴', en: 'Outstanding, yuan', width: 16 },
  { key: 'credit', zh: '多缴', en: 'Paid too much, yuan', width: 16 },
];

/** Duty bills as a workbook. */
export const toWorkbook = (rows: readonly BillRow[], language: Language): Promise<Uint8Array> =>
  rowsWorkbook(language === 'zh' ? '税单' : 'Duty bills', COLUMNS, rows, language);
