import { codes } from '../../reading/codes.ts';
import type { Problems } from '../../reading/problems.ts';
import type { XmlForm, XmlStandard } from '../../reading/standard.ts';
import { hasSubstance } from '../../reading/substance.ts';
import { type Document, readRecord, table } from '../../reading/table.ts';
import { childOf, type Element, placeOf } from '../../reading/xml.ts';

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
  SealID                         sealNumbers:texts
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

const packaging = (element: string): string => `
  ${element}/QuantityQuantity            packages:count
  ${element}/QuantityQuantity@unitCode   packageKind
  ${element}/TypeCode                    packageKind
  ${element}/MarksNumbers                marks
  ${element}/MarksNumbersID              marks
`;

const ITEM = table(
  `
  SequenceNumeric                        lineNo:count
  AdditionalInformation/Content          remarks
  Commodity/CargoDescription             description
  Commodity/Description                  specification
  Commodity/Classification/ID            hsCode
  Commodity/Classification/IdentificationTypeCode  -
  Commodity/ValueAmount                  value:number
  Commodity/ValueAmount@currencyID       currency
  Commodity/UNDG/ID                      dangerous.unNumber
  Commodity/UNDGCode                     dangerous.unNumber
  Commodity/DangerousGoods/UNDGID        dangerous.unNumber
  GoodsMeasure/GrossMassMeasure          grossMassKg:mass
  GoodsMeasure/NetNetWeightMeasure       netMassKg:mass
  ${packaging('Packaging')}
  ${packaging('ConsignmentItemPackaging')}
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
  TransportSplitIndicator                            splitBill
  ConsignmentPackaging/QuantityQuantity              packages:count
  ConsignmentPackaging/TypeCode                      packageKind
  TotalPackageQuantity                               packages:count
  TotalPackageQuantity@unitCode                      packageKind
  TotalGrossMassMeasure                              grossMassKg:mass
  GovernmentAgencyGoodsItem/GoodsMeasure/GrossMassMeasure           grossMassKg:mass
  ValueAmount                                        value:number
  ValueAmount@currencyID                             currency
  CustomsStatusCode                                  customsStatus
  BorderTransportMeans/Itinerary/RoutingCountryCode  routingCountries:texts
  Freight/PaymentMethodCode                          freightPayment
  FreightPayment/MethodCode                          freightPayment
  GovernmentProcedure/CurrentCode                    procedures:texts
  GoodsReceiptPlace/ID                               receiptPlace
  GoodsReceiptPlace/Name                             receiptPlaceName
  LoadingLocation/ID                                 loadingPort
  LoadingLocation/Name                               loadingPortName
  LoadingLocation/LoadingDateTime                    loadedAt:time
  LoadingLocation/LoadingDate                        loadedAt:time
  UnloadingLocation/ID                               dischargePort
  UnloadingLocation/Name                             dischargePortName
  UnloadingLocation/ArrivalDateTime                  date:day
  UnloadingLocation/ArrivalDate                      date:day
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
  SequenceNumeric                                    sequence
  GoodsLocation/ID                                   goodsLocation
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
  Declaration/DeclarationOffice/ID              office
  Declaration/ExitCustomsOffice/ID              exitOffice
  Declaration/EntryCustomsOffice/ID             entryOffice
  Declaration/ID                                id
  Declaration/FunctionalReferenceID             reference
  Declaration/FunctionCode                      function
  Declaration/TypeCode                          declarationType
  Declaration/Declarant/ID                      declarant
  Declaration/Submitter/ID                      declarant
  Declaration/ExitOffice/ID                     exitOffice
  Declaration/EntryOffice/ID                    entryOffice
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
  Declaration/BorderTransportMeans/ArrivalDate  date:day
  Declaration/BorderTransportMeans/DepartureDateTime  departedAt:time
  Declaration/BorderTransportMeans/Itinerary/RoutingCountryCode  routingCountries:texts
  Declaration/Carrier/ID                        carrier
  Declaration/Carrier/Name                      carrierName
  Declaration/LoadingLocation/ID                loadingPort
  Declaration/LoadingLocation/LoadingDateTime   loadedAt:time
  Declaration/LoadingLocation/LoadingDate       loadedAt:time
  Declaration/UnloadingLocation/ID              dischargePort
  Declaration/UnloadingLocation/ArrivalDateTime date:day
  Declaration/UnloadingLocation/ArrivalDate     date:day
  Declaration/RepresentativePerson/Name         representative
  Declaration/Consignment                       [bills]
`,
  { bills: BILL },
);

/** What the first digit of a type says; the second is how the goods travel. */
const KINDS = codes({
  '1': 'original',
  '2': 'preLoading',
  '3': 'arrival',
  '5': 'tally',
});

const typeOf = ({ message }: Document): string =>
  String((message as Document | undefined)?.type ?? '');
const TYPE = /^MT\d{4}$/;

/**
 * A cargo report of the WCO data model: the declaration of a carrier, with its consignments right in it. It is read by
 * the words of the model that this profile has too.
 */
export function readCargoReport(declaration: Element, problems: Problems): Document | null {
  const document: Document = {};
  const alone: Element = { ...declaration, attributes: null, text: '', children: [declaration] };
  if (!readRecord(alone, MANIFEST, document, problems)) return null;
  document.kind = 'original';
  document.id ??= document.reference;
  settleManifest(document);
  return hasSubstance('manifest', document) ? document : null;
}

const manifest: XmlForm = {
  standard: 'MT1401',
  kind: 'manifest',
  called: (document) => (TYPE.test(typeOf(document)) ? { standard: typeOf(document) } : null),
  read: ({ anchor }, problems) => {
    if (!childOf(anchor, 'declaration')) return [];
    const document: Document = {};
    if (!readRecord(anchor, MANIFEST, document, problems)) return [];
    const type = typeOf(document);
    checkType(anchor, type, problems);
    document.kind = TYPE.test(type) ? (KINDS.get(type.charAt(2)) ?? type) : 'original';
    // Road and rail have a batch number where ships have a voyage.
    if (document.id !== undefined) document.voyageNo ??= document.id;
    settleManifest(document);
    return hasSubstance('manifest', document) ? [document] : [];
  },
};

function settleManifest(document: Document): void {
  const office = document.office ?? document.exitOffice ?? document.entryOffice;
  if (office !== undefined) document.office = office;
  withoutZone(document);
  document.bills ??= [];
  for (const bill of document.bills as Document[]) {
    withoutZone(bill);
    settleBill(bill);
  }
}

/** The head and the namespace both name the type; the head counts, and that they differ is told. */
function checkType(anchor: Element, type: string, problems: Problems): void {
  const found = /:CN:(MT\d{4})/.exec(anchor.attributes?.xmlns ?? '')?.[1];
  if (found === undefined || type === '' || found === type) return;
  const told = { seen: found, params: { found: type } };
  problems.warning('messages.type_not_as_declared', placeOf(anchor), told);
}

/** Behind a time of loading stands its zone by the country's dialling code, 086, and not thousandths of a second. */
function withoutZone(holder: Document): void {
  if (typeof holder.loadedAt === 'string') holder.loadedAt = holder.loadedAt.replace(/\.086$/, '');
}

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
    const sealing = seals
      .filter(({ agency }) => agency !== undefined)
      .map(({ number, agency }) => ({ number, by: agency }));
    if (sealing.length > 0) container.sealing = sealing;
    const plain = (container.sealNumbers ?? []) as unknown[];
    delete container.sealNumbers;
    container.seals = [...new Set([...seals.map(({ number }) => number), ...plain])];
  }
  const [only, another] = bill.items as Document[];
  if (bill.description === undefined && only?.description !== undefined && !another) {
    bill.description = only.description;
  }
}

/** 原始舱单 (MT1401, by sea MT1101, by air MT1201), and the pre-loading manifests (MT2401 and its like) of the same shape. */
export const cargoManifest: XmlStandard = {
  syntax: 'xml',
  namespace: /:CN:MT\d{4}:/,
  forms: { Manifest: manifest },
  words: MANIFEST.words,
};
