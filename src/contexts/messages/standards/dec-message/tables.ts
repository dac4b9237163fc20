import { below, table } from '../../reading/table.ts';

/**
 * 报关单导入报文. One table reads both layouts: before August 2018 a declaration had none of the fields of
 * inspection and quarantine, and some of customs that have gone since; after it, both are in one form.
 */

const VEHICLE = table(`
  LicenceNo               licence
  LicTypeCode             licenceKind
  VinNo                   sequence
  BillLadDate             billOfLadingOn:day
  QualityQgp              warranty
  MotorNo                 engineNo
  VinCode                 vin
  ChassisNo               chassisNo
  InvoiceNum              invoiceQuantity
  InvoiceNo               invoiceNo
  ProdCnnm                description
  ProdEnnm                descriptionEn
  ModelEn                 model
  PricePerUnit            unitPrice:number
`);

const LIMIT = table(
  `
  GoodsNo                 lineNo:count
  LicTypeCode             kind
  LicenceNo               number
  LicWrtofDetailNo        detailNo
  LicWrtofQty             quantity:number
  LicWrtofQtyUnit         unit
  DecGoodsLimitVin        [vehicles]
  DecGoodsLimitVins/DecGoodsLimitVin  [vehicles]
`,
  { vehicles: VEHICLE },
);

const LINE = table(
  `
  ClassMark               classMark
  CodeTS                  hsCode
  ContrItem               recordSeqNo
  DeclPrice               unitPrice:number
  DutyMode                dutyTreatment
  Factor                  factor:number
  GModel                  specification
  GName                   description
  GNo                     lineNo:count
  OriginCountry           originCountry
  TradeCurr               currency
  DeclTotal               value:number
  GQty                    quantity:number
  FirstQty                statutoryQuantity:number
  SecondQty               secondQuantity:number
  QtyConv                 statutoryQuantity:number
  GUnit                   unit
  FirstUnit               statutoryUnit
  SecondUnit              secondUnit
  UseTo                   use
  Purpose                 purpose
  WorkUsd                 processingFeeUsd:number
  ExgNo                   partNo
  ExgVersion              bomVersion
  PrdtNo                  partNo
  DestinationCountry      destinationCountry
  DistinateCountry        destinationCountry
  CiqCode                 ciqCode
  CiqName                 ciqName
  DeclGoodsEname          descriptionEn
  OrigPlaceCode           originRegion
  ProdValidDt             validUntil
  ProdQgp                 shelfLifeDays
  GoodsAttr               attributes
  Stuff                   ingredients
  Uncode                  dangerous.unNumber
  DangName                dangerous.name
  DangPackType            dangerous.packingGroup
  DangPackSpec            dangerous.packing
  NoDangFlag              dangerous.notDangerous
  EngManEntCnm            manufacturerAbroad
  DestCode                destinationRegion
  DistrictCode            district
  GoodsSpec               inspectionSpecification
  GoodsModel              model
  GoodsBrand              brand
  ProduceDate             producedOn
  ProdBatchNo             batchNo
  MnufctrRegNo            manufacturer.id
  MnufctrRegName          manufacturer.name
  NetWt                   netMassKg:number
  GrossWt                 grossMassKg:number
  PrefTradeCode           preference
  RcepOrigPlaceCode       agreementOrigin
  RcepOrigPlaceDocNo      originDocument
  DecGoodsLimits/DecGoodsLimit  [licences]
`,
  { licences: LIMIT },
);

const CONTAINER = table(`
  ContainerId             number
  ContainerMd             sizeType
  GoodsNo                 lines
  LclFlag                 consolidated
  ContainerWt             tareKg:number
  GoodsContaWt            grossMassKg:number
`);

const DOCUMENT = table(`
  DocuCode                kind
  CertCode                number
`);

const REQUESTED = table(`
  AppCertCode             kind
  ApplOri                 originals:count
  ApplCopyQuan            copies:count
`);

const PACKING = table(`
  PackQty                 count:count
  PackType                kind
`);

const QUALIFICATION = table(`
  EntQualifTypeCode       kind
  EntQualifNo             number
  EntQualifName           name
`);

const USER = table(`
  UseOrgPersonCode        name
  UseOrgPersonTel         telephone
`);

const FILE = table(`
  EdocID                  fileId
  EdocCode                kind
  EdocFomatType           format
  OpNote                  note
  EdocCopId               fileName
  EdocOwnerCode           owner
  EdocOwnerName           ownerName
  SignUnit                signedBy
  SignTime                signedAt:time
  EdocSize                size:number
`);

/** 原产地证明商品项号关联关系: which line of a certificate of origin covers which line. */
const ORIGIN_LINK = table(`
  CertType                kind
  EcoCertNo               number
  DecGNo                  line
  EcoGNo                  certificateLine
  ExtendFiled             note
`);

/** 转关: how goods go on under customs control before they are declared for good. */
const TRANSIT_CONTAINER = table(`
  ContaNo                 number
  ContaSn                 sequence
  ContaModel              sizeType
  SealNo                  seal
  TransName               conveyance
  TransWeight             conveyanceKg:number
`);

const TRANSIT_GOODS = table(`
  GNo                     line
  ContaNo                 container
  ContaGoodsCount         packages:number
  ContaGoodsWeight        grossMassKg:number
`);

const PROMISE = table(`
  DeclaratioMaterialCode  kind
`);

const HEAD = `
  SeqNo                   preEntryNo
  IEFlag                  ieFlag
  Type                    type
  AgentCode               parties.declarant.customsRegNo
  AgentName               parties.declarant.name
  AgentCodeScc            parties.declarant.uscc
  DeclCiqCode             parties.declarant.ciqCode
  ApprNo                  approvalNo
  BillNo                  transport.transportDocNo
  ContrNo                 contractNo
  CustomMaster            declarationOffice
  IEPort                  borderOffice
  CutMode                 levyNature
  DistinatePort           transport.port
  FeeCurr                 freightCurrency
  FeeMark                 freightMark
  FeeRate                 freight:number
  InsurCurr               insuranceCurrency
  InsurMark               insuranceMark
  InsurRate               insurance:number
  OtherCurr               otherCostCurrency
  OtherMark               otherCostMark
  OtherRate               otherCost:number
  GrossWet                grossMassKg:number
  NetWt                   netMassKg:number
  IEDate                  transport.date:day
  LicenseNo               licenceNo
  ManualNo                ledger
  NoteS                   remarks
  OwnerCode               parties.owner.customsRegNo
  OwnerName               parties.owner.name
  OwnerCodeScc            parties.owner.uscc
  OwnerCiqCode            parties.owner.ciqCode
  PackNo                  packages.count:count
  WrapType                packages.kind
  TradeCode               parties.domestic.customsRegNo
  TradeName               parties.domestic.name
  TradeCoScc              parties.domestic.uscc
  TradeCiqCode            parties.domestic.ciqCode
  DomesticConsigneeEname  parties.domestic.nameEn
  OverseasConsignorCode   parties.overseasConsignor.id
  OverseasConsignorCname  parties.overseasConsignor.name
  OverseasConsignorEname  parties.overseasConsignor.nameEn
  OverseasConsignorAddr   parties.overseasConsignor.address
  OverseasConsigneeCode   parties.overseasConsignee.id
  OverseasConsigneeEname  parties.overseasConsignee.nameEn
  CopCode                 parties.enteredBy.customsRegNo
  CopName                 parties.enteredBy.name
  CopCodeScc              parties.enteredBy.uscc
  TradeCountry            transport.partnerCountry
  TradeAreaCode           tradeCountry
  TradeMode               supervisionMode
  TrafMode                transport.mode
  TrafName                transport.conveyance
  TransMode               tradeTerms
  EntryId                 number
  PreEntryId              preEntryId
  EdiId                   ediMark
  Risk                    risk
  EntryType               entryType
  PDate                   printedOn:day
  DDate                   declaredOn:day
  DeclTrnRel              transitRelation
  ChkSurety               guaranteed
  BillType                recordType
  PromiseItmes            promises
  CheckFlow               checkFlow
  TaxAaminMark            taxMark
  MarkNo                  marks
  DespPortCode            transport.departurePort
  EntyPortCode            transport.borderPort
  GoodsPlace              transport.goodsLocation
  BLNo                    transport.billOfLading
  DespDate                transport.departedOn:day
  CmplDschrgDt            transport.dischargedOn:day
  InspOrgCode             inspectionOffice
  PurpOrgCode             destinationInspectionOffice
  VsaOrgCode              permitInspectionOffice
  OrgCode                 acceptingInspectionOffice
  SpecDeclFlag            specialMarks
  CorrelationNo           correlation.number
  CorrelationReasonFlag   correlation.reason
  OrigBoxFlag             originalContainers
  NoOtherPack             noOtherPackages
  DistrictCode            district
  PayWay                  payment.method
  PayMode                 payment.mode
  JinGou                  foreignExchange
  TgdNo                   transitNo
  DataSource              source
  EdiRemark               ediRemarks.first
  EdiRemark2              ediRemarks.second
  DeclareName             enteredBy.declarant
  InputerName             enteredBy.inputter
  TypistNo                enteredBy.typist
  PartenerID              enteredBy.partner
`;

export const DECLARATION = table(
  `
  ${below('DecHead', HEAD)}
  DecLists/DecList                      [lines]
  DecContainers/Container               [containers]
  DecContainers/DecContainer            [containers]
  DecLicenseDocus/LicenseDocu           [licences]
  DecRequestCerts/DecRequestCert        [requestedCertificates]
  DecOtherPacks/DecOtherPack            [otherPackages]
  DecCopLimits/DecCopLimit              [qualifications]
  DecUsers/DecUser                      [users]
  DecCopPromises/DecCopPromise          [statements]
  EdocRealation                         [documents]
  DecEdocRealations/EdocRealation       [documents]
  DecFreeTxt/RelId                      related.declaration
  DecFreeTxt/RelManNo                   related.ledger
  DecFreeTxt/BonNo                      related.bondedPremises
  DecFreeTxt/VoyNo                      transport.voyageNo
  DecFreeTxt/DecBpNo                    related.broker
  DecFreeTxt/CusFie                     premises
  DecFreeTxt/DecNo                      broker.registration
  DecMarkLobs                           -
  DecRoyaltyFee                         -
  DecSign/OperType                      function
  DecSign/ICCode                        message.operatorCard
  DecSign/CopCode                       message.sender
  DecSign/OperName                      message.operatorName
  DecSign/ClientSeqNo                   id
  DecSign/SignDate                      message.signedAt:time
  DecSign/Sign                          -
  DecSign/Certificate                   -
  DecSign/HostId                        message.host
  DecSign/BillSeqNo                     message.reference
  DecSign/DomainId                      message.domain
  DecSign/Note                          message.note
  EcoRelation                           [originLinks]
  DecEcoRelations/EcoRelation           [originLinks]
  TrnHead/TrnPreId                      transit.preEntryNo
  TrnHead/CustTrnPreId                  transit.reference
  TrnHead/TransNo                       transit.cargoListNo
  TrnHead/TurnNo                        transit.number
  TrnHead/NativeTrafMode                transit.mode
  TrnHead/TrafCustomsNo                 transit.conveyanceId
  TrnHead/NativeShipName                transit.conveyance
  TrnHead/NativeVoyageNo                transit.voyageNo
  TrnHead/ContractorName                transit.carrier.name
  TrnHead/ContractorCode                transit.carrier.id
  TrnHead/TransFlag                     transit.kind
  TrnHead/ValidTime                     transit.arrivesAt:time
  TrnHead/ESealFlag                     transit.electronicSeal
  TrnHead/Notes                         transit.remarks
  TrnHead/TrnType                       transit.type
  TrnHead/ApplCodeScc                   transit.declarantUscc
  TrnList/TrafMode                      transit.border.mode
  TrnList/ShipId                        transit.border.conveyanceId
  TrnList/ShipNameEn                    transit.border.conveyance
  TrnList/VoyageNo                      transit.border.voyageNo
  TrnList/BillNo                        transit.border.transportDocNo
  TrnList/IEDate                        transit.border.date:day
  TrnContainers/TrnContainer            [transit.containers]
  TrnContaGoodsList/TrnContaGoods       [transit.goods]
  DecRisk                               -
  ECIQ                                  -
  DecSupplementLists                    -
`,
  {
    lines: LINE,
    containers: CONTAINER,
    licences: DOCUMENT,
    requestedCertificates: REQUESTED,
    otherPackages: PACKING,
    qualifications: QUALIFICATION,
    users: USER,
    statements: PROMISE,
    documents: FILE,
    originLinks: ORIGIN_LINK,
    'transit.containers': TRANSIT_CONTAINER,
    'transit.goods': TRANSIT_GOODS,
  },
);

/** Whether an import file could be taken in (DecImportResponse). */
export const IMPORT_RESPONSE = table(`
  ResponseCode            code!
  ErrorMessage            text
  ClientSeqNo             id
  SeqNo                   preEntryNo
  TrnPreId                transitPreEntryNo
`);

const STEP = `
  CUS_CIQ_NO              preEntryNo
  ENTRY_ID                number
  NOTICE_DATE             answeredAt:time
  CHANNEL                 code
  NOTE                    text
  CUSTOM_MASTER           declarationOffice
  I_E_DATE                transport.date:day
  D_DATE                  declaredOn:day
`;

/** What became of a declaration (DEC_RESULT), sent at each step; within DEC_DATA, or by itself. */
export const RESULT = table(`
  ${below('DEC_RESULT', STEP)}
  RESULT_INFO             details
`);
export const BARE_RESULT = table(STEP);
