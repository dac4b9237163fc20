import { contributionsOf, type Matrix, type Trees } from '../trees/index.ts';
import type { DataPart, ModelCard, Schema } from './contract.ts';
import { groupFeatures } from './reasons.ts';
import { countPositives, firstDate, type LabelledRows, lastDate } from './rows.ts';

export const dataPart = (role: DataPart['role'], source: string, rows: LabelledRows): DataPart => ({
  ...{ role, source, rows: rows.size, positives: countPositives(rows) },
  ...{ unlabelled: rows.unlabelled, from: firstDate(rows), to: lastDate(rows) },
});

/** Rows enough to tell which facts a model draws on. */
const EXPLAINED_ROWS = 100;

/** What the model draws on: the share of each group of features in all contributions. */
export function featureShares(
  trees: Trees,
  { rows, columns }: Matrix,
  schema: Schema,
): ModelCard['features'] {
  const { groups, groupOf } = groupFeatures(schema);
  const sums = new Float64Array(groups.length);
  const step = Math.max(1, Math.floor(rows / EXPLAINED_ROWS));
  for (let row = 0; row < rows; row += step) {
    const { values } = contributionsOf(
      trees,
      Float64Array.from(columns, (column) => column[row] as number),
    );
    const moved = new Float64Array(groups.length);
    for (const [place, value] of values.entries()) {
      const group = groupOf[place] as number;
      moved[group] = (moved[group] as number) + value;
    }
    for (const [group, value] of moved.entries())
      sums[group] = (sums[group] as number) + Math.abs(value);
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  return groups
    .map(({ facts }, group) => ({ facts: [...facts], share: (sums[group] as number) / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
}

export const NOT_FOR: ModelCard['notFor'] = [
  {
    zh: '不得单独作为处罚、扣留或拒绝放行的依据：它只排列查验的先后。',
    en: 'Never grounds by itself for a penalty, a detention or a refusal to release: it only orders examinations.',
  },
  {
    zh: '不得用于评价企业或个人，也不得用于其他口岸或其他商品结构的数据，除非先在那里重新评估。',
    en: 'Not for rating enterprises or persons, nor for another port or another mix of goods before it has been evaluated there.',
  },
  {
    zh: '不得用来估计未查验货物中的问题率：它只见过被查验的货物，估计须用随机抽查。',
    en: 'Not for estimating how much goes undetected: it has seen examined goods only. That takes the random sample.',
  },
  {
    zh: '对未见过的商品、企业或线路，它只知道平均情况：依据的票数会一并列出。',
    en: 'Of goods, parties and routes it has never seen it knows the average only: the evidence is counted beside each reason.',
  },
];
