import type { FactSet, Label } from '../../facts/index.ts';
import { textOf } from '../wording.ts';
import type { Check } from './check.ts';

const LISTS: Readonly<Record<string, { readonly name: Label; readonly basis: string }>> = {
  cn_precursor: {
    name: { zh: '易制毒化学品', en: 'precursor chemicals' },
    basis: '易制毒化学品管理条例 第二十六条、第三十条；海关法 第二十四条',
  },
  cn_monitored: {
    name: { zh: '监控化学品', en: 'monitored chemicals' },
    basis: '监控化学品管理条例 第十四条；海关法 第二十四条',
  },
};

const listOf = (facts: FactSet) => LISTS[textOf(facts, 'chemical.list')] ?? LISTS.cn_precursor;

/**
 * A listed substance whose licence is not named. Whether the list controls these goods (mixture,
 * preparation, destination) was decided before: where it could not be, the check is not evaluated.
 * Certain, and so mandatory, only where the substance was recognised beyond doubt and its place in
 * the list was compared with the text of the law.
 */
export const controlledUnlicensed: Check = {
  id: 'controlledUnlicensed',
  version: 1,
  label: { zh: '管制化学品无许可证', en: 'controlled chemical without its licence' },
  about: ['chemical.list', 'chemical.substance'],
  reads: ['chemical.isControlled', 'chemical.isLicensed'],
  quotes: ['chemical.cas', 'chemical.listClass', 'chemical.lineNo', 'chemical.isCertain'],
  points: 60,
  legalBasis: null,
  advice: {
    zh: '核对许可证件；取样送检，确认成分与含量；无证的不予放行。',
    en: 'Ask for the licence; sample for substance and share; without it the goods are not released.',
  },
  hits: (facts) =>
    facts['chemical.isControlled'] === true && facts['chemical.isLicensed'] === false,
  sentence(facts) {
    const list = listOf(facts);
    const name = textOf(facts, 'chemical.substance');
    const line = textOf(facts, 'chemical.lineNo');
    const own = textOf(facts, 'chemical.listClass');
    return {
      zh: `第 ${line} 项识别为${name}，属${list?.name.zh}第 ${own} 类，未申报所需许可证。`,
      en: `Line ${line} is recognised as ${name}, ${list?.name.en} of class ${own}; the licence it takes is not named.`,
    };
  },
  mandatory(facts) {
    if (facts['chemical.isCertain'] !== true) return undefined;
    return { lane: 'red', legalBasis: listOf(facts)?.basis ?? '' };
  },
};
