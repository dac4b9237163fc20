import { type Column, type Language, rowsWorkbook } from '../../../platform/workbook.ts';
import type { BillRow } from './contract.ts';

const COLUMNS: readonly Column<keyof BillRow>[] = [
  { key: 'number', zh: '提单号', en: 'Bill', width: 24 },
  { key: 'direction', zh: '进出境', en: 'In/out', width: 8 },
  { key: 'status', zh: '状态', en: 'Status', width: 12 },
  { key: 'manifest', zh: '舱单号', en: 'Manifest', width: 24 },
  { key: 'carrier', zh: '承运人', en: 'Carrier', width: 22 },
  { key: 'conveyance', zh: '运输工具', en: 'Conveyance', width: 24 },
  { key: 'voyageNo', zh: '航次', en: 'Voyage', width: 12 },
  { key: 'date', zh: '预计日期', en: 'Expected', width: 12 },
  { key: 'office', zh: '进出境关别', en: 'Office', width: 10 },
  { key: 'terminal', zh: '监管场所', en: 'Terminal', width: 12 },
  { key: 'description', zh: '货名', en: 'Goods', width: 30 },
  { key: 'consignee', zh: '收货人', en: 'Consignee', width: 30 },
  { key: 'packages', zh: '件数', en: 'Packages', width: 10 },
  { key: 'grossMassKg', zh: '毛重（千克）', en: 'Gross mass (kg)', width: 14 },
  { key: 'claimedPackages', zh: '已申报件数', en: 'Declared packages', width: 12 },
  { key: 'claimedGrossMassKg', zh: '已申报毛重', en: 'Declared gross mass', width: 14 },
  { key: 'claims', zh: '报关单数', en: 'Declarations', width: 10 },
  { key: 'stage', zh: '所处环节', en: 'Stage', width: 12 },
  { key: 'stageAt', zh: '环节时间', en: 'Since', width: 24 },
  { key: 'doNotLoad', zh: '禁止装载', en: 'Do not load', width: 10 },
  { key: 'task', zh: '待办', en: 'To do', width: 14 },
];

/** A list of bills as a workbook. */
export const toWorkbook = (rows: readonly BillRow[], language: Language): Promise<Uint8Array> =>
  rowsWorkbook(language === 'zh' ? '提单' : 'Bills', COLUMNS, rows, language);
