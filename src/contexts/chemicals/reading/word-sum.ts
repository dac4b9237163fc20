import { type Atoms, atomsOf, NO_ATOMS, plus } from './atoms.ts';
import type { Fragment } from './fragment.ts';

const HYDROGEN = atomsOf('H');

/** Fragments that do something to the chain or ring before them. */
const CHANGES = new Set<Fragment['kind']>(['bonds', 'radical', 'acyl', 'onium']);

/** A word's atoms as they stand in the compound, and the charge they would have alone. */
interface WordAtoms {
  readonly atoms: Atoms;
  readonly charge: number;
  /** An element of several valences. */
  readonly isElement: boolean;
  /** How many there are was said: disodium, trichloride. */
  readonly isCounted: boolean;
}

/** The atoms of a word as its fragments come: those before a parent are less the hydrogens they replace. */
export class WordSum {
  private atoms = NO_ATOMS;
  private charge = 0;
  /** Said and not yet used: `di`. */
  private count = 0;
  private wasCounted = false;
  /** A chain or ring that may still become a radical or the parent. */
  private open: { atoms: Atoms; times: number } | null = null;
  private parents = 0;
  private suffixes = 0;
  private isElement = false;
  /** Of rings said before the chain they are closed in. */
  private ringHydrogens = 0;
  /** A radical with two free bonds joins parents without a hydrogen lost. */
  private isJoined = false;
  /** The radical that ends the word so far, and how many bonds it has free. */
  private radical: { bonds: number; times: number } | null = null;

  takeCount(): number {
    const n = this.count || 1;
    if (this.count > 0) this.wasCounted = true;
    this.count = 0;
    return n;
  }

  /** A bracket begins: what came before it is finished. */
  enter(): void {
    this.close();
  }

  take(fragment: Fragment, outer: number): void {
    const { kind, atoms, value } = fragment;
    if (kind === 'empty') return;
    if (kind === 'count') this.count = (this.count || 1) * value;
    else if (kind === 'ring') {
      this.close();
      this.ringHydrogens += value;
    } else if (this.open && CHANGES.has(kind)) this.change(fragment, this.takeCount(), this.open);
    else if (kind === 'connector') this.connect(atoms, this.takeCount() * outer);
    else if (kind === 'suffix' || kind === 'acid') this.end(fragment, this.takeCount(), outer);
    else if (!CHANGES.has(kind) || kind === 'acyl') this.begin(fragment, this.takeCount() * outer);
    else if (kind === 'onium') this.charge += 1;
  }

  /** What is done to the chain or ring before it. */
  private change({ kind, atoms, value }: Fragment, n: number, open: { atoms: Atoms }): void {
    if (kind === 'bonds') open.atoms = plus(open.atoms, HYDROGEN, -value * n);
    else if (kind === 'radical') this.becomeRadical(value);
    else if (kind === 'acyl') {
      open.atoms = plus(open.atoms, atoms, n);
      this.becomeRadical(1);
    } else {
      open.atoms = plus(open.atoms, HYDROGEN);
      this.charge += 1;
    }
  }

  /** An ending of the parent; one that is an acid has given its protons up. */
  private end({ kind, atoms }: Fragment, n: number, outer: number): void {
    const times = n * (this.open?.times ?? outer);
    this.add(atoms, times, 0);
    this.suffixes += n;
    if (kind === 'acid') this.charge -= times;
  }

  /** A part by itself: what was before it is finished. */
  private begin({ kind, atoms, value }: Fragment, times: number): void {
    this.close();
    if (kind === 'parent') {
      this.open = { atoms: plus(atoms, HYDROGEN, -this.ringHydrogens), times };
      this.ringHydrogens = 0;
      return;
    }
    this.add(atoms, times, kind === 'prefix' ? value : kind === 'acyl' ? 1 : 0);
    if (kind === 'element') this.isElement = true;
    if (kind === 'ion') {
      this.charge += value * times;
      this.parents += times;
    }
  }

  /** A radical: `prefix` fragments have lost their hydrogens already, one more is given back where they end a word. */
  private add(atoms: Atoms, times: number, bonds: number): void {
    this.atoms = plus(this.atoms, atoms, times);
    this.radical = bonds > 0 ? { bonds, times } : null;
    if (bonds === 2) this.isJoined = true;
  }

  private becomeRadical(bonds: number): void {
    if (!this.open) return;
    const { atoms, times } = this.open;
    this.open = null;
    this.add(plus(atoms, HYDROGEN, -2 * bonds), times, bonds);
  }

  private connect(atoms: Atoms, times: number): void {
    if (this.open) this.becomeRadical(1);
    const of = this.radical?.times ?? times;
    this.add(atoms, Math.max(of, times), 1);
  }

  private close(): void {
    if (!this.open) return;
    this.atoms = plus(this.atoms, this.open.atoms, this.open.times);
    this.parents += this.open.times;
    this.open = null;
  }

  finish(): WordAtoms {
    this.close();
    if (this.parents > 1 && this.charge === 0 && !this.isJoined)
      this.atoms = plus(this.atoms, HYDROGEN, -2 * (this.parents - 1));
    let charge = this.charge;
    if (this.parents === 0 && this.radical) {
      const { bonds, times } = this.radical;
      this.atoms = plus(this.atoms, HYDROGEN, bonds * times);
      charge += bonds * times;
    } else if (this.parents === 0) this.atoms = plus(this.atoms, HYDROGEN, 2 * this.suffixes);
    const { atoms, isElement, wasCounted } = this;
    return { atoms, charge, isElement, isCounted: wasCounted };
  }
}
