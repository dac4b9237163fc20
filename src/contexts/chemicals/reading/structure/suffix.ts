import type { Unit } from './unit.ts';

/** What an ending puts at a place: an element, the order of its bond, and the hydrogens it has before it is joined. */
type Grown = readonly [element: string, order: number, hydrogens: number];

/** Endings that stand on an atom of the parent. */
const ON: Readonly<Record<string, Grown>> = {
  ...{ ol: ['O', 1, 1], olat: ['O', 1, 1], thiol: ['S', 1, 1], amin: ['N', 1, 2], on: ['O', 2, 0] },
  ...{ thion: ['S', 2, 0], imin: ['N', 2, 1] },
};

/** Endings that turn the last carbon of a chain: beside an oxygen, what follows. */
const OF_LAST: Readonly<
  Record<string, Grown | 'acid' | 'acyl' | 'nitrile' | 'aldehyde' | 'hydrazide'>
> = {
  ...{
    al: 'aldehyde',
    nitril: 'nitrile',
    oic: 'acid',
    oat: 'acid',
    oyl: 'acyl',
    amid: ['N', 1, 2],
  },
  ...{ hydrazid: 'hydrazide' },
};

/** Endings that bring a carbon of their own. */
const WITH_CARBON: Readonly<Record<string, string>> = {
  ...{
    carboxylic: 'oic',
    carboxylat: 'oic',
    carbonitril: 'nitril',
    carbaldehyd: 'al',
    carboxamid: 'amid',
    carbonyl: 'oyl',
  },
};

const OF_SULFUR: Readonly<Record<string, 'acid' | 'amide' | 'group'>> = {
  ...{ sulfonic: 'acid', sulfonat: 'acid', sulfonamid: 'amide', sulfonyl: 'group' },
};

/** Endings of an acid's stem; some of them stand on chains as well. */
const OF_STEMS = new Set('ic at acyl onitril aldehyd anilid'.split(' '));
const OF_ACIDS = new Set([...OF_STEMS, ...'amid hydrazid oyl oat oic nitril'.split(' ')]);

/** Puts an ending on a parent; `null` where it does not fit, `group` where the parent has become one. */
export function endWith(
  unit: Unit,
  name: string,
  said: readonly string[],
  count: number,
  isChain: boolean,
): 'whole' | 'group' | null {
  if (unit.sites.length > 0 && OF_ACIDS.has(name)) return endAcid(unit, name);
  if (OF_STEMS.has(name)) return null;
  if (isChain) unit.alpha = name in OF_LAST ? 2 : 1;
  const own =
    name in OF_LAST && isChain ? ends(unit, count) : placesOf(unit, said, count, isChain, name);
  if (!own || own.length !== count) return null;
  const on = ON[name];
  if (on) {
    own.forEach((atom, i) => {
      const grown = unit.grow(atom, ...on);
      if (name === 'amin') unit.name(`n${"'".repeat(i)}`, grown);
      else if (name === 'ol' && unit.molecule.size === 3 && isChain) unit.common = 1 - atom;
      else if (name === 'ol' && unit.molecule.size === 2 && isChain) unit.common = atom;
    });
    settle(unit);
    return 'whole';
  }
  if (name === 'sulfonat') unit.isAnion = true;
  if (name in OF_SULFUR)
    return own.map((atom) => endSulfur(unit, atom, OF_SULFUR[name] as 'acid')).at(-1) ?? null;
  const carbon = WITH_CARBON[name];
  if (carbon) {
    const atoms = own.map((atom) => unit.grow(atom, 'C', 1, 3));
    if (name === 'carboxylat') unit.isAnion = true;
    return turn(unit, atoms, carbon);
  }
  if (name in OF_LAST && isChain) return turn(unit, own, name);
  return null;
}

/** Where the ending stands when nobody says it. */
function placesOf(
  unit: Unit,
  said: readonly string[],
  count: number,
  isChain: boolean,
  name: string,
): number[] | null {
  if (said.length > 0) {
    const atoms = said.map((place) => unit.places.get(place));
    return atoms.some((atom) => atom === undefined) ? null : (atoms as number[]);
  }
  if (isChain && count === 1 && name === 'on')
    return unit.molecule.size <= 4 && unit.molecule.size > 2 ? [1] : null;
  if (isChain && count === 1) return [0];
  if (isChain && count === 2 && unit.molecule.size === 2) return [0, 1];
  return unit.onlyPlace(count);
}

function ends(unit: Unit, count: number): number[] | null {
  if (count > 2) return null;
  return count === 1 ? [0] : [0, unit.molecule.size - 1];
}

function turn(unit: Unit, atoms: readonly number[], name: string): 'whole' | 'group' | null {
  const how = OF_LAST[name];
  atoms.forEach((atom, i) => {
    if (how === 'nitrile') {
      unit.grow(atom, 'N', 3, 0);
      return;
    }
    unit.grow(atom, 'O', 2, 0);
    if (how === 'acid') unit.sites.push(unit.grow(atom, 'O', 1, 1));
    else if (how === 'acyl') unit.free.push(atom);
    else if (how === 'hydrazide') {
      const first = unit.grow(atom, 'N', 1, 2);
      unit.grow(first, 'N', 1, 2);
    } else if (typeof how === 'object') unit.name(`n${"'".repeat(i)}`, unit.grow(atom, ...how));
  });
  settle(unit);
  if (how === 'acid' && name === 'oat') unit.isAnion = true;
  if (unit.sites.length === 1 && unit.molecule.size === 4 && atoms[0] === 0) unit.common = 1;
  return how === 'acyl' ? 'group' : 'whole';
}

function endSulfur(unit: Unit, atom: number, how: 'acid' | 'amide' | 'group'): 'whole' | 'group' {
  const sulfur = unit.grow(atom, 'S', 1, 5);
  unit.grow(sulfur, 'O', 2, 0);
  unit.grow(sulfur, 'O', 2, 0);
  if (how === 'acid') unit.sites.push(unit.grow(sulfur, 'O', 1, 1));
  if (how === 'amide') unit.name('n', unit.grow(sulfur, 'N', 1, 2));
  if (how === 'group') unit.free.push(sulfur);
  return how === 'group' ? 'group' : 'whole';
}

function endAcid(unit: Unit, name: string): 'whole' | 'group' | null {
  const { molecule, sites } = unit;
  if (name === 'ic' || name === 'oic') return 'whole';
  if (name === 'at' || name === 'oat') {
    unit.isAnion = true;
    return 'whole';
  }
  const carbons = sites.map((site) => molecule.around(site)[0] as number);
  sites.forEach((site, i) => {
    const carbon = carbons[i] as number;
    if (name === 'amid' || name === 'hydrazid' || name === 'anilid') {
      molecule.elements[site] = 'N';
      molecule.change(site, 1);
      unit.name(`n${"'".repeat(i)}`, site);
      if (name === 'hydrazid') unit.grow(site, 'N', 1, 2);
      if (name === 'anilid') phenyl(unit, site);
    } else if (name === 'onitril' || name === 'nitril') {
      molecule.elements[site] = 'N';
      molecule.hydrogens[site] = 0;
      dropOxygen(unit, carbon, site);
    } else {
      take(unit, site);
      if (name === 'acyl' || name === 'oyl') unit.free.push(carbon);
    }
  });
  unit.sites = [];
  return name === 'acyl' || name === 'oyl' ? 'group' : 'whole';
}

function phenyl(unit: Unit, at: number): void {
  let last = unit.grow(at, 'C', 1, 0);
  const first = last;
  for (let i = 0; i < 5; i += 1) {
    last = unit.grow(last, 'C', 0, 1);
  }
  unit.molecule.bond(first, last);
}

/** The other oxygen of an acid goes with its nitrile. */
function dropOxygen({ molecule }: Unit, carbon: number, but: number): void {
  const oxygen = molecule
    .around(carbon)
    .find(
      (other) =>
        other !== but && molecule.elements[other] === 'O' && molecule.hydrogens[other] === 0,
    );
  if (oxygen !== undefined) molecule.remove(oxygen, carbon);
}

/** Takes a hydroxyl away and leaves a bond open; answers the atom it was on. */
export function take({ molecule }: Unit, site: number): number {
  const [carbon = 0] = molecule.around(site);
  molecule.remove(site, carbon);
  molecule.change(carbon, 1);
  return carbon;
}

/** A ring's carbon that has a double bond to an oxygen has lost its own to the ring. */
function settle({ molecule }: Unit): void {
  for (let i = 0; i < molecule.size; i += 1)
    if ((molecule.hydrogens[i] as number) < 0) molecule.hydrogens[i] = 0;
}

const sitesKnown = new Map<string, readonly number[]>();

/** Where an acid, known by its stem, loses its hydrogens. */
export function sitesOf(name: string, unit: Unit): readonly number[] {
  const known = sitesKnown.get(name) ?? findSites(unit);
  sitesKnown.set(name, known);
  return known;
}

/** The atoms of an acid that give up a hydrogen: on an atom that has another oxygen or sulfur, or is none of carbon. */
function findSites({ molecule }: Unit): number[] {
  const { elements, hydrogens } = molecule;
  const isChalcogen = (atom: number): boolean => elements[atom] === 'O' || elements[atom] === 'S';
  const sites: number[] = [];
  for (let i = 0; i < molecule.size; i += 1) {
    if (!isChalcogen(i) || hydrogens[i] !== 1) continue;
    const around = molecule.around(i);
    const to = around[0] as number;
    if (around.length !== 1) continue;
    const isAcid =
      elements[to] !== 'C' ||
      molecule
        .around(to)
        .some(
          (other) =>
            hydrogens[other] === 0 && isChalcogen(other) && molecule.around(other).length === 1,
        );
    if (isAcid) sites.push(i);
  }
  if (sites.length > 0) return sites;
  const first = hydrogens.findIndex((h, i) => h > 0 && elements[i] !== 'C');
  return first < 0 ? [] : [first];
}
