import { readFile } from 'node:fs/promises';
import { dayNumber, type Stream, type StreamRow, streamOf } from './stream.ts';

export const KOREA = '../shared/data/korea-cdd';
const FILES = ['df_syn_train_eng.csv', 'df_syn_valid_eng.csv'];

/** Joined columns; the answers of this set follow the last of them. */
const KEYS = [
  ['HS6 Code'],
  ['Country of Origin'],
  ['HS6 Code', 'Country of Origin'],
  ['HS6 Code', 'Country of Departure', 'Country of Origin'],
  ['Importer ID'],
  ['Seller ID'],
  ['Office ID', 'Import Type', 'Import Use'],
  ['HS6 Code', 'Country of Departure', 'Country of Origin', 'Tax Rate', 'Tax Type'],
];

/** Korean import declarations of 2020 and the first quarter of 2021: synthetic, every row labelled. */
export async function koreaStream(weeksMax: number): Promise<Stream> {
  const rows: StreamRow[] = [];
  for (const file of FILES) {
    const [head = '', ...lines] = (await readFile(`${KOREA}/${file}`, 'utf8')).trim().split('\n');
    const names = head.trim().split(',');
    for (const line of lines) {
      const cells = line.trim().split(',');
      const row = Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
      const keys = KEYS.map((key) => key.map((name) => row[name]).join('|'));
      const [mass, price] = [Number(row['Net Mass']), Number(row['Item Price'])];
      rows.push({
        day: dayNumber(row.Date ?? ''),
        keys,
        numbers: [Math.log1p(mass), Math.log1p(price), price / mass, Number(row['Tax Rate'])],
        answer: row.Fraud === '1',
        cell: keys.at(-1) ?? '',
      });
    }
  }
  rows.sort((a, b) => a.day - b.day);
  const last = (rows[0]?.day ?? 0) + (weeksMax + 1) * 7;
  const kept = rows.filter(({ day }) => day < last);
  return streamOf({ name: 'korea-cdd', budget: 0.1, warmUpWeeks: 4 }, kept);
}
