import type { Figure, Label } from '../facts/index.ts';

/**
 * A metric: what a figure means, which records it is made of, and which other figure would show it
 * being gamed. A definition is never edited in place: a change of meaning is a new version.
 */
export interface Metric {
  readonly id: string;
  readonly version: number;
  readonly promise: Figure['promise'];
  readonly unit: Figure['unit'];
  readonly label: Label;
  readonly definition: Label;
  readonly owner: Label;
  readonly counterFigure: string;
  readonly exclusions: readonly Label[];
  /**
   * The records, in the pool's SQL: `id`, `day`, `counted` (is it in the numerator?) and `measure`
   * (for a duration: seconds). One row per record.
   */
  readonly records: string;
  /** For a duration: which quantile of the measures is the figure. */
  readonly quantile?: number;
}

const CONTROL_OWNER: Label = { zh: '风险防控局', en: 'Risk control centre' };
const CLEARANCE_OWNER: Label = { zh: '通关处', en: 'Clearance department' };
const NOTHING_EXCLUDED: readonly Label[] = [];
const NOT_RELEASED: Label = {
  zh: '尚未放行、退单、撤销或不准进出境的报关单不计入',
  en: 'Declarations not released yet, returned, cancelled or refused entry are not counted',
};

const RELEASED = `select declaration as id, day, true as counted, seconds as measure from clearance_released`;
const EXAMINED = `select declaration as id, min(day) as day, max(findings) > 0 as counted,
  null as measure from clearance_examined group by declaration`;
const SAMPLED = `select e.declaration as id, min(e.day) as day, max(e.findings) > 0 as counted,
  null as measure from clearance_examined e
  where e.declaration in (select declaration from clearance_decided where selected_by = 'sample')
  group by e.declaration`;

const clock = (condition: string, label: Label, owner: Label): Metric => ({
  id: `clock.${condition}`,
  version: 1,
  promise: 'speed',
  unit: 'seconds',
  label,
  definition: {
    zh: `该条件的时钟从受理（或下达查验、扣留）起，到条件满足止的时长中位数；只计期内放行且该条件已满足的报关单。`,
    en: `Median time the clock of this condition ran, from acceptance (or the order, or the hold) to being met, over consignments released in the period for which it was met.`,
  },
  owner,
  counterFigure: 'timeToRelease.median',
  exclusions: [NOT_RELEASED],
  records: `select declaration as id, day, true as counted, seconds as measure from clearance_clock
    where condition = '${condition}'`,
  quantile: 0.5,
});

const timeToRelease = (name: string, quantile: number, zh: string, en: string): Metric => ({
  id: `timeToRelease.${name}`,
  version: 1,
  promise: 'speed',
  unit: 'seconds',
  label: { zh: `放行用时（${zh}）`, en: `Time to release (${en})` },
  definition: {
    zh: `期内放行的报关单，从申报齐全到最后一个放行条件满足的时长的${zh}。`,
    en: `Over consignments released in the period: time from complete filing until the last condition of release was met; ${en}.`,
  },
  owner: CLEARANCE_OWNER,
  counterFigure: 'leakage',
  exclusions: [NOT_RELEASED],
  records: RELEASED,
  quantile,
});

/** The overview: three promises, shown together because none means anything alone. */
export const METRICS: readonly Metric[] = [
  {
    id: 'hitRate',
    version: 1,
    promise: 'control',
    unit: 'share',
    label: { zh: '查获率', en: 'Hit rate' },
    definition: {
      zh: '期内查验的货物中，有查获的占比。',
      en: 'Of the consignments examined in the period, the share with a finding.',
    },
    owner: CONTROL_OWNER,
    counterFigure: 'leakage',
    exclusions: NOTHING_EXCLUDED,
    records: EXAMINED,
  },
  {
    id: 'leakage',
    version: 1,
    promise: 'control',
    unit: 'share',
    label: { zh: '随机抽查漏检率', en: 'Leakage in the random sample' },
    definition: {
      zh: '规则与模型本会放行、仅因随机抽查而查验的货物中，有查获的占比。它无偏地估计未查货物中还有多少问题。',
      en: 'Of the consignments examined only because the random sample drew them — rules would have let them go — the share with a finding: an unbiased estimate of what is missed among those not examined.',
    },
    owner: CONTROL_OWNER,
    counterFigure: 'hitRate',
    exclusions: NOTHING_EXCLUDED,
    records: SAMPLED,
  },
  {
    id: 'examined',
    version: 1,
    promise: 'control',
    unit: 'share',
    label: { zh: '查验率', en: 'Examination rate' },
    definition: {
      zh: '期内作出决定的报关单中，被布控查验的占比。',
      en: 'Of the declarations decided in the period, the share selected for examination.',
    },
    owner: CONTROL_OWNER,
    counterFigure: 'untouched',
    exclusions: NOTHING_EXCLUDED,
    records: `select declaration as id, max(day) as day, bool_or(lane = 'red') as counted,
      null as measure from clearance_decided group by declaration`,
  },
  {
    id: 'untouched',
    version: 1,
    promise: 'open',
    unit: 'share',
    label: { zh: '无人工干预放行占比', en: 'Released with no person touching it' },
    definition: {
      zh: '期内放行的报关单中，从申报到放行没有任何人工处置的占比。',
      en: 'Of the consignments released in the period, the share no person acted on between filing and release.',
    },
    owner: CLEARANCE_OWNER,
    counterFigure: 'leakage',
    exclusions: [NOT_RELEASED],
    records: `select declaration as id, day, untouched as counted, null as measure from clearance_released`,
  },
  {
    id: 'returned',
    version: 1,
    promise: 'open',
    unit: 'share',
    label: { zh: '退单率', en: 'Returned filings' },
    definition: {
      zh: '期内申报的报关单中，因填报问题被退回的占比。每次退回都一次列明全部问题。',
      en: 'Of the declarations filed in the period, the share returned. Each return lists every problem at once.',
    },
    owner: CLEARANCE_OWNER,
    counterFigure: 'hitRate',
    exclusions: NOTHING_EXCLUDED,
    records: `select f.declaration as id, f.day as day, r.declaration is not null as counted,
      null as measure from clearance_filed f
      left join (select distinct declaration from clearance_returned) r on r.declaration = f.declaration`,
  },
  timeToRelease('median', 0.5, '中位数', 'median'),
  timeToRelease('p95', 0.95, '第95百分位', '95th percentile'),
  timeToRelease('p99', 0.99, '第99百分位', '99th percentile'),
  clock(
    'documentsInOrder',
    { zh: '单证审核时钟', en: 'Clock: documents' },
    { zh: '申报地海关', en: 'Office of declaration' },
  ),
  clock(
    'arrivalConfirmed',
    { zh: '运抵确认时钟', en: 'Clock: arrival' },
    { zh: '码头经营人', en: 'Terminal operator' },
  ),
  clock('targetingClosed', { zh: '布控处置时钟', en: 'Clock: targeting' }, CONTROL_OWNER),
  clock(
    'examinationDisposed',
    { zh: '查验处置时钟', en: 'Clock: examination' },
    { zh: '查验地海关', en: 'Office of examination' },
  ),
  clock(
    'manifestMatched',
    { zh: '舱单相符时钟', en: 'Clock: manifest' },
    { zh: '承运人', en: 'Carrier' },
  ),
  clock(
    'taxPaidOrGuaranteed',
    { zh: '税款缴纳或担保时钟', en: 'Clock: tax paid or guaranteed' },
    { zh: '纳税义务人', en: 'Payer' },
  ),
  clock(
    'permitsWrittenDown',
    { zh: '许可证件核扣时钟', en: 'Clock: permits' },
    { zh: '发证机关', en: 'Issuing authorities' },
  ),
  clock(
    'quarantineCleared',
    { zh: '检验检疫时钟', en: 'Clock: inspection and quarantine' },
    { zh: '查验地海关', en: 'Office of examination' },
  ),
  clock(
    'authorityCleared',
    { zh: '其他部门时钟', en: 'Clock: other authorities' },
    { zh: '其他监管部门', en: 'Other authorities' },
  ),
];

export const findMetric = (id: string): Metric | null =>
  METRICS.find((metric) => metric.id === id) ?? null;
