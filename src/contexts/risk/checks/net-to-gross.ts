import { figure, numberOf, percent } from '../wording.ts';
import type { Check } from './check.ts';

export const netToGross: Check = {
  id: 'netToGross',
  version: 1,
  label: { zh: '净毛重比异常', en: 'little net mass in much gross mass' },
  about: [],
  reads: ['mass.netToGross'],
  quotes: ['declaration.netMass', 'declaration.grossMass'],
  points: 15,
  legalBasis: '海关法 第二十八条',
  advice: {
    zh: '过磅并查看包装，关注未申报货物及夹藏。',
    en: 'Weigh, and look into the packing for goods not declared.',
  },
  hits: (facts, { netToGrossMin }) => numberOf(facts, 'mass.netToGross') < netToGrossMin,
  sentence(facts) {
    const net = figure(numberOf(facts, 'declaration.netMass'));
    const gross = figure(numberOf(facts, 'declaration.grossMass'));
    const share = percent(numberOf(facts, 'mass.netToGross'));
    return {
      zh: `净重 ${net} 千克仅占毛重 ${gross} 千克的 ${share}。`,
      en: `The net mass of ${net} kg is only ${share} of the gross mass of ${gross} kg.`,
    };
  },
};
