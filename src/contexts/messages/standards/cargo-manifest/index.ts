import type { XmlForm, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord, table } from '../../reading/table.ts';
import { childOf } from '../../reading/xml.ts';

/** 舱单: the Chinese profile of the WCO data model. MT1401 is the original manifest, MT2401 the pre-loading one. */

const party = (element: string, target: string): string => `
  ${element}/ID                            ${target}.id
  ${element}/Name                          ${target}.name
  ${element}/RoleCode                      ${target}.role
  ${element}/Address/Line                  ${target}.address
  ${element}/Address/CityName              ${target}.city
  ${element}/Address/CountrySubEntityID    ${target}.region
  ${element}/Address/CountrySubEntityName  ${target}.region
  ${element}/Address/PostcodeID            ${target}.postcode
  ${element}/Address/CountryCode           ${target}.country
  ${element}/AEO/ID                        ${target}.aeo
  ${element}/Communication                 [${target}.communications]
  ${element}/Contact/Name                  ${target}.contact.name
  ${element}/Contact/Communication         [${target}.contact.communications]
`;

const COMMUNICATION = table(`
  ID                  number
  TypeID              kind
  TypeCode            kind
`);

const PARTIES = ['consignee', 'shipper', 'notify', 'dangerousGoodsContact'];
const communications = Object.fromEntries(
  PARTIES.flatMap((name) => [
    [`${name}.communications`, COMMUNICATION],
    [`${name}.contact.communications`, COMMUNICATION],
  ]),
);

const CONTAINER = table(
  `
  ID                             number
  EquipmentIdentification/ID     number
  CharacteristicCode             sizeType
  FullnessCode                   fullness
  SupplierPartyTypeCode          supplier
  SequenceNumeric                -
  Seal                           [seals]
  SealID                         -
`,
  {
    seals: table(`
      ID                number
      SealID            number
      AgencyCode        agency
      TypeCode          kind
    `),
  },
);

const ITEM = table(
  `
  SequenceNumeric                        lineNo:count
  AdditionalInformation/Content          remarks
  Commodity/CargoDescription             description
  Commodity/Description                  specification
  Commodity/Classification/ID            hsCode
  Commodity/Classification/IdentificationTypeCode  -
  Commodity/UNDG/ID                      dangerous.unNumber
  Commodity/UNDGCode                     dangerous.unNumber
  Commodity/DangerousGoods/UNDGID        dangerous.unNumber
  GoodsMeasure/GrossMassMeasure          grossMassKg:mass
  GoodsMeasure/NetNetWeightMeasure       netMassKg:mass
  Packaging/QuantityQuantity             packages:count
  Packaging/QuantityQuantity@unitCode    packageKind
  Packaging/TypeCode                     packageKind
  Packaging/MarksNumbers                 marks
  Packaging/MarksNumbersID               marks
  Origin/OriginCountryCode               originCountry
  Origin/CountryCode                     originCountry
  GovernmentProcedure/CurrentCode        procedure
  UCR/ID                                 ucr
  ValueAmount                            value:number
  ValueAmount@currencyID                 currency
  EquipmentIdentification/ID             containers:texts
  TransportEquipment/ID                  containers:texts
  CustomsProcedure                       -
`,
);

const BILL = table(
  `
  TransportContractDocument/ID                       number
  TransportContractDocument/ConditionCode            transportTerms
  TransportContractDocument/TypeCode                 documentKind
  TransportContractDocument/Amendment/ChangeReasonCode  changeReason
  TransportContractDocument/Deconsolidator/ID        deconsolidator
  TransportContractDocument/Consolidator/ID          consolidator
  AssociatedTransportDocument/ID                     house
  AssociatedTransportDocument/TypeCode               -
  GrossVolumeMeasure                                 volumeM3:number
  GrossVolumeMeasure@unitCode                        volumeUnit
  TotalPackageQuantity                               packages:count
  TotalPackageQuantity@unitCode                      packageKind
  TotalGrossMassMeasure                              grossMassKg:mass
  GovernmentAgencyGoodsItem/GoodsMeasure/GrossMassMeasure           grossMassKg:mass
  ValueAmount                                        value:number
  ValueAmount@currencyID                             currency
  CustomsStatusCode                                  customsStatus
  BorderTransportMeans/Itinerary/RoutingCountryCode  routingCountries:texts
  Freight/PaymentMethodCode                          freightPayment
  GovernmentProcedure/CurrentCode                    procedures:texts
  GoodsReceiptPlace/ID                               receiptPlace
  GoodsReceiptPlace/Name                             receiptPlaceName
  LoadingLocation/ID                                 loadingPort
  LoadingLocation/Name                               loadingPortName
  LoadingLocation/LoadingDateTime                    loadedAt:time
  UnloadingLocation/ID                               dischargePort
  UnloadingLocation/Name                             dischargePortName
  UnloadingLocation/ArrivalDateTime                  date:day
  TransitDestination/ID                              transitDestination
  TransitDestination/Name                            transitDestinationName
  DeliveryDestination/Name                           deliveryPlace
  DeliveryDestination/Line                           deliveryPlace
  DeliveryDestination/CityName                       deliveryCity
  Warehouse/ID                                       warehouse
  IntermediateCarrier/ID                             intermediateCarrier
  GoodsConsignedPlace/ID                             consignedPlace
  PreviousCustomsDocument/ID                         previousDocument.number
  PreviousCustomsDocument/TypeCode                   previousDocument.kind
  AdditionalInformation/Content                      remarks
  AdditionalInformation/StatementCode                -
  UCR/ID                                             ucr
  HandlingInstructions/Content                       handling
  ${party('Consignee', 'consignee')}
  ${party('Consignor', 'shipper')}
  ${party('NotifyParty', 'notify')}
  ${party('UNDGContact', 'dangerousGoodsContact')}
  TransportEquipment                                 [containers]
  ConsignmentItem                                    [items]
`,
  { containers: CONTAINER, items: ITEM, ...communications },
);

const MANIFEST = table(
  `
  Head/MessageID                                message.reference
  Head/FunctionCode                             function
  Head/MessageType                              message.type
  Head/SenderID                                 message.sender
  Head/ReceiverID                               message.receiver
  Head/SendTime                                 message.sentAt:time
  Head/Version                                  message.version
  Declaration/DeclarationOfficeID               office
  Declaration/ID                                id
  Declaration/DeclarationDateTime               declaredAt:time
  Declaration/AdditionalInformation/Content     remarks
  Declaration/Agent/ID                          agent
  Declaration/Agent/Name                        agentName
  Declaration/BorderTransportMeans/ID           conveyance.registration
  Declaration/BorderTransportMeans/Name         conveyance.name
  Declaration/BorderTransportMeans/TypeCode     conveyance.mode
  Declaration/BorderTransportMeans/ModeCode     conveyance.mode
  Declaration/BorderTransportMeans/JourneyID    voyageNo
  Declaration/BorderTransportMeans/RegistrationNationalityCode  conveyance.nationality
  Declaration/BorderTransportMeans/FirstArrivalLocationID  firstPort
  Declaration/BorderTransportMeans/ArrivalDateTime  date:day
  Declaration/BorderTransportMeans/DepartureDateTime  departedAt:time
  Declaration/BorderTransportMeans/Itinerary/RoutingCountryCode  routingCountries:texts
  Declaration/Carrier/ID                        carrier
  Declaration/Carrier/Name                      carrierName
  Declaration/LoadingLocation/ID                loadingPort
  Declaration/LoadingLocation/LoadingDateTime   loadedAt:time
  Declaration/UnloadingLocation/ID              dischargePort
  Declaration/UnloadingLocation/ArrivalDateTime date:day
  Declaration/RepresentativePerson/Name         representative
  Declaration/Consignment                       [bills]
`,
  { bills: BILL },
);

const KINDS: Readonly<Record<string, string>> = { MT1401: 'original', MT2401: 'preLoading' };

const manifest: XmlForm = {
  standard: 'MT1401',
  kind: 'manifest',
  read: ({ anchor }, problems) => {
    if (!childOf(anchor, 'declaration')) return [];
    const document: Document = {};
    if (!readRecord(anchor, MANIFEST, document, problems)) return [];
    const { type } = (document.message ?? {}) as { type?: string };
    document.kind = KINDS[type ?? ''] ?? 'original';
    // Road and rail have a batch number where ships have a voyage.
    if (document.id !== undefined) document.voyageNo ??= document.id;
    document.bills ??= [];
    for (const bill of document.bills as Document[]) settleBill(bill);
    return [document];
  },
};

/** A house bill is called by itself and names its master. */
function settleBill(bill: Document): void {
  if (bill.house !== undefined) {
    bill.master = bill.number;
    bill.number = bill.house;
    delete bill.house;
  }
  bill.items ??= [];
  bill.containers ??= [];
  for (const container of bill.containers as Document[]) {
    const seals = (container.seals ?? []) as Document[];
    container.seals = seals.map(({ number }) => number);
  }
  const [only, another] = bill.items as Document[];
  if (bill.description === undefined && only?.description !== undefined && !another) {
    bill.description = only.description;
  }
}

/** 原始舱单 (MT1401), and the pre-loading manifest (MT2401) that has the same shape. */
export const cargoManifest: XmlStandard = {
  syntax: 'xml',
  namespace: /:CN:MT\d{4}:/,
  forms: { Manifest: manifest },
  words: MANIFEST.words,
};
