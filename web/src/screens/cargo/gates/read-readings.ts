import { parseCsv } from '../../clearance/bulk/csv.ts';

const COLUMNS = ['id', 'gate', 'lane', 'plate', 'passport', 'kg', 'occurredAt', 'passed', 'onDuty'];

/** Readings of a gate that worked alone: JSON, a JSON object a line, or a table; `null` if it is none of them. */
export function readReadings(text: string): readonly unknown[] | null {
  const source = text.replace(/^\uFEFF/, '').trim();
  try {
    if (source.startsWith('[')) return JSON.parse(source) as unknown[];
    if (source.startsWith('{')) {
      const lines = source.split(/\r?\n/).filter(Boolean);
      const said = lines.length > 1 && lines[0]?.endsWith('}') ? lines.map(parse) : [parse(source)];
      const [first] = said as { readings?: unknown[] }[];
      return first?.readings ?? said;
    }
  } catch {
    return null;
  }
  const [head = [], ...rows] = parseCsv(source);
  if (!COLUMNS.slice(0, 4).every((name) => head.includes(name))) return null;
  return rows.filter((row) => row.some(Boolean)).map((row) => toReading(head, row));
}

const parse = (text: string): unknown => JSON.parse(text);

function toReading(head: readonly string[], row: readonly string[]): Record<string, unknown> {
  const said = Object.fromEntries(
    head.map((name, index) => [name, row[index]?.trim() ?? ''] as const),
  );
  const { kg = '', passed = '', passport = '', ...reading } = said;
  return {
    ...reading,
    passport: passport || null,
    weighing: kg === '' ? null : { kg },
    passed: /^(true|yes|1|是|放行)$/i.test(passed),
  };
}
