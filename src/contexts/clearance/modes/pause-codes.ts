import type { ModeCatalogue } from './contract.ts';
import { PauseCode } from './contract.ts';

const LABELS: Record<PauseCode, { zh: string; en: string }> = {
  awaitingLaboratory: { zh: '等待实验室检测结果', en: 'Waiting for a laboratory' },
  awaitingAuthority: { zh: '等待其他主管部门答复', en: 'Waiting for another authority' },
  underInvestigation: { zh: '案件调查期间', en: 'Under investigation' },
  forceMajeure: { zh: '不可抗力', en: 'Force majeure' },
  systemDowntime: { zh: '系统停用期间', en: 'Declared system downtime' },
  courtOrder: { zh: '司法机关要求', en: 'By order of a court' },
};

/** The only reasons for which a clock stands still. */
export const PAUSE_CODES: ModeCatalogue['pauseCodes'] = PauseCode.options.map((code) => ({
  code,
  label: LABELS[code],
}));
