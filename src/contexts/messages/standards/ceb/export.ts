import { below, table } from '../../reading/table.ts';

/** Cross-border e-commerce on its way out (出口统一版): orders, payments received, waybills, inventories and their withdrawal. */

const FILED = `
  guid               guid<36
  appType            function<1
  appTime            appliedAt:time14
  appStatus          filingStatus<3
  note               remarks<1000
`;

const TRADERS = `
  ebpCode            parties.platform.customsRegNo<18
  ebpName            parties.platform.name<100
  ebcCode            parties.merchant.customsRegNo<18
  ebcName            parties.merchant.name<100
`;

const GOODS = `
  gnum               lineNo:count
  itemNo             itemNo<30
  itemName           itemDescription<250
  itemDescribe       specification<1000
  barCode            barcode<50
  unit               unit<3
  currency           currency<3
  qty                quantity:number.5
  price              unitPrice:number.5
  totalPrice         value:number.5
  note               remarks<1000
`;

/** 出口订单. */
export const EXPORT_ORDER = table(
  `
  ${below(
    'OrderHead',
    `${FILED}${TRADERS}
    orderType        type<1
    orderNo          orderNo!<60
    goodsValue       goodsValue:number.5
    freight          freight:number.5
    currency         currency<3
  `,
  )}
  OrderList          [lines]
`,
  { lines: table(GOODS.replace('itemDescription', 'description')) },
);

/** 收款单. */
export const RECEIVED = table(`
  ${FILED}
  ${TRADERS}
  orderNo            orderNo!<60
  payCode            parties.payment.customsRegNo<18
  payName            parties.payment.name<100
  payNo              paymentNo<60
  charge             paid:number.5
  currency           currency<3
  accountingDate     paidAt:time
`);

/** 出口运单. */
export const EXPORT_WAYBILL = table(`
  ${FILED}
  logisticsCode      parties.carrier.customsRegNo<18
  logisticsName      parties.carrier.name<100
  logisticsNo        waybillNo!<60
  freight            freight:number.5
  insuredFee         insurance:number.5
  currency           currency<3
  grossWeight        grossMassKg:number.5
  packNo             packages.count:count
  goodsInfo          description<200
  ebcCode            parties.merchant.customsRegNo<18
  ebcName            parties.merchant.name<100
  ebcTelephone       parties.merchant.telephone<50
`);

const DECLARED = `
  customsCode        declarationOffice<4
  copNo              id<20
  preNo              preEntryNo<18
  invtNo             number<18
  agentCode          parties.declarant.customsRegNo<18
  agentName          parties.declarant.name<100
`;

/** 出口清单. */
export const EXPORT_INVENTORY = table(
  `
  ${below(
    'InventoryHead',
    `${FILED}${TRADERS}${DECLARED}
    orderNo          orderNo!<60
    logisticsCode    parties.carrier.customsRegNo<18
    logisticsName    parties.carrier.name<100
    logisticsNo      waybillNo<60
    ieFlag           ieFlag<1
    portCode         borderOffice<4
    ieDate           transport.date:day8
    declTime         declaredOn:day8
    statisticsFlag   statistics<1
    ownerCode        parties.owner.customsRegNo<18
    ownerName        parties.owner.name<100
    iacCode          parties.warehouse.customsRegNo<18
    iacName          parties.warehouse.name<100
    emsNo            ledger<30
    tradeMode        supervisionMode<4
    trafMode         transport.mode<1
    trafName         transport.conveyance<100
    voyageNo         transport.voyageNo<32
    billNo           transport.transportDocNo<37
    totalPackageNo   totalPackageNo<60
    loctNo           premises<10
    licenseNo        licenceNo<19
    country          transport.partnerCountry<3
    POD              transport.port<4
    freight          freight:number.5
    fCurrency        freightCurrency<3
    fFlag            freightMark<1
    insuredFee       insurance:number.5
    iCurrency        insuranceCurrency<3
    iFlag            insuranceMark<1
    wrapType         packages.kind<2
    packNo           packages.count:count
    grossWeight      grossMassKg:number.5
    netWeight        netMassKg:number.5
  `,
  )}
  InventoryList      [lines]
`,
  {
    lines: table(`
      ${GOODS}
      itemRecordNo     recordPartNo<30
      gcode            hsCode<10
      gname            description<250
      gmodel           specification<510
      country          destinationCountry<3
      qty1             statutoryQuantity:number.5
      unit1            statutoryUnit<3
      qty2             secondQuantity:number.5
      unit2            secondUnit<3
    `),
  },
);

/** 出口清单撤销申请单. */
export const EXPORT_WITHDRAWAL = table(`
  ${FILED}
  ${TRADERS}
  ${DECLARED}
  reason             reason<1000
`);
