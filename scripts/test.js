// `npm test`: builds, runs every test, and closes with one line: `N passed, N failed, N skipped`.
// Arguments go to vitest: `npm test -- src/kernel`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

const root = fileURLToPath(new URL('..', import.meta.url));

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'jianghai-result-'));
  const file = join(folder, 'result.json');
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...process.argv.slice(2),
      ],
      { cwd: root, stdio: 'inherit' },
    );
    return { isGreen: status === 0, ...count(file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that did not even load has no tests to count, and is one failure. */
function count(file) {
  const { testResults } = JSON.parse(readOr(file, '{"testResults":[]}'));
  const tests = testResults.flatMap((each) => each.assertionResults);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length + broken.length;
  return { passed, failed, skipped: tests.length + broken.length - passed - failed };
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

await build();
const { isGreen, passed, failed, skipped } = runTests();
// Errors outside any test fail the run too; the closing line must not hide them.
const failures = isGreen ? failed : Math.max(failed, 1);
console.log(`${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failures === 0 ? 0 : 1;
