import type { Client } from './file/client.ts';

const TERMINAL = 'SHYS4';
const OFFICE = '2248';
const YARD = 'YS4-DG';

const block = (
  id: string,
  zh: string,
  en: string,
  classes: readonly string[],
  place: { readonly x: number; readonly y: number },
  more: object = {},
) => ({
  ...{ id, name: { zh, en }, kind: 'dangerous', classes, bays: 10, rows: 5, tiers: 3, at: place },
  ...more,
});

/** The dangerous-goods yard of the terminal at Yangshan, as its terminal would describe it. Made up. */
const layout = {
  id: YARD,
  name: { zh: '洋山四期危险货物堆场（演示）', en: 'Yangshan IV dangerous-goods yard (demo)' },
  ...{ terminal: TERMINAL, office: OFFICE },
  blocks: [
    block('D1', '易燃液体区', 'flammable liquids', ['3', '6.1', '8'], { x: 0, y: 0 }),
    block('D2', '腐蚀品与杂项区', 'corrosives and class 9', ['8', '9'], { x: 12, y: 0 }),
    block(
      'D3',
      '气体区',
      'gases',
      ['2.1', '2.2'],
      { x: 0, y: 8 },
      { hours: { '2.1': 72, '2.2': 120 } },
    ),
    block(
      'D4',
      '氧化剂与易燃固体区',
      'oxidisers and flammable solids',
      ['4.1', '4.3', '5.1'],
      { x: 12, y: 8 },
      {
        hasPower: true,
      },
    ),
    block('G1', '普通箱区', 'ordinary goods', [], { x: 24, y: 0 }, { kind: 'ordinary', rows: 11 }),
  ],
};

type Goods = readonly [name: string, un: string, cls: string, group: string | null, kg: string];
const METHANOL: Goods = ['甲醇', '1230', '3', 'II', '18500'];
const TOLUENE: Goods = ['甲苯', '1294', '3', 'II', '17200'];
const ACID: Goods = ['硫酸', '1830', '8', 'II', '24000'];
const CAUSTIC: Goods = ['氢氧化钠', '1823', '8', 'II', '22000'];
const BATTERIES: Goods = ['锂离子电池组', '3480', '9', null, '12000'];
const PROPANE: Goods = ['丙烷', '1978', '2.1', null, '9500'];
const CHLORATE: Goods = ['氯酸钠', '1495', '5.1', 'II', '20000'];
const CARBIDE: Goods = ['碳化钙', '1402', '4.3', 'II', '18000'];
const SULPHUR: Goods = ['硫磺', '1350', '4.1', 'III', '24000'];

const two = (count: number): string => String(count).padStart(2, '0');

/** What stands in each block: most of it as it should, two things not. */
function* arrivals(): Generator<object> {
  let number = 1;
  const store = (slot: string, goods: Goods | null) => {
    const container = `DEMU${String(number).padStart(7, '0')}`;
    number += 1;
    const stored = goods && {
      ...{ name: goods[0], un: goods[1], class: goods[2] },
      ...{ packingGroup: goods[3], netMassKg: goods[4] },
    };
    return {
      ...{ id: `demo-${container}`, kind: 'stored', container, slot },
      goods: stored ? [stored] : [],
    };
  };
  const fill = function* (
    id: string,
    kinds: readonly (Goods | null)[],
    stacks: number,
    high: number,
  ) {
    for (let n = 0; n < stacks; n += 1) {
      for (let tier = 1; tier <= high; tier += 1) {
        const slot = `${id}-${two(1 + (n % 10))}-${two(1 + Math.floor(n / 10))}-${tier}`;
        yield store(slot, kinds[n % kinds.length] ?? null);
      }
    }
  };
  yield* fill('D1', [METHANOL, TOLUENE, TOLUENE], 14, 2);
  yield* fill('D2', [ACID, CAUSTIC], 12, 2);
  yield* fill('D3', [PROPANE], 3, 1);
  yield* fill('D4', [SULPHUR, CHLORATE], 8, 1);
  yield* fill('G1', [null], 46, 3);
  yield store('D1-08-05-1', BATTERIES);
  yield store('D4-10-05-1', CARBIDE);
}

/** Describes the demo's yard and tells what stands in it; doing it again changes nothing. */
export async function describeYard(client: Client): Promise<void> {
  await client.put('/api/chemicals/yards', layout);
  await client.post(`/api/chemicals/yards/${YARD}/events`, { events: [...arrivals()] });
}
