import type { Check } from './check.ts';

export const gradeDishonest: Check = {
  id: 'gradeDishonest',
  version: 1,
  label: { zh: '失信企业', en: 'dishonest enterprise' },
  about: [],
  reads: ['party.importerGrade'],
  quotes: [],
  points: 30,
  legalBasis: '海关注册登记和备案企业信用管理办法',
  advice: {
    zh: '审核单证，并核对企业以往违规情事是否再次出现。',
    en: 'Check the documents, and whether what the enterprise was graded down for occurs again.',
  },
  hits: (facts) => facts['party.importerGrade'] === 'dishonest',
  sentence: () => ({
    zh: '境内收发货人的海关信用等级为失信企业。',
    en: 'The domestic party is graded dishonest by customs.',
  }),
};
