import { keyOf, Molecule } from './molecule.ts';
import type { Skeleton } from './skeletons.ts';

const GREEK = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];

/** What a word or a part of one has come to: a molecule, or a group with bonds free. */
export class Unit {
  readonly molecule: Molecule;
  /** The atom of each locant. */
  places: ReadonlyMap<string, number>;
  /** The atoms that are to be joined, one for each free bond; none where the molecule is whole. */
  free: number[] = [];
  /** Both free bonds go to one place: `oxo`, `imino`. */
  isDouble = false;
  /** Where an acid loses its hydrogens. */
  sites: number[] = [];
  /** How many of it there are, and where they go. */
  times = 1;
  at: readonly string[] = [];
  /** The atom that a group before this takes hold of; -1 where it is not of that kind. */
  inner = -1;
  /** A name in `-ate`: an acid's that lost its hydrogens. */
  isAnion = false;
  /** How many of the atoms are its own, and not of groups that were put on it. */
  extent = Number.POSITIVE_INFINITY;
  /** An atom that goes without saying, as in `chloroacetic` and `chloroethyl`. */
  common: number | null = null;

  /** The number of the place that is called alpha as well; 0 where none is. */
  alpha = 0;

  constructor({ molecule, places }: Skeleton) {
    this.molecule = molecule.copy();
    this.places = places;
  }

  /** Gives an atom a locant. */
  name(place: string, atom: number): void {
    this.places = new Map(this.places).set(place, atom);
  }

  /** The atom at a place, Greek counted on from alpha. */
  atomAt(place: string): number | undefined {
    const known = this.places.get(place);
    if (known !== undefined || this.alpha === 0) return known;
    const letter = GREEK.indexOf(place);
    return letter < 0 ? undefined : this.places.get(String(this.alpha + letter));
  }

  hydrogensAt(atom: number): number {
    return this.molecule.hydrogens[atom] as number;
  }

  /** Adds an atom at another; answers which it is. */
  grow(atom: number, element: string, order: number, hydrogens: number): number {
    const added = this.molecule.add(element, hydrogens);
    this.molecule.bond(atom, added);
    this.molecule.change(atom, -order);
    return added;
  }

  /** Joins a group's first free bond, or both that go together, to an atom; false where it has none. */
  join(group: Unit, atom: number): boolean {
    const [first] = group.free;
    if (first === undefined) return false;
    const order = group.isDouble ? 2 : 1;
    const start = this.molecule.take(group.molecule);
    this.molecule.bond(atom, start + first);
    this.molecule.change(atom, -order);
    this.molecule.change(start + first, -order);
    return true;
  }

  /** A group with two free bonds at two atoms of this: a ring is closed. */
  bridge(group: Unit, a: number, b: number): void {
    const [first = 0, second = first] = group.free;
    const start = this.molecule.take(group.molecule);
    this.molecule.bond(a, start + first);
    this.molecule.bond(b, start + second);
    for (const atom of [a, b, start + first, start + second]) this.molecule.change(atom, -1);
  }

  /** The atoms where so many groups must go that are said without places; `null` where it could be others as well. */
  onlyPlace(count: number): number[] | null {
    const { hydrogens, elements, size } = this.molecule;
    if (this.common !== null && count <= this.hydrogensAt(this.common))
      return new Array<number>(count).fill(this.common);
    const open: number[] = [];
    for (let i = 0; i < Math.min(size, this.extent); i += 1)
      if ((hydrogens[i] as number) > 0 && (elements[i] !== 'O' || size < 3)) open.push(i);
    const all = open.reduce((sum, atom) => sum + this.hydrogensAt(atom), 0);
    if (open.length === 1)
      return count <= all ? new Array<number>(count).fill(open[0] as number) : null;
    if (count === all || (count === all - 1 && this.areAlike(open)))
      return open
        .flatMap((atom) => new Array<number>(this.hydrogensAt(atom)).fill(atom))
        .slice(0, count);
    return count === 1 && open.length > 0 && this.areAlike(open) ? open.slice(0, 1) : null;
  }

  /** The one atom but this that has hydrogens; `null` where there are several. */
  onlyOther(but: number): number | null {
    const { hydrogens } = this.molecule;
    const open = hydrogens.flatMap((h, i) => (h > 0 && i !== but ? [i] : []));
    return open.length === 1 ? (open[0] as number) : null;
  }

  /** Whether there is no ring in it. */
  get isOpen(): boolean {
    return this.molecule.bonds.length < 2 * this.molecule.size;
  }

  /** Whether it does not matter at which of these atoms a group stands. */
  private areAlike(atoms: readonly number[]): boolean {
    if (this.isEvenRing()) return true;
    const keys = atoms.map((atom) => {
      const marked = this.molecule.copy();
      marked.bond(atom, marked.add('X', 0));
      return keyOf(marked);
    });
    return keys.every((key) => key === keys[0]);
  }

  /** A ring of carbon with nothing on it: benzene, cyclohexane. */
  isEvenRing(): boolean {
    const { elements, hydrogens, bonds, size } = this.molecule;
    return (
      bonds.length === 2 * size &&
      elements.every((element, i) => element === 'C' && hydrogens[i] === hydrogens[0])
    );
  }
}

/** A chain of carbon, or a ring. */
export function chain(length: number, isRing: boolean): Unit {
  const molecule = new Molecule();
  const places = new Map<string, number>();
  for (let i = 0; i < length; i += 1) {
    const ends = isRing ? 0 : (i === 0 ? 1 : 0) + (i === length - 1 ? 1 : 0);
    molecule.add('C', 2 + ends);
    if (i > 0) molecule.bond(i - 1, i);
    places.set(String(i + 1), i);
  }
  if (isRing) molecule.bond(0, length - 1);
  return new Unit({ molecule, places });
}

/** Two rings that share atoms: `bicyclo[2.2.1]heptane`; `null` where the numbers do not fit. */
export function bicycle(length: number, bridges: readonly number[]): Unit | null {
  const [a = 0, b = 0, c = 0] = bridges;
  if (a + b + c + 2 !== length) return null;
  const unit = chain(length, false);
  const { molecule } = unit;
  const main = a + b + 2;
  molecule.bond(0, main - 1);
  if (c === 0) molecule.bond(0, a + 1);
  else {
    // The bridge between the two heads counts on from the first.
    molecule.part(main - 1, main);
    molecule.bond(0, main);
    molecule.bond(length - 1, a + 1);
  }
  for (let i = 0; i < length; i += 1) molecule.hydrogens[i] = 4 - molecule.around(i).length;
  return unit;
}
