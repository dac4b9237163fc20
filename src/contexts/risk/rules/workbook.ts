import { workbooks } from '../../../platform/workbook.ts';
import { csvLine, harmless } from '../../pool/index.ts';
import type { ListEntry } from './contract.ts';

/** What columns are called in a file: an upload of the same file reads them back. */
const HEADER = ['value', 'until', 'note'] as const;

export function toCsv(entries: readonly ListEntry[]): string {
  let text = csvLine(HEADER);
  for (const { value, until, note } of entries)
    text += csvLine([cell(value), until, note === null ? null : harmless(note)]);
  return text;
}

/** Numbers stay numbers; a text that a spreadsheet would run stays a text. */
const cell = (value: string | number): string | number =>
  typeof value === 'number' ? value : harmless(value);

export const toWorkbook = (entries: readonly ListEntry[]): Promise<Uint8Array> =>
  workbooks.write(
    { name: 'list', columns: HEADER.map((header) => ({ header, key: header, width: 24 })) },
    entries,
    ({ value, until, note }) => [value, until ?? '', note ?? ''],
  );
