import type { XmlForm } from '../../reading/standard.ts';
import { hasSubstance } from '../../reading/substance.ts';
import { type Document, readRecord, table } from '../../reading/table.ts';

/** ASYCUDA World, manifest: what a carrier brings (Awmds), and the houses under a master (Awbolds, Awmcds). */

const party = (element: string, target: string): string => `
  Traders_segment/${element}/${element}_code     ${target}.id
  Traders_segment/${element}/${element}_name     ${target}.name
  Traders_segment/${element}/${element}_address  ${target}.address
`;

const CONTAINER = table(`
  Ctn_reference            number
  Number_of_packages       packages:count
  Type_of_container        sizeType
  Empty_Full               fullness
  Marks1                   seals:texts
  Marks2                   seals:texts
  Marks3                   seals:texts
  Sealing_Party            sealedBy
  Empty_weight             emptyWeight:number
  Goods_weight             goodsWeight:number
  Temperature              temperature.value:number
  Dangerous_goods          dangerousCode
`);

const GOODS = table(`
  Number_of_packages       packages:count
  Package_type_code        packageKind
  Package_type_name        packageKindName
  Gross_mass               grossMassKg:number
  Net_mass                 netMassKg:number
  Shipping_marks           marks
  Goods_description        description
  Volume_in_cubic_meters   volumeM3:number
  Num_of_ctn_for_this_bol  containerCount:count
  Information              remarks
  Commodity_code           hsCode
  HS_code                  hsCode
  Commodity_Segment/Commodity_code  hsCode
  Seals_segment/Number_of_seals     sealCount:count
  Seals_segment/Marks_of_seals      sealMarks
  Seals_segment/Sealing_party_code  sealedBy
`);

const HS = table(`
  HS_code                  hsCode
  Commercial_description   description
  Number_of_packages       packages:count
  Gross_mass               grossMassKg:number
  Volume_in_cubic_meters   volumeM3:number
  Package_type_code        packageKind
  Country_of_origin        originCountry
`);

const value = (element: string, name: string, target: string): string => `
  Value_segment/${element}/${name}_value      ${target}:number
  Value_segment/${element}/${name}_currency   ${target}Currency
`;

const BILL = table(
  `
  Bol_id/Bol_reference            number
  Bol_id/Line_number              sequence
  Bol_id/Bol_nature               nature
  Bol_id/Nature                   nature
  Bol_id/DG_status                dangerousCode
  Bol_id/Bol_type_code            documentKind
  Bol_id/Master_bol_ref_number    master
  Bol_id/Unique_carrier_reference ucr
  Consolidated_Cargo              consolidated
  Load_unload_place/Port_of_origin_code      originalLoadingPort
  Load_unload_place/Place_of_loading_code    loadingPort
  Load_unload_place/Place_of_unloading_code  dischargePort
  ${party('Carrier', 'carrierParty')}
  ${party('Shipping_Agent', 'carrierAgent')}
  ${party('Exporter', 'shipper')}
  ${party('Notify', 'notify')}
  ${party('Consignee', 'consignee')}
  ctn_segment                     [containers]
  Goods_segment                   [items]
  HS_Compliance                   [commodities]
  ${value('Freight_segment', 'Freight', 'freight')}
  ${value('Customs_segment', 'Customs', 'value')}
  ${value('Insurance_segment', 'Insurance', 'insurance')}
  ${value('Transport_segment', 'Transport', 'transportCost')}
  Value_segment/Freight_segment/PC_indicator  freightPayment
  Location/Location_code          goodsLocation
  Location/Location_info          goodsLocationName
  Remarks                         remarks
`,
  { containers: CONTAINER, items: GOODS, commodities: HS },
);

const TRANSPORT = 'General_segment/Transport_information';
const MANIFEST = table(
  `
  General_segment/General_segment_id/Customs_office_code   office
  General_segment/General_segment_id/Voyage_number         voyageNo
  General_segment/General_segment_id/Import_Rotation       id
  General_segment/General_segment_id/Registration_number   number
  General_segment/General_segment_id/Date_of_departure     departedAt:time
  General_segment/General_segment_id/Date_of_arrival       date:day
  General_segment/General_segment_id/Time_of_arrival       arrivalTime
  General_segment/General_segment_id/Date_of_last_discharge  dischargedOn:day
  General_segment/Totals_segment/Total_number_of_bols        totals.bills:count
  General_segment/Totals_segment/Total_number_of_packages    totals.packages:count
  General_segment/Totals_segment/Total_number_of_containers  totals.containers:count
  General_segment/Totals_segment/Total_gross_mass            totals.grossMassKg:number
  ${TRANSPORT}/Carrier/Carrier_code                        carrier
  ${TRANSPORT}/Carrier/Carrier_name                        carrierName
  ${TRANSPORT}/Carrier/Carrier_address                     carrierAddress
  ${TRANSPORT}/Shipping_Agent/Shipping_Agent_code          agent
  ${TRANSPORT}/Shipping_Agent/Shipping_Agent_name          agentName
  ${TRANSPORT}/Mode_of_transport_code                      conveyance.mode
  ${TRANSPORT}/Identity_of_transporter                     conveyance.name
  ${TRANSPORT}/Nationality_of_transporter_code             conveyance.nationality
  ${TRANSPORT}/Place_of_transporter                        conveyance.registeredAt
  ${TRANSPORT}/Registration_number_of_transport_code       conveyance.registration
  ${TRANSPORT}/Date_of_registration                        conveyance.registeredOn:day
  ${TRANSPORT}/Master_information                          conveyance.master
  General_segment/Load_unload_place/Place_of_departure_code    loadingPort
  General_segment/Load_unload_place/Place_of_destination_code  dischargePort
  General_segment/Tonnage/Tonnage_net_weight               conveyance.netTonnage:number
  General_segment/Tonnage/Tonnage_gross_weight             conveyance.grossTonnage:number
  General_segment/Customs_office_code                      office
  General_segment/Voyage_number                            voyageNo
  General_segment/Date_of_departure                        departedAt:time
  General_segment/Nature                                   nature
  Master_bol/Customs_office_code                           office
  Master_bol/Voyage_number                                 voyageNo
  Master_bol/Date_of_departure                             departedAt:time
  Master_bol/Reference_number                              master
  Bol_segment                                              [bills]
`,
  { bills: BILL },
);

/** A manifest of ASYCUDA has no number of its own: its voyage, office and day together are one. */
export const awmds: XmlForm = {
  standard: 'ASYCUDA-AWMDS',
  kind: 'manifest',
  read: ({ anchor }, problems) => {
    const document: Document = {};
    if (!readRecord(anchor, MANIFEST, document, problems)) return [];
    document.kind = 'original';
    document.bills ??= [];
    for (const bill of document.bills as Document[]) {
      if (document.master !== undefined) bill.master ??= document.master;
      settleBill(bill);
    }
    return hasSubstance('manifest', document) ? [document] : [];
  },
};

/** A bill has the figures of its goods where it is of one kind of goods. */
function settleBill(bill: Document): void {
  bill.containers ??= [];
  for (const container of bill.containers as Document[]) container.seals ??= [];
  if (bill.valueCurrency !== undefined) bill.currency = bill.valueCurrency;
  delete bill.valueCurrency;
  const items = (bill.items ?? []) as Document[];
  bill.items = items;
  const [only, another] = items;
  if (!only || another) return;
  const [commodity, more] = (bill.commodities ?? []) as Document[];
  if (commodity && !more) only.hsCode ??= commodity.hsCode;
  for (const name of OF_GOODS) if (only[name] !== undefined) bill[name] ??= only[name];
}

const OF_GOODS = [
  ...['packages', 'packageKind', 'grossMassKg', 'volumeM3', 'description', 'marks', 'hsCode'],
];

export const AWMDS_WORDS = MANIFEST.words;
