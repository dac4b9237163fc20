import { createWriteStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { localDateOf } from '../src/kernel/dates.ts';
import type { FiledDeclaration } from './generate/generate.ts';
import { formatRow, parseTable, type Row } from './table.ts';

/**
 * The generated declarations as one flat table, a row each with its main line (the greatest value),
 * for `jianghai assess --mapping jianghai-declarations`. Filings that were returned for a slip are in
 * it as they were filed: an assessment sets them aside or decides them, as it would a stranger’s.
 */
const USAGE = 'Usage: node dist/demo/flat.js --folder FOLDER --out FILE.csv\n';

type Line = FiledDeclaration['content']['lines'][number];
type Cell = string | number | null | undefined;
interface Source {
  readonly filing: FiledDeclaration;
  readonly content: FiledDeclaration['content'];
  readonly main: Line | null;
  /** The grade of the domestic party on the day of filing. */
  readonly grade: string;
}

const COLUMNS: readonly (readonly [name: string, of: (source: Source) => Cell])[] = [
  ['declaration_id', ({ filing }) => filing.id],
  ['declared_on', ({ filing }) => localDateOf(filing.occurredAt)],
  ['ie_flag', ({ content }) => content.ieFlag],
  ['filing', ({ content }) => content.filing],
  ['office', ({ content }) => content.declarationOffice],
  ['border_office', ({ content }) => content.borderOffice],
  ['supervision_mode', ({ content }) => content.supervisionMode],
  ['total_value', ({ content }) => content.totalValue],
  ['currency', ({ content }) => content.currency],
  ['net_mass_kg', ({ content }) => content.netMassKg],
  ['gross_mass_kg', ({ content }) => content.grossMassKg],
  ['packages', ({ content }) => content.packages.count],
  ['lines', ({ content }) => content.lines.length],
  ['hs_code', ({ main }) => main?.hsCode],
  ['origin', ({ main }) => main?.originCountry],
  ['description', ({ main }) => main?.description],
  ['quantity', ({ main }) => main?.quantity],
  ['unit', ({ main }) => main?.unit],
  ['goods_net_mass_kg', ({ main }) => main?.netMassKg],
  ['goods_value', ({ main }) => main?.value],
  ['preference', ({ main }) => main?.preference],
  ['partner_country', ({ content }) => content.transport.partnerCountry],
  ['transport_mode', ({ content }) => content.transport.mode],
  ['declarant', ({ content }) => content.parties.declarant?.uscc],
  ['domestic_party', ({ content }) => content.parties.domestic?.uscc],
  ['overseas_party', ({ content }) => content.parties.overseas?.name],
  ['carrier', ({ content }) => content.parties.carrier?.name],
  ['importer_grade', ({ grade }) => grade],
];

function mainLine(lines: readonly Line[]): Line | null {
  let main: Line | null = null;
  for (const line of lines) {
    if (main === null || Number(line.value) > Number(main.value)) main = line;
  }
  return main;
}

/** The grade an enterprise held on a day, by the register of the same folder. */
async function readGrades(folder: string): Promise<(uscc: string, on: string) => string> {
  const text = await readFile(join(folder, 'enterprise-grades.csv'), 'utf8');
  const periods = new Map<string, Row[]>();
  for (const row of parseTable(text)) {
    const uscc = row.uscc ?? '';
    periods.set(uscc, [...(periods.get(uscc) ?? []), row]);
  }
  return (uscc, on) =>
    periods.get(uscc)?.find(({ from = '', to }) => from <= on && (!to || on < to))?.grade ?? '';
}

async function* flatTable(folder: string): AsyncGenerator<string> {
  const gradeOn = await readGrades(folder);
  yield formatRow(COLUMNS.map(([name]) => name));
  for (const day of (await readdir(join(folder, 'declarations'))).sort()) {
    const text = await readFile(join(folder, 'declarations', day), 'utf8');
    const rows = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const filing = JSON.parse(line) as FiledDeclaration;
        const { content } = filing;
        const grade = gradeOn(content.parties.domestic?.uscc ?? '', localDateOf(filing.occurredAt));
        const source = { filing, content, main: mainLine(content.lines), grade };
        return formatRow(COLUMNS.map(([, of]) => of(source) ?? ''));
      });
    yield rows.join('');
  }
}

try {
  const { values } = parseArgs({
    options: { folder: { type: 'string' }, out: { type: 'string' } },
  });
  if (!values.folder || !values.out) throw new Error('Both the folder and the file must be named.');
  await pipeline(flatTable(values.folder), createWriteStream(values.out));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
