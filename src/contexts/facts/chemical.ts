import type { Fact, FactType } from './contract.ts';

const fact = (name: string, type: FactType, zh: string, en: string): Fact => ({
  name,
  type,
  unit: null,
  label: { zh, en },
  source:
    'chemicals: what the goods of the most telling line are, by name, formula, CAS or UN number',
});

/**
 * What the goods really are, as far as their description tells. They stand here, below chemicals
 * which states them, because risk must know a fact before a check or a rule may speak of it. A
 * declaration whose goods were not recognised as a substance states none of them.
 */
export const chemicalFacts: readonly Fact[] = [
  fact('chemical.cas', 'text', 'CAS 号', 'CAS number'),
  fact('chemical.substance', 'text', '识别出的物质', 'substance recognised'),
  fact('chemical.lineNo', 'integer', '所在商品项', 'line it stands in'),
  fact('chemical.likelihood', 'number', '识别把握', 'likelihood of the recognition'),
  fact('chemical.list', 'text', '管制清单', 'list it is on'),
  fact('chemical.listClass', 'text', '清单类别', 'class of the list'),
  fact(
    'chemical.isControlled',
    'boolean',
    '是否受管制（请补充浓度、是否复方制剂、流向）',
    'whether it is controlled (tell the concentration, whether a compound medicine, and whereto)',
  ),
  fact(
    'chemical.isLicensed',
    'boolean',
    '是否申报了所需许可证',
    'whether the licence it takes is named',
  ),
  fact(
    'chemical.isCertain',
    'boolean',
    '识别及依据是否确定',
    'whether substance and law are certain',
  ),
  fact('chemical.disguises', 'integer', '品名中的伪装处数', 'disguises found in its name'),
  fact('chemical.expectedHs', 'text', '该物质的六位商品编码', 'HS codes of the substance'),
  fact('chemical.hsFits', 'boolean', '商品编码是否相符', 'whether the tariff code is one of them'),
  fact('chemical.hazardClass', 'text', '该物质的危险类别', 'hazard class of the substance'),
  fact('chemical.unStated', 'text', '申报的 UN 编号', 'UN number stated'),
  fact(
    'chemical.hazardFits',
    'boolean',
    '危险类别是否相符',
    'whether the hazard stated is its own',
  ),
];
