import type { FactSet } from '../../facts/index.ts';
import type { Policy, Threshold } from '../policy.ts';
import { counted, figure, numberOf, textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** Looks at earlier days only, so that a batch split within one day is first seen on the next. */
export const consignmentSplit: Check = {
  id: 'consignmentSplit',
  version: 1,
  label: { zh: '疑似化整为零', en: 'consignment perhaps split' },
  about: [],
  reads: [
    'declaration.ieFlag',
    'declaration.currency',
    'declaration.value',
    'importer.recentSame',
    'importer.recentSameValue',
  ],
  quotes: ['goods.hs6'],
  points: 30,
  legalBasis: '海关行政处罚实施条例 第七条',
  advice: {
    zh: '将近日同一收发货人的同类货物并案审核，核对合同与提单是否属同一笔交易。',
    en: 'Look at these consignments together; check contract and bills for one and the same transaction.',
  },
  hits: (facts, policy) => splitThreshold(facts, policy) !== undefined,
  sentence(facts, policy) {
    const currency = textOf(facts, 'declaration.currency');
    const value = figure(numberOf(facts, 'declaration.value'));
    const earlier = numberOf(facts, 'importer.recentSame');
    const earlierValue = figure(numberOf(facts, 'importer.recentSameValue'));
    const threshold = splitThreshold(facts, policy);
    const amount = figure(threshold?.amount ?? Number.NaN);
    return {
      zh: `近三日同一收发货人已申报同类货物 ${earlier} 票，共 ${earlierValue} ${currency}，本票 ${value} ${currency}；单票均低于${threshold?.label.zh}（${amount} ${currency}），合计超过。`,
      en: `After ${counted(earlier, 'consignment')} of the same goods between the same parties within three days, worth ${earlierValue} ${currency}, this one of ${value} ${currency}: each under ${threshold?.label.en} (${amount} ${currency}), together above it.`,
    };
  },
};

/** The threshold that each consignment stays under and all of them pass together. */
function splitThreshold(facts: FactSet, { thresholds }: Policy): Threshold | undefined {
  const value = numberOf(facts, 'declaration.value');
  const earlier = numberOf(facts, 'importer.recentSame');
  const earlierValue = numberOf(facts, 'importer.recentSameValue');
  if (earlier < thresholds.repeatsMin) return undefined;
  return thresholds.list.find(
    ({ ieFlag, currency, amount }) =>
      ieFlag === facts['declaration.ieFlag'] &&
      currency === facts['declaration.currency'] &&
      Math.max(value, earlierValue / earlier) < amount &&
      value + earlierValue >= amount,
  );
}
