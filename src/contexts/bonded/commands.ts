import { Command } from 'commander';
import type { BondedCommandDeps } from './commands/deps.ts';
import { explainCommand } from './commands/explain.ts';
import { bondedImportCommand } from './commands/import.ts';
import { positionCommand } from './commands/position.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { replayCommand } from './commands/replay.ts';
import { traceCommand } from './commands/trace.ts';
import { trialCommand } from './commands/trial.ts';
import { verifyCommand } from './commands/verify.ts';
import { writeOffCommand } from './commands/write-off.ts';

export type { BondedCommandDeps };

/** `jianghai bonded …`: what is brought into bonded ledgers, what they say, and why counts differ from them. */
export function bondedCommand(deps: BondedCommandDeps): Command {
  return new Command('bonded')
    .description('bonded ledgers')
    .addCommand(bondedImportCommand(deps))
    .addCommand(positionCommand(deps))
    .addCommand(reconcileCommand(deps))
    .addCommand(explainCommand(deps))
    .addCommand(writeOffCommand(deps))
    .addCommand(traceCommand(deps))
    .addCommand(verifyCommand(deps))
    .addCommand(trialCommand(deps))
    .addCommand(replayCommand(deps));
}
