import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is not ours to keep tidy: git's own folder, and those that `.gitignore` names. */
const skipped = new Set([
  '.git',
  ...read('.gitignore')
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.slice(line.startsWith('/') ? 1 : 0, -1)),
]);

/** Every file of the project, by its path from the root, with `/` on every system. */
export const files: readonly string[] = walk(root).sort();

export const filesLike = (pattern: RegExp): string[] => files.filter((file) => pattern.test(file));

/** Our own programs, tests included. */
export const sources: readonly string[] = filesLike(/\.(ts|tsx|js|cjs)$/);

/** Contexts that exist, as folders. */
export const contexts: readonly string[] = [
  ...new Set(files.flatMap((file) => /^src\/contexts\/([^/]+)\//.exec(file)?.[1] ?? [])),
];

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export const readJson = <T>(path: string): T => JSON.parse(read(path)) as T;

/** `file:line: text` for every line the pattern is found in. */
export function findLines(path: string, pattern: RegExp): string[] {
  return read(path)
    .split('\n')
    .flatMap((text, index) => (pattern.test(text) ? [`${path}:${index + 1}: ${text.trim()}`] : []));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (skipped.has(entry.name) || skipped.has(name)) return [];
    return entry.isDirectory() ? walk(path) : [name];
  });
}
