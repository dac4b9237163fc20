import { availableParallelism } from 'node:os';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { Clock } from '../../../platform/clock.ts';
import { declaredFacts } from '../../facts/index.ts';
import { loadMapping, openFactReader } from '../../pool/index.ts';
import { riskFacts } from '../facts.ts';
import { createHistory } from '../history.ts';
import { factsOf } from '../language/ast.ts';
import { LABEL, type LabelColumn, readLabel, withLabel } from '../learning/read-rows.ts';
import { readRuleLines, readTexts } from '../rules/rule-texts.ts';
import type { BacktestReport, Share } from './contract.ts';
import { reportOf, triedRule } from './report.ts';
import { runRules } from './run.ts';
import { type FactRow, type FactRows, openFactRows } from './store/fact-rows.ts';

export interface BacktestCommandDeps {
  readonly clock: Clock;
  print(line: string): void;
  /** Where the progress bar goes; none is drawn when it is not a terminal. */
  readonly progress: NodeJS.WriteStream;
}

type Language = 'zh' | 'en';

interface Options {
  readonly mapping: string;
  readonly rule?: readonly string[];
  readonly rules?: string;
  readonly label?: string;
  readonly positive?: readonly string[];
  readonly lang: Language;
  readonly json?: boolean;
}

/** `jianghai risk backtest FILE --mapping M --rule TEXT`: what rules would have done to a file. */
export const backtestCommand = (deps: BacktestCommandDeps): Command =>
  new Command('backtest')
    .description('say what rules would have done to the declarations of a file')
    .argument('<file>', 'CSV, NDJSON, Parquet or XLSX')
    .requiredOption('--mapping <name>', 'how its columns become facts: a shipped mapping or a file')
    .option('--rule <text...>', 'a rule')
    .option('--rules <file>', 'rules, one a line; empty lines and those that begin with // are not')
    .option('--label <column>', 'the column that says what was found, for precision and recall')
    .option(
      '--positive <codes...>',
      'codes of that column that mean a finding (default: 1, true, yes)',
    )
    .addOption(
      new Option('--lang <language>', 'language of the answer').choices(['zh', 'en']).default('zh'),
    )
    .option('--json', 'print the report as JSON')
    .action(async (file: string, options: Options) => {
      const { report, rejected } = await backtest(file, options, deps);
      if (options.json) deps.print(JSON.stringify({ ...report, rejected }));
      else for (const line of describe(report, rejected, options.lang)) deps.print(line);
    });

async function backtest(
  file: string,
  options: Options,
  { clock, progress }: BacktestCommandDeps,
): Promise<{ report: BacktestReport; rejected: number }> {
  const started = performance.now();
  const vocabulary = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));
  const rules = readTexts(await textsOf(options), vocabulary);
  const expressions = rules.map(({ expression }) => expression);
  const named = new Set(expressions.flatMap(factsOf));
  const rows = await openFactRows([...vocabulary.values()].filter(({ name }) => named.has(name)));
  const bar = progress.isTTY ? new SingleBar({ stream: progress, hideCursor: true }) : null;
  try {
    const rejected = await readInto(rows, file, options, bar);
    const snapshot = await rows.snapshot();
    bar?.stop();
    const { tally, examples } = await runRules({
      ...{ snapshot, facts: rows.facts, rules: expressions, live: [], lists: new Map() },
      period: { from: null, to: null },
      processes: availableParallelism(),
    });
    const request = {
      ...{ id: NO_ID, dataset: null, period: { from: null, to: null } },
      rules: rules.map(({ canonical }) => ({ text: canonical })),
    };
    const report = reportOf({
      ...{ request, tally, examples, live: [], lists: [], lacking: [], poolState: snapshot.state },
      rules: rules.map((rule) => triedRule({ ...rule, id: null, version: null })),
      asOf: clock.now(),
      elapsedMs: Math.round(performance.now() - started),
    });
    return { report, rejected };
  } finally {
    bar?.stop();
    await rows.close();
  }
}

/** A report of a file is kept by nobody, and so has no id of its own. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** The rules given one by one, then those of the file. */
async function textsOf({ rule = [], rules }: Options): Promise<string[]> {
  const given = rule.map((text) => text.trim()).filter((text) => text !== '');
  return [...given, ...(rules === undefined ? [] : await readRuleLines(rules))];
}

/** Each row with the history of earlier days, as it would have been decided. Says how many were set aside. */
async function readInto(
  rows: FactRows,
  file: string,
  { mapping: name, label, positive }: Options,
  bar: SingleBar | null,
): Promise<number> {
  const mapping = await loadMapping(name);
  const column: LabelColumn | null = label
    ? { column: label, ...(positive && { positive }) }
    : null;
  const reader = await openFactReader(file, column ? withLabel(mapping, column.column) : mapping);
  const history = createHistory();
  try {
    bar?.start(reader.rows, 0);
    for await (const batch of reader.batches()) {
      const known = batch.map(({ id, line, date, facts }): FactRow => {
        const { [LABEL]: outcome, ...stated } = facts;
        const past = history.factsFor(stated, date);
        history.observe(stated, date);
        const found = column ? readLabel(outcome, column, line) : null;
        return { id, day: date, facts: { ...stated, ...past }, found };
      });
      await rows.append(known);
      bar?.increment(batch.length);
    }
    return reader.rejected;
  } finally {
    await reader.close();
  }
}

const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '—' : `${(share * 100).toFixed(1)} %`;

const withInterval = ({ value, interval }: Share): string =>
  interval ? `${percent(value)} [${percent(interval.low)}, ${percent(interval.high)}]` : '—';

const WORDS = {
  zh: {
    read: (r: BacktestReport, rejected: number) =>
      `回测 ${r.rows} 票（${r.period.from ?? '—'} 至 ${r.period.to ?? '—'}），已查验 ${r.examined} 票，查获 ${r.found} 票（${withInterval(r.baseRate)}）；剔除 ${rejected} 行；用时 ${(r.elapsedMs / 1000).toFixed(1)} 秒。`,
    hits: '命中',
    precision: '查获率',
    recall: '召回率',
    unknown: '未评估',
    missing: '缺少',
  },
  en: {
    read: (r: BacktestReport, rejected: number) =>
      `Tried on ${r.rows} declarations (${r.period.from ?? '—'} to ${r.period.to ?? '—'}); ${r.examined} were examined, ${r.found} with a finding (${withInterval(r.baseRate)}); ${rejected} rows set aside; ${(r.elapsedMs / 1000).toFixed(1)} s.`,
    hits: 'hits',
    precision: 'precision',
    recall: 'recall',
    unknown: 'not evaluated',
    missing: 'missing',
  },
} as const;

function describe(report: BacktestReport, rejected: number, language: Language): string[] {
  const words = WORDS[language];
  const lines = [words.read(report, rejected)];
  for (const { rule, hits, traffic, precision, recall, notEvaluated } of report.rules) {
    lines.push('', rule.sentence[language], `  ${rule.text}`);
    lines.push(
      `  ${words.hits} ${hits}（${percent(traffic.value)}）  ${words.precision} ${withInterval(precision)}  ${words.recall} ${withInterval(recall)}`,
    );
    if (notEvaluated.rows > 0) {
      const missing = notEvaluated.missing.map(({ fact, rows }) => `${fact} ${rows}`).join(', ');
      lines.push(`  ${words.unknown} ${notEvaluated.rows}；${words.missing} ${missing}`);
    }
  }
  return [
    ...lines,
    ...(report.notes.length > 0 ? [''] : []),
    ...report.notes.map((n) => n[language]),
  ];
}
