// `npm run check`: types, format and lint, boundaries between layers, dead code, on every core. One line each.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = (path) => join(root, 'node_modules', path);
const present = (folders) => folders.filter((folder) => existsSync(join(root, folder)));

/** The longest first: none is left running alone at the end. */
const steps = [
  { name: 'types', run: [program('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the web', run: [program('typescript/bin/tsc'), '-p', 'web/tsconfig.json'] },
  { name: 'format and lint', run: [program('@biomejs/biome/bin/biome'), 'ci', '.'] },
  {
    name: 'boundaries',
    run: [
      program('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs'],
      ...present(['src', 'web', 'demo', 'bench', 'test']),
    ],
    // A checker that sees nothing finds nothing wrong.
    confirm: (said) => /\([1-9]\d* modules, [1-9]\d* dependencies cruised\)/.test(said),
  },
  { name: 'dead code', run: [program('knip/bin/knip.js'), '--no-progress'] },
];

async function check({ name, run: [file, ...args], confirm = () => true }) {
  const started = performance.now();
  const { code, said } = await run(file, args);
  const passed = code === 0 && confirm(said);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${passed ? '✔' : '✘'} ${name} (${seconds} s)`);
  if (!passed) console.log(said);
  return passed;
}

function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said: Buffer.concat(said).toString() }));
  });
}

const waiting = steps.values();
let failures = 0;
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (const step of waiting) if (!(await check(step))) failures += 1;
  }),
);
process.exitCode = failures === 0 ? 0 : 1;
