import type { RuleContent } from '../../src/contexts/risk/rules/contract.ts';

/** A rule of the demo analyst. Its text and figures are the analyst’s; nothing in it is real intelligence. */
export interface Proposed {
  readonly id: string;
  readonly to: 'live' | 'shadow';
  readonly note: string;
  readonly content: Omit<RuleContent, 'effective'>;
}

/** Countries through which goods are sent to change their origin on paper. */
export const TRANSHIPMENT_LIST = {
  name: 'transhipmentCountries',
  labelZh: '转口改换原产地高风险国家',
  labelEn: 'countries of transhipment',
  origin: '演示港风险分析：第一个月的查获情况',
  csv: [
    'MY,,曾查获更换标签后转口',
    'VN,,曾查获简单加工后转口',
    'TH,,',
    'KH,,',
    'ID,,',
    'MX,,',
    'TR,,',
    '',
  ].join('\n'),
} as const;

const everywhere = { offices: [], directions: [], modes: [] };
const imports = { ...everywhere, directions: ['I' as const] };
const ORIGIN = '演示港风险分析：第一个月的查获情况';

export const PROPOSED: readonly Proposed[] = [
  {
    id: 'R-0001',
    to: 'live',
    note: '改换原产地的货物，多是该国此前没有供过的商品。',
    content: {
      text: 'goods.origin in lists.transhipmentCountries && peers.count < 3 && history.days > 20',
      label: {
        zh: '转口国家首次供应该商品',
        en: 'Goods a country of transhipment never supplied before',
      },
      sentence: null,
      advice: {
        zh: '核对原产地证书与货物唛头、标签，查看全程提单是否经第三国换单。',
        en: 'Compare the proof of origin with marks and labels; see whether the bill of lading was changed on the way.',
      },
      legalBasis: '海关法 第四十一条',
      points: 60,
      mandatory: null,
      origin: ORIGIN,
      scope: imports,
    },
  },
  {
    id: 'R-0002',
    to: 'live',
    note: '单票货值紧贴限额且三日内有同企业同商品申报，多为一批货物拆分。',
    content: {
      text: [
        'importer.recentSame >= 1',
        '(declaration.currency == "USD" && declaration.value > 400.0 && declaration.value < 600.0' +
          ' || declaration.currency == "CNY" && declaration.value > 3500.0 && declaration.value < 5000.0)',
      ].join(' && '),
      label: {
        zh: '三日内同企业同商品、货值低于限额',
        en: 'The same goods again within three days, under a limit',
      },
      sentence: null,
      advice: {
        zh: '合并核对近三日各票的合同、发票与收货地址，判断是否为同一批货物。',
        en: 'Lay the contracts, invoices and addresses of the last three days side by side: is it one consignment?',
      },
      legalBasis: '海关行政处罚实施条例 第十五条',
      points: 60,
      mandatory: null,
      origin: ORIGIN,
      scope: imports,
    },
  },
  {
    id: 'R-0003',
    to: 'live',
    note: '单位重量明显偏离同类，数量或重量可能申报不实。',
    content: {
      text: 'peers.weightDeviation < -3.0 || peers.weightDeviation > 3.0',
      label: { zh: '单位重量明显偏离同类', en: 'Weight per unit far from that of peers' },
      sentence: null,
      advice: {
        zh: '过磅并抽点件数，与装箱单逐项核对。',
        en: 'Weigh the goods, count a sample of packages and compare both with the packing list.',
      },
      legalBasis: '海关法 第二十四条',
      points: 60,
      mandatory: null,
      origin: ORIGIN,
      scope: everywhere,
    },
  },
  {
    id: 'R-0004',
    to: 'shadow',
    note: '夹藏线索，误报情况尚不清楚，先试运行。',
    content: {
      text: 'mass.netToGross < 0.7 && route.mode == "2"',
      label: {
        zh: '海运集装箱净毛重比偏低',
        en: 'Little of the weight of a sea consignment is declared',
      },
      sentence: null,
      advice: {
        zh: '比对箱体过磅重量与申报毛重，机检图像重点查看箱体中部。',
        en: 'Compare the weighbridge with the gross mass; on the scan look at the middle of the container.',
      },
      legalBasis: '海关法 第二十四条',
      points: 40,
      mandatory: null,
      origin: ORIGIN,
      scope: everywhere,
    },
  },
];
