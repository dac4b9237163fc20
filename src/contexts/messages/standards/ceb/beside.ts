import { below, table } from '../../reading/table.ts';

/** What stands beside orders and inventories in the same edition: payments, waybills, withdrawals, returns, taxes. */

const FILED = `
  guid               guid!<36
  appType            function!<1
  appTime            appliedAt:time14!
  appStatus          filingStatus!<3
  note               remarks<1000
`;

const CARRIER = `
  logisticsCode      parties.carrier.customsRegNo!<18
  logisticsName      parties.carrier.name!<100
  logisticsNo        waybillNo!<60
`;

/** 支付凭证. */
export const PAYMENT = table(`
  ${below('PaymentHead', FILED)}
  PaymentHead/payCode           parties.payment.customsRegNo!<18
  PaymentHead/payName           parties.payment.name!<100
  PaymentHead/payTransactionId  paymentNo!<60
  PaymentHead/orderNo           orderNo!<60
  PaymentHead/ebpCode           parties.platform.customsRegNo!<18
  PaymentHead/ebpName           parties.platform.name!<100
  PaymentHead/payerIdType       parties.buyer.idType!<1
  PaymentHead/payerIdNumber     parties.buyer.idNumber!<60
  PaymentHead/payerName         parties.buyer.name!<60
  PaymentHead/telephone         parties.buyer.telephone<60
  PaymentHead/amountPaid        paid:number.5!
  PaymentHead/currency          currency!<3
  PaymentHead/payTime           paidAt:time14!
`);

/** 物流运单. */
export const WAYBILL = table(`
  ${below('LogisticsHead', FILED + CARRIER)}
  LogisticsHead/billNo              transport.transportDocNo<37
  LogisticsHead/orderNo             orderNo!<60
  LogisticsHead/freight             freight:number.5
  LogisticsHead/insuredFee          insurance:number.5
  LogisticsHead/currency            currency!<3
  LogisticsHead/weight              grossMassKg:number.5!
  LogisticsHead/packNo              packages.count:count!
  LogisticsHead/goodsInfo           description<200
  LogisticsHead/consignee           parties.consignee.name!<100
  LogisticsHead/consigneeAddress    parties.consignee.address!<200
  LogisticsHead/consigneeTelephone  parties.consignee.telephone!<50
`);

/** 物流运单状态. */
export const WAYBILL_STATUS = table(`
  ${FILED}
  ${CARRIER}
  logisticsStatus    deliveryStatus!<1
  logisticsTime      deliveredAt:time14!
`);

const OF_INVENTORY = `
  ${FILED}
  customsCode        declarationOffice!<4
  orderNo            orderNo!<60
  ebpCode            parties.platform.customsRegNo!<18
  ebpName            parties.platform.name!<100
  ebcCode            parties.merchant.customsRegNo!<18
  ebcName            parties.merchant.name!<100
  ${CARRIER}
  copNo              id<20
  preNo              preEntryNo<18
  invtNo             number!<18
  buyerIdType        parties.buyer.idType!<1
  buyerIdNumber      parties.buyer.idNumber!<60
  buyerName          parties.buyer.name!<60
  buyerTelephone     parties.buyer.telephone!<30
  agentCode          parties.declarant.customsRegNo!<18
  agentName          parties.declarant.name!<100
  reason             reason!<1000
`;

/** 撤销申请单. */
export const WITHDRAWAL = table(OF_INVENTORY);

/** 退货申请单. */
export const GOODS_RETURN = table(
  `
  ${below('InvtRefundHead', OF_INVENTORY)}
  InvtRefundList     [lines]
`,
  {
    lines: table(`
      gnum           lineNo:count!
      gcode          hsCode!<10
      gname          description!<250
      qty            quantity:number.5!
      unit           unit!<3
      note           remarks<1000
    `),
  },
);

/** 入库明细单. */
export const WAREHOUSE_ENTRY = table(
  `
  ${below('DeliveryHead', FILED)}
  DeliveryHead/customsCode     declarationOffice!<4
  DeliveryHead/copNo           id<20
  DeliveryHead/preNo           preEntryNo<18
  DeliveryHead/rkdNo           number<18
  DeliveryHead/operatorCode    parties.operator.customsRegNo!<18
  DeliveryHead/operatorName    parties.operator.name!<100
  DeliveryHead/ieFlag          ieFlag!<1
  DeliveryHead/trafMode        transport.mode!<1
  DeliveryHead/trafNo          transport.conveyance!<100
  DeliveryHead/voyageNo        transport.voyageNo!<32
  DeliveryHead/billNo          transport.transportDocNo!<37
  DeliveryHead/logisticsCode   parties.carrier.customsRegNo!<18
  DeliveryHead/logisticsName   parties.carrier.name!<100
  DeliveryHead/unloadLocation  transport.goodsLocation<100
  DeliveryList                 [lines]
`,
  {
    lines: table(`
      gnum           lineNo:count!
      logisticsNo    waybillNo!<60
      note           remarks<1000
    `),
  },
);

const TAX_HEAD = `
  guid               guid!<36
  returnTime         answeredAt:time14!
  invtNo             number!<18
  taxNo              taxNo!<50
  customsTax         taxes.duty:number.5
  valueAddedTax      taxes.vat:number.5
  consumptionTax     taxes.consumption:number.5
  status             status!<1
  entDutyNo          paymentNo<50
  note               remarks<1000
  assureCode         guarantor<64
  ebcCode            parties.merchant.customsRegNo<64
  logisticsCode      parties.carrier.customsRegNo<64
  agentCode          parties.declarant.customsRegNo<18
  customsCode        declarationOffice<4
`;

/** 电子税单, and what became of it. */
export const TAX_NOTICE = table(
  `
  ${below('TaxHeadRd', TAX_HEAD.replaceAll('!', ''))}
  ${below('TaxHeadStatus', TAX_HEAD.replaceAll('!', ''))}
  TaxListRd          [lines]
`,
  {
    lines: table(`
      gnum           lineNo:count!
      gcode          hsCode!<10
      taxPrice       customsValue:number.5!
      customsTax     taxes.duty:number.5!
      valueAddedTax  taxes.vat:number.5!
      consumptionTax taxes.consumption:number.5!
    `),
  },
);

/** 回执 of all of these. */
export const RETURN = table(`
  guid               guid!<36
  customsCode        declarationOffice<4
  payCode            parties.payment.customsRegNo<18
  payTransactionId   paymentNo<60
  logisticsCode      parties.carrier.customsRegNo<18
  logisticsNo        waybillNo<60
  logisticsStatus    deliveryStatus<1
  operatorCode       parties.operator.customsRegNo<18
  agentCode          parties.declarant.customsRegNo<18
  ebpCode            parties.platform.customsRegNo<18
  ebcCode            parties.merchant.customsRegNo<18
  copNo              id<20
  preNo              preEntryNo<18
  invtNo             number<18
  rkdNo              entryNo<18
  returnStatus       status!<10
  returnTime         answeredAt:time14!
  returnInfo         text!<5000
  oriCopMsgId        original.reference<255
  oriMessageType     original.type<15
  oriBizMessage      -
`);
