import type { z } from 'zod';
import { type Refusal, Refused, seen } from '../kernel/refusal.ts';

/** Parses what came from outside, or refuses with everything that is wrong with it, at once. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Refused('invalid', refusalsOf(parsed.error, value));
  return parsed.data;
}

/** Most problems told of one input: enough to mend it, never more than was sent. */
const PROBLEMS_MAX = 100;

/** The problems a schema found, as refusals with the path and the value seen. */
export function refusalsOf(error: z.ZodError, input: unknown): Refusal[] {
  return error.issues
    .flatMap((issue) => flatten(issue, []))
    .slice(0, PROBLEMS_MAX)
    .map(({ issue, path }) => refusalOf(issue, path, valueAt(input, path)));
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Of a union, the branch that came nearest is told: the one with the fewest problems. The others
 * would speak of shapes the sender did not mean.
 */
function flatten(issue: Issue, base: Path): { issue: Issue; path: Path }[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ issue, path: [...path, key] }));
  }
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const nearest = branches.sort((a, b) => a.length - b.length)[0];
  const sameTypeMissed = branches.every((branch) => branch[0]?.code === 'invalid_type');
  if (!nearest || sameTypeMissed) return [{ issue, path }];
  return nearest.flatMap((inner) => flatten(inner, path));
}

function refusalOf(issue: Issue, path: Path, value: unknown): Refusal {
  const where = path.length > 0 ? { path: pathText(path) } : {};
  if (value === undefined && issue.code !== 'custom') return { code: 'input.missing', ...where };
  return { ...codeOf(issue), ...where, ...(value !== undefined && { seen: seen(value) }) };
}

/** A schema may give a refusal code of its own as its message; the sentence is then the context's. */
const OWN_CODE = /^[a-z][a-z_]*\.[a-z_]+$/;

function codeOf(issue: Issue): Pick<Refusal, 'code' | 'params'> {
  if (OWN_CODE.test(issue.message)) return { code: issue.message };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'input.wrong_type', params: { expected: issue.expected } };
    case 'too_small':
      return {
        code: `input.${measureOf(issue.origin)}_too_small`,
        params: { min: plain(issue.minimum) },
      };
    case 'too_big':
      return {
        code: `input.${measureOf(issue.origin)}_too_big`,
        params: { max: plain(issue.maximum) },
      };
    case 'invalid_format':
      return { code: 'input.wrong_format', params: { format: formatOf(issue) } };
    case 'invalid_value':
      return { code: 'input.not_one_of', params: { values: issue.values.map(String).join(', ') } };
    case 'unrecognized_keys':
      return { code: 'input.unknown_field' };
    case 'not_multiple_of':
      return { code: 'input.not_a_multiple', params: { of: issue.divisor } };
    case 'custom':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'input.invalid' };
  }
}

function measureOf(origin: string): 'text' | 'list' | 'number' {
  if (origin === 'string') return 'text';
  return origin === 'array' || origin === 'set' || origin === 'map' || origin === 'file'
    ? 'list'
    : 'number';
}

const plain = (bound: number | bigint): string | number =>
  typeof bound === 'bigint' ? bound.toString() : bound;

/** What was expected, in no language: the pattern, or the format's name (`datetime`, `email`). */
const formatOf = ({ format, pattern }: Extract<Issue, { code: 'invalid_format' }>): string =>
  format === 'regex' ? (pattern ?? '') : format;

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** `lines[2].hsCode`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
