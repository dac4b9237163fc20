import {
  ensureDocument,
  type Fault,
  freeIssues,
  freeOf,
  isFree,
  isImport,
  label,
  leaveSlips,
  mark,
  mustWhere,
  orderOf,
} from './fault.ts';
import { COUNTED_AT, type Happening, MINUTE, UNIT, type World } from './world.ts';

const LEAVES_SLIPS = ['issued', 'exported', 'cameBack'];

/** Another entry of the order says the same of a part: which of them the slip is of, nobody can tell. */
const hasTwin = ({ happenings }: World, one: Happening): boolean =>
  happenings.some(
    (other) =>
      other !== one &&
      other.order !== undefined &&
      other.order === one.order &&
      other.kind === one.kind &&
      other.lines.some(({ part, quantity }) =>
        one.lines.some((line) => line.part === part && line.quantity === quantity),
      ),
  );

const slip: Fault = (world, name, part) => {
  const found = world.chance.pick(
    freeOf(world, part, (each) => LEAVES_SLIPS.includes(each.kind) || isImport(each)),
  );
  if (!found) return null;
  const hadDocument = found.document !== null;
  ensureDocument(world, found);
  mark(world, name, found);
  found.entered = [];
  leaveSlips(world, found);
  return {
    cause: found.kind === 'cameBack' ? 'inTransit' : 'notPosted',
    ...{ accepted: ['notPosted'], tale: `slip of ${found.kind}` },
    label: () => (!hadDocument && hasTwin(world, found) ? 'may' : 'must'),
  };
};

const late: Fault = (world, name, part) => {
  const found = world.chance.pick(freeIssues(world, part));
  if (!found) return null;
  mark(world, name, found);
  found.entered = [];
  found.late = [found];
  found.isQuiet = world.chance.chance(0.5);
  return { cause: 'notPosted', label: label('must'), tale: 'late' };
};

/** Its first line is in a unit that nobody knows. */
const refused: Fault = (world, name, part) => {
  const found = world.chance.pick(freeIssues(world, part));
  if (!found) return null;
  mark(world, name, found);
  const lines = found.lines.map((line, at) => (at === 0 ? { ...line, unit: '箱' } : line));
  found.entered = [{ ...found, isRefused: true, lines }];
  found.isQuiet = true;
  const fair = found.lines.slice(0, 1).map((line) => line.part);
  return { cause: 'notPosted', label: label('must'), tale: 'refused', fair };
};

const unrecorded: Fault = (world, name, part) => {
  const found = world.chance.pick(freeIssues(world, part));
  if (!found) return null;
  mark(world, name, found);
  found.entered = [];
  found.isQuiet = true;
  const isFair = world.trade.takes === 'exact';
  return { cause: 'notPosted', label: label(isFair ? 'may' : 'never'), tale: 'no record' };
};

const wholeOrder: Fault = (world, name) => {
  const { happenings, chance } = world;
  const order = chance.pick(
    world.orders.filter(
      ({ no, closed, received, product, planned }) =>
        closed &&
        received &&
        !happenings.some((each) => each.order === no && !isFree(world, each)) &&
        !happenings.some(
          ({ kind, lines: [line] }) =>
            kind === 'exported' &&
            line?.part === product &&
            Math.abs(line.quantity - planned * 0.8) < UNIT,
        ),
    ),
  );
  if (!order) return null;
  for (const each of happenings.filter((one) => one.order === order.no)) {
    mark(world, name, each);
    if (each.lines.length > 0) {
      ensureDocument(world, each);
      leaveSlips(world, each);
    }
    each.entered = [];
  }
  return { cause: 'notPosted', label: label('must'), tale: 'whole order' };
};

const nearCount = (world: World, part: string | undefined): Happening | undefined =>
  world.chance.pick(
    freeOf(
      world,
      part,
      (each) => isImport(each) || (each.kind === 'issued' && !orderOf(world, each)?.closed),
    ),
  );

/** It happened before the count and is dated after it, or the other way about. */
const dated =
  (isAfter: boolean, isSeen: boolean): Fault =>
  (world, name, part) => {
    const { chance } = world;
    const found = nearCount(world, part);
    if (!found) return null;
    mark(world, name, found);
    found.at = isAfter
      ? COUNTED_AT - chance.int(30, 170) * MINUTE
      : COUNTED_AT + chance.int(60, 400) * MINUTE;
    const at = isAfter
      ? COUNTED_AT + chance.int(20, 300) * MINUTE
      : chance.chance(0.5)
        ? COUNTED_AT - chance.int(30, 150) * MINUTE
        : Date.parse('2026-06-29T16:00:00Z');
    if (isSeen) ensureDocument(world, found);
    found.entered = [{ ...found, at }];
    if (isSeen) leaveSlips(world, found);
    else found.isQuiet = true;
    const tale = `${found.kind} dated ${isAfter ? 'after' : 'before'}${isSeen ? '' : ', unseen'}`;
    return { cause: 'cutOff', label: mustWhere(isSeen), tale };
  };

const datedUnseen: Fault = (world, name, part) =>
  dated(world.chance.chance(0.5), false)(world, name, part);

export const UNPOSTED: Readonly<Record<string, Fault>> = {
  ...{ slip, late, refused, unrecorded, wholeOrder },
  ...{ datedAfter: dated(true, true), datedBefore: dated(false, true), datedUnseen },
};
