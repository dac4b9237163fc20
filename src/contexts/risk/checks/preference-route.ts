import { isImport, textOf } from '../wording.ts';
import type { Check } from './check.ts';

/** Direct consignment (直接运输规则): a preference is lost when goods pass through others unproven. */
export const preferenceRoute: Check = {
  id: 'preferenceRoute',
  version: 1,
  label: { zh: '享惠货物自第三方启运', en: 'preference claimed, departing from a third country' },
  about: ['goods.preference'],
  reads: ['declaration.ieFlag', 'goods.origin', 'route.departure'],
  quotes: [],
  points: 20,
  legalBasis: '优惠原产地管理规定 第八条',
  advice: {
    zh: '要求提交全程运输单证或未再加工证明；申报人不能提交的，不享受协定税率。',
    en: 'Ask for through transport documents or a certificate of non-manipulation; without them the preferential rate does not apply.',
  },
  hits(facts, { agreements }) {
    const agreement = agreements[textOf(facts, 'goods.preference')];
    const departure = textOf(facts, 'route.departure');
    return (
      isImport(facts) &&
      agreement !== undefined &&
      departure !== textOf(facts, 'goods.origin') &&
      !agreement.parties.includes(departure)
    );
  },
  sentence(facts, { agreements }) {
    const code = textOf(facts, 'goods.preference');
    const name = agreements[code]?.label ?? { zh: code, en: code };
    const departure = textOf(facts, 'route.departure');
    const origin = textOf(facts, 'goods.origin');
    return {
      zh: `原产地为 ${origin} 的货物申请享受“${name.zh}”，但自非成员方 ${departure} 启运。`,
      en: `Goods of origin ${origin} claim the ${name.en}, but depart from ${departure}, which is no party to it.`,
    };
  },
};
