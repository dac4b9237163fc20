import {
  attach,
  attachAll,
  freeOf,
  type Hydro,
  holdsOn,
  isOuter,
  jointOf,
  multiply,
  saturate,
} from './joining.ts';
import { fromSmiles } from './molecule.ts';
import { JOINING, type Part, type Skeleton } from './skeletons.ts';
import { endWith, sitesOf } from './suffix.ts';
import { type Token, tokensOf } from './tokens.ts';
import { bicycle, chain, Unit } from './unit.ts';

/** A parent that is being read: a chain or ring, and what was said of it so far. */
interface Base {
  unit: Unit;
  /** Places said before it, that belong to what it ends in. */
  places: readonly string[];
  times: number;
  isChain: boolean;
  hasEnding: boolean;
}

/** Names that end as a whole molecule does, so that nothing more is put behind them. */
const IS_WHOLE = /(?:ol|quinon|aldehyd|urea|guanidin|form|ylen)$/;

const AMINE = { molecule: fromSmiles('N'), places: new Map([['n', 0]]) };
const PHOSPHONIC = { molecule: fromSmiles('OP(=O)O'), places: new Map([['p', 1]]) };

const HALOGENS: Readonly<Record<string, string>> = {
  ...{ perfluoro: 'F', perchloro: 'Cl', perbromo: 'Br' },
};
const VALENCE: Readonly<Record<string, number>> = { O: 2, N: 3, S: 2, Si: 4, P: 3 };
const ELEMENTS: Readonly<Record<string, string>> = {
  ...{ oxa: 'O', aza: 'N', thia: 'S', sila: 'Si', phospha: 'P' },
};

/** Reads one word, brackets within it by themselves; `null` where it cannot be read whole. */
export function readWord(text: string): Unit | null {
  const tokens = tokensOf(text);
  return tokens ? new WordReader().read(tokens) : null;
}

class WordReader {
  private groups: Unit[] = [];
  private base: Base | null = null;
  private places: readonly string[] = [];
  private times = 0;
  private rings: 0 | 1 | 2 = 0;
  private bridges: readonly number[] = [];
  private hetero: { element: string; places: readonly string[] }[] = [];
  private hydro: Hydro[] = [];
  /** A group has come since the last place or break, so that the next may stand on it. */
  private isTight = false;
  private isLast = false;
  /** What takes the place of every hydrogen of carbon: `perfluoro`. */
  private halogen = '';

  read(tokens: readonly Token[]): Unit | null {
    const last = tokens.findLastIndex(
      (token) => token.is === 'part' && /^(?:parent|acid|chain)$/.test(token.part.is),
    );
    for (const [i, token] of tokens.entries()) {
      this.isLast = i === last;
      if (token.is === 'places') {
        if (this.places.length > 0) return null;
        this.places = token.places;
        this.isTight = false;
      } else if (token.is === 'rings') this.bridges = token.bridges;
      else if (token.is === 'added') {
        if (!this.addHydrogens(token.places)) return null;
      } else if (token.is === 'bracket') {
        if (!this.takeBracket(token.text)) return null;
      } else if (!this.takePart(token.part)) return null;
    }
    return this.finish();
  }

  private takeBracket(text: string): boolean {
    const unit = readWord(text);
    if (!unit) return false;
    if (unit.free.length > 0) return this.pushGroup(unit);
    return this.begin(unit, false);
  }

  private takePart(part: Part): boolean {
    const { base } = this;
    switch (part.is) {
      case 'empty':
        return true;
      case 'count':
        this.times = Math.max(1, this.times) * part.value;
        return true;
      case 'ring':
        this.rings = part.value as 1 | 2;
        return true;
      case 'hetero':
        this.hetero.push({ element: ELEMENTS[part.name] ?? '', places: this.spend() });
        this.times = 0;
        return true;
      case 'hydro':
        this.hydro.push({ times: this.times, places: this.spend() });
        this.times = 0;
        return true;
      case 'chain':
        return this.beginChain(part.value);
      case 'parent':
      case 'acid':
        return part.skeleton !== null && this.begin(new Unit(part.skeleton), false, part);
      case 'per':
        this.halogen = HALOGENS[part.name] ?? '';
        return true;
      case 'group':
        return this.takeGroup(part);
      case 'bonds':
        return base !== null && this.unsaturate(base, part.value);
      case 'radical':
        return base !== null && this.becomeGroup(base, part.value);
      case 'suffix':
        return this.takeSuffix(part.name);
      default:
        return false;
    }
  }

  /** `2(1h)`: a hydrogen that the ring has only when what follows stands on it. */
  private addHydrogens(places: readonly string[]): boolean {
    const unit = this.base?.unit;
    if (!unit) {
      this.hydro.push({ places, times: 0 });
      return true;
    }
    for (const place of places) {
      const atom = unit.places.get(place);
      if (atom === undefined) return false;
      unit.molecule.change(atom, 1);
    }
    return true;
  }

  /** Places that were said and are not yet used. */
  private spend(): readonly string[] {
    const { places } = this;
    this.places = [];
    return places;
  }

  private beginChain(length: number): boolean {
    const unit = this.rings === 2 ? bicycle(length, this.bridges) : chain(length, this.rings === 1);
    if (!unit) return false;
    for (const { element, places } of this.hetero)
      for (const place of places) {
        const atom = unit.places.get(place);
        if (atom === undefined) return false;
        unit.molecule.elements[atom] = element;
        unit.molecule.change(atom, (VALENCE[element] ?? 0) - 4);
      }
    const isChain = this.rings === 0;
    this.hetero = [];
    this.rings = 0;
    this.bridges = [];
    return this.begin(unit, isChain);
  }

  /** A chain or ring before this one stands on it: `benzeneacetic`. */
  private begin(unit: Unit, isChain: boolean, part?: Part): boolean {
    const { base } = this;
    if (base) {
      if (base.hasEnding || base.isChain) return false;
      const on =
        base.places.length > 0 ? base.unit.places.get(base.places[0] as string) : undefined;
      const atom = on ?? base.unit.onlyPlace(1)?.[0];
      if (atom === undefined) return false;
      base.unit.free = [atom];
      this.base = null;
      const rest = this.groups;
      this.groups = [];
      if (!attachAll(base.unit, rest)) return false;
      this.groups.push(base.unit);
    }
    if (this.isLast && !saturate(unit, this.hydro.splice(0))) return false;
    if (part?.is === 'acid') {
      unit.sites = [...sitesOf(part.name, unit)];
      if (unit.isOpen) unit.alpha = 2;
    }
    this.base = {
      ...{ unit, isChain, hasEnding: part?.is === 'parent' && IS_WHOLE.test(part.name) },
      places: this.spend(),
      times: this.times,
    };
    this.times = 0;
    return true;
  }

  /** Double and triple bonds: of a short chain, and of a ring that has one, the place goes without saying. */
  private unsaturate(base: Base, more: number): boolean {
    const { unit, isChain } = base;
    const count = Math.max(1, this.times);
    this.times = 0;
    let at = this.spend();
    if (at.length === 0 && base.places.length === count) {
      at = base.places;
      base.places = [];
    }
    const { size } = unit.molecule;
    if (at.length === 0 && count === 1 && (size <= 3 || (size === 6 && !isChain))) at = ['1'];
    if (at.length !== count) return false;
    for (const place of at) {
      const atom = unit.places.get(place);
      const following = unit.places.get(String(Number.parseInt(place, 10) + 1));
      const other = following ?? (isChain ? undefined : 0);
      if (atom === undefined || other === undefined) return false;
      unit.molecule.change(atom, -more);
      unit.molecule.change(other, -more);
    }
    return true;
  }

  private takeSuffix(name: string): boolean {
    const { base } = this;
    if (!base) {
      // A class by itself: the amine of `dimethylamine`, the acid of `dimethyl methylphosphonate`.
      if (name === 'amin' || name === 'imin') return this.begin(new Unit(AMINE), false);
      if (name !== 'phosphonic' && name !== 'phosphonat') return false;
      const acid = new Unit(PHOSPHONIC);
      acid.sites = [0, 3];
      endWith(acid, name.slice(8), [], 1, false);
      return this.begin(acid, false);
    }
    const count = Math.max(1, this.times);
    const said = this.places.length > 0 ? this.spend() : base.places;
    if (said === base.places) base.places = [];
    this.times = 0;
    const ended = endWith(base.unit, name, said, count, base.isChain);
    if (ended === 'group') {
      this.base = null;
      return this.pushGroup(base.unit);
    }
    base.hasEnding = true;
    return ended === 'whole';
  }

  /** A parent that ends in yl and the like; places before it say where its bond is, or where it goes itself. */
  private becomeGroup(base: Base, value: number): boolean {
    const { unit, isChain } = base;
    const count = Math.max(1, this.times);
    this.times = 0;
    const said = this.spend();
    const isOwn = said.length > 0 || value === JOINING || !isOuter(unit, base.places, isChain);
    const own = said.length > 0 ? said : isOwn ? base.places : [];
    const free = freeOf(unit, value, own, count, isChain);
    if (!free || free.some((atom) => atom < 0)) return false;
    unit.free = free;
    if (isChain && said.length === 0) unit.alpha = 1;
    unit.isDouble = value === 2 && unit.sites.length === 0;
    if (isChain && unit.molecule.size === 2 && free.length === 1)
      unit.common = 1 - (free[0] as number);
    this.base = null;
    this.places = isOwn ? [] : base.places;
    this.times = base.times;
    return this.pushGroup(unit, own.length === 0);
  }

  private takeGroup(part: Part): boolean {
    if (!part.skeleton) return false;
    const unit = grouped(part.skeleton, part);
    return this.base ? this.carry(this.base, unit, part.inner) : this.pushGroup(unit, true);
  }

  /** `ethoxy`, `benzenesulfonyl`: the parent is carried by the group behind it, which goes where the parent was to go. */
  private carry(base: Base, unit: Unit, inner: number): boolean {
    if (inner < 0) return false;
    this.isTight = false;
    if (!this.becomeGroup({ ...base, places: [], times: 1 }, 1)) return false;
    const carried = this.groups.pop();
    const start = unit.molecule.size;
    if (carried?.free.length !== 1 || !unit.join(carried, inner)) return false;
    unit.places = new Map([
      ...unit.places,
      ...[...carried.places].map(([place, atom]) => [place, atom + start] as const),
    ]);
    if (carried.common !== null) unit.common = carried.common + start;
    const isOpen = unit.hydrogensAt(inner) > 0 && unit.molecule.elements[inner] === 'N';
    unit.inner = isOpen ? inner : -1;
    this.places = base.places;
    this.times = base.times;
    return this.pushGroup(unit, true);
  }

  /** A group takes hold of those tight before it where it can, and waits for its parent. */
  private pushGroup(unit: Unit, isOpen = false): boolean {
    const last = this.groups.at(-1);
    const isBare = isOpen && this.isTight && this.places.length === 0 && this.times <= 1;
    if (isBare && last?.free.length === 1 && holdsOn(unit, last)) {
      this.groups.pop();
      if (!this.hold(unit, last)) return false;
    } else {
      unit.at = this.spend();
      unit.times = Math.max(unit.times, this.times, unit.at.length);
    }
    this.times = 0;
    this.groups.push(unit);
    this.isTight = true;
    return true;
  }

  /** `4-dimethylamino`, `2,4-dichlorophenoxy`: places are of the group that holds, or within it where it has them. */
  private hold(unit: Unit, held: Unit): boolean {
    const { at, times } = held;
    if (unit.inner >= 0) {
      for (let i = 0; i < times; i += 1) if (!unit.join(held, unit.inner)) return false;
      unit.at = at.length === 1 || times === 1 ? at : [];
      if (times > 1 || unit.hydrogensAt(unit.inner) === 0) unit.inner = -1;
      return true;
    }
    const isWithin =
      at.length === times &&
      unit.molecule.size > 1 &&
      at.every((place) => unit.atomAt(place) !== undefined);
    if (!isWithin) {
      held.at = [];
      unit.at = at;
      return attach(unit, held);
    }
    if (!attach(unit, held)) return false;
    for (let other = this.groups.at(-1); other && other.at.length > 0; other = this.groups.at(-1)) {
      if (!attach(unit, other)) return false;
      this.groups.pop();
    }
    return true;
  }

  private finish(): Unit | null {
    const unit = this.whole();
    if (unit && this.halogen !== '')
      for (let i = unit.molecule.size - 1; i >= 0; i -= 1)
        while (
          unit.molecule.elements[i] === 'C' &&
          unit.hydrogensAt(i) > 0 &&
          !unit.free.includes(i)
        )
          unit.grow(i, this.halogen, 1, 0);
    return unit;
  }

  private whole(): Unit | null {
    if (this.places.length > 0 || this.hydro.length > 0) return null;
    const { base } = this;
    if (base) {
      // A place nothing was put at: the name means more than was read.
      if (base.places.length === 1) return null;
      const last = this.groups.at(-1);
      const joint = base.times > 1 && last ? jointOf(last, base.times) : null;
      if (joint) return multiply(base.unit, base.times, joint, this.groups.slice(0, -1));
      if (base.times > 1) {
        base.unit.times = base.times;
        if (!base.unit.isAnion) return null;
      }
      return attachAll(base.unit, this.groups) ? base.unit : null;
    }
    const unit = this.groups.pop();
    const isJoint =
      unit &&
      unit.times > 1 &&
      this.groups.some(({ free, isDouble }) => free.length > 1 && !isDouble);
    if (isJoint) return null;
    return unit && attachAll(unit, this.groups) ? unit : null;
  }
}

function grouped(skeleton: Skeleton, { value, inner, name }: Part): Unit {
  const unit = new Unit(skeleton);
  unit.free = value === 2 ? [0, 0] : [0];
  unit.isDouble = value === 2 && name !== 'epoxy';
  unit.inner = inner;
  if (unit.free.length === 1 && unit.hydrogensAt(0) === 1) unit.common = unit.onlyOther(0);
  return unit;
}
