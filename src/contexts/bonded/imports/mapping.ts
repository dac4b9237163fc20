import { readdir, readFile } from 'node:fs/promises';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { FIELD_KINDS, LedgerMapping, type Making } from './contract.ts';
import { isNumber, piecesOf } from './field.ts';
import { formatProblem, isZone } from './instant.ts';

const SHIPPED = new URL('./mappings/', import.meta.url);
const SHIPPED_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Reads a mapping: one that is shipped, by name, or one's own, by path. Everything wrong is said at once. */
export async function loadLedgerMapping(nameOrPath: string): Promise<LedgerMapping> {
  const file = SHIPPED_NAME.test(nameOrPath) ? new URL(`${nameOrPath}.json`, SHIPPED) : nameOrPath;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const known = (await shippedLedgerMappings()).join(', ');
    throw new Refused('not_found', {
      ...{ code: 'bonded.mapping_unknown', seen: seen(nameOrPath) },
      params: { name: seen(nameOrPath), known },
    });
  }
  return parseLedgerMapping(text, nameOrPath);
}

/** The names of the mappings that come with the platform. */
export async function shippedLedgerMappings(): Promise<string[]> {
  const files = await readdir(SHIPPED);
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : [])).sort();
}

export function parseLedgerMapping(text: string, name: string): LedgerMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refused('invalid', {
      code: 'bonded.mapping_not_json',
      params: { name, problem: error instanceof Error ? error.message : String(error) },
    });
  }
  const parsed = LedgerMapping.safeParse(json);
  const problems = parsed.success
    ? problemsOf(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) {
    throw new Refused(
      'invalid',
      problems.map(
        (problem): Refusal => ({ code: 'bonded.mapping_wrong', params: { name, problem } }),
      ),
    );
  }
  return parsed.data;
}

const REQUIRED = {
  events: ['id', 'kind', 'occurredAt'],
  parts: ['part', 'kind', 'unit'],
  consumption: ['product', 'version', 'part', 'net', 'from'],
  tags: ['tag', 'part', 'quantity', 'countedAt'],
  papers: ['id', 'kind', 'at', 'part', 'quantity'],
  bills: ['id', 'assembly', 'component', 'quantity', 'unit', 'from', 'recordedAt'],
  alternatives: ['id', 'part', 'instead', 'from', 'recordedAt'],
} as const satisfies Record<keyof typeof FIELD_KINDS, readonly string[]>;

/** Which fields a making cannot do without. */
export function requiredFields(into: LedgerMapping['into'], making: Making): readonly string[] {
  const { explode, fields } = making;
  if (explode) return [...REQUIRED[into], 'product', 'quantity'];
  if (into !== 'events') return REQUIRED[into];
  if (fields.kind === 'reversed') return [...REQUIRED.events, 'reverses'];
  const hasLines = fields.part !== undefined || fields.quantity !== undefined;
  return hasLines ? [...REQUIRED.events, 'part', 'quantity'] : REQUIRED.events;
}

/** What a schema cannot say: names that must be there, patterns and numbers that must be readable. */
function problemsOf(mapping: LedgerMapping): string[] {
  const problems: string[] = [];
  const known = new Set(Object.keys(mapping.columns));
  for (const alias of mapping.optional)
    if (!known.has(alias)) problems.push(`optional: no column is called "${alias}"`);
  if (!isZone(mapping.zone)) problems.push(`zone: nobody knows the zone "${mapping.zone}"`);
  if (mapping.header && mapping.format !== 'csv') problems.push('header: is for csv');
  mapping.make.forEach((making, index) => {
    for (const problem of makingProblems(mapping, making, known))
      problems.push(`make[${index}].${problem}`);
  });
  return problems;
}

function* makingProblems(
  { into, bom }: LedgerMapping,
  making: Making,
  known: ReadonlySet<string>,
): Iterable<string> {
  const { fields, when, explode } = making;
  for (const { column } of when)
    if (!known.has(column)) yield `when: no column is called "${column}"`;
  if (explode && (into !== 'events' || !bom)) yield 'explode: there is no bom to explode by';
  if (explode && fields.part !== undefined) yield 'explode: the parts are those of the bom';
  for (const field of requiredFields(into, making))
    if (fields[field] === undefined) yield `fields: ${field} is missing`;
  const kinds: Readonly<Record<string, string>> = FIELD_KINDS[into];
  for (const [field, mapped] of Object.entries(fields)) {
    if (kinds[field] === undefined) yield `fields.${field}: ${into} have no such field`;
    const from = typeof mapped === 'string' ? mapped : mapped.from;
    for (const { alias } of piecesOf(from))
      if (alias !== undefined && !known.has(alias)) yield `fields.${field}: no column "${alias}"`;
    if (typeof mapped === 'string') continue;
    const wrong = mapped.format === undefined ? null : formatProblem(mapped.format);
    if (wrong !== null) yield `fields.${field}.format: cannot read by "${wrong}"`;
    if (mapped.factor !== undefined && !isNumber(mapped.factor))
      yield `fields.${field}.factor: "${mapped.factor}" is not a number`;
    if (mapped.otherwise !== undefined && !mapped.codes)
      yield `fields.${field}.otherwise: there are no codes`;
  }
}
