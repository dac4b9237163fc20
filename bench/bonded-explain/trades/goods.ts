import { type Chance, chanceFor } from './chance.ts';
import { type PartKind, TRADES, type Trade } from './trade.ts';
import {
  type BillLine,
  billOf,
  isKind,
  type Part,
  partsOf,
  rounded,
  UNIT,
  type World,
} from './world.ts';

/** A factory with its parts, bills and alternatives, before anything has happened in it. */
export function furnish(seed: number): World {
  const index = seed % TRADES.length;
  const trade = TRADES[index] ?? TRADES[0];
  const chance = chanceFor(seed * 31 + index);
  const parts = (
    [
      ['material', trade.materials],
      ['semiFinished', trade.semiFinished],
      ['finished', trade.finished],
    ] as const
  ).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, at) => partOf(trade, chance, kind, at + 1)),
  );
  const changed = new Set<string>();
  const alternatives: { part: string; instead: string; ratio: string }[] = [];
  const world: World = {
    ...{ chance, trade, seed, step: UNIT / 10 ** trade.places, parts, bills: [], changed },
    ...{ alternatives, happenings: [], orders: [], papers: [], entries: 0 },
    ...{ load: new Map(), mostPerPart: 2 },
  };
  drawBills(world);
  const made = [...partsOf(world, 'finished'), ...partsOf(world, 'semiFinished')];
  const some = chance.shuffled(made).slice(0, trade.changes);
  for (const { part } of some) changed.add(part);
  for (const { part } of some) changeBill(world, part);
  const materials = partsOf(world, 'material');
  for (const one of materials.slice(0, Math.ceil(materials.length / 3))) {
    const others = materials.filter((other) => other !== one);
    const alike = others.filter(({ unit }) => unit === one.unit);
    const instead = chance.pick([...alike, ...others]);
    if (instead) alternatives.push({ part: one.part, instead: instead.part, ratio: '1' });
  }
  return world;
}

const partOf = (trade: Trade, chance: Chance, kind: PartKind, index: number): Part => ({
  ...{ part: trade.numbers.part(kind, index), kind },
  unit: kind === 'material' ? (chance.pick(trade.units) ?? 'PCS') : 'PCS',
  value: String(chance.int(1, 900)),
});

function drawBills(world: World): void {
  const { chance, trade, step, bills } = world;
  const materials = partsOf(world, 'material');
  const semis = partsOf(world, 'semiFinished');
  const ofMaterial = (): number =>
    trade.places === 0
      ? chance.int(1, chance.chance(0.2) ? 24 : 6) * UNIT
      : Math.max(step, Math.round((0.02 + chance.next() * 3) * 100) * 1000);
  for (const { part, kind } of [...semis, ...partsOf(world, 'finished')]) {
    const most = Math.min(9, materials.length - 1);
    const components = chance.shuffled(materials).slice(0, chance.int(3, most));
    if (kind === 'finished' && semis.length > 0)
      components.push(...chance.shuffled(semis).slice(0, chance.int(0, 2)));
    for (const component of components)
      bills.push({
        ...{ assembly: part, component: component.part, unit: component.unit, version: 'V1' },
        quantity: component.kind === 'material' ? ofMaterial() : chance.int(1, 3) * UNIT,
        ...{ from: '2026-01-01', to: null },
      });
  }
}

/** From the first of April quantities are others, and sometimes a component comes in place of another. */
function changeBill(world: World, product: string): void {
  const { chance, trade, step, bills } = world;
  const before = billOf(world, product, 'V1');
  const touched = chance
    .shuffled(before.filter(({ component }) => isKind(world, component, 'material')))
    .slice(0, chance.int(2, 3));
  const changedQuantity = ({ quantity }: BillLine): number =>
    trade.places === 0
      ? quantity + chance.int(1, 3) * UNIT
      : Math.max(step, Math.round((quantity * (chance.chance(0.5) ? 1.25 : 0.8)) / 1000) * 1000);
  for (const line of before) {
    line.to = '2026-04-01';
    const next: BillLine = { ...line, from: '2026-04-01', to: null, version: 'V2' };
    const at = touched.indexOf(line);
    if (at === 0 && chance.chance(0.5)) {
      const other = chance.pick(strangers(world, product));
      if (other) {
        bills.push({ ...next, component: other.part, unit: other.unit });
        continue;
      }
    }
    bills.push(at >= 0 ? { ...next, quantity: changedQuantity(line) } : next);
  }
}

const strangers = (world: World, product: string): Part[] =>
  partsOf(world, 'material').filter(
    ({ part }) =>
      !world.bills.some(({ assembly, component }) => assembly === product && component === part),
  );

/** What an order takes by one version of its bill, as its trade takes things. */
export function packed({ trade }: World, perPiece: number, quantity: number): number {
  const small = trade.takes === 'packs' && perPiece >= 10 * UNIT;
  return small ? Math.ceil(quantity / (50 * UNIT)) * 50 * UNIT : quantity;
}

export function takenBy(world: World, product: string, version: 'V1' | 'V2', planned: number) {
  return billOf(world, product, version).map(({ component, quantity }) => ({
    part: component,
    quantity: rounded(world, packed(world, quantity, quantity * (planned / UNIT))),
  }));
}
