import { isImport, textOf } from '../wording.ts';
import type { Check } from './check.ts';

export const taxTypeOrigin: Check = {
  id: 'taxTypeOrigin',
  version: 1,
  label: { zh: '协定税率与原产国不符', en: 'agreement rate for another origin' },
  about: ['goods.taxType'],
  reads: ['declaration.ieFlag', 'goods.origin'],
  quotes: [],
  points: 40,
  legalBasis: '关税法 第十一条',
  advice: {
    zh: '核对适用税率与原产地证书，不符的按应适用税率计征。',
    en: 'Compare the rate with the certificate of origin; where they differ, the rate due applies.',
  },
  hits(facts, { agreements }) {
    const agreement = agreements[textOf(facts, 'goods.taxType')];
    return (
      isImport(facts) &&
      agreement !== undefined &&
      !agreement.parties.includes(textOf(facts, 'goods.origin'))
    );
  },
  sentence(facts, { agreements }) {
    const code = textOf(facts, 'goods.taxType');
    const name = agreements[code]?.label ?? { zh: code, en: code };
    const origin = textOf(facts, 'goods.origin');
    return {
      zh: `适用${name.zh}（${code}），但原产国 ${origin} 不在该税率适用范围内。`,
      en: `The ${name.en} (${code}) is applied, but goods of origin ${origin} are not entitled to it.`,
    };
  },
};
