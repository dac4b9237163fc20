import type { FactSet, Label } from '../../facts/index.ts';
import { counted, figure, numberOf, textOf, trade } from '../wording.ts';

/** What both price checks read, and what their sentence quotes beside it. */
export const PRICE_READS = ['price.perKg', 'peers.priceMedian', 'peers.priceDeviation'] as const;
export const PRICE_QUOTES = [
  'declaration.ieFlag',
  'declaration.currency',
  'goods.hs6',
  'goods.origin',
  'peers.count',
  'peers.priceLow',
  'peers.priceHigh',
] as const;

/** A price beside what its peers paid; the same sentence whether it is too low or too high. */
export function priceAgainstPeers(facts: FactSet): Label {
  const currency = textOf(facts, 'declaration.currency');
  const price = figure(numberOf(facts, 'price.perKg'));
  const low = figure(numberOf(facts, 'peers.priceLow'));
  const high = figure(numberOf(facts, 'peers.priceHigh'));
  const goods = textOf(facts, 'goods.hs6');
  const origin = textOf(facts, 'goods.origin');
  const count = numberOf(facts, 'peers.count');
  const { zh, en } = trade(facts);
  return {
    zh: `申报单价 ${price} ${currency}/千克；此前 ${count} 票原产地为 ${origin} 的 ${goods} ${zh}货物，居中一半的单价在 ${low}–${high} 之间。`,
    en: `Unit price ${price} ${currency}/kg; the middle half of ${counted(count, `earlier ${en}`)} of ${goods} from ${origin} paid ${low}–${high}.`,
  };
}
