import { ledgerOf, type Plant, partsOf, type RecipeLine } from './plant.ts';

/** Parts are made at one site, aircraft put together at the other (一司两地). */
const [PARTS, ASSEMBLY] = ['dachang', 'pudong'];

const MATERIALS = partsOf('material', [
  ['AL-2024', '铝合金板 2024', '7606129000', '035', '62'],
  ['AL-7075', '铝合金板 7075', '7606129000', '035', '84'],
  ['TI-64', '钛合金棒 TC4', '8108903100', '035', '360'],
  ['CFRP', '航空碳纤维预浸料', '6815130000', '035', '980'],
  ['RIVET', '铆钉', '7616100000', '007', '1.8'],
  ['SEALANT', '航空密封胶', '3214109000', '035', '320'],
  ['HARNESS', '航空线束', '8544302090', '030', '95'],
  ['WINDOW', '舷窗组件', '8807300000', '006', '5200'],
  ['SEAT', '旅客座椅', '9401100000', '007', '21000'],
  ['GEAR-LG', '起落架', '8807200000', '006', '3900000'],
  ['ENGINE', '涡扇发动机', '8411122000', '001', '62000000'],
  ['AVIONICS', '综合航电', '8526919090', '006', '14500000'],
  ['APU', '辅助动力装置', '8411822000', '001', '4800000'],
]);
const SEMIS = partsOf('semiFinished', [
  ['RIB-SET', '翼肋组', '8807300000', '006', '160000'],
  ['SPAR', '翼梁', '8807300000', '014', '210000'],
  ['SKIN', '蒙皮壁板', '8807300000', '017', '88000'],
  ['WING-BOX', '中央翼盒', '8807300000', '007', '1900000'],
  ['WING', '机翼', '8807300000', '007', '3200000'],
  ['FUSELAGE', '机身段', '8807300000', '007', '2600000'],
  ['TAIL', '尾翼', '8807300000', '007', '1500000'],
]);
const PRODUCTS = partsOf('finished', [
  ['JH-120', '支线客机 JH-120', '8802400000', '005', '260000000'],
  ['TAIL-SP', '尾翼（航材备件）', '8807300000', '007', '1650000'],
]);

const cut = (part: string, net: string, tangibleLossRate: string): RecipeLine => ({
  ...{ part, net, tangibleLossRate, intangibleLossRate: '0.002' },
});
const RECIPES = new Map<string, readonly RecipeLine[]>([
  ['RIB-SET', [cut('AL-2024', '420', '0.32'), { part: 'RIVET', net: '1800' }]],
  ['SPAR', [cut('AL-7075', '260', '0.38'), cut('TI-64', '35', '0.45')]],
  ['SKIN', [cut('CFRP', '118', '0.14')]],
  [
    'WING-BOX',
    [
      ...[cut('TI-64', '210', '0.42'), { part: 'SPAR', net: '2' }],
      ...[
        { part: 'RIVET', net: '6400' },
        { part: 'SEALANT', net: '14', intangibleLossRate: '0.05' },
      ],
    ],
  ],
  [
    'WING',
    [
      ...[
        { part: 'RIB-SET', net: '1' },
        { part: 'SPAR', net: '2' },
        { part: 'SKIN', net: '6' },
      ],
      { part: 'SEALANT', net: '22', intangibleLossRate: '0.05' },
    ],
  ],
  ['FUSELAGE', [cut('AL-2024', '1350', '0.24'), { part: 'RIVET', net: '24000' }]],
  ['TAIL', [{ part: 'SKIN', net: '4' }, cut('CFRP', '160', '0.12')]],
  [
    'JH-120',
    [
      ...[
        { part: 'WING-BOX', net: '1' },
        { part: 'WING', net: '2' },
        { part: 'FUSELAGE', net: '3' },
      ],
      ...[
        { part: 'TAIL', net: '1' },
        { part: 'ENGINE', net: '2' },
        { part: 'GEAR-LG', net: '1' },
      ],
      ...[
        { part: 'AVIONICS', net: '1' },
        { part: 'APU', net: '1' },
        { part: 'SEAT', net: '90' },
      ],
      ...[
        { part: 'WINDOW', net: '48' },
        { part: 'HARNESS', net: '5200', tangibleLossRate: '0.02' },
      ],
    ],
  ],
  ['TAIL-SP', [{ part: 'TAIL', net: '1' }]],
]);

/** An aircraft maker with one ledger over two sites: half-made goods cross the town without a declaration. */
export function aircraft(): Plant {
  return {
    ledger: ledgerOf('H22486000102', '翊衡飞机 一司两地账册', '2248', [
      ASSEMBLY ?? '',
      PARTS ?? '',
    ]),
    enterprise: {
      zh: '上海翊衡飞机制造有限公司',
      en: 'Shanghai Yiheng Aircraft Co., Ltd.',
      grade: 'advancedCertified',
    },
    parts: [...MATERIALS, ...SEMIS, ...PRODUCTS],
    recipes: RECIPES,
    siteOf: (product) => (product === 'JH-120' || product === 'TAIL-SP' ? ASSEMBLY : PARTS) ?? '',
    week: (week) => [
      ...(week % 2 === 0 ? [{ product: 'JH-120', quantity: 1 }] : []),
      ...(week % 4 === 3 ? [{ product: 'TAIL-SP', quantity: 1 }] : []),
    ],
    faults: ['inTransit', 'shortage'],
  };
}
