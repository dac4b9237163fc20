// The layers and tiers of ARCHITECTURE.md hold in this tree, and each rule that says so still bites: a
// checker that sees nothing, or a rule whose pattern matches nothing, passes for ever.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALLOWED, FAULTS, type Planted } from './boundaries/faults.ts';

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'web', 'demo', 'bench', 'test'];
const require = createRequire(import.meta.url);
const tiers = require('../src/contexts/tiers.json') as string[][];
const { forbidden } = require('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };

describe('in this tree', () => {
  test('every import points down', async () => {
    const { summary } = await cruise(root);
    expect(summary.totalCruised).toBeGreaterThan(100);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );
  }, 120_000);

  test('every context has a tier, and only one', async () => {
    const folders = await readdir(join(root, 'src/contexts'), { withFileTypes: true });
    const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(tiers.flat().sort()).toEqual(names.sort());
  });
});

describe('each rule bites', () => {
  const faults: Record<string, readonly Planted[]> = { ...FAULTS, ...tierFaults() };
  let folder: string;
  let caught: Set<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jianghai-boundaries-'));
    await plant(folder, [...Object.values(faults).flat(), ...ALLOWED]);
    const { summary } = await cruise(folder);
    caught = new Set(
      summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    );
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('a fault is planted for every rule', () => {
    expect(Object.keys(faults).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  test.each(Object.entries(faults))('%s', (rule, planted) => {
    const expected = planted.map(({ from, to }) => `${rule}: ${from} → ${to}`);
    expect([...caught]).toEqual(expect.arrayContaining(expected));
  });

  test.each(ALLOWED)('$from may import $to', ({ from, to }) => {
    expect([...caught].filter((violation) => violation.endsWith(`: ${from} → ${to}`))).toEqual([]);
  });
});

/** Each context is tried against its siblings and against everything above it. */
function tierFaults(): Record<string, Planted[]> {
  const planted = (name: string, height: number): Planted[] =>
    tiers
      .slice(height)
      .flat()
      .filter((other) => other !== name)
      .map((other) => ({
        from: `src/contexts/${name}/looks-at-${other}.ts`,
        to: `src/contexts/${other}/index.ts`,
      }));
  return Object.fromEntries(
    tiers
      .flatMap((tier, height) =>
        tier.map((name) => [`${name}-looks-only-down`, planted(name, height)] as const),
      )
      .filter(([, faults]) => faults.length > 0),
  );
}

/** Writes the smallest tree in which these imports stand, under the real rules. */
async function plant(folder: string, imports: readonly Planted[]): Promise<void> {
  const lines = new Map<string, string[]>([
    ['src/kernel/egg.ts', importOf('src/kernel/egg.ts', 'src/kernel/chicken.ts')],
  ]);
  for (const { from, to } of imports) {
    lines.set(from, [...(lines.get(from) ?? []), ...importOf(from, to)]);
    if (!lines.has(to)) lines.set(to, []);
  }
  for (const [path, content] of lines) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), `${content.join('\n')}\nexport const here = '${path}';\n`);
    if (path.startsWith('node_modules/')) {
      await writeFile(join(folder, dirname(path), 'package.json'), '{ "main": "index.js" }');
    }
  }
  for (const folderName of FOLDERS) await mkdir(join(folder, folderName), { recursive: true });
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'src/contexts/tiers.json']) {
    await cp(join(root, file), join(folder, file));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
}

function importOf(from: string, to: string): string[] {
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(to) ?? [];
  const path = relative(dirname(from), to);
  return [`import '${name ?? (path.startsWith('.') ? path : `./${path}`)}';`];
}

/** Runs the checker as `npm run check` does. It exits with the number of violations, which is no failure here. */
async function cruise(folder: string): Promise<Cruise> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const said = await promisify(execFile)(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS],
    { cwd: folder, maxBuffer: 256 * 1024 * 1024 },
  ).catch((error: { stdout?: string }) => {
    if (!error.stdout) throw error;
    return { stdout: error.stdout };
  });
  return JSON.parse(said.stdout) as Cruise;
}
