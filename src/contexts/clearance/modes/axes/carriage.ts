import { END_TRANSIT } from '../clock-rules.ts';
import { both, CUSTOMS_LAW, describe } from './describe.ts';

/** 海关总署公告2017年第25号: clearance became one for the whole country on this day. */
const NATIONWIDE = '2017-07-01';

export const PLACE = [
  describe('place', 'fileAnywhere', {
    label: both('全国通关一体化', 'File anywhere'),
    explanation: both(
      '向任一海关申报；是否查验、在何处查验由风险防控局指令。',
      'Filed at any office; whether and where to examine is the risk control centre’s to say.',
    ),
    saves: both('在属地办理，不必派人到口岸。', 'Everything at the office nearby.'),
    legalBasis: '海关总署公告2017年第25号',
    from: NATIONWIDE,
    steps: ['examine'],
  }),
  describe('place', 'borderExamination', {
    label: both('口岸检查', 'Examination at the border'),
    explanation: both(
      '被选中的货物在进出境口岸检查。',
      'Selected goods are examined where they enter or leave.',
    ),
    legalBasis: '海关法 第二十八条',
    from: CUSTOMS_LAW,
    steps: ['examineAtBorder'],
  }),
  describe('place', 'destinationExamination', {
    label: both('目的地检查', 'Examination at destination'),
    explanation: both(
      '货物提离口岸后，在目的地检查。',
      'Goods leave the port and are examined where they are going.',
    ),
    asks: both('目的地海关和检查场所。', 'The office at destination, and somewhere to examine.'),
    saves: both('不在口岸掏箱。', 'No unpacking at the port.'),
    legalBasis: '海关总署公告2019年第160号',
    from: '2019-10-18',
    steps: ['examineAtDestination'],
    forUse: ['targetingClosed', 'examinationDisposed'],
    requires: ['examinationOffice'],
    only: 'I',
  }),
  describe('place', 'fileInlandReleaseAtPort', {
    label: both('属地申报、口岸验放', 'Declare inland, release at port'),
    explanation: both(
      '向属地海关申报，由口岸海关验放；已由全国通关一体化取代。起始日由项目整理，非官方。',
      'Filed at the inland office and released by the port; replaced by nationwide clearance. First day compiled by the project, not official.',
    ),
    legalBasis: '海关法 第二十四条；由海关总署公告2017年第25号取代',
    from: '2006-09-01',
    to: NATIONWIDE,
    steps: ['examineAtBorder'],
  }),
];

export const TRANSIT = [
  describe('transit', 'none', {
    label: both('不转关', 'No transit'),
    explanation: both('在进出境地办结。', 'Finished where the goods enter or leave.'),
    legalBasis: '海关法 第二十三条',
    from: CUSTOMS_LAW,
  }),
  describe('transit', 'transit', {
    label: both('转关', 'Transit'),
    explanation: both(
      '在海关监管下施封，由一处海关运至另一处海关办理手续。',
      'Under seal from one office to another, which finishes the clearance.',
    ),
    asks: both('另一端海关、施封和限期运抵。', 'The other office, seals, and arrival in time.'),
    saves: both('在属地办理查验和征税。', 'Examination and tax at the inland office.'),
    legalBasis: '海关关于转关货物监管办法（海关总署令第89号）；海关总署公告2017年第48号',
    from: '2001-10-15',
    steps: ['startTransit', 'endTransit'],
    adds: ['transitEnded'],
    clocks: [END_TRANSIT],
    requires: ['modes.transitOffice'],
  }),
];

const CONVEYANCE = ['transport.conveyance', 'transport.transportDocNo'];
const ENTRY_OF_CONVEYANCES = '海关法 第十四条';

export const TRANSPORT = [
  describe('transport', 'sea', {
    label: both('水路', 'Sea'),
    explanation: both(
      '凭船名、航次和提单号与舱单核对。',
      'Matched to the manifest by vessel, voyage and bill.',
    ),
    legalBasis: ENTRY_OF_CONVEYANCES,
    from: CUSTOMS_LAW,
    requires: CONVEYANCE,
  }),
  describe('transport', 'rail', {
    label: both('铁路', 'Rail'),
    explanation: both('凭车次和运单核对。', 'Matched by train and consignment note.'),
    legalBasis: ENTRY_OF_CONVEYANCES,
    from: CUSTOMS_LAW,
  }),
  describe('transport', 'road', {
    label: both('公路', 'Road'),
    explanation: both('凭车牌和载货清单核对。', 'Matched by plate and load list.'),
    legalBasis: ENTRY_OF_CONVEYANCES,
    from: CUSTOMS_LAW,
  }),
  describe('transport', 'air', {
    label: both('航空', 'Air'),
    explanation: both('凭航班和空运单号核对。', 'Matched by flight and air waybill.'),
    legalBasis: ENTRY_OF_CONVEYANCES,
    from: CUSTOMS_LAW,
    requires: CONVEYANCE,
  }),
  describe('transport', 'other', {
    label: both('其他运输方式', 'Other'),
    explanation: both(
      '邮件、管道、区域之间等，不依运输工具舱单。',
      'Post, pipeline, between zones: no conveyance’s manifest.',
    ),
    legalBasis: ENTRY_OF_CONVEYANCES,
    from: CUSTOMS_LAW,
  }),
];
