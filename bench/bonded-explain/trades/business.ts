import { furnish, packed } from './goods.ts';
import {
  addCancellation,
  billOf,
  COUNTED_AT,
  DAY,
  HOUR,
  happen,
  isKind,
  type Line,
  MINUTE,
  nextId,
  OPENED_AT,
  type Order,
  partsOf,
  rounded,
  UNIT,
  type World,
} from './world.ts';

/** By part and site, how much is taken there until the count. */
type Needs = Map<string, number>;

const CHANGED_AT = Date.parse('2026-04-01T00:00:00Z') - 8 * HOUR;

/** Half a year in which everything is entered as it happened, with honest business that only looks like faults. */
export function doBusiness(seed: number): World {
  const world = furnish(seed);
  const needs: Needs = new Map();
  const count = world.chance.int(...world.trade.orders);
  for (let index = 0; index < count; index += 1) makeOrder(world, needs, index);
  exportGoods(world);
  moveBetweenSites(world, needs);
  sendOut(world, needs);
  importGoods(world, needs);
  undoProperly(world);
  return world;
}

const need = (needs: Needs, part: string, site: string, quantity: number): void => {
  needs.set(`${part}@${site}`, (needs.get(`${part}@${site}`) ?? 0) + quantity);
};

/** Within working hours of a day between these. */
function someTime({ chance, trade }: World, from: number, to: number): number {
  const day = Math.floor((from + chance.next() * (to - from)) / DAY) * DAY;
  const hour = day + (chance.int(...trade.hours) - 8) * HOUR;
  return Math.max(hour + chance.int(0, 59) * MINUTE, OPENED_AT + DAY);
}

function makeOrder(world: World, needs: Needs, index: number): void {
  const { chance, trade, seed } = world;
  const semis = partsOf(world, 'semiFinished');
  const isSemi = chance.chance(0.35) && semis.length > 0;
  const product = chance.pick(isSemi ? semis : partsOf(world, 'finished'))?.part ?? '';
  const openedAt = someTime(world, OPENED_AT + 3 * DAY, COUNTED_AT - 11 * HOUR);
  const site = chance.pick(trade.sites) ?? trade.sites[0];
  const planned = chance.int(...trade.planned) * UNIT;
  if (openedAt > COUNTED_AT - 6 * HOUR) return;
  const order: Order = {
    no: `${trade.numbers.order}${seed}${String(index).padStart(4, '0')}`,
    ...{ product, site, planned, openedAt, issues: [] },
    version: world.changed.has(product) && openedAt >= CHANGED_AT ? 'V2' : 'V1',
  };
  world.orders.push(order);
  const span = chance.int(1, 9) * DAY;
  const closes = openedAt + span + 8 * HOUR < COUNTED_AT && chance.chance(0.95);
  const at = { order: order.no, site };
  const version = trade.isDeclared ? order.version : undefined;
  happen(world, 'orderOpened', openedAt, { ...at, product, version, planned });
  const lines = takenLines(world, order);
  for (const line of lines) need(needs, line.part, site, line.quantity);
  issueInParts(world, order, lines);
  if (closes || chance.chance(0.3)) {
    const when = Math.min(openedAt + span, COUNTED_AT - 5 * HOUR);
    order.received = happen(world, 'received', when, at, [{ part: product, quantity: planned }]);
  }
  if (closes) {
    const when = openedAt + span + HOUR + chance.int(0, 40) * MINUTE;
    order.closed = happen(world, 'orderClosed', when, at);
  }
  if (chance.chance(0.04) && closes) topUpAndReturn(world, needs, order, lines);
}

const takenLines = (world: World, { product, version, planned }: Order): Line[] =>
  billOf(world, product, version).map(({ component, quantity }) => {
    const exact = quantity * (planned / UNIT);
    const about = world.trade.takes === 'about' ? 1 + (world.chance.next() - 0.4) * 0.04 : 1;
    return { part: component, quantity: rounded(world, packed(world, quantity, exact * about)) };
  });

function issueInParts(world: World, order: Order, lines: readonly Line[]): void {
  const { chance, trade, step } = world;
  const at = { order: order.no, site: order.site };
  const count = chance.int(1, trade.parts);
  const done = lines.map(() => 0);
  for (let nth = 0; nth < count; nth += 1) {
    const own = lines
      .map(({ part, quantity: all }, index) => {
        const left = all - (done[index] ?? 0);
        const share = Math.min(left, Math.floor(all / count / step) * step);
        const quantity = nth === count - 1 ? left : share;
        done[index] = all - left + quantity;
        return { part, quantity };
      })
      .filter(({ quantity }) => quantity > 0);
    const planned = order.openedAt + HOUR * (1 + nth * 5) + chance.int(0, 50) * MINUTE;
    const when = Math.min(planned, COUNTED_AT - 5 * HOUR);
    if (own.length === 0) continue;
    const entries = trade.isByLine ? own.map((line) => [line]) : [own];
    for (const [index, some] of entries.entries())
      order.issues.push(happen(world, 'issued', when + index * MINUTE, at, some));
  }
}

/** A tenth more of one part, and back it comes: nothing is wrong. */
function topUpAndReturn(world: World, needs: Needs, order: Order, lines: readonly Line[]): void {
  const line = world.chance.pick(lines);
  if (!line) return;
  const more = [{ part: line.part, quantity: rounded(world, line.quantity * 0.1) }];
  const at = { order: order.no, site: order.site };
  happen(world, 'overIssued', order.openedAt + 6 * HOUR, at, more);
  const back = more.map((each) => ({ ...each }));
  happen(world, 'returned', order.openedAt + 9 * HOUR, { ...at, document: null }, back);
  need(needs, line.part, order.site, more[0]?.quantity ?? 0);
}

const listNo = (world: World, way: 'I' | 'E'): string => `QD222526${way}${100_000 + world.entries}`;

function exportGoods(world: World): void {
  const { chance } = world;
  for (const { received, product, site, planned } of world.orders) {
    if (!received || !isKind(world, product, 'finished') || !chance.chance(0.6)) continue;
    const at = received.at + chance.int(4, 200) * HOUR;
    if (at >= COUNTED_AT - 5 * HOUR) continue;
    const lines = [{ part: product, quantity: rounded(world, planned * 0.8) }];
    const told = { site, document: listNo(world, 'E') };
    happen(world, 'exported', at, told, lines).isPapered = true;
  }
}

function moveBetweenSites(world: World, needs: Needs): void {
  const { chance, trade, seed, step } = world;
  if (trade.sites.length < 2) return;
  for (let nth = 0; nth < 14; nth += 1) {
    const [site = '', toSite = ''] = chance.shuffled(trade.sites);
    const part = chance.pick(partsOf(world, 'material'))?.part ?? '';
    const at = someTime(world, OPENED_AT + 10 * DAY, COUNTED_AT - 4 * DAY);
    const quantity = chance.int(5, 200) * 10 * step;
    const document = `TR${seed}${nth}`;
    const move = happen(world, 'moved', at, { site, toSite, document }, [{ part, quantity }]);
    const there = { site: toSite, document };
    happen(world, 'arrived', at + 26 * HOUR, there, [{ part, quantity }]).move = move;
    need(needs, part, site, quantity);
  }
}

function sendOut(world: World, needs: Needs): void {
  const { chance, trade, step } = world;
  for (let nth = 0; nth < 6; nth += 1) {
    const part = chance.pick(partsOf(world, 'material'))?.part ?? '';
    const at = someTime(world, OPENED_AT + 20 * DAY, COUNTED_AT - 12 * DAY);
    const quantity = chance.int(3, 60) * 10 * step;
    const site = chance.pick(trade.sites) ?? trade.sites[0];
    const sent = happen(world, 'sentOut', at, { site }, [{ part, quantity }]);
    if (chance.chance(0.7)) happen(world, 'cameBack', at + 5 * DAY, { site }, [{ part, quantity }]);
    sent.isPapered = chance.chance(0.7);
    need(needs, part, site, quantity);
  }
}

/** Enough on the first day for all that will be taken, and up to three imports more of each material. */
function importGoods(world: World, needs: Needs): void {
  const { chance, trade, step } = world;
  for (const { part, kind } of world.parts)
    for (const site of trade.sites) {
      if (kind === 'finished') continue;
      const needed = needs.get(`${part}@${site}`);
      const first = rounded(world, (needed ?? 0) * 1.3 + 500 * step);
      const document = `OPEN-${part}-${site}`;
      happen(world, 'imported', OPENED_AT + DAY, { site, document }, [{ part, quantity: first }]);
      if (kind !== 'material') continue;
      for (let nth = 0; nth < chance.int(1, 3); nth += 1) {
        const share = 0.05 + chance.next() * 0.3;
        const quantity = rounded(world, 20 * step + (needed ?? 100 * step) * share);
        const at = someTime(world, OPENED_AT + 6 * DAY, COUNTED_AT - 3 * DAY);
        const told = { site, document: listNo(world, 'I') };
        happen(world, 'imported', at, told, [{ part, quantity }]).isPapered = true;
      }
    }
}

/** Entered twice by mistake, seen at once and reversed as it should be: nothing is wrong. */
function undoProperly(world: World): void {
  const isUndone = new Set<string>();
  for (let nth = 0; nth < 3; nth += 1) {
    const of = world.chance.pick(
      world.happenings.filter(
        ({ kind, id, at }) => kind === 'issued' && !isUndone.has(id) && at < COUNTED_AT - 8 * DAY,
      ),
    );
    if (!of) return;
    const { order, site } = of;
    const lines = of.lines.map((line) => ({ ...line }));
    const mistake = happen(world, 'issued', of.at + 10 * MINUTE, { order, site }, lines);
    isUndone.add(mistake.id);
    const at = mistake.at + 20 * MINUTE;
    const reversal = { id: nextId(world), kind: 'reversed', at, reverses: mistake.id, order };
    mistake.truth = [];
    mistake.entered = [mistake, { ...reversal, lines: [], document: null }];
    mistake.fault = 'none';
    for (const line of lines.slice(0, 1)) addCancellation(world, mistake, at, line);
  }
}
