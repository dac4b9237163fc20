import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** From here on the process, with those it starts, runs after others on the machine; by how much, as `nice` counts. */
export function yieldToOthers(
  { pid }: ChildProcess,
  by: number = constants.priority.PRIORITY_BELOW_NORMAL,
): void {
  try {
    if (pid) setPriority(pid, by);
  } catch {
    // Where priorities cannot be lowered, it runs like any other process.
  }
}
