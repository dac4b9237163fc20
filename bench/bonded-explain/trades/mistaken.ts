import {
  bear,
  ensureDocument,
  type Fault,
  freeIssues,
  freeOf,
  isFree,
  label,
  leaveSlips,
  mark,
  mustWhere,
  openingOf,
} from './fault.ts';
import { addPaper, type Happening, isKind, type Line, partsOf, type World } from './world.ts';

interface Swap {
  readonly part: string;
  readonly instead: string;
  readonly isListed: boolean;
}

function drawSwap(world: World, part: string | undefined, listed: number): Swap | null {
  const { chance, alternatives } = world;
  const known = alternatives.filter((each) => part === undefined || each.part === part);
  const isListed = known.length > 0 && chance.chance(listed);
  if (isListed) {
    const found = chance.pick(known);
    return found ? { ...found, isListed } : null;
  }
  const materials = partsOf(world, 'material');
  const of = part ?? chance.pick(materials)?.part;
  const other = chance.pick(materials.filter((each) => each.part !== of))?.part;
  return of === undefined || other === undefined ? null : { part: of, instead: other, isListed };
}

/** One part, or up to three issues of it, was another's: told by a slip, or by a list of alternatives alone. */
const substitution =
  (hasSlip: boolean): Fault =>
  (world, name, part) => {
    const { chance } = world;
    const swap = drawSwap(world, part, hasSlip ? 0.4 : 0.8);
    if (!swap) return null;
    const { instead, isListed } = swap;
    const many = chance.chance(0.3) ? chance.int(2, 3) : 1;
    const suited = freeIssues(
      world,
      swap.part,
      ({ lines }) => !lines.some((it) => it.part === instead),
    );
    const found = chance
      .shuffled(suited)
      .filter(({ site }, _, [first]) => site === first?.site)
      .slice(0, many);
    const lineOf = ({ lines }: Happening): Line[] =>
      lines.filter((it) => it.part === swap.part).slice(0, 1);
    const isTooMuch = (each: Happening): boolean =>
      lineOf(each).some(({ quantity }) => quantity > openingOf(world, instead, each.site) * 0.07);
    if (found.length === 0 || found.some(isTooMuch)) return null;
    mark(world, name, ...found);
    for (const each of found) {
      const [line] = lineOf(each);
      if (!line) continue;
      ensureDocument(world, each);
      const lines = each.lines.map((it) => (it === line ? { ...it, part: instead } : it));
      each.truth = [{ ...each, lines }];
      each.isQuiet = true;
      const seen = { part: instead, quantity: line.quantity };
      if (hasSlip) addPaper(world, { ...each, kind: 'substituted' }, seen);
      bear(world, instead);
    }
    const tale = hasSlip ? 'slip' : isListed ? 'alternative' : 'nothing listed';
    return { cause: 'substitution', label: mustWhere(hasSlip || isListed), tale };
  };

const arrival =
  (isSeen: boolean): Fault =>
  (world, name, part) => {
    const found = world.chance.pick(
      freeOf(
        world,
        part,
        ({ kind, move }) => kind === 'arrived' && move !== null && isFree(world, move),
      ),
    );
    if (!found) return null;
    mark(world, name, found);
    found.entered = [];
    found.isQuiet = true;
    if (isSeen) leaveSlips(world, found);
    const tale = isSeen ? 'arrival' : 'arrival unseen';
    return { cause: 'inTransit', accepted: ['notPosted'], label: mustWhere(isSeen), tale };
  };

const sentOut: Fault = (world, name, part) => {
  const found = world.chance.pick(
    freeOf(world, part, ({ kind }) => kind === 'sentOut' || kind === 'cameBack'),
  );
  if (!found) return null;
  const comesBack = world.happenings.some(
    ({ kind, lines }) => kind === 'cameBack' && lines[0]?.part === found.lines[0]?.part,
  );
  if (found.kind === 'sentOut' && comesBack) return null;
  mark(world, name, found);
  ensureDocument(world, found);
  found.entered = [];
  leaveSlips(world, found);
  return { cause: 'inTransit', accepted: ['notPosted'], label: label('must'), tale: found.kind };
};

/** Domestic goods used and bonded ones booked, or the other way about. */
const mixed =
  (isSeen: boolean): Fault =>
  (world, name, part) => {
    const { chance } = world;
    const found = chance.pick(freeIssues(world, part));
    const line =
      part === undefined
        ? found && chance.pick(found.lines)
        : found?.lines.find((each) => each.part === part);
    if (!found || !line || !isKind(world, line.part, 'material')) return null;
    mark(world, name, found);
    ensureDocument(world, found);
    const isDomestic = chance.chance(0.5);
    const lines = found.lines.map((each) => (each === line ? { ...each, bonded: false } : each));
    if (isDomestic) found.truth = [{ ...found, lines }];
    else found.entered = [{ ...found, lines }];
    found.isQuiet = true;
    if (isSeen) addPaper(world, found, line, { kind: 'stockBill', bonded: !isDomestic });
    const tale = `${isDomestic ? 'domestic' : 'bonded'} used${isSeen ? '' : ', unseen'}`;
    return { cause: 'bondedMixed', label: mustWhere(isSeen, 'never'), tale };
  };

export const MISTAKEN: Readonly<Record<string, Fault>> = {
  ...{ substitutionSlip: substitution(true), substitution: substitution(false) },
  ...{ arrival: arrival(true), arrivalUnseen: arrival(false), sentOut },
  ...{ mixed: mixed(true), mixedUnseen: mixed(false) },
};
