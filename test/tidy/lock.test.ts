// `npm ci` refuses a lock in which a package for another platform is missing, and npm leaves such
// packages out without a word when it writes the lock on a machine that cannot fetch them.
import { expect, test } from 'vitest';
import { readJson } from './tree.ts';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = readJson<{ packages: Readonly<Record<string, Locked>> }>('package-lock.json');

/** Where node would find `name` when asked from `path`: here, or in any folder above. */
function isLocked(path: string, name: string): boolean {
  const below = path === '' ? [] : [`${path}/node_modules/${name}`];
  const above = path
    .split('node_modules/')
    .map((_, depth, parts) => `${parts.slice(0, depth).join('node_modules/')}node_modules/${name}`);
  return [...below, ...above].some((candidate) => candidate in packages);
}

test('every optional dependency of every locked package is in the lock', () => {
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter(({ path, name }) => !isLocked(path, name))).toEqual([]);
});

test('versions are exact, so that a checkout of last year installs what it was tested with', () => {
  type Asked = Readonly<Record<'dependencies' | 'devDependencies', Record<string, string>>>;
  const { dependencies, devDependencies } = readJson<Asked>('package.json');
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});
