import { table } from '../../reading/table.ts';
import { oneOrWithin, RESULT, under } from './tables.ts';

/** 核放单表头. */
const PASSPORT_HEAD = `
  PassportNo              number
  ChgTmsCnt               changeNo
  SasPassportPreentNo     preEntryNo
  SeqNo                   preEntryNo
  PassportTypecd          type
  MasterCuscd             office
  DclTypecd               function
  IoTypecd                direction
  BindTypecd              binding
  RltTbTypecd             paper.kind
  RltNo                   paper.no
  AreainOriactNo          ledger
  AreainEtpsSccd          parties.organisation.uscc
  AreainEtpsno            parties.organisation.customsRegNo
  AreainEtpsNm            parties.organisation.name
  VehicleNo               vehicle.plate
  VehicleIcNo             vehicle.icCard
  VehicleWt               vehicle.tareKg:number
  VehicleFrameNo          vehicle.frameNo
  VehicleFrameWt          vehicle.frameKg:number
  ContainerNo             container.no
  ContainerType           container.kind
  ContainerWt             container.tareKg:number
  TotalWt                 totalKg:number
  TotalGrossWt            goodsGrossKg:number
  TotalNetWt              goodsNetKg:number
  PassCollectWt           measuredKg:number
  WtError                 differenceKg:number
  DclErConc               applicant
  DclTime                 appliedAt:time
  DclEtpsSccd             parties.declarant.uscc
  DclEtpsno               parties.declarant.customsRegNo
  DclEtpsNm               parties.declarant.name
  InputSccd               parties.enteredBy.uscc
  InputCreditCode         parties.enteredBy.uscc
  InputCode               parties.enteredBy.customsRegNo
  InputName               parties.enteredBy.name
  EtpsPreentNo            id
  PassID                  gates.first.id
  PassTime                gates.first.at:time
  SecdPassId              gates.second.id
  SecPassId               gates.second.id
  SecdPassTime            gates.second.at:time
  SecPassTime             gates.second.at:time
  Stucd                   status
  EmapvMarkcd             approvalMark
  LogisticsStucd          inspectionStatus
  OwnerSystem             system
  Rmk                     remarks
  Col1                    spare.col1
  Col2                    spare.col2
  Col3                    spare.col3
  Col4                    spare.col4
`;

const PASSPORT_LINE = table(`
  PassportSeqNo           lineNo:count
  RltGdsSeqno             paperLineNo
  GdsMtno                 partNo
  Gdecd                   hsCode
  GdsNm                   description
  GrossWt                 grossMassKg:number
  NetWt                   netMassKg:number
  DclUnitcd               unit
  DclQty                  quantity:number
  Rmk                     remarks
  Col1                    spare.col1
  Col2                    spare.col2
  Col3                    spare.col3
  Col4                    spare.col4
  SeqNo                   -
  PassportNo              -
  ChgTmsCnt               -
  RltTbTypecd             -
  RltNo                   -
`);

const PAPER = table(`
  RltTbTypecd             kind
  RtlBillTypecd           kind
  RltNo                   no
  RtlBillNo               no
  EntryId                 no
  SeqNo                   -
  PassportNo              -
`);

/** The heads of a passport, as systems call them. */
export const PASSPORT_HEADS = ['PassportHead', 'SasPassportBsc', 'Sas2stepPassportBsc'];

export const PASSPORT_MESSAGE = table(
  `
  ${PASSPORT_HEADS.map((head) => under(head, PASSPORT_HEAD)).join('\n')}
  ${oneOrWithin(['PassportList', 'PassportDt', 'SasPassportDt'], 'lines')}
  ${oneOrWithin(['PassportAcmp', 'SasPassportRlt', 'RltList'], 'papers')}
  OperCusRegCode          message.operator
  SysId                   message.system
`,
  { lines: PASSPORT_LINE, papers: PAPER },
);

export const PASSPORT_RESPONSE = table(
  `
  ${RESULT}
  ${under('SasPassportBsc', PASSPORT_HEAD, 'passport.')}
  ${under('Sas2stepPassportBsc', PASSPORT_HEAD, 'passport.')}
  SasPassportDt                 [passport.lines]
  SasPassportRlt                [passport.papers]
  Sas2stepPassportRlt           [passport.papers]
`,
  { 'passport.lines': PASSPORT_LINE, 'passport.papers': PAPER },
);
