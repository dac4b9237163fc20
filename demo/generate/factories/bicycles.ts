import { ledgerOf, type Plant, type PlantPart, partsOf, type RecipeLine } from './plant.ts';

const TUBES = {
  AL: ['铝合金', 'TUBE-AL', '2.1'],
  CR: ['铬钼钢', 'TUBE-CR', '2.9'],
  CF: ['碳纤维', 'PREPREG', '1.4'],
} as const;
const SIZES = ['M', 'L'] as const;
const COLOURS = { RD: '红', BU: '蓝', BK: '黑' } as const;
const SPEEDS = ['8', '12'] as const;

const MATERIALS = partsOf('material', [
  ['TUBE-AL', '铝合金管 6061', '7608200090', '035', '38'],
  ['TUBE-CR', '铬钼钢管 4130', '7306500000', '035', '21'],
  ['PREPREG', '碳纤维预浸料', '6815130000', '035', '410'],
  ['PAINT-RD', '粉末涂料 红', '3907300090', '035', '46'],
  ['PAINT-BU', '粉末涂料 蓝', '3907300090', '035', '46'],
  ['PAINT-BK', '粉末涂料 黑', '3907300090', '035', '44'],
  ['RIM-26', '车圈 26 寸', '8714920000', '007', '52'],
  ['RIM-28', '车圈 28 寸', '8714920000', '007', '58'],
  ['SPOKE', '辐条 2.0 毫米', '8714920000', '014', '0.6'],
  ['HUB-F', '前花鼓', '8714930000', '007', '45'],
  ['HUB-R', '后花鼓', '8714930000', '007', '88'],
  ['TYRE-26', '外胎 26 寸', '4011500000', '015', '36'],
  ['TYRE-28', '外胎 28 寸', '4011500000', '015', '41'],
  ['TUBE-IN', '内胎', '4013200000', '015', '9'],
  ['CHAIN-8', '链条 8 速', '7315119000', '015', '42'],
  ['CHAIN-12', '链条 12 速', '7315119000', '015', '118'],
  ['CRANK', '牙盘曲柄', '8714960000', '006', '165'],
  ['GEAR-8', '变速器 8 速', '8714990000', '006', '190'],
  ['GEAR-12', '变速器 12 速', '8714990000', '006', '720'],
  ['BRAKE', '碟刹', '8714940000', '006', '135'],
  ['SADDLE', '鞍座', '8714950000', '007', '64'],
  ['PEDAL', '脚踏', '8714960000', '025', '48'],
  ['BAR', '车把', '8714990000', '007', '57'],
  ['GRIP', '把套', '4016999090', '025', '11'],
  ['CABLE', '变速线', '7312100000', '030', '3.2'],
  ['BEARING', '中轴轴承', '8482102000', '006', '39'],
]);

/** An AdventureWorks-shaped bicycle factory: frames are welded, painted, and built into bicycles with wheels and forks. */
export function bicycles(): Plant {
  const products: PlantPart[] = [];
  const recipes = new Map<string, readonly RecipeLine[]>();
  const make = (
    kind: PlantPart['kind'],
    [part, description, hsCode, unitValue]: readonly [string, string, string, string],
    lines: readonly RecipeLine[],
  ) => {
    products.push({ part, kind, description, hsCode, unit: '007', unitValue });
    recipes.set(part, lines);
  };
  for (const inch of ['26', '28']) {
    make(
      'semiFinished',
      [`WHEEL-${inch}`, `车轮组 ${inch} 寸`, '8714920000', '420'],
      [
        { part: `RIM-${inch}`, net: '2' },
        { part: 'SPOKE', net: '64' },
        ...['HUB-F', 'HUB-R'].map((part) => ({ part, net: '1' })),
        ...[`TYRE-${inch}`, 'TUBE-IN'].map((part) => ({ part, net: '2' })),
      ],
    );
  }
  const loss = { tangibleLossRate: '0.04', intangibleLossRate: '0.005' };
  make(
    'semiFinished',
    ['FORK', '前叉', '8714910000', '180'],
    [{ part: 'TUBE-AL', net: '0.85', ...loss }],
  );
  for (const [tube, [zh, material, kg]] of Object.entries(TUBES)) {
    for (const size of SIZES) {
      const raw = `FRAME-${tube}-${size}`;
      const net = size === 'L' ? `${kg}5` : kg;
      make(
        'semiFinished',
        [raw, `${zh}车架 ${size} 未涂装`, '8714910000', '380'],
        [{ part: material, net, ...loss }],
      );
      for (const [colour, colourZh] of Object.entries(COLOURS)) {
        const painted = `${raw}-${colour}`;
        make(
          'semiFinished',
          [painted, `${zh}车架 ${size} ${colourZh}`, '8714910000', '430'],
          [
            { part: raw, net: '1' },
            { part: `PAINT-${colour}`, net: '0.12', intangibleLossRate: '0.08' },
          ],
        );
        for (const speed of SPEEDS) {
          make(
            'finished',
            [
              `BK-${tube}${speed}-${size}-${colour}`,
              `${zh}自行车 ${speed} 速 ${size} ${colourZh}`,
              '8712009000',
              speed === '12' ? '4200' : '2300',
            ],
            [
              { part: painted, net: '1' },
              { part: 'FORK', net: '1' },
              { part: size === 'L' ? 'WHEEL-28' : 'WHEEL-26', net: '1' },
              ...[`CHAIN-${speed}`, `GEAR-${speed}`, 'CRANK', 'BRAKE', 'SADDLE', 'PEDAL'].map(
                (part) => ({ part, net: '1' }),
              ),
              ...['BAR', 'GRIP', 'BEARING'].map((part) => ({ part, net: '1' })),
              { part: 'CABLE', net: '3.4', tangibleLossRate: '0.03' },
            ],
          );
        }
      }
    }
  }
  const bikes = products.filter(({ kind }) => kind === 'finished').map(({ part }) => part);
  return {
    ledger: ledgerOf('H22256000101', '澄川自行车 加工账册', '2225', ['main']),
    enterprise: {
      zh: '上海澄川自行车有限公司',
      en: 'Shanghai Chengchuan Bicycle Co., Ltd.',
      grade: 'advancedCertified',
    },
    parts: [...MATERIALS, ...products],
    recipes,
    siteOf: () => 'main',
    week: (_, random) =>
      Array.from({ length: 6 }, () => ({
        product: random.pick(bikes),
        quantity: 20 + 5 * random.int(9),
      })),
    faults: [
      ...(['duplicate', 'unitFactor', 'scrapNotDeclared', 'missingReversal'] as const),
      ...(['notPosted', 'countingError', 'shortage'] as const),
    ],
  };
}
