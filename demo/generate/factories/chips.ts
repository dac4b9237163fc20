import { ledgerOf, type Plant, partsOf, type RecipeLine } from './plant.ts';

const MATERIALS = partsOf('material', [
  ['WAFER-MCU', '12 寸晶圆 微控制器', '8542311100', '020', '9800'],
  ['WAFER-PM', '12 寸晶圆 电源管理', '8542399000', '020', '6400'],
  ['WAFER-RF', '8 寸晶圆 射频', '8542399000', '020', '7200'],
  ['WAFER-NOR', '12 寸晶圆 存储', '8542329000', '020', '8300'],
  ['LF-QFN32', '引线框架 QFN32', '8542900000', '007', '0.18'],
  ['LF-QFN48', '引线框架 QFN48', '8542900000', '007', '0.24'],
  ['LF-LQFP64', '引线框架 LQFP64', '8542900000', '007', '0.31'],
  ['SUB-BGA', 'BGA 基板', '8534001000', '007', '1.9'],
  ['WIRE-AU', '键合金线 20 微米', '7108130000', '030', '4.6'],
  ['WIRE-CU', '键合铜线 20 微米', '7408190000', '030', '0.3'],
  ['EMC', '环氧塑封料', '3907300090', '035', '88'],
  ['BALL', '锡球', '8311300000', '035', '640'],
]);
const DIES = { MCU: '0.0005', PM: '0.00025', RF: '0.0005', NOR: '0.00125' } as const;
const CHIPS = [
  ['MCU32-QFN48', '32 位微控制器 QFN48', 'MCU', 'LF-QFN48', '5.8'],
  ['MCU32-LQFP64', '32 位微控制器 LQFP64', 'MCU', 'LF-LQFP64', '7.4'],
  ['MCU32-BGA100', '32 位微控制器 BGA100', 'MCU', 'SUB-BGA', '11.2'],
  ['PM210-QFN32', '电源管理芯片 QFN32', 'PM', 'LF-QFN32', '2.7'],
  ['RF55-QFN32', '射频收发芯片 QFN32', 'RF', 'LF-QFN32', '4.1'],
  ['NOR64-QFN48', '存储芯片 64 兆 QFN48', 'NOR', 'LF-QFN48', '9.6'],
] as const;
const LOT = 4_000;

/** A chip maker: wafers are cut into dies, dies packed; what fails the test is kept as defective. */
export function chips(): Plant {
  const dies = partsOf(
    'semiFinished',
    Object.keys(DIES).map((name) => [`DIE-${name}`, `裸芯 ${name}`, '8542399000', '007', '2.4']),
  );
  const products = partsOf(
    'finished',
    CHIPS.map(([part, zh, , , value]) => [part, zh, '8542399000', '007', value]),
  );
  const recipes = new Map<string, readonly RecipeLine[]>([
    ...Object.entries(DIES).map(
      ([name, net]) => [`DIE-${name}`, [{ part: `WAFER-${name}`, net }]] as const,
    ),
    ...CHIPS.map(([part, , die, frame]) => {
      const isBall = frame === 'SUB-BGA';
      const wire = isBall ? 'WIRE-CU' : 'WIRE-AU';
      return [
        part,
        [
          { part: `DIE-${die}`, net: '1' },
          { part: frame, net: '1' },
          { part: wire, net: '0.15', tangibleLossRate: '0.02', intangibleLossRate: '0.001' },
          { part: 'EMC', net: '0.0004', tangibleLossRate: '0.35', intangibleLossRate: '0.01' },
          ...(isBall ? [{ part: 'BALL', net: '0.00012', intangibleLossRate: '0.02' }] : []),
        ],
      ] as const;
    }),
  ]);
  return {
    ledger: ledgerOf('H22486000103', '钧启芯片 全产业链账册', '2248', ['main']),
    enterprise: {
      zh: '上海钧启集成电路有限公司',
      en: 'Shanghai Junqi Microelectronics Co., Ltd.',
      grade: 'regular',
    },
    parts: [...MATERIALS, ...dies, ...products],
    recipes,
    siteOf: () => 'main',
    week: (_, random) =>
      [...CHIPS]
        .filter(() => random.chance(0.6))
        .map(([product]) => ({ product, quantity: LOT * (1 + random.int(5)) })),
    faults: ['dearShortage'],
  };
}
