import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import type { Refusal } from '../../kernel/refusal.ts';
import {
  type FactReader,
  loadMapping,
  type Mapping,
  openFactReader,
  type Reject,
  writeRejects,
} from '../pool/index.ts';
import { type AssessSummary, assess, checkLabel, type Language } from './assess.ts';
import { type AssessParts, openParts, type PartsAsked } from './assess-parts.ts';
import { type BacktestCommandDeps, backtestCommand } from './backtest/commands.ts';
import { createHistory } from './history.ts';
import { type LearningCommandDeps, learningCommands } from './learning/commands.ts';

export interface AssessCommandDeps {
  print(line: string): void;
  sentenceOf(refusal: Refusal): Readonly<Record<Language, string>>;
  /** Where the progress bar goes; none is drawn when it is not a terminal. */
  readonly progress: NodeJS.WriteStream;
}

/** `jianghai risk …`: what is learned from findings, and how it is judged. */
export function riskCommand(deps: LearningCommandDeps & BacktestCommandDeps): Command {
  const command = new Command('risk').description('try rules; train, judge and explain models');
  for (const each of [...learningCommands(deps), backtestCommand(deps)]) command.addCommand(each);
  return command;
}

interface AssessOptions extends PartsAsked {
  readonly mapping: string;
  readonly out?: string;
  readonly rejects?: string;
  readonly lang: Language;
  readonly json?: boolean;
}

interface Outcome extends AssessSummary {
  readonly rejectedFor: readonly {
    readonly code: string;
    readonly column: string;
    /** What the first of them says there. */
    readonly seen: string;
    readonly rows: number;
  }[];
  readonly seconds: number;
  readonly declarationsPerSecond: number;
}

/** `jianghai assess FILE --mapping NAME [--out FILE.csv]`: declarations in, explained decisions out. */
export function assessCommand(deps: AssessCommandDeps): Command {
  return new Command('assess')
    .description('decide every declaration of a file, with reasons')
    .argument('<file>', 'CSV, NDJSON, Parquet or XLSX')
    .requiredOption('--mapping <name>', 'how its columns become facts: a shipped mapping or a file')
    .option('--out <file>', 'where the decisions go, as CSV; without it only the summary is made')
    .option('--rejects <file>', 'where rows that could not be read go, each with the reason')
    .option('--policy <file>', 'another policy than the one shipped')
    .option(
      '--rules <file>',
      'officers’ rules, one a line, as for risk backtest; a hit is worth an examination',
    )
    .option('--model <file>', 'a model, as made by risk train, that selects within the budget')
    .option(
      '--budget <share>',
      'share of each office’s daily traffic that may be examined, such as 0.05; goes with --model',
    )
    .option(
      '--seed <text>',
      'secret of the random sample; the same secret draws the same',
      'assess',
    )
    .addOption(
      new Option('--lang <language>', 'language of reasons and summary')
        .choices(['zh', 'en'])
        .default('zh'),
    )
    .option('--json', 'print the summary as JSON')
    .action(async (file: string, options: AssessOptions) => {
      const mapping = await loadMapping(options.mapping);
      const parts = await openParts(options, mapping);
      const outcome = await run(file, mapping, parts, options, deps);
      if (options.json) deps.print(JSON.stringify(outcome));
      else for (const line of describe(outcome, parts, options, deps)) deps.print(line);
    });
}

async function run(
  file: string,
  mapping: Mapping,
  { engine, capacity }: AssessParts,
  options: AssessOptions,
  deps: AssessCommandDeps,
): Promise<Outcome> {
  const started = performance.now();
  const reader = await openFactReader(file, mapping);
  const bar = deps.progress.isTTY ? progressBar(deps.progress, options.lang) : null;
  try {
    bar?.start(reader.rows, 0);
    const summary = await writingTo(options.out, (write) =>
      assess({
        ...{ reader, engine, capacity, history: createHistory(), language: options.lang, write },
        progress: (decided) => bar?.update(decided),
      }),
    );
    bar?.stop();
    const rejectedFor = await setAside(reader, options.rejects, deps);
    const seconds = (performance.now() - started) / 1000;
    const declarationsPerSecond = Math.round(summary.decided / seconds);
    return { ...summary, rejectedFor, seconds: Number(seconds.toFixed(3)), declarationsPerSecond };
  } finally {
    bar?.stop();
    await reader.close();
  }
}

function progressBar(stream: NodeJS.WriteStream, language: Language): SingleBar {
  const unit = { zh: '票', en: 'declarations' }[language];
  return new SingleBar({
    stream,
    format: `{bar} {percentage}% | {value}/{total} ${unit} | {eta_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
}

/**
 * Gives the work something to write to. The file appears under its name only when it is whole: half
 * a list of decisions looks like a list of decisions.
 */
async function writingTo<T>(
  file: string | undefined,
  work: (write: (lines: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  if (file === undefined) return work(async () => undefined);
  const partial = `${file}.partial`;
  const stream = createWriteStream(partial);
  const done = finished(stream);
  // A failure is told where the stream is awaited; here it only must not end the process.
  done.catch(() => undefined);
  try {
    const result = await work(async (lines) => {
      if (!stream.write(lines)) await Promise.race([once(stream, 'drain'), done]);
    });
    stream.end();
    await done;
    await rename(partial, file);
    return result;
  } catch (error) {
    stream.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

/** Counts the rows that were set aside by what is wrong, and writes them where that is wanted. */
async function setAside(
  reader: FactReader,
  file: string | undefined,
  { sentenceOf }: AssessCommandDeps,
): Promise<Outcome['rejectedFor']> {
  const counts = new Map<string, { code: string; column: string; seen: string; rows: number }>();
  async function* counted(): AsyncIterable<Reject> {
    for await (const reject of reader.rejects()) {
      const { code, column, seen } = reject;
      const count = counts.get(`${code} ${column}`) ?? { code, column, seen, rows: 0 };
      count.rows += 1;
      counts.set(`${code} ${column}`, count);
      yield reject;
    }
  }
  if (file === undefined) for await (const _ of counted());
  else await writeRejects(counted(), file, sentenceOf);
  return [...counts.values()].sort((a, b) => b.rows - a.rows);
}

const REASONS_SHOWN = 8;

const WORDS = {
  zh: {
    done: (o: Outcome) =>
      `已评估 ${o.decided} 票，用时 ${o.seconds} 秒（每秒 ${o.declarationsPerSecond} 票）。`,
    lanes: {
      red: '红通道·查验',
      yellow: '黄通道·审单',
      blue: '蓝通道·后续稽查',
      green: '绿通道·放行',
    },
    model: '其中由模型布控选中',
    reasons: '主要理由：',
    rejected: (o: Outcome) => `剔除 ${o.rejected} 行，原因：`,
    out: (file: string) => `评估结果：${file}`,
    rejects: (file: string) => `剔除的行：${file}`,
  },
  en: {
    done: (o: Outcome) =>
      `Decided ${o.decided} declarations in ${o.seconds} s (${o.declarationsPerSecond} per second).`,
    lanes: {
      ...{ red: 'red: examine', yellow: 'yellow: check documents' },
      ...{ blue: 'blue: audit later', green: 'green: release' },
    },
    model: 'of these, selected by the model',
    reasons: 'Reasons given most often:',
    rejected: (o: Outcome) => `Set aside ${o.rejected} rows, because:`,
    out: (file: string) => `Decisions: ${file}`,
    rejects: (file: string) => `Rows set aside: ${file}`,
  },
} as const;

function describe(
  outcome: Outcome,
  parts: AssessParts,
  options: AssessOptions,
  deps: AssessCommandDeps,
): string[] {
  const words = WORDS[options.lang];
  const share = (count: number): string =>
    `${((100 * count) / Math.max(outcome.decided, 1)).toFixed(1)} %`;
  const row = (count: number, text: string): string =>
    `${String(count).padStart(9)} ${share(count).padStart(8)}  ${text}`;
  const { red, yellow, blue, green } = outcome.lanes;
  const lines = [
    words.done(outcome),
    row(red, words.lanes.red),
    row(yellow, words.lanes.yellow),
    row(blue, words.lanes.blue),
    row(green, words.lanes.green),
  ];
  if (parts.capacity) lines.push(row(outcome.selectedBy.model, words.model));
  if (outcome.reasons.length > 0) lines.push(words.reasons);
  for (const { check, hits } of outcome.reasons.slice(0, REASONS_SHOWN))
    lines.push(row(hits, parts.labelOf(check)?.[options.lang] ?? checkLabel(check, options.lang)));
  if (outcome.rejected > 0) lines.push(words.rejected(outcome));
  for (const { code, column, seen, rows } of outcome.rejectedFor) {
    const sentence = deps.sentenceOf({ code, seen, params: { column } })[options.lang];
    lines.push(`${String(rows).padStart(9)}  ${column}: ${sentence}`);
  }
  if (options.out) lines.push(words.out(options.out));
  if (options.rejects) lines.push(words.rejects(options.rejects));
  return lines;
}
