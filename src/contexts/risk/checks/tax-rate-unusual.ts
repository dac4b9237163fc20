import { counted, figure, numberOf, percent, textOf, trade } from '../wording.ts';
import type { Check } from './check.ts';

/** The same HS6, origin and type of rate nearly always pay the same: another rate is another commodity. */
export const taxRateUnusual: Check = {
  id: 'taxRateUnusual',
  version: 1,
  label: { zh: '税率与同类不一致', en: 'duty rate unlike its peers' },
  about: ['goods.taxRate', 'goods.taxType'],
  reads: ['peers.taxRateCount', 'peers.taxRateShare'],
  quotes: ['declaration.ieFlag', 'goods.hs6', 'goods.origin'],
  points: 20,
  legalBasis: '海关进出口货物商品归类管理规定 第四条',
  advice: {
    zh: '复核商品归类与适用税率，必要时取样化验。',
    en: 'Review classification and the rate applied; take a sample where needed.',
  },
  hits: (facts, { taxRate }) =>
    numberOf(facts, 'peers.taxRateCount') >= taxRate.earlierMin &&
    numberOf(facts, 'peers.taxRateShare') < taxRate.shareMax,
  sentence(facts) {
    const rate = figure(numberOf(facts, 'goods.taxRate'));
    const count = numberOf(facts, 'peers.taxRateCount');
    const share = numberOf(facts, 'peers.taxRateShare');
    const goods = textOf(facts, 'goods.hs6');
    const origin = textOf(facts, 'goods.origin');
    const { zh, en } = trade(facts);
    return {
      zh: `适用税率 ${rate} %；此前 ${count} 票原产地为 ${origin} 的 ${goods} 同税率种类${zh}货物中，${share === 0 ? '无一适用该税率' : `适用该税率的仅占 ${percent(share)}`}。`,
      en: `Duty rate ${rate} %; of ${counted(count, `earlier ${en}`)} of ${goods} from ${origin} under the same type of rate, ${share === 0 ? 'none' : percent(share)} paid it.`,
    };
  },
};
