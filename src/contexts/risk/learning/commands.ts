import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { contentHash } from '../../../kernel/canonical.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { type FactRow, loadMapping, openFactReader } from '../../pool/index.ts';
import { historyFacts } from '../facts.ts';
import { createHistory, type History } from '../history.ts';
import { evaluate } from './evaluation.ts';
import { checkFacts, type ReadModel, readModel, scoringModel } from './model.ts';
import { offeredFacts, type ReadRows, readRows, withLabel } from './read-rows.ts';
import {
  describeEvaluation,
  describeExplained,
  describeTraining,
  type Explained,
  figuresOf,
  type Language,
} from './telling.ts';
import { trainInWorker } from './train-in-worker.ts';

export interface LearningCommandDeps {
  print(line: string): void;
  /** Where the progress bar goes; none is drawn when it is not a terminal. */
  readonly progress: NodeJS.WriteStream;
}

interface CommonOptions {
  readonly mapping: string;
  readonly lang: Language;
  readonly json?: boolean;
}

interface LabelOptions extends CommonOptions {
  readonly label: string;
  readonly positive?: readonly string[];
}

interface TrainOptions extends LabelOptions {
  readonly valid?: string;
  readonly out: string;
  readonly seed: string;
  readonly without?: readonly string[];
  readonly history?: boolean;
}

/** `jianghai risk train`, `evaluate` and `explain`, to be added to `jianghai risk`. */
export const learningCommands = (deps: LearningCommandDeps): Command[] => [
  trainCommand(deps),
  evaluateCommand(deps),
  explainCommand(deps),
];

const common = (command: Command): Command =>
  command
    .argument('<file>', 'CSV, NDJSON, Parquet or XLSX')
    .requiredOption('--mapping <name>', 'how its columns become facts: a shipped mapping or a file')
    .addOption(
      new Option('--lang <language>', 'language of the answer').choices(['zh', 'en']).default('zh'),
    )
    .option('--json', 'print the answer as JSON');

const labelled = (command: Command): Command =>
  common(command)
    .requiredOption('--label <column>', 'the column that says what was found')
    .option(
      '--positive <codes...>',
      'codes of that column that mean a finding (default: 1, true, yes)',
    );

function trainCommand(deps: LearningCommandDeps): Command {
  return labelled(new Command('train'))
    .description('learn from findings: a model that scores declarations, with its card')
    .option(
      '--valid <file>',
      'rows to choose and calibrate on (default: the newest 15 % of the file)',
    )
    .requiredOption('--out <file>', 'where the model goes, as JSON')
    .option('--without <facts...>', 'facts that must not be learned from')
    .option('--history', 'also learn from what earlier days of the file say, as decisions do')
    .option('--seed <number>', 'the same rows and seed give the same model to the byte', '1')
    .action(async (file: string, options: TrainOptions) => {
      const started = performance.now();
      const bar = progressBar(deps.progress, options.lang);
      try {
        const read = (path: string): Promise<ReadRows> =>
          readLabelled(path, options, bar, options.history ? createHistory() : null);
        const fit = await read(file);
        const without = [...(options.without ?? []), ...(options.history ? [OF_THE_RECORD] : [])];
        refuseUnknown(without, fit);
        const choose = options.valid === undefined ? null : await read(options.valid);
        const model = await trainInWorker(
          {
            ...{ fit: fit.rows, choose: choose?.rows ?? null, seed: seedOf(options.seed) },
            sources: {
              fit: basename(file),
              choose: options.valid ? basename(options.valid) : null,
            },
            ...{ label: options.label, mapping: options.mapping, without },
          },
          { isPatient: false, onProgress: ({ step, done, of }) => bar.show(step, done, of) },
        );
        bar.stop();
        await writeWhole(options.out, JSON.stringify(model));
        const outcome = {
          ...{ out: options.out, version: contentHash(model) },
          rejected: fit.rejected + (choose?.rejected ?? 0),
          seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
        };
        const { card } = model;
        if (options.json)
          deps.print(JSON.stringify({ ...figuresOf(card.evaluation), ...outcome, card }));
        else for (const line of describeTraining(card, outcome, options.lang)) deps.print(line);
      } finally {
        bar.stop();
      }
    });
}

function evaluateCommand(deps: LearningCommandDeps): Command {
  return labelled(new Command('evaluate'))
    .description('judge a model on later findings, beside the honest floor')
    .requiredOption('--model <file>', 'the model, as made by train')
    .action(async (file: string, options: LabelOptions & { readonly model: string }) => {
      const bar = progressBar(deps.progress, options.lang);
      try {
        const { model, judge } = await readModelFile(options.model);
        const mapping = await loadMapping(options.mapping);
        checkFacts(model, offeredFacts(withLabel(mapping, options.label)));
        const { rows, rejected } = await readLabelled(file, options, bar, historyFor(model));
        const positives = rows.labels.filter((label) => label === 1).length;
        if (positives === 0 || positives === rows.size) {
          throw new Refused('invalid', {
            code: 'risk.model_one_class_judge',
            params: { rows: rows.size, positives, unlabelled: rows.unlabelled },
          });
        }
        bar.show('judge', 0, 1);
        const evaluation = evaluate(judge, rows);
        bar.stop();
        const version = contentHash(model);
        if (options.json)
          deps.print(JSON.stringify({ ...figuresOf(evaluation), rejected, model: version }));
        else for (const line of describeEvaluation(evaluation, options.lang)) deps.print(line);
      } finally {
        bar.stop();
      }
    });
}

const EXPLAINED = 5;

function explainCommand(deps: LearningCommandDeps): Command {
  return common(new Command('explain'))
    .description('say why a model gives a declaration its probability')
    .requiredOption('--model <file>', 'the model, as made by train')
    .option('--id <id>', `one declaration (default: the ${EXPLAINED} most probable findings)`)
    .action(
      async (
        file: string,
        options: CommonOptions & { readonly model: string; readonly id?: string },
      ) => {
        const explained = await explain(file, options, deps);
        if (options.json) deps.print(JSON.stringify(explained));
        else for (const line of describeExplained(explained, options.lang)) deps.print(line);
      },
    );
}

async function explain(
  file: string,
  options: CommonOptions & { readonly model: string; readonly id?: string },
  deps: LearningCommandDeps,
): Promise<Explained[]> {
  const read = await readModelFile(options.model);
  const mapping = await loadMapping(options.mapping);
  checkFacts(read.model, offeredFacts(mapping));
  const { probability, contributions } = scoringModel(read);
  const reader = await openFactReader(file, mapping);
  const history = historyFor(read.model);
  const bar = progressBar(deps.progress, options.lang);
  try {
    let top: { id: string; date: string; facts: Explained['facts']; probability: number }[] = [];
    let done = 0;
    for await (const batch of reader.batches()) {
      const known = history ? batch.map((row) => withPast(row, history)) : batch;
      const wanted = known.filter(({ id }) => options.id === undefined || id === options.id);
      const scored = wanted.map(({ id, date, facts }) => ({
        ...{ id, date, facts, probability: probability(facts) },
      }));
      top = [...top, ...scored].sort((a, b) => b.probability - a.probability).slice(0, EXPLAINED);
      done += batch.length;
      bar.show('read', done, reader.rows);
    }
    if (top.length === 0) {
      throw new Refused('not_found', {
        code: 'risk.model_row_not_found',
        params: { id: options.id ?? '', rows: reader.rows },
      });
    }
    return top.map((row) => ({ ...row, contributions: contributions(row.facts) }));
  } finally {
    bar.stop();
    await reader.close();
  }
}

/** How long a file has been keeping records is no property of a consignment. */
const OF_THE_RECORD = 'history.days';
const ofHistory = new Set(historyFacts.map(({ name }) => name));

/** A history to read a file with, for a model that asks for the past. */
const historyFor = ({ schema }: ReadModel['model']): History | null =>
  schema.facts.some(({ name }) => ofHistory.has(name)) ? createHistory() : null;

async function readLabelled(
  file: string,
  { mapping, label, positive }: LabelOptions,
  bar: Bar,
  history: History | null,
): Promise<ReadRows> {
  const column = { column: label, ...(positive && { positive }) };
  const show = (done: number, of: number): void => bar.show('read', done, of);
  return readRows(file, await loadMapping(mapping), column, show, history);
}

function withPast(row: FactRow, history: History): FactRow {
  const facts = Object.assign({}, row.facts, history.factsFor(row.facts, row.date));
  history.observe(row.facts, row.date);
  return { ...row, facts };
}

/** Reads a model file, or says why it is none. */
export async function readModelFile(file: string): Promise<ReadModel> {
  const unreadable = (problem: string): Refused =>
    new Refused('invalid', { code: 'risk.model_not_readable', params: { problem } });
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? unreadable(`${file} is not there`) : error;
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
  return readModel(json);
}

/** A misspelt name would leave in what was to be left out. */
function refuseUnknown(names: readonly string[], { rows }: ReadRows): void {
  const known = rows.columns.map(({ name }) => name);
  const refusals = names
    .filter((name) => !known.includes(name))
    .map((fact) => ({
      code: 'risk.model_without_unknown',
      params: { fact, known: known.join(', ') },
    }));
  if (refusals.length > 0) throw new Refused('invalid', refusals);
}

/** Half a model must never look like one. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed)) return seed;
  throw new Refused('invalid', { code: 'risk.model_seed_wrong', params: { seed: text } });
}

const STEPS = {
  zh: { read: '读取', search: '寻找组合键', encode: '编码', grow: '训练', judge: '评估' },
  en: {
    ...{ read: 'reading', search: 'searching keys', encode: 'encoding' },
    ...{ grow: 'training', judge: 'judging' },
  },
} as const;

interface Bar {
  show(step: keyof (typeof STEPS)['zh'], done: number, of: number): void;
  stop(): void;
}

function progressBar(stream: NodeJS.WriteStream, language: Language): Bar {
  if (!stream.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    ...{ stream, hideCursor: true, barCompleteChar: '█', barIncompleteChar: '░' },
    format: '{step} {bar} {percentage}%',
  });
  let step = '';
  return {
    show(next, done, of) {
      const name = STEPS[language][next];
      if (name !== step) bar.start(of, done, { step: name });
      else bar.update(done, { step: name });
      step = name;
    },
    stop: () => bar.stop(),
  };
}
