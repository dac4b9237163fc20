// The server is killed with -9 twice in the middle of a mixed day: manifests, filings, gates, payments,
// notices. The long form is `npm run bench -- kill`.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const BENCH = fileURLToPath(new URL('../../bin/bench.js', import.meta.url));

test('everything acknowledged is there afterwards, exactly once', async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [BENCH, 'kill', '--quick', '--json'],
    { maxBuffer: 2 ** 24 },
  );
  const { figures } = JSON.parse(stdout) as { figures: Record<string, number> };
  expect(figures, stderr).toMatchObject({
    ...{ kills: 2, acknowledged_lost: 0, doubled: 0, faults: 0 },
  });
  expect(figures.acknowledged).toBeGreaterThan(100);
}, 600_000);
