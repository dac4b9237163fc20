import { Command, Option } from 'commander';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Actor } from '../../identity/index.ts';
import type { Ask } from '../imports/index.ts';

export type Language = 'zh' | 'en';

export interface BondedCommandDeps {
  /**
   * Opens the way to the ledgers for the length of one piece of work: through the server that runs on the data folder,
   * else in this process on the same PostgreSQL.
   */
  withAsk<T>(work: (ask: Ask) => Promise<T>): Promise<T>;
  /** In this process only, and as whoever is played: for what is shown with made-up people. */
  withStage<T>(work: (askAs: (actor: Actor) => Ask) => Promise<T>): Promise<T>;
  print(line: string): void;
  sentenceOf(refusal: Refusal): Readonly<Record<Language, string>>;
  /** Where the progress bar goes; none is drawn when it is not a terminal. */
  readonly progress: NodeJS.WriteStream;
  setExitCode(code: number): void;
}

export interface Shared {
  readonly lang: Language;
  readonly json?: boolean;
}

/** A command of `jianghai bonded`, with what all of them take. */
export const commandOf = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(
      new Option('--lang <language>', 'language of what is printed')
        .choices(['zh', 'en'])
        .default('zh'),
    )
    .option('--json', 'print the answer as JSON');

export const ledgerPath = (ledger: string, rest = ''): string =>
  `/api/bonded/ledgers/${encodeURIComponent(ledger)}${rest}`;

/** A path with what is asked; what was not said is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const said = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said as [string, string][])}`;
}

/** All rows of a paged list, page after page. */
export async function allRows<Row>(
  ask: Ask,
  path: string,
  query: Readonly<Record<string, string | number | undefined>> = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: number | undefined;
  for (;;) {
    const page = (await ask('GET', withQuery(path, { ...query, cursor }))) as {
      rows: Row[];
      next: number | null;
    };
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = page.next;
  }
}
