import { table } from '../../reading/table.ts';

/**
 * 金关二期, special zones and bonded logistics. Messages in and out use the same words, the ones in with a
 * capital first; both are read by one table. A line of `-` is known and says nothing of its own.
 */

/** The envelope every message of 金关二期 comes in. */
export const ENVELOPE = table(`
  EnvelopInfo/version          message.version
  EnvelopInfo/business_id      message.businessNo
  EnvelopInfo/message_id       message.reference
  EnvelopInfo/file_name        message.fileName
  EnvelopInfo/message_type     message.type
  EnvelopInfo/sender_id        message.sender
  EnvelopInfo/receiver_id      message.receiver
  EnvelopInfo/send_time        message.sentAt:time
  EnvelopInfo/Ic_Card          message.operatorCard
`);

/** How one part of a message split into several says which it is. */
export const POCKET = table(`
  PocketInfo/pocket_id         message.part.id
  PocketInfo/total_pocket_qty  message.part.of:count
  PocketInfo/cur_pocket_no     message.part.number:count
  PocketInfo/is_unstructured   -
`);

/** 核注清单表头. */
const LIST_HEAD = `
  BondInvtNo              number
  ChgTmsCnt               changeNo
  InvtPreentNo            preEntryNo
  SeqNo                   preEntryNo
  PutrecNo                ledger
  EtpsInnerInvtNo         id
  BizopEtpsSccd           parties.operator.uscc
  BizopEtpsno             parties.operator.customsRegNo
  BizopEtpsNm             parties.operator.name
  RvsngdEtpsSccd          parties.receiver.uscc
  RcvgdEtpsno             parties.receiver.customsRegNo
  RcvgdEtpsNm             parties.receiver.name
  DclEtpsSccd             parties.declarant.uscc
  DclEtpsno               parties.declarant.customsRegNo
  DclEtpsNm               parties.declarant.name
  InputCreditCode         parties.enteredBy.uscc
  InputCode               parties.enteredBy.customsRegNo
  InputName               parties.enteredBy.name
  InputTime               enteredAt:time
  InvtDclTime             declaredAt:time
  EntryDclTime            declaration.declaredAt:time
  EntryNo                 declaration.number
  EntryStucd              declaration.status
  CorrEntryDclEtpsSccd    declaration.declarant.uscc
  CorrEntryDclEtpsNo      declaration.declarant.customsRegNo
  CorrEntryDclEtpsNm      declaration.declarant.name
  DclcusFlag              declaration.wanted
  DclcusTypecd            declaration.linkType
  DecType                 declaration.type
  GenDecFlag              declaration.generated
  NeedEntryModified       declaration.amendToo
  RltInvtNo               related.number
  RltPutrecNo             related.ledger
  RltEntryNo              related.declaration
  RltEntryBizopEtpsSccd   related.operator.uscc
  RltEntryBizopEtpsno     related.operator.customsRegNo
  RltEntryBizopEtpsNm     related.operator.name
  RltEntryRvsngdEtpsSccd  related.receiver.uscc
  RltEntryRcvgdEtpsno     related.receiver.customsRegNo
  RltEntryRcvgdEtpsNm     related.receiver.name
  RltEntryDclEtpsSccd     related.declarant.uscc
  RltEntryDclEtpsno       related.declarant.customsRegNo
  RltEntryDclEtpsNm       related.declarant.name
  ImpexpPortcd            borderOffice
  DclPlcCuscd             declarationOffice
  ImpexpMarkcd            ieFlag
  MtpckEndprdMarkcd       goodsMark
  SupvModecd              supervisionMode
  TrspModecd              transport.mode
  StshipTrsarvNatcd       transport.partnerCountry
  ApplyNo                 applicationNo
  ListType                transferType
  BondInvtTypecd          type
  InvtType                type
  InvtStucd               status
  ListStat                status
  PrevdTime               prePostedAt:time
  FormalVrfdedTime        postedAt:time
  VrfdedMarkcd            postingMark
  VrfdedModecd            postingMode
  DuCode                  accountingCode
  InvtIochkptStucd        gateStatus
  PassportUsedTypeCd      passportsMade
  DclTypecd               function
  IcCardNo                operatorCard
  LevyBlAmt               leviedValue:number
  EmapvMarkcd             approvalMark
  Rmk                     remarks
  AddTime                 addedAt:time
  Param1                  spare.param1
  Param2                  spare.param2
  Param3                  spare.param3
  Param4                  spare.param4
`;

/** 核注清单表体. */
const LIST_LINE = table(`
  GdsSeqno                lineNo:count
  PutrecSeqno             recordSeqNo
  GdsMtno                 partNo
  Gdecd                   hsCode
  GdsNm                   description
  GdsSpcfModelDesc        specification
  EndprdGdsSpcfModelDesc  specification
  DclUnitcd               unit
  LawfUnitcd              statutoryUnit
  SecdLawfUnitcd          secondUnit
  Natcd                   originCountry
  DestinationNatcd        destinationCountry
  DclUprcAmt              unitPrice:number
  DclTotalAmt             value:number
  DclTotalCht             valueCny:number
  UsdStatTotalAmt         valueUsd:number
  DclCurrcd               currency
  DclQty                  quantity:number
  LawfQty                 statutoryQuantity:number
  SecdLawfQty             secondQuantity:number
  WtSfVal                 factors.mass:number
  FstSfVal                factors.first:number
  SecdSfVal               factors.second:number
  GrossWt                 grossMassKg:number
  NetWt                   netMassKg:number
  UseCd                   keyGoods
  LvyrlfModecd            dutyTreatment
  UcnsVerno               bomVersion
  EntryGdsSeqno           declarationLineNo
  ApplyTbSeqno            applicationLineNo
  ClyMarkcd               hazardousChemical
  ActlPassQty             crossedQuantity:number
  PassportUsedQty         passportQuantity:number
  PassportUsed            passportQuantity:number
  ModfMarkcd              changeMark
  Rmk                     remarks
  Param1                  spare.param1
  Param2                  spare.param2
  Param3                  spare.param3
  Param4                  spare.param4
  SeqNo                   -
  BondInvtNo              -
  ChgTmsCnt               -
  AddTime                 -
`);

/** What a posting to the ledger changed (INV211): one row of the ledger each. */
const POSTING = table(`
  BwsNo                   ledger
  InvtNo                  number
  InvtGNo                 lineNo:count
  GdsSeqno                recordSeqNo
  Gdecd                   hsCode
  GdsMtno                 partNo
  GdsNm                   description
  GdsSpcfModelDesc        specification
  DclUnitcd               unit
  InQty                   quantity:number
  LawfUnitcd              statutoryUnit
  InLawfQty               statutoryQuantity:number
  SecdLawfUnitcd          secondUnit
  InSecdLawfQty           secondQuantity:number
  ActlIncQty              increased:number
  ActlRedcQty             reduced:number
  PrevdIncQty             preIncreased:number
  PrevdRedcQty            preReduced:number
  DclCurrcd               currency
  DclUprcAmt              unitPrice:number
  AvgPrice                averagePriceUsd:number
  TotalAmt                valueUsd:number
  InDate                  lastIn:day
  OutDate                 lastOut:day
  LimitDate               limit:day
  Natcd                   originCountry
  InType                  entryType
  CusmExeMarkcd           suspension
  ModfMarkcd              changeMark
  Rmk                     remarks
  ChgTmsCnt               -
`);

/** 核注清单报关单表头: the declaration a list is to make. */
const DECLARATION_HEAD = `
  DecSeqNo                preEntryNo
  PutrecNo                ledger
  BizopEtpsSccd           domestic.uscc
  BizopEtpsno             domestic.customsRegNo
  BizopEtpsNm             domestic.name
  RvsngdEtpsSccd          receiver.uscc
  RcvgdEtpsno             receiver.customsRegNo
  RcvgdEtpsNm             receiver.name
  DclEtpsSccd             declarant.uscc
  DclEtpsno               declarant.customsRegNo
  DclEtpsNm               declarant.name
  InputEtpsSccd           enteredBy.uscc
  InputCopNo              enteredBy.customsRegNo
  InputCopName            enteredBy.name
  ImpexpPortcd            borderOffice
  DclPlcCuscd             declarationOffice
  ImpexpMarkcd            ieFlag
  SupvModecd              supervisionMode
  TrspModecd              transportMode
  DecTypecd               type
  Rmk                     remarks
  CreateFlag              made
  SeqNo                   -
`;

/** The heads of a list, as systems call them. */
export const LIST_HEADS = ['InvtHeadType', 'BondInvtBsc', 'InvtHead'];

/** INV101: head and lines beside each other, or the lines within an element of their own. */
export const LIST_MESSAGE = table(
  `
  ${LIST_HEADS.map((head) => under(head, LIST_HEAD)).join('\n')}
  ${oneOrWithin(['InvtListType', 'BondInvtDt', 'InvtList'], 'lines')}
  OperCusRegCode          message.operator
  SysId                   message.system
  ${under('InvtDecHeadType', DECLARATION_HEAD, 'declaration.head.')}
  InvtDecListType         [declaration.lines]
  InvtGoodsType           [processedGoods]
  InvtWarehouseType       [warehouseBills]
`,
  {
    lines: LIST_LINE,
    'declaration.lines': LIST_LINE,
    processedGoods: LIST_LINE,
    warehouseBills: table('SasStockNo number\n SeqNo -\n BondInvtNo -'),
  },
);

/** What customs says of a list or a passport (HdeApprResult), and of one that could not be read. */
export const RESULT = `
  HdeApprResult/etpsPreentNo    result.preEntryNo
  HdeApprResult/businessId      result.number
  HdeApprResult/tmsCnt          result.changeNo
  HdeApprResult/typecd          result.type
  HdeApprResult/manageResult    result.code
  HdeApprResult/manageDate      result.at:time
  HdeApprResult/rmk             result.text
  CheckInfo/note                result.check
`;

export const LIST_RESPONSE = table(
  `
  ${RESULT}
  ${under('BondInvtBsc', LIST_HEAD, 'list.')}
  BondInvtDt                    [list.lines]
  InvtListType                  [list.lines]
  BwsDt                         [postings]
  EmsBwsDt                      [postings]
  BwlDt                         [postings]
  InvApprResult/invPreentNo     result.preEntryNo
  InvApprResult/businessId      result.number
  InvApprResult/entrySeqNo      result.declarationPreEntryNo
  InvApprResult/manageResult    result.code
  InvApprResult/createDate      result.at:time
  InvApprResult/reason          result.text
`,
  { 'list.lines': LIST_LINE, postings: POSTING },
);

/** The receipt of the data centre: whether the file could be taken in at all. */
export const COMMON_RESPONSE = table(`
  SeqNo                   preEntryNo
  EtpsPreentNo            id
  CheckInfo               text
  DealFlag                code!
`);

/** Rows of a list whose records stand beside the head, or within an element called by their plural. */
export function oneOrWithin(elements: readonly string[], target: string): string {
  return elements
    .flatMap((name) => [name, `${name}s/${name}`, `${name}List/${name}`])
    .map((path) => `${path} [${target}]`)
    .join('\n');
}

/** The rows of a head below an element of their own, each target below a place of its own. */
export function under(element: string, rows: string, target = ''): string {
  return rows
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => row.split(/\s+/))
    .map(([name = '', to = '']) => `${element}/${name} ${to === '-' ? '-' : `${target}${to}`}`)
    .join('\n');
}
