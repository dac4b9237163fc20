import type { Molecule } from './molecule.ts';
import { JOINING } from './skeletons.ts';
import { take } from './suffix.ts';
import { chain, Unit } from './unit.ts';

/** Hydrogens that were said before a parent: how many, and where. */
export interface Hydro {
  readonly places: readonly string[];
  readonly times: number;
}

/** Puts hydrogens on; `tetrahydro` without places is of every atom that can take one, and of no fewer. */
export function saturate({ molecule, places: known }: Unit, hydro: readonly Hydro[]): boolean {
  for (const { places, times } of hydro) {
    const open =
      places.length > 0 ? places.map((place) => known.get(place) ?? -1) : unsaturated(molecule);
    if (places.length === 0 && open.length !== times) return false;
    for (const atom of open) {
      if (atom < 0) return false;
      molecule.change(atom, 1);
    }
  }
  return true;
}

/** A group as what joins several parents: as it stands, a connector by both its ends, methylenes as the chain they are. */
export function jointOf(group: Unit, bonds: number): Unit | null {
  const { molecule } = group;
  const isMethylene = molecule.size === 1 && molecule.elements[0] === 'C' && group.isDouble;
  if (isMethylene && bonds === 2 && group.times > 1 && group.at.length === 0) {
    const joint = chain(group.times, false);
    joint.free = [0, group.times - 1];
    return joint;
  }
  if (group.free.length === bonds) {
    group.isDouble = false;
    return group;
  }
  if (group.free.length !== 1 || group.inner < 0) return null;
  if (molecule.size === 1 && group.hydrogensAt(0) >= bonds) group.free = new Array(bonds).fill(0);
  else if (bonds === 2) group.free = [0, group.inner];
  return group.free.length === bonds ? group : null;
}

const VALENCE: Readonly<Record<string, number>> = { C: 4, N: 3, O: 2, S: 2, Si: 4, P: 3 };

function unsaturated(molecule: Molecule): number[] {
  const open: number[] = [];
  for (let i = 0; i < molecule.size; i += 1) {
    const valence = VALENCE[molecule.elements[i] as string] ?? 0;
    if (valence > (molecule.hydrogens[i] as number) + molecule.around(i).length) open.push(i);
  }
  return open;
}

/** Whether places before a radical say where it stands, and not where its own bond is, as in `1-naphthyl`. */
export const isOuter = (unit: Unit, places: readonly string[], isChain: boolean): boolean =>
  isChain ||
  places.length !== 1 ||
  !unit.places.has(places[0] as string) ||
  unit.onlyPlace(1) !== null;

/** Whether a group takes hold of the one tight before it: `methylamino`, `chloromethyl`, `dichlorophenoxy`. */
export function holdsOn(unit: Unit, before: Unit): boolean {
  if (unit.inner >= 0) return true;
  // `2,6-dinitromethylbenzene`: the places are not of the methyl.
  if (before.at.length > 1 && before.at.some((place) => unit.atomAt(place) === undefined))
    return false;
  const { elements, size } = unit.molecule;
  if (size === 1) return elements[0] === 'C' && !isAlkyl(before);
  const isCarbon =
    elements.includes('C') && unit.molecule.hydrogens.some((h) => h > 0) && elements[0] !== 'N';
  if (!isCarbon) return false;
  if (isAlkyl(before)) return before.at.length > 0;
  return true;
}

const isAlkyl = ({ molecule }: Unit): boolean =>
  molecule.elements.every((element) => element === 'C');

/** Puts a group, as often as it was said, on a parent. */
export function attach(to: Unit, group: Unit): boolean {
  const { times, at } = group;
  if (group.free.length >= 2 && !group.isDouble) {
    if (at.length === 2) {
      const [a, b] = at.map((place) => to.places.get(place));
      if (a === undefined || b === undefined) return false;
      to.bridge(group, a, b);
      return true;
    }
    return false;
  }
  const order = group.isDouble ? 2 : 1;
  // `p-dinitrobenzene`: of two places the first goes without saying.
  const said = at.length === 1 && times === 2 ? ['1', ...at] : at;
  const atoms =
    said.length > 0
      ? said.map((place) => to.atomAt(place))
      : to.onlyPlace(times * order)?.filter((_, i) => i % order === 0);
  if (!atoms || atoms.length !== times) return false;
  for (const atom of atoms) {
    if (atom === undefined) return false;
    if (!to.join(group, atom)) return false;
  }
  return true;
}

/** Those with places first, so that the others have what is left. */
export function attachAll(to: Unit, groups: readonly Unit[]): boolean {
  to.extent = to.molecule.size;
  const placed = groups.filter(({ at }) => at.length > 0);
  const others = groups.filter(({ at }) => at.length === 0);
  // `4-chloronitrobenzene`: of groups on a bare ring the one without a place is at the first.
  const [only, ...more] = others;
  const isFirstFree = placed.length > 0 && placed.every(({ at }) => !at.includes('1'));
  if (only?.times === 1 && more.length === 0 && isFirstFree && to.isEvenRing()) {
    only.at = ['1'];
    return [...placed, only].every((group) => attach(to, group));
  }
  return [...placed, ...others].every((group) => attach(to, group));
}

/**
 * `4,4'-methylenebis(2-chloroaniline)`, `3,3'-dichloro-4,4'-methylenedianiline`: as many parents as the group before them
 * has bonds; a place with primes is of the second or third of them.
 */
export function multiply(
  each: Unit,
  times: number,
  joint: Unit,
  groups: readonly Unit[],
): Unit | null {
  if (groups.some(({ at }) => at.length === 0)) return null;
  const whole = new Unit(joint);
  for (let i = 0; i < times; i += 1) {
    const copy = new Unit(each);
    copy.common = each.common;
    const said = joint.at[i]?.replace(/'+$/, '');
    const atom = said === undefined ? copy.onlyPlace(1)?.[0] : copy.places.get(said);
    if (
      atom === undefined ||
      !attachAll(
        copy,
        groups.flatMap((group) => ofParent(group, i)),
      )
    )
      return null;
    copy.free = [atom];
    const start = whole.molecule.size;
    if (!whole.join(copy, joint.free[i] as number)) return null;
    whole.sites.push(...each.sites.map((site) => site + start));
  }
  whole.isAnion = each.isAnion;
  return whole;
}

/** What of a group goes on the parent whose places have so many primes. */
function ofParent(group: Unit, primes: number): Unit[] {
  const at = group.at
    .filter((place) => place.length - place.replace(/'+$/, '').length === primes)
    .map((place) => place.slice(0, place.length - primes));
  if (at.length === 0) return [];
  const own = new Unit(group);
  own.free = group.free;
  own.isDouble = group.isDouble;
  own.at = at;
  own.times = at.length;
  return [own];
}

/** Where a parent's free bonds are; `null` where that would have to be said. */
export function freeOf(
  unit: Unit,
  value: number,
  own: readonly string[],
  count: number,
  isChain: boolean,
): number[] | null {
  const atomOf = (place: string): number => unit.places.get(place) ?? -1;
  if (unit.sites.length > 0) return unit.sites.map((site) => take(unit, site));
  if (value === JOINING) {
    const { size } = unit.molecule;
    if (size === 1) return [0, 0];
    if (own.length > 0) return own.length > 2 ? null : ['1', ...own].slice(-2).map(atomOf);
    return isChain && size < 4 ? [0, 1] : null;
  }
  if (own.length > 0) return own.map(atomOf);
  return isChain ? new Array<number>(count).fill(0) : unit.onlyPlace(count);
}
