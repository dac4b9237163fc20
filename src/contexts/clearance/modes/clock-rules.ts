import type { ClockRule } from './contract.ts';

/**
 * 海关法 第二十四条: imports are declared within fourteen days of the day the conveyance declared its
 * entry. The first day is the day after; a last day of rest moves to the next working day.
 */
const FOURTEEN_DAYS = {
  owner: 'declarant',
  from: 'conveyanceEntered',
  days: 14,
  counting: 'calendarDays',
  restDayPostpones: true,
  warnDaysBefore: 3,
} as const;

const LATE_FEE = {
  zh: '自第十五日起按日加收滞报金。',
  en: 'A late-declaration fee is charged for every day from the fifteenth.',
};

export const DECLARE: ClockRule = {
  ...FOURTEEN_DAYS,
  kind: 'declare',
  until: 'filed',
  label: { zh: '申报期限', en: 'Time to declare' },
  onWarning: { zh: '请尽快申报。', en: 'Declare soon.' },
  onExpiry: LATE_FEE,
  consequence: 'lateDeclarationFee',
  legalBasis: '海关法 第二十四条；海关征收进口货物滞报金办法',
};

export const DECLARE_AFTER_ENTRY: ClockRule = {
  ...DECLARE,
  kind: 'declareAfterEntry',
  label: { zh: '入区后申报期限', en: 'Time to declare after entry' },
  onExpiry: {
    zh: '自第十五日起按日加收滞报金，并暂停该企业先进区后报关。',
    en: 'A late-declaration fee is charged by the day, and the enterprise may not enter first meanwhile.',
  },
};

export const COMPLETE_DECLARATION: ClockRule = {
  ...FOURTEEN_DAYS,
  kind: 'completeDeclaration',
  until: 'completed',
  label: { zh: '完整申报期限', en: 'Time to complete the declaration' },
  onWarning: { zh: '请尽快办理完整申报。', en: 'Complete the declaration soon.' },
  onExpiry: {
    zh: '自第十五日起按日加收滞报金，并移交核查。',
    en: 'A late-declaration fee is charged by the day, and a case is opened.',
  },
  consequence: 'lateDeclarationFee',
  legalBasis: '海关法 第二十四条；海关总署公告2019年第216号',
};

/** 海关进出口货物集中申报管理办法: ordinary trade is consolidated by the tenth of the next month. */
export const CONSOLIDATE: ClockRule = {
  kind: 'consolidate',
  owner: 'declarant',
  from: 'monthEnded',
  until: 'filed',
  days: 10,
  counting: 'calendarDays',
  restDayPostpones: false,
  warnDaysBefore: 5,
  label: { zh: '集中申报期限', en: 'Time to consolidate' },
  onWarning: {
    zh: '上月进出货物尚未集中申报。',
    en: 'Last month’s movements are still to be declared.',
  },
  onExpiry: {
    zh: '暂停该业务申报表的分批进出。',
    en: 'Movements under the application form are suspended.',
  },
  consequence: 'caseOpened',
  legalBasis: '海关进出口货物集中申报管理办法（海关总署令第169号）',
};

/** The office sets the period of a transit; this is what the port sets where it says nothing else. */
export const END_TRANSIT: ClockRule = {
  kind: 'endTransit',
  owner: 'carrier',
  from: 'transitStarted',
  until: 'transitEnded',
  days: 7,
  counting: 'calendarDays',
  restDayPostpones: false,
  warnDaysBefore: 2,
  label: { zh: '转关运抵期限', en: 'Time to arrive in transit' },
  onWarning: { zh: '请核实转关货物位置。', en: 'Find out where the goods in transit are.' },
  onExpiry: { zh: '通报两地海关并移交核查。', en: 'Both offices are told and a case is opened.' },
  consequence: 'caseOpened',
  legalBasis: '海关关于转关货物监管办法（海关总署令第89号）；天数由口岸设定，非法定',
};

/** The law sets no period for it; the port does, so that nothing stays outside unwatched. */
export const RELEASE_FOR_USE: ClockRule = {
  kind: 'releaseForUse',
  owner: 'destinationOffice',
  from: 'removalPermitted',
  until: 'released',
  days: 30,
  counting: 'workingDays',
  restDayPostpones: false,
  warnDaysBefore: 5,
  label: { zh: '办结使用放行期限', en: 'Time to finish release for use' },
  onWarning: {
    zh: '提离货物尚未准予销售或使用。',
    en: 'Removed goods still wait for release for use.',
  },
  onExpiry: { zh: '移交核查货物去向。', en: 'A case is opened to find where the goods are.' },
  consequence: 'caseOpened',
  legalBasis: '海关总署公告2019年第160号；天数由口岸设定，非法定',
};
