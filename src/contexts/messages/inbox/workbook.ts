import { type Column, type Language, rowsWorkbook } from '../../../platform/workbook.ts';
import type { MessageRow } from './contract.ts';

const COLUMNS: readonly Column<keyof MessageRow>[] = [
  { key: 'receivedAt', zh: '收到时间', en: 'Received', width: 24 },
  { key: 'partner', zh: '往来单位', en: 'Partner', width: 22 },
  { key: 'reference', zh: '对方编号', en: 'Reference', width: 24 },
  { key: 'standard', zh: '标准', en: 'Standard', width: 14 },
  { key: 'kind', zh: '种类', en: 'Kind', width: 20 },
  { key: 'outcome', zh: '结果', en: 'Outcome', width: 12 },
  { key: 'problems', zh: '问题数', en: 'Problems', width: 10 },
  { key: 'documents', zh: '单证数', en: 'Documents', width: 10 },
  { key: 'record', zh: '形成的单证', en: 'Became', width: 30 },
  { key: 'bytes', zh: '字节', en: 'Bytes', width: 12 },
  { key: 'id', zh: '报文号', en: 'Message', width: 34 },
];

/** A list of messages as a workbook. */
export const toWorkbook = (rows: readonly MessageRow[], language: Language): Promise<Uint8Array> =>
  rowsWorkbook(
    language === 'zh' ? '报文' : 'Messages',
    COLUMNS,
    rows.map((row) => ({ ...row, record: row.record?.id ?? null })),
    language,
  );
