import { type Document, table } from '../../reading/table.ts';
import { under } from './tables.ts';

/** 账册报核 (EMS121): what a period of a ledger is settled with. */

const HEAD = `
  EmsNo                   ledger
  EtpsPreentNo            id
  SeqNo                   preEntryNo
  ChgTmsCnt               settlementNo
  ChgoffTypecd            type
  ChgoffBeginTime         period.from:day
  ChgoffDueTime           period.to:day
  BizopEtpsSccd           parties.operator.uscc
  BizopEtpsno             parties.operator.customsRegNo
  BizopEtpsNm             parties.operator.name
  RvsngdEtpsSccd          parties.receiver.uscc
  RcvgdEtpsno             parties.receiver.customsRegNo
  RcvgdEtpsNm             parties.receiver.name
  DclEtpsSccd             parties.declarant.uscc
  DclEtpsno               parties.declarant.customsRegNo
  DclEtpsNm               parties.declarant.name
  InputEtpsSccd           parties.enteredBy.uscc
  InputCopNo              parties.enteredBy.customsRegNo
  InputCopName            parties.enteredBy.name
  InputerName             enteredBy
  ImpInvtTotalCnt         totals.importLists:count
  ExpInvtTotalCnt         totals.exportLists:count
  ChgoffMtpckTotalCnt     totals.materials:count
  ChgoffEndprdTotalCnt    totals.products:count
  ChgoffLfmtTotalCnt      totals.scraps:count
  ChgoffImprTotalCnt      totals.defectives:count
  ImpMtpckTotalAmt        totals.importedValue:number
  ExpEndprdTotalAmt       totals.exportedValue:number
  ChgoffDclTime           declaredAt:time
  ChgoffMarkcd            status
  EmapvMarkcd             approvalMark
  DspsMarkcd              processingMark
  DclSourceMarkcd         source
  DclTypecd               function
  MasterCuscd             office
  DecTime                 enteredAt:time
  Rmk                     remarks
  InputerCode             -
  InputCusrno             -
  FstSpareMarkcd          -
  SpareAmt                -
  SpareQty                -
`;

const GOODS = table(`
  Typecd                  goodsMark
  GdsSeqno                lineNo:count
  GNo                     recordSeqNo
  CopGNo                  partNo
  GdsMtno                 partNo
  CodeTs                  hsCode
  Gdecd                   hsCode
  GName                   description
  GdsNm                   description
  Unit                    unit
  DclUnitcd               unit
  FirstQty                openingQuantity:number
  VclrPridInitQty         periodOpeningQuantity:number
  ShdRemainQty            bookRemainder:number
  ShdRemainTotalAmt       bookRemainderValue:number
  ActlRemainQty           actualRemainder:number
  ActlRemainTotalAmt      actualRemainderValue:number
  CsmTotalQty             consumed:number
  CsmTotalAmt             consumedValue:number
  ImpOrExpTotalQty        importedOrExported:number
  SdinQty                 soldAtHome:number
  SdinTotalAmt            soldAtHomeValue:number
  EndprdRetnExchExpQty    exchangedOut:number
  EndprdRetnExchImpQty    exchangedIn:number
  LfmtImprQty             scrap:number
  LfmtImprTotalAmt        scrapValue:number
  DprcsCrdwImpexpQty      processingTransfer:number
  ReexpQty                reExported:number
  RemainMtpckTrfoutQty    carriedOver:number
  MtpckEndprdDstryQty     destroyed:number
  LfmtDstryQty            scrapDestroyed:number
  VrfaddQty               postedIn:number
  VrfredQty               postedOut:number
  TgblLossQty             tangibleLoss:number
  IntgbLossQty            intangibleLoss:number
  DsmlQty                 difference:number
  DsmlAmt                 differenceValue:number
  DsmlRate                differenceRate:number
  TcycleBalQty            closingBalance:number
  DclcusInvtAvgUprcAmt    averagePrice:number
  Rmk                     remarks
  EmsNo                   -
  ChgTmsCnt               -
  SeqNo                   -
  FstSpareMarkcd          -
  SpareAmt                -
  SpareQty                -
`);

const LISTS = table(`
  LNo                     lineNo:count
  BondInvtNo              number
  IeFlag                  ieFlag
  ImpexpMarkcd            ieFlag
  DclTypecd               function
  ModfMarkcd              changeMark
  EmsNo                   -
  ChgTmsCnt               -
  SeqNo                   -
`);

const PAPERS = table(`
  AcmpFormSeqno           lineNo:count
  AcmpFormTypecd          kind
  AcmpFormNo              number
  AcmpFormFileNm          fileName
  AcmpFormFileSize        sizeKb:number
  FixdNo                  fixedNo
  Rmk                     remarks
  EmsNo                   -
  ChgTmsCnt               -
  SeqNo                   -
`);

/** The heads of a filing, as systems call them. */
export const WRITE_OFF_HEADS = ['EmsChgoffBsc', 'DcrChgoffBsc', 'NemsDcrHeadType', 'DcrHeadType'];

/** Inside the customs network the parts are called one way, at the single window another. */
export const WRITE_OFF = table(
  `
  ${WRITE_OFF_HEADS.map((head) => under(head, HEAD)).join('\n')}
  EmsChgoffDt             [goods]
  EmsChgoffImg            [materials]
  DcrChgoffImg            [materials]
  NmesDcrImgTypes         [materials]
  NemsDcrImgTypes         [materials]
  EmsChgoffExg            [products]
  DcrChgoffExg            [products]
  NmesDcrExgTypes         [products]
  NemsDcrExgTypes         [products]
  EmsChgoffInvtLt         [lists]
  DcrChgoffInvtLt         [lists]
  NemsDcrBillTypes        [lists]
  EmsAdjaccAcmpFormDt     [documents]
  DcrAdjaccAcmpFormDt     [documents]
  NemsDcrAcmpFormTypes    [documents]
  OperCusRegCode          message.operator
  SysId                   message.system
`,
  { goods: GOODS, materials: GOODS, products: GOODS, lists: LISTS, documents: PAPERS },
);

/** Goods that came in one list, told apart by their mark: 料件 I, 成品 E. */
export function sortGoods(document: Document): void {
  const goods = (document.goods ?? []) as Document[];
  delete document.goods;
  const isProduct = ({ goodsMark }: Document): boolean => goodsMark === 'E';
  const materials = (document.materials ?? []) as Document[];
  const products = (document.products ?? []) as Document[];
  document.materials = [...materials, ...goods.filter((one) => !isProduct(one))];
  document.products = [...products, ...goods.filter(isProduct)];
  document.lists ??= [];
}
