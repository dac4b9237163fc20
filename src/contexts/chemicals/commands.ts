import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { isLocalDate } from '../../kernel/dates.ts';
import { Refused } from '../../kernel/refusal.ts';
import { createIdentifier } from './identify/identifier.ts';
import { gatherLists } from './open.ts';

export interface ChemicalsCommandDeps {
  print(line: string): void;
  /** Where what is not an answer is told: lists read, rows set aside. */
  readonly progress: { write(text: string): unknown };
  /** The folder of the lists loaded before; it may not be there yet. */
  keptFolder(): string;
}

interface IdentifyOptions {
  readonly file?: string;
  readonly names?: string[];
  readonly lists?: string;
  readonly on?: string;
  readonly json?: boolean;
}

/** `jianghai chemicals identify "TEXT" | --file FILE`: neither server nor database is needed. */
export function chemicalsCommand(deps: ChemicalsCommandDeps): Command {
  const chemicals = new Command('chemicals').description('what the goods are, by any name');
  chemicals
    .command('identify [text]')
    .description(
      'say which substance a text names: one JSON line a query, from the lists that are loaded',
    )
    .option('--file <file>', 'a text on each line of a file; - for standard input')
    .option(
      '--names <files...>',
      'further lists or names files for this one time (CSV, TSV, JSON; .gz)',
    )
    .option('--lists <folder>', 'all list files of a folder, for this one time')
    .option('--on <date>', 'the day whose lists are asked (YYYY-MM-DD)')
    .option('--json', 'print JSON; it always does')
    .action((text: string | undefined, options: IdentifyOptions) => identify(deps, text, options));
  return chemicals;
}

async function identify(
  { print, progress, keptFolder }: ChemicalsCommandDeps,
  text: string | undefined,
  { file, names, lists: folder, on }: IdentifyOptions,
): Promise<void> {
  if ((text === undefined) === (file === undefined))
    throw new Refused('invalid', { code: 'chemicals.text_or_file' });
  if (on !== undefined && !isLocalDate(on))
    throw new Refused('invalid', { code: 'chemicals.date_impossible', seen: on });
  const gathered = await readable(() =>
    gatherLists({ kept: keptFolder(), ...(names && { files: names }), ...(folder && { folder }) }),
  );
  for (const { file, list, rows, setAside } of gathered.told)
    progress.write(`${file}: ${list}, ${rows} rows, ${setAside} set aside\n`);
  const identifier = createIdentifier(gathered.lists);
  const answer = (query: string): void => print(JSON.stringify(identifier.identify(query, on)));
  if (text !== undefined) return answer(text);
  const input = file === '-' ? process.stdin : createReadStream(file ?? '');
  await readable(async () => {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line.trim() !== '') answer(line);
  });
}

/** A file that is not there is the caller's mistake, not the machine's. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'EACCES')
      throw new Refused('invalid', { code: 'chemicals.file_unreadable', seen: path ?? '' });
    throw error;
  }
}
