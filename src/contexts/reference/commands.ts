import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { isLocalDate } from '../../kernel/dates.ts';
import { type Refusal, Refused } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import { TableName } from './contract.ts';
import { loadTable } from './service.ts';

export interface ReferenceCommandDeps {
  readonly clock: Clock;
  /** Opens the operational store for the length of one piece of work. */
  withDb<T>(work: (db: Db) => Promise<T>): Promise<T>;
  print(line: string): void;
  sentenceOf(refusal: Refusal): { readonly zh: string; readonly en: string };
  readonly elsewhere: ListsElsewhere;
}

/** Lists that are more than codes and are kept elsewhere: they are loaded by the same command. */
export interface ListsElsewhere {
  has(table: string): boolean;
  /** Loads a list and tells in lines, and as JSON, what it did. */
  load(
    request: Required<Pick<LoadOptions, 'source' | 'version' | 'from'>> & {
      readonly table: string;
      readonly file: string;
      readonly columns: readonly string[];
      readonly dryRun: boolean;
      readonly propose: boolean;
    },
  ): Promise<{ readonly lines: readonly string[]; readonly outcome: unknown }>;
}

interface LoadOptions {
  readonly source: string;
  readonly version: string;
  readonly from?: string;
  readonly labelZh?: string;
  readonly labelEn?: string;
  readonly columns?: string[];
  readonly dryRun?: boolean;
  readonly propose?: boolean;
  readonly json?: boolean;
}

/** `jianghai reference load TABLE FILE.csv --source … --version … [--from DATE]` */
export function referenceCommand(deps: ReferenceCommandDeps): Command {
  const { clock, withDb, print, sentenceOf, elsewhere } = deps;
  const reference = new Command('reference').description('effective-dated code tables');
  reference
    .command('load <table> <file>')
    .description('load a version of a code table from CSV: code,zh,en[,from,to][,further columns]')
    .requiredOption('--source <text>', 'who publishes the table')
    .requiredOption('--version <text>', 'the version, as its publisher calls it')
    .option('--from <date>', 'the day the version takes effect (YYYY-MM-DD)')
    .option('--label-zh <text>', 'name of a new table in Chinese')
    .option('--label-en <text>', 'name of a new table in English')
    .option(
      '--columns <role=heading...>',
      'which column says what, where a list calls it otherwise',
    )
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--propose', 'keep a list of chemicals for an account to look at and put in force')
    .option('--json', 'print the outcome as JSON')
    .action(async (table: string, file: string, options: LoadOptions) => {
      requireWellFormed(table, options.from);
      if (elsewhere.has(table)) {
        const { source, version, from, columns = [], dryRun = false, propose = false } = options;
        if (!from)
          throw new Refused('invalid', { code: 'reference.from_needed', params: { table } });
        const told = await elsewhere.load({
          ...{ table, file, source, version, from, columns, dryRun, propose },
        });
        if (options.json) return print(JSON.stringify(told.outcome));
        return told.lines.forEach(print);
      }
      if (options.propose)
        throw new Refused('invalid', { code: 'reference.propose_chemicals_only', seen: table });
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
      const { labelZh: zh, labelEn: en, from, dryRun } = options;
      const outcome = await withDb((db) =>
        loadTable(
          { db, clock },
          {
            table,
            text,
            source: options.source,
            version: options.version,
            ...(zh && en && { label: { zh, en } }),
            ...(from && { from }),
            ...(dryRun && { dryRun }),
          },
        ),
      );
      if (options.json) return print(JSON.stringify(outcome));
      for (const reject of outcome.rejects) {
        const { zh, en } = sentenceOf(reject);
        print(`${reject.path}: ${reject.seen}\n  ${en}\n  ${zh}`);
      }
      const { written, removed, unchanged, rejects } = outcome;
      const done = dryRun ? 'would be' : 'were';
      print(
        `${table}: ${written} rows ${done} written, ${removed} removed, ${unchanged} unchanged, ${rejects.length} set aside.`,
      );
    });
  return reference;
}

function requireWellFormed(table: string, from: string | undefined): void {
  if (!TableName.safeParse(table).success)
    throw new Refused('invalid', { code: 'reference.table_name_malformed', seen: table });
  if (from !== undefined && !isLocalDate(from))
    throw new Refused('invalid', { code: 'reference.date_impossible', seen: from });
}
