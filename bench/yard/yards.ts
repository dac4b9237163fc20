import {
  StoredGoods,
  type YardEvent,
  type YardInput,
} from '../../src/contexts/chemicals/storage/contract.ts';

/** Goods with the threshold (t) a person finds for them in GB 18218; `null` where it names none. */
export const KINDS: readonly { readonly goods: StoredGoods; readonly tonnes: number | null }[] = [
  kind('methanol', '1230', '3', ['6.1'], 'II', 500),
  kind('toluene', '1294', '3', [], 'II', 500),
  kind('paint', '1263', '3', [], 'III', 5000),
  kind('diethyl ether', '1155', '3', [], 'I', 10),
  kind('lithium batteries', '3480', '9', [], null, null),
  kind('lithium batteries in equipment', '3481', '9', [], null, null),
  kind('ammonium nitrate', '1942', '5.1', [], 'III', 50),
  kind('sodium chlorate', '1495', '5.1', [], 'II', 100),
  kind('calcium carbide', '1402', '4.3', [], 'II', 100),
  kind('zinc ashes', '1435', '4.3', [], 'III', null),
  kind('sodium hydroxide', '1823', '8', [], 'II', null),
  kind('ferric chloride', '1773', '8', [], 'III', null, 'solid'),
  kind('propane', '1978', '2.1', [], null, 50),
  kind('chlorine', '1017', '2.3', ['5.1', '8'], null, 5),
  kind('fireworks', '0336', '1.4', [], null, 50),
  kind('blasting explosive', '0082', '1.1', [], null, 1),
  kind('organic peroxide', '3105', '5.2', [], null, 50),
  kind('sulphur', '1350', '4.1', [], 'III', null),
  kind('polymeric beads', '2211', '9', [], 'III', null, 'solid'),
];

function kind(
  name: string,
  un: string,
  cls: string,
  subsidiary: string[],
  packingGroup: StoredGoods['packingGroup'],
  tonnes: number | null,
  form: StoredGoods['form'] = null,
) {
  const isHazardousChemical = form === 'solid' ? false : null;
  const said = { name, un, class: cls, subsidiary, packingGroup, form, isHazardousChemical };
  return { tonnes, goods: StoredGoods.parse({ ...said, netMassKg: '0' }) };
}

const LICENCES = [
  ['3', '6.1', '8', '9'],
  ['2.1', '2.2', '2.3'],
  ['4.1', '4.3', '5.1', '5.2', '8', '9'],
  ['1.4'],
];

/** Ten blocks of 20 bays, 5 rows and 5 tiers: 5,000 slots. */
export const layout: YardInput = {
  id: 'BENCH',
  name: { zh: '基准堆场', en: 'bench yard' },
  ...{ terminal: 'terminal', office: '0000' },
  blocks: Array.from({ length: 10 }, (_, index) => ({
    id: `B${index}`,
    name: { zh: `${index}区`, en: `block ${index}` },
    kind: index === 9 ? ('ordinary' as const) : ('dangerous' as const),
    classes: LICENCES[index % LICENCES.length] ?? [],
    ...{ bays: 20, rows: 5, tiers: 5 },
    containersMax: index % 3 === 0 ? 300 : null,
    massMaxKg: index % 3 === 1 ? '4000000' : null,
    hours: index % 2 === 0 ? { '2.1': 72, '1.4': 48 } : { '2.1': 24, '2.3': 1000 },
    hasPower: index === 0,
    at: { x: index * 6, y: 0 },
  })),
};

/** A stack of a block, and how many containers stand in it. */
interface Stack {
  readonly block: string;
  readonly bay: number;
  readonly row: number;
  readonly boxes: string[];
}

/** Position changes that can have happened: arrivals until a yard is full enough, then moves, departures, arrivals. */
export function* happenings(random: () => number, standing: number): Generator<YardEvent> {
  const stacks: Stack[] = layout.blocks.flatMap(({ id, bays, rows }) =>
    Array.from({ length: bays * rows }, (_, n) => ({
      ...{ block: id, bay: 1 + (n % bays), row: 1 + Math.floor(n / bays), boxes: [] },
    })),
  );
  const some = (): Stack => stacks[Math.floor(random() * stacks.length)] as Stack;
  const where = (wanted: (stack: Stack) => boolean): Stack => {
    for (;;) {
      const stack = some();
      if (wanted(stack)) return stack;
    }
  };
  const top = ({ block, bay, row, boxes }: Stack): string =>
    `${block}-${String(bay).padStart(2, '0')}-${String(row).padStart(2, '0')}-${boxes.length}`;
  let count = 0;
  for (let number = 0; ; number += 1) {
    const id = `E${number}`;
    const act = count < standing ? 0 : random();
    if (act < 0.2) {
      const stack = where(({ boxes }) => boxes.length < 5);
      const container = `TEST${String(number).padStart(7, '0')}`;
      stack.boxes.push(container);
      count += 1;
      const goods = random() < 0.5 ? [] : [load(random)];
      const papers = { booking: null, bill: null, declaration: null };
      yield { id, kind: 'stored', container, slot: top(stack), goods, papers };
    } else if (act < 0.35) {
      const stack = where(({ boxes }) => boxes.length > 0);
      count -= 1;
      yield { id, kind: 'left', container: stack.boxes.pop() as string };
    } else {
      const from = where(({ boxes }) => boxes.length > 0);
      const to = where((stack) => stack !== from && stack.boxes.length < 5);
      const container = from.boxes.pop() as string;
      to.boxes.push(container);
      yield { id, kind: 'moved', container, slot: top(to) };
    }
  }
}

function load(random: () => number): StoredGoods {
  const { goods } = KINDS[Math.floor(random() * KINDS.length)] as (typeof KINDS)[number];
  return { ...goods, netMassKg: String(1 + Math.floor(random() * 24_000)) };
}
