import { z } from 'zod';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { seen } from '../../../kernel/refusal.ts';
import { EventLine, LedgerEvent } from '../contract.ts';
import { FIELD_KINDS, type ImportTarget, type MappedField } from './contract.ts';
import { dayReader, instantReader } from './instant.ts';
import { numberReader, toCountText, toQuantityText, toRateText } from './number.ts';
import { ENTRIES } from './targets.ts';

/** What is wrong with one value of a row, for whoever mends the file. */
export interface Fault {
  readonly column: string;
  readonly seen: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The row is not of the ledger: its code says so. */
export const PASSED_OVER = Symbol('passed over');

export type Cells = readonly (string | null)[];
/** A value, nothing, a fault, or that the row is to be passed over. */
export type FieldValue = string | null | Fault | typeof PASSED_OVER;

export const isFault = (value: FieldValue): value is Fault =>
  typeof value === 'object' && value !== null;

/** A column of the mapping, as the file has it; `index` is -1 where an optional one is not there. */
export interface FoundColumn {
  readonly name: string;
  readonly index: number;
}

export interface FieldReader {
  readonly field: string;
  /** The columns it is made of, as the file calls them. */
  readonly column: string;
  /** The file has no column of it: it never says anything. */
  readonly isSilent: boolean;
  read(cells: Cells): FieldValue;
}

interface Template {
  readonly columns: readonly FoundColumn[];
  text(cells: Cells): string | null;
}

/** Ids are told apart by all their columns: with one empty, two events could look like one. */
const WHOLE_ONLY: ReadonlySet<string> = new Set(['id', 'reverses']);

/** Makes a reader of one field; the mapping has been checked. */
export function fieldReader(
  target: ImportTarget,
  field: string,
  mapped: MappedField,
  columns: ReadonlyMap<string, FoundColumn>,
  zone: string,
): FieldReader {
  const from = typeof mapped === 'string' ? mapped : mapped.from;
  const template = templateOf(from, columns, WHOLE_ONLY.has(field));
  const column = template.columns.map(({ name }) => name).join(' + ');
  const codes = typeof mapped === 'string' ? null : codesOf(mapped);
  const trimsZeros = typeof mapped !== 'string' && mapped.trimZeros;
  const value = valueReader(target, field, mapped, zone);
  const fault = (text: string, code: string, params?: Fault['params']): Fault => ({
    ...{ column, seen: seen(text), code },
    ...(params && { params }),
  });
  const readText = (said: string | null): FieldValue => {
    let text = said;
    if (codes) {
      const meant = codes(text ?? '');
      if (meant === undefined) {
        if (text === null) return null;
        return fault(text, 'bonded.import_unknown_code', { field });
      }
      if (meant === null) return PASSED_OVER;
      text = meant === '' ? null : meant;
    }
    if (text === null) return null;
    if (trimsZeros) text = text.replace(/^0+(?=.)/, '');
    const read = value(text);
    return typeof read === 'string' ? read : fault(text, read.code, { field, ...read.params });
  };
  // Rows of one event stand together: most of what a row says, the one before said too.
  let isBegun = false;
  let last: string | null = null;
  let lastValue: FieldValue = null;
  return {
    ...{ field, column },
    isSilent: !codes && template.columns.length > 0 && template.columns.every(isAbsent),
    read(cells) {
      const text = template.text(cells);
      if (!isBegun || last !== text) {
        isBegun = true;
        last = text;
        lastValue = readText(text);
      }
      return lastValue;
    },
  };
}

const isAbsent = ({ index }: FoundColumn): boolean => index < 0;

function codesOf({
  codes,
  otherwise,
}: Exclude<MappedField, string>): ((text: string) => string | null | undefined) | null {
  if (!codes) return null;
  const known = new Map(Object.entries(codes));
  return (text) => {
    const meant = known.get(text);
    return meant === undefined && text !== '' ? otherwise : meant;
  };
}

/** The pieces of a template: text, or the alias of a column. */
export const piecesOf = (template: string): { readonly text: string; readonly alias?: string }[] =>
  template
    .split(/(\{[a-zA-Z][a-zA-Z0-9]*\})/)
    .filter((piece) => piece !== '')
    .map((text) => (/^\{.*\}$/.test(text) ? { text, alias: text.slice(1, -1) } : { text }));

export function templateOf(
  template: string,
  known: ReadonlyMap<string, FoundColumn>,
  isWholeOnly = false,
): Template {
  const pieces = piecesOf(template).map(({ text, alias }) =>
    alias === undefined ? text : (known.get(alias) ?? { name: alias, index: -1 }),
  );
  const columns = pieces.filter((piece) => typeof piece !== 'string');
  const [only] = columns;
  if (only && pieces.length === 1) return { columns, text: (cells) => cellAt(cells, only) };
  if (columns.length === 0) return { columns, text: () => (template === '' ? null : template) };
  return {
    columns,
    text(cells) {
      let text = '';
      let filled = 0;
      for (const piece of pieces) {
        if (typeof piece === 'string') text += piece;
        else {
          const cell = cellAt(cells, piece);
          if (cell !== null) filled += 1;
          text += cell ?? '';
        }
      }
      return filled < (isWholeOnly ? columns.length : 1) ? null : text;
    },
  };
}

export function cellAt(cells: Cells, { index }: FoundColumn): string | null {
  const text = cells[index]?.trim();
  return text ? text : null;
}

interface Bad {
  readonly code: string;
  readonly params?: Fault['params'];
}

const SHAPES: Record<ImportTarget, Readonly<Record<string, z.ZodType>>> = {
  events: { ...EventLine.shape, ...LedgerEvent.shape },
  parts: ENTRIES.parts.shape,
  consumption: ENTRIES.consumption.shape,
  tags: ENTRIES.tags.shape,
  papers: ENTRIES.papers.shape,
  bills: ENTRIES.bills.shape,
  alternatives: ENTRIES.alternatives.shape,
};

/** Reads the text of a field as the contract wants it. */
function valueReader(
  target: ImportTarget,
  field: string,
  mapped: MappedField,
  zone: string,
): (text: string) => string | Bad {
  const kind = (FIELD_KINDS[target] as Record<string, string>)[field];
  const options = typeof mapped === 'string' ? PLAIN : mapped;
  const { format, addDays } = options;
  const bad = (code: string, params?: Fault['params']): Bad => ({
    code,
    ...(params && { params }),
  });
  if (kind === 'instant' || kind === 'day') {
    const read =
      kind === 'instant' ? instantReader(zone, format, addDays) : dayReader(format, addDays);
    const none = bad('bonded.import_not_a_date', { format: format ?? 'ISO 8601' });
    return (text) => read(text) ?? none;
  }
  if (kind === 'quantity' || kind === 'count' || kind === 'rate' || kind === 'decimal') {
    const number = numberReader(options);
    const shape = {
      ...{ quantity: toQuantityText, count: toCountText, rate: toRateText },
      decimal: (text: string) => text,
    }[kind];
    const misfit = bad(
      kind === 'rate' ? 'bonded.import_not_a_rate' : 'bonded.import_not_a_quantity',
    );
    const none = bad('bonded.import_not_a_number');
    return (text) => {
      const read = number(text);
      return read === null ? none : (shape(read) ?? misfit);
    };
  }
  if (kind === 'flag') {
    const none = bad('bonded.import_not_a_flag');
    return (text) => (text === 'true' || text === 'false' ? text : none);
  }
  return textReader(SHAPES[target][field] ?? z.string());
}

const PLAIN = { absolute: false, addDays: 0, format: undefined } as const;

/** Most values kept of those a schema has passed: parts, orders and units repeat from row to row. */
const REMEMBERED = 20_000;

function textReader(schema: z.ZodType): (text: string) => string | Bad {
  const good = new Set<string>();
  return (text) => {
    if (good.has(text)) return text;
    const parsed = schema.safeParse(text);
    if (!parsed.success) return { code: 'bonded.import_does_not_fit' };
    if (good.size >= REMEMBERED) good.clear();
    good.add(text);
    return text;
  };
}

/** Whether a factor can be multiplied by. */
export const isNumber = (text: string): boolean => parseDecimal(text) !== null;
