import { table } from '../../reading/table.ts';

/**
 * 报关单导入报文. One table reads both layouts: before August 2018 a declaration had none of the fields of
 * inspection and quarantine, and some of customs that have gone since; after it, both are in one form.
 */

const LIMIT = table(`
  GoodsNo                 lineNo:count
  LicTypeCode             kind
  LicenceNo               number
  LicWrtofDetailNo        detailNo
  LicWrtofQty             quantity:number
  LicWrtofQtyUnit         unit
  DecGoodsLimitVin        -
`);

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
  ${HEAD.split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => `DecHead/${row.trim()}`)
    .join('\n')}
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
  TrnHead                               -
  TrnList                               -
  TrnContainers                         -
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

/** What became of a declaration (DEC_RESULT), sent at each step. */
export const RESULT = table(`
  DEC_RESULT/CUS_CIQ_NO   preEntryNo
  DEC_RESULT/ENTRY_ID     number
  DEC_RESULT/NOTICE_DATE  answeredAt:time
  DEC_RESULT/CHANNEL      code
  DEC_RESULT/NOTE         text
  DEC_RESULT/CUSTOM_MASTER declarationOffice
  DEC_RESULT/I_E_DATE     transport.date:day
  DEC_RESULT/D_DATE       declaredOn:day
  RESULT_INFO             details
`);
