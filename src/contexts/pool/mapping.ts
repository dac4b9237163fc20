import { readdir, readFile } from 'node:fs/promises';
import { parseDecimal } from '../../kernel/decimal.ts';
import { type Refusal, Refused, seen } from '../../kernel/refusal.ts';
import { type MappedColumn, Mapping } from './contract.ts';

const SHIPPED = new URL('./mappings/', import.meta.url);
const SHIPPED_NAME = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Reads a mapping: one that is shipped, by name, or one's own, by path. Everything wrong with it is
 * said at once, before a row is read.
 */
export async function loadMapping(nameOrPath: string): Promise<Mapping> {
  return parseMapping(await readMapping(nameOrPath), nameOrPath);
}

/** A shipped mapping only: what callers from outside name must never become a path on this machine. */
export async function shippedMapping(name: string): Promise<Mapping> {
  const names = await shippedNames();
  if (!names.includes(name)) throw unknownMapping(name, names);
  return loadMapping(name);
}

export async function shippedMappings(): Promise<Mapping[]> {
  return Promise.all((await shippedNames()).map(loadMapping));
}

async function shippedNames(): Promise<string[]> {
  const files = await readdir(SHIPPED);
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : [])).sort();
}

async function readMapping(nameOrPath: string): Promise<string> {
  const file = SHIPPED_NAME.test(nameOrPath) ? new URL(`${nameOrPath}.json`, SHIPPED) : nameOrPath;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw unknownMapping(nameOrPath, await shippedNames());
  }
}

const unknownMapping = (name: string, known: readonly string[]): Refused =>
  new Refused('not_found', {
    code: 'pool.mapping_unknown',
    seen: seen(name),
    params: { name: seen(name), known: known.join(', ') },
  });

export function parseMapping(text: string, name: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refused('invalid', {
      code: 'pool.mapping_not_json',
      params: { name, problem: error instanceof Error ? error.message : String(error) },
    });
  }
  const parsed = Mapping.safeParse(json);
  if (!parsed.success) {
    throw new Refused(
      'invalid',
      parsed.error.issues.map((issue) => ({
        code: 'pool.mapping_wrong',
        path: issue.path.join('.'),
        params: { name, problem: `${issue.path.join('.')}: ${issue.message}` },
      })),
    );
  }
  const problems = problemsOf(parsed.data);
  if (problems.length > 0) throw new Refused('invalid', problems);
  return parsed.data;
}

/** What a schema cannot say: names that must agree, numbers that must be numbers. */
function problemsOf(mapping: Mapping): Refusal[] {
  const problems: string[] = [];
  const names = [...mapping.columns.map((column) => column.to), ...Object.keys(mapping.constants)];
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  for (const name of twice) problems.push(`"${name}" is filled twice`);
  for (const [role, name] of [
    ['id', mapping.id],
    ['date', mapping.date],
  ] as const) {
    const column = mapping.columns.find(({ to }) => to === name);
    if (!column) problems.push(`${role}: no column becomes "${name}"`);
    else if (role === 'id' && column.type !== 'text') problems.push(`id: "${name}" must be text`);
    else if (role === 'date' && column.type !== 'date')
      problems.push(`date: "${name}" must be a date`);
    if (mapping.labels.includes(name)) problems.push(`${role}: "${name}" is a label`);
  }
  for (const name of mapping.labels) {
    if (!names.includes(name)) problems.push(`labels: no column becomes "${name}"`);
  }
  for (const column of mapping.columns) problems.push(...columnProblems(column));
  return problems.map((problem) => ({
    code: 'pool.mapping_wrong',
    params: { name: mapping.name, problem },
  }));
}

function* columnProblems(column: MappedColumn): Iterable<string> {
  const isNumber = column.type === 'decimal' || column.type === 'integer';
  for (const key of ['min', 'max', 'factor'] as const) {
    const text = column[key];
    if (text === undefined) continue;
    if (!isNumber) yield `${column.to}: ${key} is for numbers`;
    else if (!parseDecimal(text)) yield `${column.to}: ${key} "${text}" is not a number`;
  }
  for (const key of ['thousands', 'decimalMark'] as const) {
    if (column[key] !== undefined && !isNumber) yield `${column.to}: ${key} is for numbers`;
  }
  if (column.thousands !== undefined && column.thousands === column.decimalMark) {
    yield `${column.to}: the thousands mark is also the decimal mark`;
  }
  if (column.decimals !== undefined && column.type !== 'decimal') {
    yield `${column.to}: decimals is for decimals`;
  }
  if (column.format !== undefined && column.type !== 'date') {
    yield `${column.to}: format is for dates`;
  }
  for (const key of ['padTo', 'keep'] as const) {
    if (column[key] !== undefined && column.type !== 'text')
      yield `${column.to}: ${key} is for text`;
  }
}

/** A fact's name as a column of a table: `declaration.ieFlag` becomes `declaration_ie_flag`. */
export const columnName = (to: string): string =>
  to
    .replaceAll('.', '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** A mapped column and the column of the file it is read from. */
export interface ResolvedColumn {
  readonly column: MappedColumn;
  readonly from: string;
}

/**
 * Finds each mapped column among the file's. Extra columns and another order are fine; a column that
 * is not there is refused, for a misspelt header would otherwise pass as a file of missing values.
 * Columns of outcomes may be absent: files to be decided have none.
 */
export function resolveColumns(mapping: Mapping, found: readonly string[]): ResolvedColumn[] {
  const refusals: Refusal[] = [];
  const resolved: ResolvedColumn[] = [];
  for (const column of mapping.columns) {
    const names = typeof column.from === 'string' ? [column.from] : column.from;
    const from = names.find((name) => found.includes(name));
    if (from === undefined) {
      if (mapping.labels.includes(column.to)) continue;
      refusals.push({
        code: 'pool.column_missing',
        path: column.to,
        params: { column: names.join(' / '), found: seen(found.join(', ')) },
      });
    } else if (found.indexOf(from) !== found.lastIndexOf(from)) {
      refusals.push({ code: 'pool.column_twice', path: column.to, params: { column: from } });
    } else {
      resolved.push({ column, from });
    }
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return resolved;
}
