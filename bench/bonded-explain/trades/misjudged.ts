import {
  type Fault,
  freeIssues,
  freeOf,
  isFree,
  isImport,
  label,
  leaveSlips,
  mark,
  mustWhere,
  openingOf,
  orderOf,
} from './fault.ts';
import { takenBy } from './goods.ts';
import {
  addPaper,
  billOf,
  COUNTED_AT,
  type Happening,
  HOUR,
  happen,
  isKind,
  type Line,
  MINUTE,
  type Order,
  rounded,
  UNIT,
  type Version,
  type World,
} from './world.ts';

const FACTORS = [
  [1000, 1],
  [1, 1000],
  [12, 1],
  [1, 12],
  [100, 1],
  [1, 100],
] as const;
const IMPORT_FACTORS = [
  [1000, 1],
  [1, 1000],
  [12, 1],
  [1, 100],
] as const;

const unit: Fault = (world, name, part) => {
  const { chance } = world;
  const found = chance.pick(freeIssues(world, part));
  const line =
    part === undefined
      ? found?.lines[chance.int(0, found.lines.length - 1)]
      : found?.lines.find((each) => each.part === part);
  if (!found || !line) return null;
  const { quantity } = line;
  const most = openingOf(world, line.part, found.site) * 0.15;
  const [factor] = chance
    .shuffled(FACTORS)
    .filter(([by, per]) => (quantity * by) % per === 0 && (quantity * by) / per - quantity < most);
  if (!factor) return null;
  const [by, per] = factor;
  mark(world, name, found);
  const isSent = per === 1 && chance.chance(0.4);
  const sent = { shown: quantity, unit: by === 12 ? 'DOZ' : 'BOX', conversion: String(by) };
  const wrong: Line = { ...line, quantity: (quantity * by) / per, ...(isSent && sent) };
  const lines = found.lines.map((each) => (each === line ? wrong : each));
  found.entered = [{ ...found, lines }];
  return { cause: 'unitFactor', label: label('must'), tale: `issue ${by}/${per}` };
};

const importUnit: Fault = (world, name, part) => {
  const { chance } = world;
  const found = chance.pick(freeOf(world, part, isImport));
  const [line] = found?.lines ?? [];
  if (!found || !line) return null;
  const [[by, per] = [12, 1]] = chance
    .shuffled<readonly [number, number]>(IMPORT_FACTORS)
    .filter(([times, parts]) => (line.quantity * times) % parts === 0);
  mark(world, name, found);
  found.entered = [{ ...found, lines: [{ ...line, quantity: (line.quantity * by) / per }] }];
  leaveSlips(world, found);
  addPaper(world, found, line, { kind: 'importLine' });
  return { cause: 'unitFactor', label: label('must'), tale: `import ${by}/${per}` };
};

/** Taken by one version of the bill, and booked whole by the other with the first issue. */
const version: Fault = (world, name, part) => {
  const { chance, trade } = world;
  const takes = (product: string, by: Version): boolean =>
    billOf(world, product, by).some(({ component }) => component === part);
  const order = chance.pick(
    world.orders.filter(
      ({ product, issues, closed }) =>
        world.changed.has(product) &&
        issues.every((each) => isFree(world, each)) &&
        issues.length > 0 &&
        closed &&
        (part === undefined || takes(product, 'V1') || takes(product, 'V2')),
    ),
  );
  const [first] = order?.issues ?? [];
  if (!order || !first) return null;
  const wrong = order.version === 'V1' ? 'V2' : 'V1';
  const { own, booked } = bookedBy(world, order, wrong);
  if (JSON.stringify(booked) === JSON.stringify(own)) return null;
  mark(world, name, ...order.issues);
  for (const each of order.issues) {
    each.entered = [];
    each.isQuiet = true;
  }
  first.entered = [{ ...first, lines: booked }];
  const isSmall = ({ part: of }: Line): boolean =>
    (world.bills.find(({ assembly, component }) => assembly === order.product && component === of)
      ?.quantity ?? 0) <
    10 * UNIT;
  const isClear = trade.takes === 'exact' || (trade.takes === 'packs' && booked.every(isSmall));
  return { cause: 'version', label: mustWhere(isClear), tale: `${order.version} by ${wrong}` };
};

/** What really was taken stays as it was; where both versions take the same, so does the book. */
function bookedBy(world: World, { product, planned, version: by, issues }: Order, wrong: Version) {
  const taken = new Map<string, number>();
  for (const { part, quantity } of issues.flatMap(({ lines }) => lines))
    taken.set(part, (taken.get(part) ?? 0) + quantity);
  const own = takenBy(world, product, by, planned);
  const booked = takenBy(world, product, wrong, planned).map(({ part, quantity }) => {
    const isSame = own.some((line) => line.part === part && line.quantity === quantity);
    return { part, quantity: isSame ? (taken.get(part) ?? quantity) : quantity };
  });
  return { own, booked };
}

const scrap =
  (hasSlip: boolean): Fault =>
  (world, name, part) => {
    const { chance, seed, trade } = world;
    const isSuited = (each: Happening): boolean => hasSlip || !!orderOf(world, each)?.closed;
    const found = chance.pick(freeIssues(world, part, isSuited));
    const line =
      part === undefined
        ? found && chance.pick(found.lines)
        : found?.lines.find((each) => each.part === part);
    if (!found || !line || !isKind(world, line.part, 'material')) return null;
    const quantity = rounded(world, line.quantity * (0.03 + chance.next() * 0.09));
    if (quantity >= line.quantity) return null;
    mark(world, name, found);
    line.quantity += quantity;
    const { order, site } = found;
    const closedAt = orderOf(world, found)?.closed?.at ?? COUNTED_AT - 4 * HOUR;
    const at = Math.min(closedAt - 30 * MINUTE, COUNTED_AT - 4 * HOUR);
    const told = { order, site, document: hasSlip ? `WS${seed}${world.entries}` : null };
    const lost = happen(world, 'scrapped', at, told, [{ part: line.part, quantity }]);
    undeclared(world, name, lost, hasSlip);
    const isTold = hasSlip || trade.takes === 'exact';
    const tale = hasSlip ? 'scrap slip' : 'excess';
    return { cause: 'scrapNotDeclared', label: mustWhere(isTold), tale };
  };

const rejected =
  (hasSlip: boolean): Fault =>
  (world, name) => {
    const { chance, seed } = world;
    const order = chance.pick(rejectable(world));
    if (!order?.received || order.planned < 2 * UNIT) return null;
    const quantity = Math.max(UNIT, Math.floor((order.planned / UNIT) * 0.1) * UNIT);
    mark(world, name, order.received);
    const document = hasSlip ? `DF${seed}${world.entries}` : null;
    const told = { site: order.site, document };
    const at = order.received.at + 3 * HOUR;
    const lost = happen(world, 'rejected', at, told, [{ part: order.product, quantity }]);
    undeclared(world, name, lost, hasSlip);
    const tale = hasSlip ? 'reject slip' : 'reject';
    return { cause: 'scrapNotDeclared', label: mustWhere(hasSlip), tale };
  };

const rejectable = (world: World): Order[] =>
  world.orders.filter(
    ({ received, closed, product, site: there }) =>
      received &&
      closed &&
      isKind(world, product, 'finished') &&
      isFree(world, received) &&
      !world.happenings.some(
        ({ kind, lines: [line], site, at }) =>
          kind === 'exported' && line?.part === product && site === there && at > received.at,
      ),
  );

function undeclared(world: World, name: string, lost: Happening, hasSlip: boolean): void {
  lost.entered = [];
  lost.fault = name;
  lost.isQuiet = true;
  if (hasSlip) leaveSlips(world, lost);
}

export const MISJUDGED: Readonly<Record<string, Fault>> = {
  ...{ unit, importUnit, version, scrapSlip: scrap(true), scrap: scrap(false) },
  ...{ rejectedSlip: rejected(true), rejected: rejected(false) },
};
