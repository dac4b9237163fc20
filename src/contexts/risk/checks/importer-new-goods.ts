import { counted, figure, numberOf, textOf, trade } from '../wording.ts';
import type { Check } from './check.ts';

export const importerNewGoods: Check = {
  id: 'importerNewGoods',
  version: 1,
  label: { zh: '企业首次经营的高值商品', en: 'goods of high value, new to the enterprise' },
  about: [],
  reads: [
    'declaration.ieFlag',
    'declaration.currency',
    'goods.value',
    'history.days',
    'importer.earlier',
    'importer.earlierGoods',
  ],
  quotes: ['goods.hs6', 'party.importer'],
  points: 15,
  legalBasis: null,
  advice: {
    zh: '了解企业为何经营该商品，核对合同、付汇与最终用户。',
    en: 'Ask why the enterprise deals in these goods; check contract, payment and end user.',
  },
  hits(facts, { importer }) {
    const high = importer.highValue[textOf(facts, 'declaration.currency')];
    return (
      high !== undefined &&
      numberOf(facts, 'goods.value') >= high &&
      numberOf(facts, 'history.days') >= importer.historyDaysMin &&
      numberOf(facts, 'importer.earlier') >= importer.earlierMin &&
      numberOf(facts, 'importer.earlierGoods') === 0
    );
  },
  sentence(facts) {
    const heading = textOf(facts, 'goods.hs6').slice(0, 4);
    const value = figure(numberOf(facts, 'goods.value'));
    const currency = textOf(facts, 'declaration.currency');
    const earlier = numberOf(facts, 'importer.earlier');
    const { zh, en } = trade(facts);
    return {
      zh: `该企业此前 ${earlier} 票${zh}均不涉及品目 ${heading}，本票该商品价值 ${value} ${currency}。`,
      en: `None of the enterprise’s ${counted(earlier, `earlier ${en}`)} was of heading ${heading}; this one is worth ${value} ${currency}.`,
    };
  },
};
