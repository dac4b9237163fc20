import { counted, numberOf, trade } from '../wording.ts';
import type { Check } from './check.ts';

export const importerNew: Check = {
  id: 'importerNew',
  version: 1,
  label: { zh: '新进出口企业', en: 'new enterprise' },
  about: [],
  reads: ['declaration.ieFlag', 'history.days', 'importer.earlier'],
  quotes: ['party.importer'],
  points: 15,
  legalBasis: '海关报关单位备案管理规定 第十四条',
  advice: {
    zh: '核实企业备案信息与实际经营情况，关注空壳公司。',
    en: 'Verify the registration and that the business exists; look for shell companies.',
  },
  hits: (facts, { importer }) =>
    numberOf(facts, 'history.days') >= importer.historyDaysMin &&
    numberOf(facts, 'importer.earlier') < importer.earlierMin,
  sentence(facts) {
    const days = numberOf(facts, 'history.days');
    const earlier = numberOf(facts, 'importer.earlier');
    const { zh, en } = trade(facts);
    return {
      zh: `在 ${days} 天的历史数据中，该企业${earlier === 0 ? `尚无${zh}申报` : `仅有 ${earlier} 票${zh}申报`}。`,
      en: `The enterprise has ${earlier === 0 ? `no earlier ${en}` : `only ${counted(earlier, `earlier ${en}`)}`} in ${counted(days, 'day')} of history.`,
    };
  },
};
