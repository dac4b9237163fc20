import { COMPLETE_DECLARATION, DECLARE } from '../clock-rules.ts';
import { both, CUSTOMS_LAW, DISHONEST, describe } from './describe.ts';

/**
 * What a summary need not say yet. The announcement asks for nine entries and two of logistics; goods
 * under permit add two, goods to be inspected add five. Everything else may wait for the second step.
 */
const AFTER_THE_SUMMARY = [
  'levyNature',
  'tradeTerms',
  'parties.overseas.name',
  'packages.kind',
  'netMassKg',
  'freight',
  'insurance',
  'lines[].unitPrice',
  'lines[].netMassKg',
  'lines[].hsCode.detail',
];

export const FILING = [
  describe('filing', 'standard', {
    label: both('一般申报', 'Standard'),
    explanation: both(
      '货物运抵后一次性完整申报。',
      'The whole declaration is filed at once, after the goods have arrived.',
    ),
    asks: both('运抵后备齐全部单证。', 'All documents, once the goods are there.'),
    saves: both('一次办结，无后续义务。', 'Nothing is left to do afterwards.'),
    legalBasis: '海关法 第二十四条',
    from: CUSTOMS_LAW,
    steps: ['file'],
    clocks: [DECLARE],
  }),
  describe('filing', 'advance', {
    label: both('提前申报', 'Advance'),
    explanation: both(
      '取得提运单或舱单数据后、货物运抵监管场所前申报；运抵确认后即可放行。税率适用运输工具申报进境之日的规定。',
      'Filed once bill or manifest data exist and before the goods reach supervised premises; released when they do. The rates are those of the day the conveyance declares its entry.',
    ),
    asks: both(
      '运抵前有提运单号和预计日期。',
      'A transport document number and a date beforehand.',
    ),
    saves: both('通关手续与运输同时进行，货到即提。', 'Clearance runs while the goods travel.'),
    legalBasis: '海关进出口货物申报管理规定（海关总署令第103号）；海关总署公告2014年第74号',
    from: '2003-11-01',
    steps: ['fileInAdvance'],
    clocks: [DECLARE],
    requires: ['transport.transportDocNo', 'transport.date'],
  }),
  describe('filing', 'twoStep', {
    label: both('两步申报', 'Two-step'),
    explanation: both(
      '第一步概要申报，经海关同意即可提离；第二步自运输工具申报进境之日起十四日内完整申报。',
      'A summary first, on which the goods may leave; the full declaration within fourteen days of the conveyance’s declared entry.',
    ),
    asks: both(
      '概要申报少数项目；应税的先提供担保；十四日内补齐。',
      'A few entries now, a guarantee if tax is due, the rest within fourteen days.',
    ),
    saves: both('单证不齐也能先提货。', 'Goods leave before all documents are together.'),
    legalBasis: '海关总署公告2019年第216号',
    from: '2020-01-01',
    steps: ['fileSummary', 'giveGuarantee', 'complete'],
    withoutSteps: ['payOrGuarantee'],
    clocks: [DECLARE, COMPLETE_DECLARATION],
    requires: ['transport.transportDocNo', 'transport.date'],
    mayWait: AFTER_THE_SUMMARY,
    only: 'I',
    notForGrades: DISHONEST,
  }),
];
