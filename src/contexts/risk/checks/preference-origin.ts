import { isImport, textOf } from '../wording.ts';
import type { Check } from './check.ts';

export const preferenceOrigin: Check = {
  id: 'preferenceOrigin',
  version: 1,
  label: { zh: '享惠协定与原产国不符', en: 'preference claimed for another origin' },
  about: ['goods.preference'],
  reads: ['declaration.ieFlag', 'goods.origin'],
  quotes: [],
  points: 40,
  legalBasis: '优惠原产地管理规定 第三条',
  advice: {
    zh: '审核原产地证书；协定代码填报有误的，由申报人改单。',
    en: 'Check the certificate of origin; where the agreement code is wrong, the declarant amends it.',
  },
  hits(facts, { agreements }) {
    const agreement = agreements[textOf(facts, 'goods.preference')];
    return (
      isImport(facts) &&
      agreement !== undefined &&
      !agreement.parties.includes(textOf(facts, 'goods.origin'))
    );
  },
  sentence(facts, { agreements }) {
    const code = textOf(facts, 'goods.preference');
    const name = agreements[code]?.label ?? { zh: code, en: code };
    const origin = textOf(facts, 'goods.origin');
    return {
      zh: `申请享受“${name.zh}”，但原产国 ${origin} 不是该协定成员方。`,
      en: `The ${name.en} is claimed, but the origin ${origin} is no party to it.`,
    };
  },
};
