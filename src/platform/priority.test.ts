// A process that yields runs after the others; where that cannot be had, nothing breaks.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, devNull, getPriority } from 'node:os';
import { expect, test } from 'vitest';
import { yieldToOthers } from './priority.ts';

test('a process yields to others, and one that has ended is left alone', async () => {
  const child = fork(devNull, { execArgv: ['-e', 'setInterval(() => {}, 1000)'] });
  await once(child, 'spawn');
  yieldToOthers(child);
  expect(getPriority(child.pid)).toBeGreaterThanOrEqual(constants.priority.PRIORITY_BELOW_NORMAL);
  child.kill('SIGKILL');
  await once(child, 'exit');
  yieldToOthers(child);
});
