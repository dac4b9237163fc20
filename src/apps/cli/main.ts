import { Command, CommanderError } from 'commander';
import { releaseCommand } from '../../contexts/cargo/index.ts';
import { chemicalsCommand, createListLoading } from '../../contexts/chemicals/index.ts';
import { auditCommand } from '../../contexts/identity/index.ts';
import { messagesCommand } from '../../contexts/messages/index.ts';
import { referenceCommand } from '../../contexts/reference/index.ts';
import { assessCommand, riskCommand } from '../../contexts/risk/index.ts';
import { Refused } from '../../kernel/refusal.ts';
import { systemClock } from '../../platform/clock.ts';
import { loadSentences, type Sentences, sentenceOf } from '../sentences.ts';
import { foldersOf } from '../server.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { bondedCommand } from './bonded.ts';
import { readValues, withDb } from './open.ts';
import { poolCommand } from './pool.ts';
import { startCommand } from './start.ts';

/** Done, refused (what, where, what to do), or the machine failed. */
const EXIT = { done: 0, refused: 1, failed: 2 } as const;

/** `jianghai …`: one program for the server, the batch work and the care of both. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  // Read at most once: a file with a million rows set aside asks a million times.
  let read: Sentences | null = null;
  const sentences = (): Sentences => {
    read ??= loadSentences();
    return read;
  };
  const keptFolder = (): string => foldersOf(readValues().dataFolder).chemicals;
  const program = new Command('jianghai')
    .description('Jianghai 江海: an open smart-customs platform. 开放的智慧海关平台。')
    .hook('preAction', (_, command) => {
      const { data } = command.opts<{ data?: string }>();
      if (data) process.env.JIANGHAI_DATA = data;
    })
    .showHelpAfterError()
    .enablePositionalOptions()
    .exitOverride();
  program.addCommand(startCommand({ print }));
  program.addCommand(
    assessCommand({
      print,
      sentenceOf: (refusal) => sentenceOf(sentences(), refusal),
      progress: process.stderr,
    }),
  );
  program.addCommand(riskCommand({ clock: systemClock, print, progress: process.stderr }));
  program.addCommand(auditCommand({ withDb, print, setExitCode }));
  program.addCommand(
    referenceCommand({
      clock: systemClock,
      withDb,
      print,
      sentenceOf: (refusal) => sentenceOf(sentences(), refusal),
      elsewhere: createListLoading({ clock: systemClock, keptFolder }),
    }),
  );
  program.addCommand(chemicalsCommand({ print, progress: process.stderr, keptFolder }));
  program.addCommand(poolCommand({ print }));
  program.addCommand(
    bondedCommand({
      ...{ print, setExitCode },
      sentenceOf: (refusal) => sentenceOf(sentences(), refusal),
    }),
  );
  program.addCommand(
    messagesCommand({
      ...{ print, setExitCode },
      sentenceOf: (refusal) => sentenceOf(sentences(), refusal),
    }),
  );
  program.addCommand(releaseCommand({ clock: systemClock, print, setExitCode }));
  program.addCommand(backupCommand({ print }));
  program.addCommand(restoreCommand({ print }));
  for (const command of leavesOf(program)) {
    command.exitOverride();
    command.option('--data <folder>', 'the data folder (default ./data, or JIANGHAI_DATA)');
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? exitCode);
  } catch (error) {
    return explain(error);
  }
}

/** The commands that do something: those with none below them. */
const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  }
  if (error instanceof Refused) {
    const sentences = loadSentences();
    for (const refusal of error.refusals) {
      const { zh, en } = sentenceOf(sentences, refusal);
      process.stderr.write(`${en}\n${zh}\n`);
    }
    return EXIT.refused;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return EXIT.failed;
}
