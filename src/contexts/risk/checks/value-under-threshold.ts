import type { FactSet } from '../../facts/index.ts';
import type { Policy, Threshold } from '../policy.ts';
import { figure, numberOf, textOf } from '../wording.ts';
import type { Check } from './check.ts';

export const valueUnderThreshold: Check = {
  id: 'valueUnderThreshold',
  version: 1,
  label: { zh: '价值紧贴限额之下', en: 'value just under a threshold' },
  about: [],
  reads: ['declaration.ieFlag', 'declaration.currency', 'declaration.value'],
  quotes: [],
  points: 15,
  legalBasis: null,
  advice: {
    zh: '核对实际成交价格，关注为规避限额而低报或拆分。',
    en: 'Check the price actually paid; look for values lowered or split to stay under the limit.',
  },
  hits: (facts, policy) => nearThreshold(facts, policy) !== undefined,
  sentence(facts, policy) {
    const value = figure(numberOf(facts, 'declaration.value'));
    const currency = textOf(facts, 'declaration.currency');
    const threshold = nearThreshold(facts, policy);
    const amount = figure(threshold?.amount ?? Number.NaN);
    return {
      zh: `申报总价 ${value} ${currency}，紧贴${threshold?.label.zh}（${amount} ${currency}）之下。`,
      en: `The declared value of ${value} ${currency} lies just under ${threshold?.label.en} (${amount} ${currency}).`,
    };
  },
};

/** The threshold that a value lies just under, within the policy's band. */
function nearThreshold(facts: FactSet, { thresholds }: Policy): Threshold | undefined {
  const value = numberOf(facts, 'declaration.value');
  return thresholds.list.find(
    ({ ieFlag, currency, amount }) =>
      ieFlag === facts['declaration.ieFlag'] &&
      currency === facts['declaration.currency'] &&
      value < amount &&
      value >= amount * (1 - thresholds.band),
  );
}
