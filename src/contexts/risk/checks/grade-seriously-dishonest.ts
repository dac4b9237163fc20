import type { Check } from './check.ts';

const LEGAL_BASIS = '海关注册登记和备案企业信用管理办法';

/** Mandatory: the law sets the level of examination, no score weighs against it. */
export const gradeSeriouslyDishonest: Check = {
  id: 'gradeSeriouslyDishonest',
  version: 1,
  label: { zh: '严重失信企业', en: 'seriously dishonest enterprise' },
  about: [],
  reads: ['party.importerGrade'],
  quotes: [],
  points: 100,
  legalBasis: LEGAL_BASIS,
  advice: {
    zh: '按严重失信企业管理措施实施查验，不得降低查验等级。',
    en: 'Examine as the measures for seriously dishonest enterprises require; the level may not be lowered.',
  },
  hits: (facts) => facts['party.importerGrade'] === 'seriouslyDishonest',
  sentence: () => ({
    zh: '境内收发货人的海关信用等级为严重失信企业。',
    en: 'The domestic party is graded seriously dishonest by customs.',
  }),
  mandatory: () => ({ lane: 'red', legalBasis: LEGAL_BASIS }),
};
