import { readFileSync } from 'node:fs';
import { parseCsv } from 'hucre/csv';

/** A row of a table as its file has it: column by column, as text. */
export type Cells = Readonly<Record<string, string>>;
export type Tables = Readonly<Record<string, readonly Cells[]>>;

export const TABLES = [
  'tariff',
  'tariff_agreement',
  'tariff_agreement_rate',
  'tariff_special',
  'tariff_general',
  'exchange_rate',
  'levy_relief',
  'levy_treatment',
  'duty_policy',
  'rest_day',
];

/** The tables that come with the platform, straight from their files. */
export function filesOfTheTariff(): Tables {
  return Object.fromEntries(TABLES.map((name) => [name, read(name)]));
}

function read(name: string): Cells[] {
  const file = new URL(`../../src/contexts/reference/tables/${name}.csv`, import.meta.url);
  const [header = [], ...lines] = parseCsv(readFileSync(file, 'utf8')).map((cells) =>
    cells.map((cell) => String(cell ?? '')),
  );
  return lines.map((cells) =>
    Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']).filter(([, text]) => text)),
  );
}

/** The row of a code on a day: begun, and not ended. */
export class Book {
  private readonly rows = new Map<string, Cells[]>();

  constructor(tables: Tables) {
    for (const [table, all] of Object.entries(tables)) {
      for (const row of all) {
        const key = `${table} ${row.code}`;
        this.rows.set(key, [...(this.rows.get(key) ?? []), row]);
      }
    }
  }

  find(table: string, code: string, on: string): Cells | undefined {
    return this.rows
      .get(`${table} ${code}`)
      ?.find(({ from = '', to = '9999-12-31' }) => from <= on && on < to);
  }

  /** The row of the longest beginning of a code: ten digits, eight, six, four, two. */
  longest(table: string, code: string, tail: string, on: string): Cells | undefined {
    for (let digits = 10; digits > 0; digits -= 2) {
      const row = code.length >= digits && this.find(table, code.slice(0, digits) + tail, on);
      if (row) return row;
    }
    return undefined;
  }
}
