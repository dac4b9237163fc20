import type { Fact, FactType } from './contract.ts';

const CLEARANCE = 'clearance: the declaration as filed';
const PARTIES = 'parties: the certification grade in force on the day of the decision';

const fact = (
  name: string,
  type: FactType,
  unit: string | null,
  zh: string,
  en: string,
  source = CLEARANCE,
): Fact => ({ name, type, unit, label: { zh, en }, source });

/**
 * The facts a declaration states. They stand here, below every context that speaks them, because
 * two contexts of different tiers must mean the same by them: the pool's mappings turn columns of a
 * file into these names, and clearance states them of a filed declaration. `goods.*` is the main
 * line, the one of the largest value.
 */
export const declaredFacts: readonly Fact[] = [
  fact('declaration.id', 'text', null, '报关单编号', 'declaration id'),
  fact('declaration.ieFlag', 'text', null, '进出口标志', 'import or export'),
  fact('declaration.office', 'text', null, '申报地海关', 'office of declaration'),
  fact('declaration.borderOffice', 'text', null, '进出境关别', 'office of entry or exit'),
  fact('declaration.mode', 'text', null, '监管方式', 'supervision mode'),
  fact('declaration.filing', 'text', null, '申报方式', 'kind of filing'),
  fact('declaration.value', 'number', 'currency', '申报总价', 'declared total value'),
  fact('declaration.currency', 'text', null, '币制', 'currency'),
  fact('declaration.netMass', 'number', 'kg', '总净重', 'total net mass'),
  fact('declaration.grossMass', 'number', 'kg', '毛重', 'gross mass'),
  fact('declaration.packages', 'integer', null, '件数', 'number of packages'),
  fact('declaration.lines', 'integer', null, '商品项数', 'number of lines'),
  fact('declaration.processType', 'text', null, '通关方式', 'process type'),
  fact('declaration.importType', 'text', null, '进口类型', 'import type'),
  fact('declaration.importUse', 'text', null, '进口用途', 'import use'),
  fact('declaration.paymentType', 'text', null, '付汇方式', 'payment type'),
  fact('goods.hs', 'text', null, '商品编码', 'tariff code as declared'),
  fact('goods.hs6', 'text', null, '六位商品编码', 'six-digit HS code'),
  fact('goods.origin', 'text', null, '原产国（地区）', 'country of origin'),
  fact('goods.originIndicator', 'text', null, '原产地标识方式', 'origin marking'),
  fact('goods.description', 'text', null, '商品名称', 'description of goods'),
  fact('goods.quantity', 'number', 'goods.unit', '申报数量', 'declared quantity'),
  fact('goods.unit', 'text', null, '计量单位', 'unit of quantity'),
  fact('goods.netMass', 'number', 'kg', '净重', 'net mass'),
  fact('goods.value', 'number', 'currency', '商品总价', 'value of the line'),
  fact('goods.preference', 'text', null, '优惠贸易协定', 'preferential agreement claimed'),
  fact('goods.taxRate', 'number', '%', '税率', 'rate of duty'),
  fact('goods.taxType', 'text', null, '税率种类', 'type of duty rate'),
  fact(
    'route.departure',
    'text',
    null,
    '启运国/运抵国（地区）',
    'country of departure or destination',
  ),
  fact('route.mode', 'text', null, '运输方式', 'mode of transport'),
  fact('party.declarant', 'text', null, '申报单位', 'declarant'),
  fact('party.importer', 'text', null, '境内收发货人', 'domestic consignee or consignor'),
  fact('party.seller', 'text', null, '境外收发货人', 'overseas party'),
  fact('party.carrier', 'text', null, '承运人', 'carrier'),
  fact('party.courier', 'text', null, '快件运营人', 'courier'),
  fact('party.importerGrade', 'text', null, '企业信用等级', 'certification grade', PARTIES),
];
