import { Refused, seen } from '../../../kernel/refusal.ts';
import type { FactSet } from '../../facts/index.ts';
import { type Mapping, openFactReader } from '../../pool/index.ts';
import { derive } from '../derive.ts';
import { historyFacts } from '../facts.ts';
import type { History } from '../history.ts';
import type { ReadFact } from './contract.ts';
import { createRows, type LabelledRows } from './rows.ts';

/** Which column tells the outcome, and which of its codes mean a finding. */
export interface LabelColumn {
  /** A column of the file, or the name a mapping gives it. */
  readonly column: string;
  /** Without it: 1, true, yes, Y, 是, 有 are findings; 0, false, no, N, 否, 无 are none. */
  readonly positive?: readonly string[];
}

export interface ReadRows {
  readonly rows: LabelledRows;
  readonly rejected: number;
}

export const LABEL = 'label.training';
const YES = new Set(['1', 'true', 't', 'yes', 'y', '是', '有']);
const NO = new Set(['0', 'false', 'f', 'no', 'n', '否', '无']);

/**
 * Reads declarations with their outcomes. No other outcome the mapping knows of is read at all. With a
 * history each row also has what earlier days of the file say of it, rows without an outcome among
 * them, as a decision would state it.
 */
export async function readRows(
  file: string,
  mapping: Mapping,
  label: LabelColumn,
  onRow: (done: number, of: number) => void = () => undefined,
  history: History | null = null,
): Promise<ReadRows> {
  const reader = await openFactReader(file, withLabel(mapping, label.column));
  try {
    const rows = createRows();
    let done = 0;
    for await (const batch of reader.batches()) {
      for (const { line, date, facts } of batch) {
        const { [LABEL]: outcome, ...stated } = facts;
        const known = history ? Object.assign({}, stated, history.factsFor(stated, date)) : stated;
        history?.observe(stated, date);
        rows.add(known, date, readLabel(outcome, label, line));
      }
      done += batch.length;
      onRow(done, reader.rows);
    }
    return { rows: rows.build(), rejected: reader.rejected };
  } finally {
    await reader.close();
  }
}

/**
 * A mapping that reads the chosen column as text under a name of its own, whatever the mapping made
 * of it: the outcome is then never among the facts.
 */
export function withLabel(mapping: Mapping, label: string): Mapping {
  const isLabel = ({ from, to }: Mapping['columns'][number]): boolean =>
    to === label || from === label || (typeof from !== 'string' && from.includes(label));
  const mapped = mapping.columns.find(isLabel);
  if (mapped && (mapped.to === mapping.id || mapped.to === mapping.date)) {
    throw new Refused('invalid', { code: 'risk.model_label_is_key', params: { column: label } });
  }
  const column = {
    from: mapped?.from ?? label,
    to: LABEL,
    type: 'text' as const,
    required: false,
  };
  return {
    ...mapping,
    columns: [...mapping.columns.filter((other) => other !== mapped), column],
    labels: mapping.labels.filter((name) => name !== mapped?.to),
  };
}

export function readLabel(
  value: FactSet[string] | undefined,
  { column, positive }: LabelColumn,
  line: number,
): boolean | null {
  if (value === null || value === undefined || value === '') return null;
  const text = String(value).trim();
  if (positive) return positive.includes(text);
  const number = Number(text);
  const code = Number.isFinite(number) ? String(number) : text.toLowerCase();
  if (YES.has(code)) return true;
  if (NO.has(code)) return false;
  throw new Refused('invalid', {
    code: 'risk.model_label_unclear',
    seen: seen(text),
    params: { column, line },
  });
}

/**
 * The facts a mapping gives, what follows from them and what a history would add, by type: what a
 * model may ask of the file.
 */
export function offeredFacts(mapping: Mapping): ReadonlyMap<string, ReadFact['type']> {
  const offered = new Map<string, ReadFact['type']>();
  for (const name of Object.keys(mapping.constants)) offered.set(name, 'text');
  for (const { to, type } of mapping.columns) {
    if (to === mapping.date || mapping.labels.includes(to)) continue;
    offered.set(to, TYPES[type]);
  }
  const numbers = [...offered].flatMap(([name, type]) => (type === 'number' ? [[name, 1]] : []));
  for (const name of Object.keys(derive(Object.fromEntries(numbers)))) offered.set(name, 'number');
  for (const { name } of historyFacts) offered.set(name, 'number');
  return offered;
}

const TYPES = {
  ...{ text: 'text', date: 'text', boolean: 'boolean' },
  ...{ decimal: 'number', integer: 'number' },
} as const satisfies Record<Mapping['columns'][number]['type'], ReadFact['type']>;
