import { counted, figure, numberOf, textOf, trade } from '../wording.ts';
import type { Check } from './check.ts';

export const weightPerUnit: Check = {
  id: 'weightPerUnit',
  version: 1,
  label: { zh: '单位重量异常', en: 'unusual weight per unit' },
  about: [],
  reads: ['declaration.ieFlag', 'weight.perUnit', 'peers.weightMedian', 'peers.weightDeviation'],
  quotes: ['goods.hs6', 'goods.origin', 'peers.weightCount', 'peers.weightLow', 'peers.weightHigh'],
  points: 30,
  legalBasis: '海关法 第二十八条',
  advice: {
    zh: '过磅并清点数量，关注多报少报、短重超重及夹藏。',
    en: 'Weigh and count; look for quantities declared too high or too low, and for hidden goods.',
  },
  hits(facts, { peers }) {
    const ratio = numberOf(facts, 'weight.perUnit') / numberOf(facts, 'peers.weightMedian');
    return (
      Math.abs(numberOf(facts, 'peers.weightDeviation')) >= peers.deviationMin &&
      Math.max(ratio, 1 / ratio) >= peers.weightRatioMin
    );
  },
  sentence(facts) {
    const weight = figure(numberOf(facts, 'weight.perUnit'));
    const low = figure(numberOf(facts, 'peers.weightLow'));
    const high = figure(numberOf(facts, 'peers.weightHigh'));
    const count = numberOf(facts, 'peers.weightCount');
    const goods = textOf(facts, 'goods.hs6');
    const origin = textOf(facts, 'goods.origin');
    const { zh, en } = trade(facts);
    return {
      zh: `单位重量 ${weight} 千克；此前 ${count} 票原产地为 ${origin} 的 ${goods} ${zh}货物，居中一半在 ${low}–${high} 千克之间。`,
      en: `Each unit weighs ${weight} kg; in the middle half of ${counted(count, `earlier ${en}`)} of ${goods} from ${origin} it weighed ${low}–${high} kg.`,
    };
  },
};
