import { table } from '../../reading/table.ts';

/**
 * The unified import edition of cross-border e-commerce, 2022-05: element, our field, and from the
 * schema whether it must be there, how long it may be and how many places an amount may have.
 */

const ORDER_LINE = table(`
  gnum               lineNo:count!
  itemNo             itemNo<30
  itemName           description!<250
  gmodel             specification!<510
  itemDescribe       itemDescription<1000
  barCode            barcode<50
  unit               unit!<3
  qty                quantity:number.5!
  price              unitPrice:number.5!
  totalPrice         value:number.5!
  currency           currency!<3
  country            originCountry!<3
  note               remarks<1000
`);

export const ORDER = table(
  `
  OrderHead/guid                  guid!<36
  OrderHead/appType               function!<1
  OrderHead/appTime               appliedAt:time14!
  OrderHead/appStatus             filingStatus!<3
  OrderHead/orderType             type!<1
  OrderHead/orderNo               orderNo!<60
  OrderHead/ebpCode               parties.platform.customsRegNo!<18
  OrderHead/ebpName               parties.platform.name!<100
  OrderHead/ebcCode               parties.merchant.customsRegNo!<18
  OrderHead/ebcName               parties.merchant.name!<100
  OrderHead/goodsValue            goodsValue:number.5!
  OrderHead/freight               freight:number.5!
  OrderHead/discount              discount:number.5!
  OrderHead/taxTotal              taxTotal:number.5!
  OrderHead/acturalPaid           paid:number.5!
  OrderHead/currency              currency!<3
  OrderHead/buyerRegNo            parties.buyer.registration!<60
  OrderHead/buyerName             parties.buyer.name!<60
  OrderHead/buyerTelephone        parties.buyer.telephone!<30
  OrderHead/buyerIdType           parties.buyer.idType!<1
  OrderHead/buyerIdNumber         parties.buyer.idNumber!<60
  OrderHead/payCode               parties.payment.customsRegNo<18
  OrderHead/payName               parties.payment.name<100
  OrderHead/payTransactionId      paymentNo<60
  OrderHead/batchNumbers          batchNo<100
  OrderHead/consignee             parties.consignee.name!<100
  OrderHead/consigneeTelephone    parties.consignee.telephone!<50
  OrderHead/consigneeAddress      parties.consignee.address!<200
  OrderHead/consigneeDistrict     parties.consignee.district<6
  OrderHead/note                  remarks<1000
  OrderList                       [lines]
`,
  { lines: ORDER_LINE },
);

const INVENTORY_LINE = table(`
  gnum               lineNo:count!
  itemRecordNo       recordPartNo<30
  itemNo             itemNo<20
  itemName           itemDescription<250
  gcode              hsCode!<10
  gname              description!<250
  gmodel             specification!<510
  barCode            barcode<50
  country            originCountry!<3
  tradeCountry       tradeCountry<3
  currency           currency!<3
  qty                quantity:number.5!
  unit               unit!<3
  qty1               statutoryQuantity:number.5!
  unit1              statutoryUnit!<3
  qty2               secondQuantity:number.5
  unit2              secondUnit<3
  price              unitPrice:number.5!
  totalPrice         value:number.5!
  note               remarks<1000
`);

export const INVENTORY = table(
  `
  InventoryHead/guid              guid!<36
  InventoryHead/appType           function!<1
  InventoryHead/appTime           appliedAt:time14!
  InventoryHead/appStatus         filingStatus!<3
  InventoryHead/orderNo           orderNo!<60
  InventoryHead/ebpCode           parties.platform.customsRegNo!<18
  InventoryHead/ebpName           parties.platform.name!<100
  InventoryHead/ebcCode           parties.merchant.customsRegNo!<18
  InventoryHead/ebcName           parties.merchant.name!<100
  InventoryHead/logisticsNo       waybillNo!<60
  InventoryHead/logisticsCode     parties.carrier.customsRegNo!<18
  InventoryHead/logisticsName     parties.carrier.name!<100
  InventoryHead/copNo             id<20
  InventoryHead/preNo             preEntryNo<18
  InventoryHead/assureCode        guarantor!<30
  InventoryHead/emsNo             ledger<30
  InventoryHead/invtNo            number<18
  InventoryHead/ieFlag            ieFlag!<1
  InventoryHead/declTime          declaredOn:day8!
  InventoryHead/customsCode       declarationOffice!<4
  InventoryHead/portCode          borderOffice!<4
  InventoryHead/ieDate            transport.date:day8
  InventoryHead/buyerIdType       parties.buyer.idType!<1
  InventoryHead/buyerIdNumber     parties.buyer.idNumber!<60
  InventoryHead/buyerName         parties.buyer.name!<60
  InventoryHead/buyerTelephone    parties.buyer.telephone!<30
  InventoryHead/consigneeAddress  parties.consignee.address!<200
  InventoryHead/agentCode         parties.declarant.customsRegNo!<18
  InventoryHead/agentName         parties.declarant.name!<100
  InventoryHead/areaCode          parties.warehouse.customsRegNo<18
  InventoryHead/areaName          parties.warehouse.name<100
  InventoryHead/tradeMode         supervisionMode!<4
  InventoryHead/trafMode          transport.mode!<1
  InventoryHead/trafNo            transport.conveyance<100
  InventoryHead/voyageNo          transport.voyageNo<32
  InventoryHead/billNo            transport.transportDocNo<37
  InventoryHead/loctNo            premises<10
  InventoryHead/licenseNo         licenceNo<19
  InventoryHead/country           transport.partnerCountry!<3
  InventoryHead/freight           freight:number.5!
  InventoryHead/insuredFee        insurance:number.5!
  InventoryHead/currency          currency!<3
  InventoryHead/wrapType          packages.kind<1
  InventoryHead/packNo            packages.count:count!
  InventoryHead/grossWeight       grossMassKg:number.5!
  InventoryHead/netWeight         netMassKg:number.5!
  InventoryHead/note              remarks<1000
  InventoryList                   [lines]
`,
  { lines: INVENTORY_LINE },
);

export const INVENTORY_RETURN = table(`
  guid               guid!<36
  customsCode        declarationOffice<4
  ebpCode            parties.platform.customsRegNo<18
  ebcCode            parties.merchant.customsRegNo<18
  agentCode          parties.declarant.customsRegNo<18
  copNo              id!<20
  preNo              preEntryNo!<18
  invtNo             number<18
  returnStatus       status!<10
  returnTime         answeredAt:time14!
  returnInfo         text!<1000
`);

export const ORDER_RETURN = table(`
  guid               guid!<36
  ebpCode            parties.platform.customsRegNo!<18
  ebcCode            parties.merchant.customsRegNo!<18
  orderNo            orderNo!<60
  returnStatus       status!<10
  returnTime         answeredAt:time14!
  returnInfo         text!<1000
`);

/** Who sends it, and by which way: the same at the end of every message. */
export const TRANSFER = table(`
  BaseTransfer/copCode           sender
  BaseTransfer/copName           senderName
  BaseTransfer/dxpMode           channelKind
  BaseTransfer/dxpId             channel
  BaseTransfer/note              note
`);
