/**
 * A molecule as names tell it: atoms with the hydrogens they carry, and which are joined. Orders of bonds are not kept, for
 * the hydrogens say them; nor which hand, which names leave out as often as not.
 */
export class Molecule {
  readonly elements: string[] = [];
  readonly hydrogens: number[] = [];
  /** Pairs of atoms, one after the other. */
  bonds: number[] = [];

  get size(): number {
    return this.elements.length;
  }

  add(element: string, hydrogens: number): number {
    this.hydrogens.push(hydrogens);
    return this.elements.push(element) - 1;
  }

  bond(a: number, b: number): void {
    this.bonds.push(a, b);
  }

  /** Hydrogens of an atom come or go. */
  change(atom: number, hydrogens: number): void {
    this.hydrogens[atom] = (this.hydrogens[atom] as number) + hydrogens;
  }

  /** The atoms joined to one. */
  around(atom: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < this.bonds.length; i += 1)
      if (this.bonds[i] === atom) found.push(this.bonds[i ^ 1] as number);
    return found;
  }

  part(a: number, b: number): void {
    for (let i = 0; i < this.bonds.length; i += 2) {
      const [x, y] = [this.bonds[i], this.bonds[i + 1]];
      if ((x !== a || y !== b) && (x !== b || y !== a)) continue;
      this.bonds.splice(i, 2);
      return;
    }
  }

  /** Takes an atom out that has no bonds left but to one other; its number is not used again. */
  remove(atom: number, from: number): void {
    this.part(atom, from);
    this.elements[atom] = '';
    this.hydrogens[atom] = 0;
  }

  /** Takes in the atoms of another; answers where they begin. */
  take({ elements, hydrogens, bonds }: Molecule): number {
    const start = this.size;
    for (let i = 0; i < elements.length; i += 1) {
      this.elements.push(elements[i] as string);
      this.hydrogens.push(hydrogens[i] as number);
    }
    for (let i = 0; i < bonds.length; i += 1) this.bonds.push((bonds[i] as number) + start);
    return start;
  }

  copy(): Molecule {
    const copy = new Molecule();
    copy.take(this);
    return copy;
  }
}

const VALENCES: Readonly<Record<string, readonly number[]>> = {
  ...{ B: [3], C: [4], N: [3, 5], O: [2], P: [3, 5], S: [2, 4, 6], F: [1], Cl: [1], Br: [1] },
  ...{ I: [1], Si: [4], Sn: [2, 4], Pb: [2, 4], Hg: [2], As: [3, 5], Se: [2, 4, 6], Ge: [4] },
};

const ORDERS: Readonly<Record<string, number>> = { '-': 1, '=': 2, '#': 3 };

/** Reads a molecule from a line of SMILES: atoms, `=` and `#`, branches, rings of one digit, `[nH]`. */
export function fromSmiles(text: string): Molecule {
  const molecule = new Molecule();
  const bonds: number[] = [];
  const aromatic: boolean[] = [];
  const fixed: (number | null)[] = [];
  const open = new Map<string, number>();
  const branches: number[] = [];
  let last = -1;
  let order = 1;
  const join = (a: number, b: number): void => {
    molecule.bond(a, b);
    bonds[a] = (bonds[a] ?? 0) + order;
    bonds[b] = (bonds[b] ?? 0) + order;
    order = 1;
  };
  for (const [token] of text.matchAll(
    /\[nH\]|\[[A-Z][a-z]?\]|Cl|Br|Si|[BCNOPSFI]|[cnos]|[=#()\d-]/g,
  )) {
    if (token in ORDERS) order = ORDERS[token] as number;
    else if (token === '(') branches.push(last);
    else if (token === ')') last = branches.pop() ?? -1;
    else if (/\d/.test(token)) {
      const other = open.get(token);
      if (other === undefined) open.set(token, last);
      else {
        join(other, last);
        open.delete(token);
      }
    } else {
      const symbol = token.replace(/[[\]H]/g, '');
      const isAromatic = /^[cnos]$/.test(symbol);
      const atom = molecule.add(isAromatic ? symbol.toUpperCase() : symbol, 0);
      bonds[atom] ??= 0;
      aromatic.push(isAromatic);
      fixed.push(token === '[nH]' ? 1 : null);
      if (last >= 0) join(last, atom);
      last = atom;
    }
  }
  for (let i = 0; i < molecule.size; i += 1)
    molecule.hydrogens[i] =
      fixed[i] ?? hydrogensOf(molecule.elements[i] as string, bonds[i] ?? 0, aromatic[i] === true);
  return molecule;
}

function hydrogensOf(element: string, bonds: number, isAromatic: boolean): number {
  if (isAromatic) return element === 'C' ? Math.max(0, 3 - bonds) : 0;
  return ((VALENCES[element] ?? []).find((valence) => valence >= bonds) ?? bonds) - bonds;
}

const WIDE = 2 ** 21;
const ROUNDS = 6;

const mixed = (a: number, b: number): number => {
  let hash = Math.imul(a ^ (b + 0x9e3779b9 + (a << 6) + (a >>> 2)), 0x85ebca6b);
  hash ^= hash >>> 13;
  return Math.imul(hash, 0xc2b2ae35) ^ (hash >>> 16);
};

/**
 * A number that two molecules share when they are the same up to the hydrogens of their heteroatoms, by refining each
 * atom's sign by those of its neighbours; the number of all hydrogens is in it, so tautomers are one substance and an
 * azo compound is not its hydrazo compound.
 */
export function keyOf(molecule: Molecule): number {
  const { size, elements, hydrogens, bonds } = molecule;
  const signs = new Int32Array(size);
  const sums = new Int32Array(size);
  const products = new Int32Array(size);
  let all = 0;
  let atoms = 0;
  for (let i = 0; i < size; i += 1) {
    const element = elements[i] as string;
    if (element === '') continue;
    const h = Math.max(0, hydrogens[i] as number);
    all += h;
    atoms += 1;
    const sign = element.charCodeAt(0) * 64 + (element.length > 1 ? element.charCodeAt(1) : 0);
    signs[i] = mixed(sign, element === 'C' ? h + 1 : 0);
  }
  const rounds = Math.min(ROUNDS, atoms);
  for (let round = 0; round < rounds; round += 1) {
    sums.fill(0);
    products.fill(1);
    for (let i = 0; i < bonds.length; i += 1) {
      const to = bonds[i] as number;
      const sign = mixed(signs[bonds[i ^ 1] as number] as number, round + 1);
      sums[to] = ((sums[to] as number) + sign) | 0;
      products[to] = Math.imul(products[to] as number, sign | 1);
    }
    for (let i = 0; i < size; i += 1)
      signs[i] = mixed(mixed(signs[i] as number, sums[i] as number), products[i] as number);
  }
  let low = mixed(all + 7, atoms);
  let high = mixed(atoms + 3, all);
  for (let i = 0; i < size; i += 1) {
    if (elements[i] === '') continue;
    low = (low + mixed(signs[i] as number, 11)) | 0;
    high = (high + mixed(signs[i] as number, 29)) | 0;
  }
  return (low >>> 0) * WIDE + (high >>> 11);
}
