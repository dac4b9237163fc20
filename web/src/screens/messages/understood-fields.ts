type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const within = (path: string, name: string): string =>
  path === '' ? name : `${path}.${name}`;

/** Whether a field stands in what is at a path. */
export const holds = (path: string, field: string): boolean =>
  field.startsWith(`${path}.`) || field.startsWith(`${path}[`);

/**
 * Where a field is shown in a document: itself where it is there; one that is not, in the nearest that is,
 * under the name of what is missing of it.
 */
export function shownAt(document: Tree, field: string): { at: string; missing: string | null } {
  const steps = field.replaceAll(/\[(\d+)\]/g, '.[$1]').split('.');
  let value: unknown = document;
  let at = '';
  for (const step of steps) {
    const name = /^\[(\d+)\]$/.exec(step)?.[1] ?? step;
    const next = value !== null && typeof value === 'object' ? (value as Tree)[name] : undefined;
    if (next === undefined || next === null)
      return { at, missing: step.replace(/^\[.*/, '') || null };
    value = next;
    at = step.startsWith('[') ? `${at}${step}` : within(at, step);
  }
  return { at, missing: null };
}

/** What tells one entry of a list from the others, most telling first. */
const TELLING = [
  ...['description', 'number', 'hsCode', 'part', 'name', 'reference', 'code', 'text', 'id', 'kind'],
] as const;

export function hintOf(entry: unknown): string {
  if (!isTree(entry)) return '';
  for (const name of TELLING) {
    const value = entry[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}
