import { numberOf } from '../wording.ts';
import type { Check } from './check.ts';
import { PRICE_QUOTES, PRICE_READS, priceAgainstPeers } from './price-sentence.ts';

export const priceBelowPeers: Check = {
  id: 'priceBelowPeers',
  version: 1,
  label: { zh: '单价明显低于同类', en: 'unit price far below peers' },
  about: [],
  reads: PRICE_READS,
  quotes: PRICE_QUOTES,
  points: 40,
  legalBasis: '海关确定进出口货物计税价格办法 第四十三条',
  advice: {
    zh: '核对发票、合同与付汇凭证，查明是否存在特殊关系、低报或伪报品名；申报人可提交成交价格的证明材料。',
    en: 'Compare invoice, contract and payment; look for related parties, undervaluation or another commodity. The declarant may prove the price paid.',
  },
  hits: (facts, { peers }) =>
    numberOf(facts, 'peers.priceDeviation') <= -peers.deviationMin &&
    numberOf(facts, 'price.perKg') < peers.priceBelowMedian * numberOf(facts, 'peers.priceMedian'),
  sentence: priceAgainstPeers,
};
