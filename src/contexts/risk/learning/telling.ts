import type { FactSet } from '../../facts/index.ts';
import {
  type Contribution,
  type Evaluation,
  FIGURES,
  type FigureName,
  type Measures,
  type ModelCard,
} from './contract.ts';

export type Language = 'zh' | 'en';

export interface Explained {
  readonly id: string;
  readonly date: string;
  readonly facts: FactSet;
  readonly probability: number;
  readonly contributions: readonly Contribution[];
}

export interface TrainingOutcome {
  readonly out: string;
  readonly version: string;
  readonly rejected: number;
  readonly seconds: number;
}

const valuesOf = (measures: Measures) =>
  Object.fromEntries(FIGURES.map((name) => [name, measures[name].value]));
const intervalsOf = (measures: Measures) =>
  Object.fromEntries(
    FIGURES.map((name) => [name, { low: measures[name].low, high: measures[name].high }]),
  );

/** An evaluation for machines: each figure by its name, intervals and floors beside. */
export const figuresOf = ({ model, floor, amountFloor, ...evaluation }: Evaluation) => ({
  ...valuesOf(model),
  intervals: intervalsOf(model),
  floor: { ...valuesOf(floor), intervals: intervalsOf(floor) },
  amount_floor: { ...valuesOf(amountFloor), intervals: intervalsOf(amountFloor) },
  ...evaluation,
});

const NAMES: Readonly<Record<Language, Readonly<Record<FigureName, string>>>> = {
  zh: {
    auc: 'AUC（排序能力）',
    precision_at_1: '前 1 % 查获率',
    precision_at_2: '前 2 % 查获率',
    precision_at_5: '前 5 % 查获率',
    precision_at_10: '前 10 % 查获率',
    recall_at_10: '前 10 % 覆盖率',
    ece: '校准误差 ECE',
  },
  en: {
    auc: 'AUC',
    precision_at_1: 'precision at 1 %',
    precision_at_2: 'precision at 2 %',
    precision_at_5: 'precision at 5 %',
    precision_at_10: 'precision at 10 %',
    recall_at_10: 'recall at 10 %',
    ece: 'calibration error',
  },
};

const WORDS = {
  zh: {
    head: ['', '模型', '95 % 区间', '查表基线', '含金额查表'],
    judged: (e: Evaluation) =>
      `评估 ${e.rows} 票（${e.from ?? '—'} 至 ${e.to ?? '—'}），其中有问题 ${e.positives} 票；无结果而略去 ${e.unlabelled} 票。`,
    unseen: ({ rows, auc }: Evaluation['unseen']) =>
      `其中 ${rows} 票的组合此前从未见过：在这些报关单上模型的 AUC 为 ${auc?.toFixed(4) ?? '—'}。`,
    floor: '查表基线：按代码组合平滑查表；含金额查表：组合中还可有完全相同的金额、重量。',
    data: {
      fit: (d: ModelCard['data'][number]) =>
        `训练：${d.source}，${d.rows} 票（${d.from ?? '—'} 至 ${d.to ?? '—'}），有问题 ${d.positives} 票`,
      choose: (d: ModelCard['data'][number]) =>
        `选型与校准：${d.source}，${d.rows} 票（${d.from ?? '—'} 至 ${d.to ?? '—'}），有问题 ${d.positives} 票`,
    },
    chosenOn: '以下指标取自选型数据，对以后的数据略偏乐观：',
    features: '模型主要依据：',
    leak: '警告：',
    done: (o: TrainingOutcome) =>
      `模型已写入 ${o.out}，版本 ${o.version.slice(0, 12)}，用时 ${o.seconds} 秒，剔除 ${o.rejected} 行。`,
    explained: (x: Explained) =>
      `${x.id}（${x.date}）：查获概率 ${(100 * x.probability).toFixed(1)} %`,
  },
  en: {
    head: ['', 'model', '95 % interval', 'floor', 'amount floor'],
    judged: (e: Evaluation) =>
      `Judged on ${e.rows} declarations (${e.from ?? '—'} to ${e.to ?? '—'}), ${e.positives} with findings; ${e.unlabelled} without an outcome left out.`,
    unseen: ({ rows, auc }: Evaluation['unseen']) =>
      `Of these, ${rows} have a key never met before: among them the model's AUC is ${auc?.toFixed(4) ?? '—'}.`,
    floor:
      'Floor: a smoothed lookup on joined codes. Amount floor: the same with exact amounts and masses.',
    data: {
      fit: (d: ModelCard['data'][number]) =>
        `Fitted on ${d.source}: ${d.rows} declarations (${d.from ?? '—'} to ${d.to ?? '—'}), ${d.positives} with findings`,
      choose: (d: ModelCard['data'][number]) =>
        `Chosen and calibrated on ${d.source}: ${d.rows} declarations (${d.from ?? '—'} to ${d.to ?? '—'}), ${d.positives} with findings`,
    },
    chosenOn:
      'These figures are of the choosing rows, and a little kinder than later rows will be:',
    features: 'What the model draws on:',
    leak: 'Warning: ',
    done: (o: TrainingOutcome) =>
      `Model written to ${o.out}, version ${o.version.slice(0, 12)}, in ${o.seconds} s; ${o.rejected} rows set aside.`,
    explained: (x: Explained) =>
      `${x.id} (${x.date}): probability of a finding ${(100 * x.probability).toFixed(1)} %`,
  },
} as const;

/** Chinese characters take two columns of a terminal. */
const width = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/[\u2e80-\uffef]/.test(c) ? 2 : 1), 0);
const left = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
const right = (text: string, to: number): string =>
  ' '.repeat(Math.max(0, to - width(text))) + text;

export function describeEvaluation(evaluation: Evaluation, language: Language): string[] {
  const words = WORDS[language];
  const { model, floor, amountFloor } = evaluation;
  const text = (value: number): string => value.toFixed(4);
  const line = ([name = '', ...cells]: readonly string[]): string =>
    left(name, 20) + cells.map((cell) => right(cell, 17)).join('');
  return [
    words.judged(evaluation),
    line(words.head),
    ...FIGURES.map((name) =>
      line([
        NAMES[language][name],
        text(model[name].value),
        `${text(model[name].low)}–${text(model[name].high)}`,
        text(floor[name].value),
        text(amountFloor[name].value),
      ]),
    ),
    words.unseen(evaluation.unseen),
    words.floor,
  ];
}

const FEATURES_SHOWN = 8;

export function describeTraining(
  card: ModelCard,
  outcome: TrainingOutcome,
  language: Language,
): string[] {
  const words = WORDS[language];
  return [
    ...card.leaks.map(({ sentence }) => words.leak + sentence[language]),
    ...card.data.map((part) => words.data[part.role](part)),
    words.features,
    ...card.features
      .slice(0, FEATURES_SHOWN)
      .map(({ facts, share }) => `${right((100 * share).toFixed(1), 6)} %  ${facts.join(' × ')}`),
    words.chosenOn,
    ...describeEvaluation(card.evaluation, language),
    words.done(outcome),
  ];
}

const REASONS_SHOWN = 5;

export const describeExplained = (explained: readonly Explained[], language: Language): string[] =>
  explained.flatMap((row) => [
    WORDS[language].explained(row),
    ...row.contributions.slice(0, REASONS_SHOWN).map(({ logOdds, sentence }) => {
      const sign = logOdds > 0 ? '+' : '−';
      return `  ${sign}${Math.abs(logOdds).toFixed(2)}  ${sentence[language]}`;
    }),
  ]);
