import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** From here on the process runs after everything else on the machine. */
export function yieldToOthers({ pid }: ChildProcess): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where priorities cannot be lowered, it runs like any other process.
  }
}
