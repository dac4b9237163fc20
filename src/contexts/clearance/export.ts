import { type Column, type Language, rowsWorkbook } from '../../platform/workbook.ts';
import type { DeclarationRow } from './contract.ts';

const COLUMNS: readonly Column<keyof DeclarationRow>[] = [
  { key: 'number', zh: '报关单号', en: 'Declaration number', width: 22 },
  { key: 'id', zh: '申报编号', en: 'Filing id', width: 24 },
  { key: 'status', zh: '状态', en: 'Status', width: 16 },
  { key: 'filing', zh: '申报方式', en: 'Filing', width: 10 },
  { key: 'ieFlag', zh: '进出口', en: 'Import/export', width: 8 },
  { key: 'lane', zh: '通道', en: 'Lane', width: 8 },
  { key: 'score', zh: '风险分', en: 'Risk points', width: 8 },
  { key: 'declarationOffice', zh: '申报地海关', en: 'Office of declaration', width: 10 },
  { key: 'borderOffice', zh: '进出境关别', en: 'Office of entry or exit', width: 10 },
  { key: 'domesticUscc', zh: '境内收发货人代码', en: 'Domestic party USCC', width: 22 },
  { key: 'domesticName', zh: '境内收发货人', en: 'Domestic party', width: 30 },
  { key: 'hsCode', zh: '商品编码', en: 'Tariff code', width: 14 },
  { key: 'description', zh: '商品名称', en: 'Goods', width: 30 },
  { key: 'originCountry', zh: '原产国', en: 'Origin', width: 8 },
  { key: 'partnerCountry', zh: '启运/运抵国', en: 'Partner country', width: 8 },
  { key: 'lines', zh: '项数', en: 'Lines', width: 6 },
  { key: 'totalValue', zh: '总价', en: 'Total value', width: 16 },
  { key: 'currency', zh: '币制', en: 'Currency', width: 8 },
  { key: 'filedAt', zh: '申报时间', en: 'Filed', width: 24 },
  { key: 'releasedAt', zh: '放行时间', en: 'Released', width: 24 },
];

/** A list of declarations as a workbook. */
export const toWorkbook = (
  rows: readonly DeclarationRow[],
  language: Language,
): Promise<Uint8Array> =>
  rowsWorkbook(language === 'zh' ? '报关单' : 'Declarations', COLUMNS, rows, language);
