import { numberOf } from '../wording.ts';
import type { Check } from './check.ts';
import { PRICE_QUOTES, PRICE_READS, priceAgainstPeers } from './price-sentence.ts';

export const priceAbovePeers: Check = {
  id: 'priceAbovePeers',
  version: 1,
  label: { zh: '单价明显高于同类', en: 'unit price far above peers' },
  about: [],
  reads: PRICE_READS,
  quotes: PRICE_QUOTES,
  points: 30,
  legalBasis: '海关法 第五十五条',
  advice: {
    zh: '核实货物真实品质与规格，关注高报价格骗取出口退税、转移资金或夹藏高值货物。',
    en: 'Verify quality and specification; look for overvaluation (export rebate, moving money abroad) or goods of higher value hidden inside.',
  },
  hits: (facts, { peers }) =>
    numberOf(facts, 'peers.priceDeviation') >= peers.deviationMin &&
    numberOf(facts, 'price.perKg') > peers.priceAboveMedian * numberOf(facts, 'peers.priceMedian'),
  sentence: priceAgainstPeers,
};
