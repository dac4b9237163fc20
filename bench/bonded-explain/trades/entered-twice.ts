import {
  copied,
  type Fault,
  freeIssues,
  freeOf,
  isFree,
  isImport,
  label,
  mark,
  mustWhere,
  neverHappened,
} from './fault.ts';
import {
  addCancellation,
  type BillLine,
  billOf,
  COUNTED_AT,
  DAY,
  type Happening,
  HOUR,
  happen,
  isKind,
  MINUTE,
  type Order,
  rounded,
  UNIT,
  type World,
} from './world.ts';

const enteredTwice: Fault = (world, name, part) => {
  const found = world.chance.pick(
    freeOf(
      world,
      part,
      (each) => (each.kind === 'issued' || isImport(each)) && each.at < COUNTED_AT - 2 * DAY,
    ),
  );
  if (!found) return null;
  mark(world, name, found);
  again(world, name, found, [0, 1, 7, 180, 1200]);
  const { kind, document } = found;
  return {
    ...{ cause: 'duplicate', accepted: ['reworkTwice'] },
    label: mustWhere(document !== null || world.trade.takes === 'exact'),
    tale: `${kind} again, ${document === null ? 'without' : 'with'} document`,
  };
};

const receiptTwice: Fault = (world, name) => {
  const order = world.chance.pick(
    world.orders.filter(({ received, closed }) => received && isFree(world, received) && closed),
  );
  if (!order?.received) return null;
  mark(world, name, order.received);
  again(world, name, order.received, [0, 5, 50]);
  return { cause: 'duplicate', label: label('must'), tale: 'receipt again' };
};

function again(world: World, name: string, found: Happening, minutes: readonly number[]): void {
  const at = found.at + (world.chance.pick(minutes) ?? 0) * MINUTE;
  const { kind, order, site, document, lines } = found;
  neverHappened(happen(world, kind, at, { order, site, document }, copied(lines)), name);
}

/** Entered by mistake; the order's slip takes it back, the reversal never came. */
const cancelled: Fault = (world, name, part) => {
  const { chance } = world;
  const found = chance.pick(freeIssues(world, part));
  if (!found) return null;
  mark(world, name, found);
  const { order, site } = found;
  const lines = found.lines.map((line) => ({
    part: line.part,
    quantity: rounded(world, line.quantity * (0.3 + chance.next() * 0.5)),
  }));
  const mistake = happen(world, 'issued', found.at + 40 * MINUTE, { order, site }, lines);
  neverHappened(mistake, name);
  for (const line of lines) addCancellation(world, mistake, mistake.at + HOUR, line);
  return { cause: 'missingReversal', label: label('must'), tale: 'cancelled' };
};

/** Entered wrong, then right; the first was never reversed. */
const corrected: Fault = (world, name, part) => {
  const { chance } = world;
  const found = chance.pick(freeIssues(world, part));
  const [line] = found?.lines ?? [];
  if (!found || !line) return null;
  mark(world, name, found);
  const { order, site } = found;
  const share = chance.chance(0.5) ? 0.9 : 0.5;
  const wrong = { part: line.part, quantity: rounded(world, line.quantity * share) };
  const mistake = happen(world, 'issued', found.at - 9 * MINUTE, { order, site }, [wrong]);
  neverHappened(mistake, name);
  addCancellation(world, mistake, found.at, wrong);
  return { cause: 'missingReversal', label: label('must'), tale: 'corrected' };
};

/** What reworking a lot took is entered twice: on the rework, or once there and once on the order it reworks. */
const reworkTwice: Fault = (world, name, part) => {
  const { chance, seed } = world;
  const order = chance.pick(reworkable(world, part));
  const { closed } = order ?? {};
  if (!order || !closed) return null;
  const lots = Math.max(1, Math.floor((order.planned / UNIT) * 0.2)) * UNIT;
  const used = materialsOf(world, order);
  const [one] =
    part === undefined ? [chance.pick(used)] : used.filter((it) => it.component === part);
  if (!one) return null;
  const more = chance.chance(0.4) ? used.filter((it) => it !== one).slice(0, 1) : [];
  const no = `RW${seed}${world.entries}`;
  const at = closed.at + 2 * DAY;
  const { product, site, version } = order;
  world.orders.push({ no, product, site, planned: lots, openedAt: at, issues: [], version });
  const lines = [one, ...more].map(({ component, quantity }) => ({
    part: component,
    quantity: rounded(world, (quantity * lots) / UNIT),
  }));
  const there = { order: no, site };
  const taken = [{ part: product, quantity: lots, lot: order.no }];
  const all = [
    happen(world, 'orderOpened', at, { ...there, product, planned: lots }),
    happen(world, 'issued', at + HOUR, { ...there, document: null }, taken),
    happen(
      world,
      'issued',
      at + 2 * HOUR,
      { ...there, document: `RQ${seed}${world.entries}` },
      lines,
    ),
    happen(world, 'received', at + 9 * HOUR, there, [{ part: product, quantity: lots }]),
    happen(world, 'orderClosed', at + 10 * HOUR, there),
  ];
  const isOnFirst = chance.chance(0.5);
  const when = at + 2 * HOUR + chance.int(5, 200) * MINUTE;
  const document = isOnFirst ? `RQ2${seed}${world.entries}` : null;
  const on = { order: isOnFirst ? order.no : no, site, document };
  const twice = happen(world, 'issued', when, on, copied(lines));
  mark(world, name, ...all, twice);
  for (const each of all) each.isQuiet = true;
  neverHappened(twice, name);
  const tale = isOnFirst ? 'on the first order' : 'on the rework';
  return { cause: 'reworkTwice', accepted: ['duplicate'], label: label('must'), tale };
};

const materialsOf = (world: World, { product, version }: Order): BillLine[] =>
  billOf(world, product, version).filter(({ component }) => isKind(world, component, 'material'));

const reworkable = (world: World, part: string | undefined): Order[] =>
  world.orders.filter(
    (order) =>
      order.received &&
      order.closed &&
      order.closed.at < COUNTED_AT - 12 * DAY &&
      materialsOf(world, order).some(({ component }) => part === undefined || component === part) &&
      !world.happenings.some(
        ({ kind, lines: [line] }) => kind === 'exported' && line?.part === order.product,
      ),
  );

export const ENTERED_TWICE: Readonly<Record<string, Fault>> = {
  ...{ enteredTwice, receiptTwice, cancelled, corrected, reworkTwice },
};
