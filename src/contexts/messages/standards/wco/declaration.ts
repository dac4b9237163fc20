import { below, table } from '../../reading/table.ts';
import { party } from './parties.ts';
import { withMoments } from './rows.ts';

const DOCUMENT = table(
  withMoments(`
  CategoryCode                       category
  TypeCode                           kind
  ID                                 number
  Name                               description
  LPCOExemptionCode                  status
  ItemID                             line
  LineNumeric                        line
  SequenceNumeric                    -
  EffectiveDateTime/DateTimeString   validUntil:time
  ExpirationDateTime/DateTimeString  validUntil:time
  IssueDateTime/DateTimeString       issuedAt:time
  Submitter/Name                     issuedBy
  WriteOff/QuantityQuantity          quantity:number
  WriteOff/QuantityQuantity@unitCode unit
  WriteOff/AmountAmount              value:number
  WriteOff/AmountAmount@currencyID   currency
`),
);

const TRANSPORT_DOCUMENT = table(`
  ID                                 number
  TypeCode                           kind
  ConditionCode                      transportTerms
  Consolidator/ID                    consolidator
  Pointer                            -
  SequenceNumeric                    -
`);

/** Where in a declaration something is said of, or changed. */
const POINTER = table(`
  SequenceNumeric                    sequence:count
  DocumentSectionCode                section
  TagID                              tag
`);

const INFORMATION = table(
  `
  StatementCode                      kind
  StatementTypeCode                  type
  StatementDescription               text
  LimitDateTime                      limit:time
  SequenceNumeric                    -
  Pointer                            [pointers]
`,
  { pointers: POINTER },
);

const PACKAGING = table(`
  SequenceNumeric                    -
  QuantityQuantity                   count:count
  TypeCode                           kind
  MarksNumbersID                     marks
  MarksNumbers                       marks
`);

const TAX = table(`
  TypeCode                           kind
  DutyRegimeCode                     regime
  QuotaOrderID                       quota
  TaxRateNumeric                     rate:number
  AdValoremTaxBaseAmount             base:number
  AdValoremTaxBaseAmount@currencyID  baseCurrency
  SpecificTaxBaseQuantity            baseQuantity:number
  SpecificTaxBaseQuantity@unitCode   baseUnit
  DeductAmount                       deducted:number
  Payment/MethodCode                 method
  Payment/TaxAssessedAmount          amount:number
  Payment/TaxAssessedAmount@currencyID  currency
  Payment/PaymentAmount              paid:number
  Payment/PaymentAmount@currencyID   currency
`);

const PROCEDURE = table(`
  CurrentCode                        current
  ProcedureCode                      current
  PreviousCode                       previous
`);

const CLASSIFICATION = table(`
  ID                                 code
  IdentificationTypeCode             type
`);

const ORIGIN = table(`
  CountryCode                        country
  OriginCountryCode                  country
  RegionID                           region
  TypeCode                           type
`);

const CHARGE = table(`
  ChargesTypeCode                    kind
  OtherChargeDeductionAmount         amount:number
  OtherChargeDeductionAmount@currencyID  currency
`);

const CONTAINER = table(
  `
  SequenceNumeric                    -
  ID                                 number
  CharacteristicCode                 sizeType
  FullnessCode                       fullness
  Seal                               [seals]
`,
  { seals: table('ID number\n SealID number\n SequenceNumeric -\n ConditionCode condition') },
);

const ROLE = table(`
  ID                                 id
  RoleCode                           role
`);

const DANGEROUS = table(`
  UNDGID                             unNumber
  SequenceNumeric                    -
  TypeCode                           kind
`);

const LINE = table(
  `
  SequenceNumeric                                   lineNo:count
  CustomsValueAmount                                customsValue:number
  CustomsValueAmount@currencyID                     customsValueCurrency
  StatisticalValueAmount                            statisticalValue:number
  StatisticalValueAmount@currencyID                 statisticalCurrency
  TransactionNatureCode                             transactionNature
  ValuationIndicatorCode                            valuationIndicator
  Commodity/Description                             description
  Commodity/CargoDescription                        specification
  Commodity/SequenceNumeric                         -
  Commodity/Classification                          [classifications]
  Commodity/DangerousGoods                          [dangerousGoods]
  Commodity/DutyTaxFee                              [taxes]
  Commodity/GoodsMeasure/GrossMassMeasure           grossMassKg:mass
  Commodity/GoodsMeasure/NetNetWeightMeasure        netMassKg:mass
  Commodity/GoodsMeasure/TariffQuantity             statutoryQuantity:number
  Commodity/GoodsMeasure/TariffQuantity@unitCode    statutoryUnit
  Commodity/InvoiceLine/ItemChargeAmount            value:number
  Commodity/InvoiceLine/ItemChargeAmount@currencyID currency
  Commodity/InvoiceLine/UnitPriceAmount             unitPrice:number
  Commodity/InvoiceLine/UnitPriceAmount@currencyID  currency
  Commodity/InvoiceLine/SequenceNumeric             -
  Commodity/ValueAmount                             value:number
  Commodity/ValueAmount@currencyID                  currency
  Commodity/TransportEquipment/ID                   containers:texts
  Commodity/DetailedCommodity                       -
  Commodity/ProductCharacteristics                  -
  GoodsMeasure/GrossMassMeasure                     grossMassKg:mass
  GoodsMeasure/NetNetWeightMeasure                  netMassKg:mass
  GoodsMeasure/TariffQuantity                       statutoryQuantity:number
  GoodsMeasure/TariffQuantity@unitCode              statutoryUnit
  CustomsValuation/MethodCode                       valuationMethod
  CustomsValuation/FreightChargeAmount              freight:number
  CustomsValuation/FreightChargeAmount@currencyID   freightCurrency
  CustomsValuation/ChargeDeduction                  [charges]
  ValuationAdjustment/AdditionCode                  valuationIndicator
  Destination/CountryCode                           destinationCountry
  Destination/RegionID                              destinationRegion
  ExportCountry/ID                                  partnerCountry
  UCR/ID                                            ucr
  UCR/TraderAssignedReferenceID                     ucr
  AdditionalDocument                                [documents]
  AdditionalInformation                             [statements]
  PreviousDocument                                  [previousDocuments]
  Packaging                                         [packages]
  GovernmentProcedure                               [procedures]
  AdditionalProcedure                               [additionalProcedures]
  Origin                                            [origins]
  DomesticDutyTaxParty                              [taxParties]
  AEOMutualRecognitionParty                         [aeoParties]
  ${party('Consignee', 'parties.consignee')}
  ${party('Consignor', 'parties.consignor')}
  ${party('Buyer', 'parties.buyer')}
  ${party('Seller', 'parties.seller')}
  ${party('Manufacturer', 'parties.manufacturer')}
`,
  {
    classifications: CLASSIFICATION,
    dangerousGoods: DANGEROUS,
    taxes: TAX,
    charges: CHARGE,
    documents: DOCUMENT,
    statements: INFORMATION,
    previousDocuments: DOCUMENT,
    packages: PACKAGING,
    procedures: PROCEDURE,
    additionalProcedures: PROCEDURE,
    origins: ORIGIN,
    taxParties: ROLE,
    aeoParties: ROLE,
  },
);

const transportMeans = (element: string, target: string): string => `
  ${element}/ID                            ${target}.id
  ${element}/Name                          ${target}.name
  ${element}/IdentificationTypeCode        ${target}.idType
  ${element}/ModeCode                      ${target}.mode
  ${element}/TypeCode                      ${target}.type
  ${element}/JourneyID                     ${target}.journey
  ${element}/RegistrationNationalityCode   ${target}.nationality
  ${element}/ArrivalDateTime/DateTimeString  ${target}.arrivedAt:time
  ${element}/DepartureDateTime/DateTimeString  ${target}.departedAt:time
`;

const SHIPMENT = `
  TransactionNatureCode                             transactionNature
  ExitDateTime/DateTimeString                       exitAt:time
  Consignment/ContainerCode                         transport.containerised
  Consignment/GoodsLocation/ID                      transport.goodsLocation
  Consignment/GoodsLocation/Name                    transport.goodsLocation
  Consignment/GoodsLocation/TypeCode                transport.goodsLocationType
  Consignment/GoodsLocation/Address/TypeCode        transport.goodsLocationQualifier
  Consignment/GoodsLocation/Address/CountryCode     transport.goodsLocationCountry
  Consignment/GoodsLocation/Address/Line            transport.goodsLocationAddress
  Consignment/GoodsLocation/Address/CityName        transport.goodsLocationCity
  Consignment/GoodsLocation/Address/PostcodeID      transport.goodsLocationPostcode
  Consignment/LoadingLocation/ID                    transport.loadingPort
  Consignment/LoadingLocation/Name                  transport.loadingPort
  Consignment/UnloadingLocation/ID                  transport.dischargePort
  Consignment/TransportContractDocument             [transport.documents]
  Consignment/Freight/PaymentMethodCode             freightPayment
  Consignment/Itinerary/RoutingCountryCode          transport.routingCountries:texts
  Consignment/Itinerary/SequenceNumeric             -
  Consignment/TransportEquipment                    [containers]
  ${transportMeans('Consignment/ArrivalTransportMeans', 'means.arrival')}
  ${transportMeans('Consignment/DepartureTransportMeans', 'means.departure')}
  ${party('Consignment/Carrier', 'parties.carrier')}
  Destination/CountryCode                           destinationCountry
  Destination/RegionID                              destinationRegion
  DestinationCountryCode                            destinationCountry
  ExportCountry/ID                                  exportCountry
  ExportCountry/CountryCode                         exportCountry
  ExportationCountry/ID                             exportCountry
  ExportationCountryCode                            exportCountry
  Origin/CountryCode                                originCountry
  TradeTerms/ConditionCode                          tradeTerms
  TradeTerms/LocationID                             tradeTermsPlace
  TradeTerms/LocationName                           tradeTermsPlace
  TradeTerms/CountryRelationshipCode                -
  TradeTerms/Description                            tradeTermsText
  UCR/ID                                            ucr
  UCR/TraderAssignedReferenceID                     ucr
  Invoice/ID                                        invoiceNo
  Invoice/IssueDateTime/DateTimeString              invoicedOn:day
  Invoice/SequenceNumeric                           -
  Warehouse/ID                                      warehouse.id
  Warehouse/TypeCode                                warehouse.kind
  CustomsValuation/FreightChargeAmount              freight:number
  CustomsValuation/FreightChargeAmount@currencyID   freightCurrency
  CustomsValuation/ChargeDeduction                  [charges]
  AdditionalDocument                                [documents]
  AdditionalInformation                             [statements]
  PreviousDocument                                  [previousDocuments]
  DomesticDutyTaxParty                              [taxParties]
  AEOMutualRecognitionParty                         [aeoParties]
  GovernmentAgencyGoodsItem                         [lines]
  ${party('Consignee', 'parties.consignee')}
  ${party('Consignor', 'parties.consignor')}
  ${party('Importer', 'parties.importer')}
  ${party('Exporter', 'parties.exporter')}
  ${party('Buyer', 'parties.buyer')}
  ${party('Seller', 'parties.seller')}
`;

export const DECLARATION = table(
  withMoments(`
  FunctionCode                                function
  FunctionalReferenceID                       id
  ID                                          number
  IssueDateTime/DateTimeString                declaredAt:time
  AcceptanceDateTime/DateTimeString           acceptedAt:time
  IssueLocationID                             issuePlace
  TypeCode                                    type
  VersionID                                   version
  GoodsItemQuantity                           itemCount:count
  TotalPackageQuantity                        packages.count:count
  TotalPackageQuantity@unitCode               packages.kind
  TotalGrossMassMeasure                       grossMassKg:mass
  InvoiceAmount                               totalValue:number
  InvoiceAmount@currencyID                    currency
  DeclarationOfficeID                         declarationOffice
  DeclarationOffice/ID                        declarationOffice
  ExitOffice/ID                               borderOffice
  EntryOffice/ID                              borderOffice
  PresentationOffice/ID                       presentationOffice
  SupervisingOffice/ID                        supervisingOffice
  SpecificCircumstancesCodeCode               circumstances
  LoadingListQuantity                         loadingLists:count
  BorderTransportMeans/Itinerary/RoutingCountryCode  transport.routingCountries:texts
  CurrencyExchange/CurrencyTypeCode           exchange.currency
  CurrencyExchange/RateNumeric                exchange.rate:number
  DutyTaxFee                                  [taxes]
  Amendment/ChangeReasonCode                  amendment.reason
  Amendment/Pointer                           [amendment.pointers]
  Signatory/Name                              signatory
  Authentication                              -
  ${transportMeans('BorderTransportMeans', 'means.border')}
  ${party('Agent', 'parties.agent')}
  ${party('Declarant', 'parties.declarant')}
  ${party('Exporter', 'parties.exporter')}
  ${party('Importer', 'parties.importer')}
  ${party('Submitter', 'parties.submitter')}
  ${party('Consignment/Carrier', 'parties.carrier')}
  Consignment/Freight/PaymentMethodCode       freightPayment
  Consignment/Itinerary/RoutingCountryCode    transport.routingCountries:texts
  Consignment/Itinerary/SequenceNumeric       -
  AdditionalDocument                          [documents]
  AdditionalInformation                       [statements]
  AuthorisationHolder                         [authorisations]
  ObligationGuarantee                         [guarantees]
  Packaging                                   [packagings]
  ${below('GoodsShipment', SHIPMENT)}
`),
  {
    documents: DOCUMENT,
    statements: INFORMATION,
    authorisations: table('ID holder\n CategoryCode kind\n RoleCode role'),
    guarantees: table(`
      ID                         reference
      ReferenceID                otherReference
      SecurityDetailsCode        kind
      AccessCode                 accessCode
      AmountAmount               amount:number
      AmountAmount@currencyID    currency
      GuaranteeOffice/ID         office
      SequenceNumeric            -
    `),
    'amendment.pointers': POINTER,
    containers: CONTAINER,
    charges: CHARGE,
    packagings: PACKAGING,
    taxes: TAX,
    'transport.documents': TRANSPORT_DOCUMENT,
    previousDocuments: DOCUMENT,
    taxParties: ROLE,
    aeoParties: ROLE,
    lines: LINE,
  },
);
