// Builds what has changed since the last build: the server (src, demo, bench → dist) and the web pages
// (web → dist/web). Run directly it says what it did; `bin/` calls it before every command.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const vite = join(root, 'node_modules/vite/bin/vite.js');

const SERVER_FOLDERS = ['src', 'demo', 'bench'];
const SOURCE = /\.ts$/;
const NOT_AN_INPUT = /(^|[\\/])(node_modules|\.[^\\/]*)$|\.test\.tsx?$|\.md$/;

const parts = [
  {
    name: 'server',
    inputs: [...SERVER_FOLDERS, 'package-lock.json', 'scripts/build.js'],
    isNeeded: () => true,
    build: buildServer,
  },
  {
    name: 'web',
    inputs: ['web', 'src/kernel', 'src/contexts', 'package-lock.json', 'tsconfig.json'],
    isNeeded: () => existsSync(join(root, 'web/index.html')),
    build: () =>
      run(vite, [
        'build',
        'web',
        '--outDir',
        join(dist, 'web'),
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ]),
  },
];

/** Brings `dist` up to date. Fast when it is: one look at the size and date of each input. */
export async function build(say = (line) => process.stderr.write(`${line}\n`)) {
  const stale = parts
    .filter((part) => part.isNeeded())
    .map((part) => ({ ...part, stamp: join(dist, `.stamp-${part.name}`), mark: markOf(part) }))
    .filter(({ stamp, mark }) => readOr(stamp, '') !== mark);
  await Promise.all(
    stale.map(async ({ name, build, stamp, mark }) => {
      const started = performance.now();
      say(`Building the ${name} …`);
      rmSync(stamp, { force: true });
      await build();
      mkdirSync(dist, { recursive: true });
      writeFileSync(stamp, mark);
      say(`Built the ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    }),
  );
  return stale.length;
}

function markOf({ inputs }) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(join(root, input)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = join(path, entry.name);
    if (NOT_AN_INPUT.test(child)) return [];
    return entry.isDirectory() ? filesIn(child) : [child];
  });
}

/**
 * Strips the types file by file, which takes a second where checking them takes ten. Types are
 * checked by `npm run check`; what runs needs none.
 */
async function buildServer() {
  const { transformWithOxc } = await import('vite');
  const sources = SERVER_FOLDERS.flatMap((folder) => filesIn(join(root, folder)));
  removeOrphans(sources);
  for (const file of sources) {
    const target = join(dist, relative(root, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    if (SOURCE.test(file)) writeFileSync(target, await stripTypes(transformWithOxc, file));
    else copyFileSync(file, target);
  }
}

async function stripTypes(transform, file) {
  const { code } = await transform(readFileSync(file, 'utf8'), file, {
    lang: 'ts',
    sourcemap: false,
    typescript: { onlyRemoveTypeImports: true, rewriteImportExtensions: 'rewrite' },
  });
  return code;
}

/** Outputs of sources that are gone must not be found again. */
function removeOrphans(sources) {
  const wanted = new Set(sources.map((file) => relative(root, file).replace(/\.tsx?$/, '.js')));
  const built = SERVER_FOLDERS.flatMap((folder) => filesIn(join(dist, folder)));
  const orphans = built.filter((file) => !wanted.has(relative(dist, file)));
  for (const orphan of orphans) rmSync(orphan);
}

function run(program, args) {
  if (!existsSync(program)) {
    const name = relative(join(root, 'node_modules'), program).split(sep)[0];
    throw new BuildFailed(
      `"${name}" is not installed, so that the sources cannot be built. Run: npm ci`,
    );
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new BuildFailed(`${Buffer.concat(said)}\nThe build failed.`));
    });
  });
}

function readOr(path, otherwise) {
  return existsSync(path) ? readFileSync(path, 'utf8') : otherwise;
}

/** What the sources say is wrong; its message is all there is to tell. */
export class BuildFailed extends Error {}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if ((await build()) === 0) console.log('Nothing has changed since the last build.');
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
