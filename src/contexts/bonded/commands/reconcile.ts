import { type Command, Option } from 'commander';
import { type Ask, remoteInlet } from '../imports/index.ts';
import { BookOf, type DifferenceRow, RateBase, type Stocktake } from '../stocktake/contract.ts';
import { allRows, type BondedCommandDeps, commandOf, ledgerPath, type Shared } from './deps.ts';
import { describeImport, importFile } from './import.ts';
import { tableOf } from './table.ts';

interface ReconcileOptions extends Shared {
  readonly ledger: string;
  readonly stocktake: string;
  readonly mapping: string;
  readonly base: RateBase;
  readonly book: BookOf;
  readonly from?: string;
  readonly parts?: string;
  readonly sites?: string;
  readonly stocks?: string;
  readonly refused?: string;
}

/** `jianghai bonded reconcile [FILE] --ledger ID --stocktake ID`: a count beside the book. */
export function reconcileCommand(deps: BondedCommandDeps): Command {
  return commandOf('reconcile', 'take a count (盘点), close it and compare it with the book')
    .argument('[file]', 'the tags of the count: CSV, NDJSON or XLSX; none for those it has')
    .requiredOption('--ledger <id>', 'the ledger (账册)')
    .requiredOption('--stocktake <id>', 'the id of the count; the same id is the same count')
    .option('--mapping <name>', 'a shipped mapping, or the path of your own', 'jianghai-tags')
    .addOption(
      new Option('--base <base>', 'what the rate of a difference is measured against')
        .choices(RateBase.options)
        .default('consumption'),
    )
    .addOption(
      new Option('--book <book>', 'what had happened by the count, or what had been entered')
        .choices(BookOf.options)
        .default('occurred'),
    )
    .option('--from <day>', 'the first day of the period of the base')
    .option('--parts <parts>', 'only these parts were to be counted, with commas between them')
    .option('--sites <sites>', 'only these sites')
    .option('--stocks <stocks>', 'only these parts of counted stock, such as materials,finished')
    .option('--refused <file>', 'where refused rows go; beside the file when left out')
    .action(async (file: string | undefined, options: ReconcileOptions) => {
      await deps.withAsk(async (ask) => {
        const stocktake = await reconcile(ask, file, options, deps);
        if (stocktake) await tellDifferences(ask, stocktake, options, deps);
      });
    });
}

const listed = (text: string | undefined): string[] | null => text?.split(',') ?? null;

/** Begins the count, brings its tags and closes it; with refused rows it stays open, and is `null`. */
export async function reconcile(
  ask: Ask,
  file: string | undefined,
  options: ReconcileOptions,
  deps: BondedCommandDeps,
): Promise<Stocktake | null> {
  const { ledger, stocktake: id } = options;
  if (file !== undefined) {
    await ask('POST', ledgerPath(ledger, '/stocktakes'), {
      ...{ id, rateBase: options.base, bookOf: options.book, periodFrom: options.from ?? null },
      scope: {
        ...{ parts: listed(options.parts), sites: listed(options.sites) },
        stocks: listed(options.stocks),
      },
    });
    const outcome = await importFile(file, options, remoteInlet(ask), deps);
    if (outcome.refusedRows > 0) {
      if (options.json) deps.print(JSON.stringify({ stocktake: null, import: outcome }));
      else for (const line of describeImport(outcome, options, deps)) deps.print(line);
      if (!options.json) deps.print(WORDS[options.lang].stillOpen(id));
      deps.setExitCode(1);
      return null;
    }
  }
  const path = ledgerPath(ledger, `/stocktakes/${encodeURIComponent(id)}/close`);
  return (await ask('POST', path, {})) as Stocktake;
}

const WORDS = {
  zh: {
    stillOpen: (id: string) => `盘点 ${id} 未结束：请改正拒收的行，再执行一次。`,
    summary: (f: NonNullable<Stocktake['figures']>) =>
      `清点 ${f.spots} 处，有差异 ${f.differing} 处：盘亏 ${f.short}，盘盈 ${f.over}；应盘未盘 ${f.notCounted} 处（未盘不等于零）。`,
    ends: (f: NonNullable<Stocktake['figures']>) =>
      `盘点票：比对 ${f.compared}，范围外 ${f.outOfScope}，未知料号 ${f.unknownPart}，内购 ${f.notOfTheLedger}。`,
    worth: (currency: string, short: string, over: string, duty: string) =>
      `${currency}：盘亏 ${short}，盘盈 ${over}，涉税 ${duty}`,
    book: (asOf: number, base: string) => `账面截至日记账第 ${asOf} 行；差异率基数：${base}。`,
    heads: ['料号', '账户', '场地', '账面', '实盘', '差异', '单位', '差异率', '价值', '涉税'],
  },
  en: {
    stillOpen: (id: string) =>
      `Count ${id} stays open: mend the refused rows and run the command again.`,
    summary: (f: NonNullable<Stocktake['figures']>) =>
      `${f.spots} spots counted, ${f.differing} differ: ${f.short} short, ${f.over} over; ${f.notCounted} were not counted (which is not nothing).`,
    ends: (f: NonNullable<Stocktake['figures']>) =>
      `Tags: ${f.compared} compared, ${f.outOfScope} out of scope, ${f.unknownPart} of unknown parts, ${f.notOfTheLedger} not of the ledger.`,
    worth: (currency: string, short: string, over: string, duty: string) =>
      `${currency}: short ${short}, over ${over}, duty at stake ${duty}`,
    book: (asOf: number, base: string) =>
      `Book as of row ${asOf} of the journal; rates are of: ${base}.`,
    heads: [
      ...['part', 'account', 'site', 'book', 'counted', 'difference', 'unit', 'rate'],
      ...['value', 'duty'],
    ],
  },
} as const;
const BASES = {
  zh: { consumption: '本期耗用', openingAndImports: '期初加进口' },
  en: { consumption: 'use in the period', openingAndImports: 'opening stock and imports' },
} as const;

export async function tellDifferences(
  ask: Ask,
  stocktake: Stocktake,
  { json, lang, ledger }: Pick<ReconcileOptions, 'json' | 'lang' | 'ledger'>,
  { print }: BondedCommandDeps,
): Promise<void> {
  const path = ledgerPath(ledger, `/stocktakes/${encodeURIComponent(stocktake.id)}`);
  const rows = await allRows<DifferenceRow>(ask, `${path}/differences`, { limit: 1_000 });
  if (json) {
    const notCounted = await allRows(ask, `${path}/not-counted`, { limit: 1_000 });
    print(JSON.stringify({ stocktake, differences: rows, notCounted }));
    return;
  }
  const words = WORDS[lang];
  const heads = words.heads.map((head, at) => ({ head, isFigure: at >= 3 && at !== 6 }));
  const cells = rows.map((row) => [
    ...[row.part, row.account, row.site, row.book, row.counted, row.difference, row.unit],
    ...[row.rate === null ? '–' : row.rate, row.value ?? '–', row.duty ?? '–'],
  ]);
  for (const line of tableOf(heads, cells)) print(line);
  const { figures, asOf } = stocktake;
  if (!figures) return;
  print(words.summary(figures));
  print(words.ends(figures));
  print(words.book(asOf ?? 0, BASES[lang][stocktake.rateBase]));
  for (const { currency, short, over, duty } of figures.worth)
    print(words.worth(currency, short, over, duty));
}
