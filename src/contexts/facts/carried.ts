import type { Fact, FactType } from './contract.ts';

const fact = (name: string, type: FactType, unit: string | null, zh: string, en: string): Fact => ({
  name,
  type,
  unit,
  label: { zh, en },
  source: 'cargo: the bill as manifested, before its goods arrive',
});

/**
 * The facts a bill states before its goods arrive. They stand here, below cargo which states them,
 * because risk must know a fact's name and type before a rule may speak of it.
 */
export const carriedFacts: readonly Fact[] = [
  fact('bill.number', 'text', null, '提单号', 'bill number'),
  fact('bill.direction', 'text', null, '进出境', 'inward or outward'),
  fact('bill.office', 'text', null, '进出境关别', 'office of entry or exit'),
  fact('bill.mode', 'text', null, '运输方式', 'mode of transport'),
  fact('bill.carrier', 'text', null, '承运人', 'carrier'),
  fact('bill.conveyance', 'text', null, '运输工具', 'conveyance'),
  fact('bill.loadingPort', 'text', null, '装货港', 'port of loading'),
  fact('bill.loadingCountry', 'text', null, '装货国（地区）', 'country of loading'),
  fact('bill.dischargePort', 'text', null, '卸货港', 'port of discharge'),
  fact('bill.description', 'text', null, '舱单货名', 'description on the manifest'),
  fact('bill.shipper', 'text', null, '发货人', 'shipper'),
  fact('bill.consignee', 'text', null, '收货人', 'consignee'),
  fact('bill.consigneeCode', 'text', null, '收货人代码', 'code of the consignee'),
  fact('bill.packages', 'integer', null, '件数', 'packages'),
  fact('bill.packageKind', 'text', null, '包装种类', 'kind of packages'),
  fact('bill.grossMass', 'number', 'kg', '毛重', 'gross mass'),
  fact('bill.massPerPackage', 'number', 'kg', '每件毛重', 'gross mass per package'),
  fact('bill.containers', 'integer', null, '集装箱数', 'containers'),
  fact('bill.houses', 'integer', null, '分提单数', 'house bills'),
  fact('bill.isHouse', 'boolean', null, '是否分提单', 'is a house bill'),
  fact('bill.isDangerous', 'boolean', null, '是否危险货物', 'marked as dangerous'),
  fact('bill.unNumber', 'text', null, 'UN 编号', 'UN number'),
];
