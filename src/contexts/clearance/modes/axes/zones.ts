import { CONSOLIDATE, DECLARE_AFTER_ENTRY } from '../clock-rules.ts';
import { both, CUSTOMS_LAW, DISHONEST, describe } from './describe.ts';

const ZONE_RULES =
  '保税区海关监管办法（海关总署令第65号）；海关综合保税区管理办法（海关总署令第256号，2022年4月1日起施行）';
/** 保税区海关监管办法 came into force on this day. */
const ZONES_BEGAN = '1997-08-01';

export const LINE = [
  describe('line', 'port', {
    label: both('口岸进出境', 'Through the port'),
    explanation: both(
      '货物直接进出境，不进入特殊监管区域。',
      'Goods enter or leave the country directly, through no zone.',
    ),
    legalBasis: '海关法 第八条',
    from: CUSTOMS_LAW,
    steps: ['conveyanceEnters', 'arrive', 'payOrGuarantee', 'leave'],
  }),
  describe('line', 'firstLine', {
    label: both('一线进出区', 'First line'),
    explanation: both(
      '境外与特殊监管区域之间进出，入区保税。',
      'Between abroad and a zone; goods in the zone are bonded.',
    ),
    asks: both('区域代码；凭核放单过卡。', 'The zone, and a gate passport.'),
    saves: both('入区保税，暂不征税。', 'Bonded: no tax on entry.'),
    legalBasis: ZONE_RULES,
    from: ZONES_BEGAN,
    steps: ['conveyanceEnters', 'arrive', 'passGate', 'leave'],
    requires: ['modes.zone'],
  }),
  describe('line', 'secondLine', {
    label: both('二线进出区', 'Second line'),
    explanation: both(
      '特殊监管区域与境内区外之间进出；出区内销的办理进口手续并征税。',
      'Between a zone and the rest of the country; what leaves for domestic use is imported and taxed.',
    ),
    asks: both(
      '区域代码；税款；放行后凭核放单过卡。',
      'The zone, the tax, and a passport for the gate.',
    ),
    saves: both(
      '货物已在区内，不必等待运抵。',
      'The goods are already there: no arrival to wait for.',
    ),
    legalBasis: ZONE_RULES,
    from: ZONES_BEGAN,
    steps: ['payOrGuarantee', 'passGate'],
    drops: ['arrivalConfirmed', 'manifestMatched'],
    requires: ['modes.zone'],
  }),
  describe('line', 'withinZone', {
    label: both('区内流转', 'Within a zone'),
    explanation: both(
      '同一特殊监管区域内企业之间流转，保持保税。',
      'Between enterprises of one zone; the goods stay bonded.',
    ),
    asks: both('区域代码。', 'The zone.'),
    saves: both('不征税，不过卡口。', 'No tax and no gate.'),
    legalBasis: ZONE_RULES,
    from: ZONES_BEGAN,
    drops: ['arrivalConfirmed', 'manifestMatched'],
    requires: ['modes.zone'],
  }),
  describe('line', 'betweenZones', {
    label: both('区间流转', 'Between zones'),
    explanation: both(
      '不同特殊监管区域之间流转，保持保税；以转入区卡口为运抵。',
      'From one zone to another, still bonded; the gate of the receiving zone is the arrival.',
    ),
    asks: both('区域代码；凭核放单过卡。', 'The zone, and a gate passport.'),
    saves: both('不征税。', 'No tax.'),
    legalBasis: ZONE_RULES,
    from: ZONES_BEGAN,
    steps: ['passGate', 'arrive'],
    drops: ['manifestMatched'],
    requires: ['modes.zone'],
  }),
];

export const ENTRY = [
  describe('entry', 'declareFirst', {
    label: both('先报关后进区', 'Declare first'),
    explanation: both('申报放行后货物才能入区或提离。', 'Goods move only after they are declared.'),
    legalBasis: '海关法 第二十四条',
    from: CUSTOMS_LAW,
  }),
  describe('entry', 'enterFirst', {
    label: both('先进区后报关', 'Enter first, declare later'),
    explanation: both(
      '凭提运单信息和核放单先行入区，十四日内向海关申报。起始日由项目整理，非官方。',
      'Goods enter the zone on the bill and a gate passport and are declared within fourteen days. First day compiled by the project, not official.',
    ),
    asks: both(
      '核放单；十四日内申报，数量与过卡一致。',
      'A passport; quantities that agree with the gate.',
    ),
    saves: both(
      '免去口岸堆存，货物先入区作业。',
      'No storage at the port; work on the goods begins.',
    ),
    legalBasis: '海关法 第二十四条；海关综合保税区管理办法（海关总署令第256号）',
    from: '2014-01-01',
    steps: ['enterZone', 'fileAfterEntry'],
    withoutSteps: ['file', 'arrive', 'passGate'],
    drops: ['arrivalConfirmed'],
    clocks: [DECLARE_AFTER_ENTRY],
    requires: ['modes.passportNo', 'transport.transportDocNo'],
    only: 'I',
    notForGrades: DISHONEST,
  }),
];

export const BATCH = [
  describe('batch', 'single', {
    label: both('逐票申报', 'Single'),
    explanation: both('每票货物分别申报。', 'Each consignment has its own declaration.'),
    legalBasis: '海关法 第二十四条',
    from: CUSTOMS_LAW,
  }),
  describe('batch', 'consolidated', {
    label: both('批次进出、集中申报', 'Batched movement, consolidated declaration'),
    explanation: both(
      '经备案并提供担保，货物分批进出，次月集中归并为一份报关单，数量由过卡记录汇总得出。',
      'Under an application form and a deposit, goods move in batches; the next month one declaration sums what passed the gate.',
    ),
    asks: both(
      '业务申报表、限额、有效期和担保。',
      'An application form with limit, validity and deposit.',
    ),
    saves: both('多次进出只申报一次。', 'Many movements, one declaration.'),
    legalBasis: '海关进出口货物集中申报管理办法（海关总署令第169号）',
    from: '2008-05-01',
    steps: ['applyForBatches', 'giveDeposit', 'moveInBatches', 'fileConsolidated'],
    withoutSteps: ['file', 'conveyanceEnters', 'arrive', 'passGate'],
    drops: ['arrivalConfirmed', 'manifestMatched'],
    clocks: [CONSOLIDATE],
    requires: ['modes.applicationNo'],
    notForGrades: DISHONEST,
  }),
];
