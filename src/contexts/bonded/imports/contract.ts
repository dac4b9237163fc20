import { z } from 'zod';
import { Label } from '../../facts/contract.ts';

/** What a mapping can fill, and what kind of value each field takes. */
export const FIELD_KINDS = {
  events: {
    ...{ id: 'text', kind: 'text', occurredAt: 'instant', order: 'text', product: 'text' },
    ...{ version: 'text', planned: 'quantity', site: 'text', toSite: 'text', reverses: 'text' },
    ...{ document: 'text', part: 'text', quantity: 'quantity', unit: 'text', conversion: 'rate' },
    ...{ lot: 'text', insteadOf: 'text', from: 'text', bonded: 'flag' },
  },
  parts: {
    ...{ part: 'text', kind: 'text', description: 'text', hsCode: 'text', unit: 'text' },
    ...{ unitValue: 'decimal', currency: 'text' },
  },
  consumption: {
    ...{ product: 'text', version: 'text', part: 'text', net: 'rate', tangibleLossRate: 'rate' },
    ...{ intangibleLossRate: 'rate', evidence: 'text', from: 'day', to: 'day' },
  },
  tags: {
    ...{ tag: 'text', part: 'text', stock: 'text', site: 'text', quantity: 'count' },
    ...{ countedAt: 'instant', lot: 'text', bin: 'text' },
  },
  papers: {
    ...{ id: 'text', kind: 'text', document: 'text', order: 'text', at: 'instant', part: 'text' },
    ...{ quantity: 'quantity', tells: 'text', from: 'text', to: 'text', site: 'text' },
    ...{ toSite: 'text', lot: 'text', bonded: 'flag' },
  },
  bills: {
    ...{ id: 'text', assembly: 'text', component: 'text', quantity: 'rate', unit: 'text' },
    ...{ tangibleLossRate: 'rate', intangibleLossRate: 'rate', change: 'text', evidence: 'text' },
    ...{ from: 'day', to: 'day', recordedAt: 'instant' },
  },
  alternatives: {
    ...{ id: 'text', part: 'text', instead: 'text', ratio: 'rate', evidence: 'text' },
    ...{ from: 'day', to: 'day', recordedAt: 'instant' },
  },
} as const satisfies Record<string, Record<string, FieldKind>>;
/** `quantity` is above nothing; `count` may be nothing, which says that somebody looked. */
export type FieldKind =
  | 'text'
  | 'instant'
  | 'day'
  | 'quantity'
  | 'count'
  | 'rate'
  | 'decimal'
  | 'flag';
export type ImportTarget = keyof typeof FIELD_KINDS;

/** A column as the mapping calls it. */
const Alias = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/);

/**
 * Where a field's value is from. A template is text with columns in it, `{document}-{item}`; text with
 * none is the same for every row. A value whose columns are all empty is missing.
 */
export const MappedField = z.union([
  z.string(),
  z.strictObject({
    from: z.string(),
    /** Value seen → value meant; `""` is the empty cell. `null` passes the row over, as not of the ledger. */
    codes: z.record(z.string(), z.string().nullable()).optional(),
    /** What a value means that is not among the codes; without it such a row is refused. */
    otherwise: z.string().nullable().optional(),
    /** Takes leading zeros off: part numbers of some systems are padded. */
    trimZeros: z.boolean().default(false),
    /** Pattern in strptime form, such as `%d.%m.%Y %H:%M:%S`; ISO 8601 when left out. */
    format: z.string().min(1).optional(),
    /** Days to add: a last day included becomes the first day after. */
    addDays: z.number().int().min(-366).max(366).default(0),
    thousands: z.enum([',', ' ', "'", '.']).optional(),
    decimalMark: z.literal(',').optional(),
    /** Exact decimal text the number is multiplied by. */
    factor: z.string().optional(),
    /** Systems that sign by direction: `-5` and `5-` are 5. */
    absolute: z.boolean().default(false),
  }),
]);
export type MappedField = z.infer<typeof MappedField>;

/** One thing that rows become. Rows that give one event id and stand together are lines of one event. */
export const Making = z.strictObject({
  /** Of which rows: each column has one of these values, or none of those. */
  when: z
    .array(
      z.strictObject({
        column: Alias,
        in: z.array(z.string()).optional(),
        notIn: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  /** The lines are what `quantity` of `product` takes up by the bill of materials of that day. */
  explode: z.boolean().default(false),
  fields: z.record(z.string(), MappedField),
});
export type Making = z.infer<typeof Making>;

/**
 * How a file of an ERP becomes events of a ledger, its parts, bills or consumption, tags of a count, or papers beside
 * it, as a small JSON file: bringing another system's file needs a mapping and no code.
 */
export const LedgerMapping = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  version: z.number().int(),
  label: Label,
  /** What files it reads, and where they come from. */
  source: z.string(),
  into: z
    .enum(['events', 'parts', 'consumption', 'tags', 'papers', 'bills', 'alternatives'])
    .default('events'),
  format: z.enum(['csv', 'ndjson', 'xlsx']).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(['utf-8', 'gb18030']).optional(),
  /** The zone of times that name none: an IANA name, or an offset such as `+08:00`. */
  zone: z.string().default('Asia/Shanghai'),
  /** The names of the columns, in order, of a file that has no header. */
  header: z.array(z.string()).min(1).optional(),
  /** Columns by the name the mapping calls them: what the file may call each, the first present is used. */
  columns: z.record(Alias, z.union([z.string(), z.array(z.string()).min(1)])),
  /** Columns the file may lack. */
  optional: z.array(Alias).default([]),
  /** What orders are exploded by: a mapping into consumption, and its file beside the imported one. */
  bom: z.strictObject({ mapping: z.string(), files: z.array(z.string()).min(1) }).optional(),
  make: z.array(Making).min(1),
});
export type LedgerMapping = z.infer<typeof LedgerMapping>;
export type LedgerMappingInput = z.input<typeof LedgerMapping>;
