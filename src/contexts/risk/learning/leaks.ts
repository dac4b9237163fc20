import type { LeakWarning } from './contract.ts';
import { aucOf } from './figures.ts';
import { blocksOf, joinKeys, noKeys, orderedRates } from './joined-keys.ts';
import type { Part } from './key-search.ts';
import { countPositives, type LabelledRows } from './rows.ts';

/** No honest fact of a declaration, alone, tells a finding this well. */
const AUC_MAX = 0.99;

/**
 * Facts that alone tell the label almost perfectly, by their order (numbers) or by what earlier
 * rows of the same value came to (all). Such a fact was mostly written after the finding, or is the
 * label under another name: a model that learns it is worthless on the day it is needed.
 */
export function findLeaks(rows: LabelledRows, parts: readonly Part[]): LeakWarning[] {
  const blocks = blocksOf(rows);
  const base = new Float64Array(rows.size).fill(countPositives(rows) / rows.size);
  const best = new Map<string, number>();
  const note = (fact: string, auc: number): void => {
    best.set(fact, Math.max(best.get(fact) ?? 0, auc));
  };
  for (const { name, type, numbers } of rows.columns) {
    if (type === 'text') continue;
    const auc = aucOf(numbers, rows.labels);
    note(name, Math.max(auc, 1 - auc));
  }
  for (const { fact, codes } of parts) {
    const keys = joinKeys(noKeys(rows.size).ids, codes);
    note(fact, aucOf(orderedRates(keys, rows.labels, blocks, base, 1).rates, rows.labels));
  }
  return [...best]
    .filter(([, auc]) => auc > AUC_MAX)
    .sort(([, a], [, b]) => b - a)
    .map(([fact, auc]) => ({ fact, auc, rows: rows.size, sentence: sentenceOf(fact, auc, rows) }));
}

function sentenceOf(fact: string, auc: number, { size }: LabelledRows): LeakWarning['sentence'] {
  const figure = auc.toFixed(4);
  return {
    zh: `仅凭“${fact}”一项即可在 ${size} 票中几乎完全区分有无问题（AUC ${figure}）。它很可能在查验之后才产生，或就是结果本身。请核实其来源；若属实，用 --without ${fact} 重新训练。`,
    en: `“${fact}” alone tells the outcome of ${size} rows almost perfectly (AUC ${figure}). It was probably written after the examination, or is the outcome itself. Find out where it comes from; if so, train again with --without ${fact}.`,
  };
}
