import { type Atoms, atomsOf } from '../atoms.ts';
import { fromSmiles, keyOf, type Molecule } from './molecule.ts';
import { acidBeside, saltOf } from './salt.ts';
import { take } from './suffix.ts';
import { Unit } from './unit.ts';
import { readWord } from './word.ts';

/** What a group is joined to in names of functional classes, and at how many places. */
const CLASSES: Readonly<Record<string, readonly [smiles: string, places: number]>> = {
  ...{
    chloride: ['Cl', 1],
    bromide: ['Br', 1],
    iodide: ['I', 1],
    fluoride: ['F', 1],
    cyanide: ['C#N', 1],
  },
  ...{
    isocyanide: ['C=N', 1],
    azide: ['N=N=N', 1],
    hydroperoxide: ['OO', 1],
    alcohol: ['O', 1],
    mercaptan: ['S', 1],
  },
  ...{
    isocyanate: ['N=C=O', 1],
    isothiocyanate: ['N=C=S', 1],
    thiocyanate: ['SC#N', 1],
    hydroxide: ['O', 1],
  },
  ...{
    ether: ['O', 2],
    oxide: ['O', 2],
    sulfide: ['S', 2],
    selenide: ['[Se]', 2],
    ketone: ['C=O', 2],
    sulfone: ['S(=O)=O', 2],
    sulfoxide: ['S=O', 2],
  },
  ...{ disulfide: ['SS', 2], peroxide: ['OO', 2], amine: ['N', 3], glycol: ['', 2] },
};

const MAX_NAME = 140;

const units = new Map<string, Unit | null>();
const classUnit = (word: string): Unit | null => {
  const known = units.get(word);
  if (known !== undefined) return known;
  const smiles = CLASSES[word]?.[0];
  const molecule = smiles ? fromSmiles(smiles) : null;
  const unit = molecule ? new Unit({ molecule, places: new Map() }) : null;
  units.set(word, unit);
  return unit;
};

/**
 * A number for the structure a systematic name tells, the same for every name of it that can be read, hands and tautomers
 * left aside: by the rules of substitutive, multiplicative and functional class names. 0 where a part is not known, where
 * it is not said where a group stands, or where the atoms come out other than they were counted.
 *
 * @param canonical a name in canonical spelling.
 * @param atoms what the name says it is made of, counted by `compositionOfName`.
 */
export function structureOfName(canonical: string, atoms: Atoms): number {
  const unit = structure(canonical);
  return unit && heavyOf(unit.molecule) === atoms.heavy ? keyOf(unit.molecule) : 0;
}

/** The atoms but for hydrogen, weighed as those of a formula are. */
const heavyOf = ({ elements }: Molecule): number =>
  elements.reduce(
    (sum, element) => (element === '' ? sum : sum + (weights.get(element) ?? weigh(element))),
    0,
  );

const weights = new Map<string, number>();
function weigh(element: string): number {
  const { heavy } = atomsOf(element);
  weights.set(element, heavy);
  return heavy;
}

function structure(canonical: string): Unit | null {
  if (canonical.length > MAX_NAME || canonical.length < 4 || /[^ -~]|\?/.test(canonical))
    return null;
  const words = wordsOf(expanded(canonical));
  if (words.length > 5) return null;
  const beside = words.length > 1 ? acidBeside(words.at(-1) as string) : null;
  const own = beside ? words.slice(0, -1) : words;
  const unit =
    own.length === 1 ? molecule(own[0] as string) : (glycol(own) ?? saltOf(own) ?? join(own));
  if (!unit || unit.free.length > 0 || unit.times > 1 || unit.molecule.size < 2) return null;
  if (own.length === 1 && unit.isAnion) return null;
  for (let i = 0; i < (beside?.count ?? 0); i += 1) unit.molecule.add(beside?.element ?? '', 1);
  return unit;
}

/** Older names of one ring with groups on it, as the groups and the ring. */
const EXPANDED: Readonly<Record<string, string>> = {
  ...{
    toluidin: 'methylanilin',
    cresol: 'methylphenol',
    xylidin: 'dimethylanilin',
    tolyl: 'methylphenyl',
  },
  ...{ xylenol: 'dimethylphenol', anisidin: 'methoxyanilin', phenetidin: 'ethoxyanilin' },
  ...{ picolin: 'methylpyridin', lutidin: 'dimethylpyridin', xylen: 'dimethylbenzen' },
  ...{ cymen: 'isopropyltoluen', 'tert-': 'tert', 'sec-': 'sec' },
  ...{
    toluic: 'methylbenzoic',
    toluamid: 'methylbenzamid',
    tolunitril: 'methylbenzonitril',
    toluoyl: 'methylbenzoyl',
  },
};
const OLDER =
  /toluidin|cresol|xylidin|tolyl|xylenol|anisidin|phenetidin|picolin(?!i)|lutidin|xylen|cymen|(?:tert|sec)-(?=butyl|pentyl|amyl|octyl)|tolu(?:ic|amid|nitril|oyl)/g;

const expanded = (name: string): string => name.replace(OLDER, (older) => EXPANDED[older] ?? older);

/** One word that is a whole: ethylene by itself is the hydrocarbon. */
function molecule(word: string): Unit | null {
  const unit = readWord(word);
  if (unit && unit.free.length === 2 && !unit.isDouble && word.endsWith('ylene')) {
    for (const atom of unit.free) unit.molecule.change(atom, -1);
    unit.free = [];
  }
  return unit;
}

function wordsOf(name: string): string[] {
  const words: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= name.length; at += 1) {
    const sign = name[at];
    if (sign === '(' || sign === '[' || sign === '{') depth += 1;
    else if (sign === ')' || sign === ']' || sign === '}') depth -= 1;
    else if (sign === undefined || (sign === ' ' && depth <= 0)) {
      if (at > from) words.push(name.slice(from, at));
      from = at + 1;
    }
  }
  return words;
}

/** Diols by their older names. */
const GLYCOLS: Readonly<Record<string, string>> = {
  ...{
    ethylene: 'OCCO',
    diethylene: 'OCCOCCO',
    triethylene: 'OCCOCCOCCO',
    propylene: 'CC(O)CO',
    '1,2-propylene': 'CC(O)CO',
    '1,3-propylene': 'OCCCO',
    '1,2-butylene': 'CCC(O)CO',
    '1,3-butylene': 'CC(O)CCO',
    '1,4-butylene': 'OCCCCO',
    '2,3-butylene': 'CC(O)C(C)O',
    '1,6-hexylene': 'OCCCCCCO',
    neopentyl: 'OCC(C)(C)CO',
  },
  ...{
    tetraethylene: 'OCCOCCOCCOCCO',
    hexylene: 'CC(O)CC(C)(C)O',
    trimethylene: 'OCCCO',
    tetramethylene: 'OCCCCO',
  },
};

/** `diethylene glycol monobutyl ether acetate`: groups and acids on the two hydroxyls, the one like the other or both alike. */
function glycol([diol = '', word, ...more]: readonly string[]): Unit | null {
  const smiles = word === 'glycol' ? GLYCOLS[diol] : undefined;
  if (!smiles) return null;
  const unit = new Unit({ molecule: fromSmiles(smiles), places: new Map() });
  const open = hydroxylsOf(unit);
  const isAlike = !/^(?:1,[23]-)?(?:prop|but|hex)ylene$/.test(diol) || diol === '1,3-propylene';
  for (let i = 0; i < more.length; i += 1) {
    const text = (more[i] as string).replace(/^mono-?/, '');
    const group = readWord(text);
    if (!group) return null;
    const isEther = more[i + 1] === 'ether';
    const isEster = group.isAnion && group.sites.length === 1;
    if (isEther === isEster || (isEther && group.free.length !== 1)) return null;
    if (isEster) group.free = [take(group, group.sites[0] as number)];
    if (isEther) i += 1;
    if (group.times > open.length || (!isAlike && group.times !== open.length)) return null;
    for (let n = 0; n < group.times; n += 1) unit.join(group, open.shift() as number);
  }
  return unit;
}

/** Acids, esters, and groups with the class they are of. */
function join(words: readonly string[]): Unit | null {
  const last = words.at(-1) as string;
  const before = words.slice(0, -1);
  if (last === 'acid') return before.length === 1 ? acidOf(before[0] as string) : null;
  const [plain, count] = countOf(last);
  const known = CLASSES[plain];
  if (known && known[1] > 0) return ofClass(before, plain, known[1], count);
  const anion = readWord(last);
  if (!anion?.isAnion) return null;
  return esterOf(before, anion);
}

const acidOf = (word: string): Unit | null => {
  const unit = readWord(word);
  return unit && unit.sites.length > 0 && !unit.isAnion && unit.free.length === 0 ? unit : null;
};

function countOf(word: string): [string, number] {
  const found = /^(mono|di|tri|tetra)(.+)$/.exec(word);
  if (!found || word in CLASSES) return [word, 1];
  return [found[2] as string, { mono: 1, di: 2, tri: 3, tetra: 4 }[found[1] as string] ?? 1];
}

function groupsOf(words: readonly string[]): Unit[] | null {
  const groups: Unit[] = [];
  for (const word of words) {
    const unit = readWord(word);
    if (!unit || unit.free.length === 0 || unit.isDouble) return null;
    // `2-propyl` says where its own bond is, which a group alone cannot have taken.
    if (unit.at.some((place) => /^\d/.test(place))) return null;
    groups.push(unit);
  }
  return groups;
}

const eachOf = (groups: readonly Unit[]): Unit[] =>
  groups.flatMap((group) => new Array<Unit>(group.times).fill(group));

const hydroxylsOf = ({ molecule }: Unit): number[] =>
  molecule.elements.flatMap((element, i) =>
    element === 'O' && molecule.hydrogens[i] === 1 ? [i] : [],
  );

function ofClass(
  words: readonly string[],
  plain: string,
  places: number,
  count: number,
): Unit | null {
  const of = classUnit(plain);
  const groups = groupsOf(words);
  if (!of || !groups) return null;
  if (places === 1) {
    const [group] = groups;
    if (!group || groups.length > 1 || group.times > 1) return null;
    if (group.free.length !== count && count > 1) return null;
    // Of an acid's chloride it need not be said that there are as many as it has acid groups.
    if (group.free.length > 1 && count === 1 && plain !== 'chloride') return null;
    const whole = new Unit(group);
    for (const atom of group.free) {
      const other = new Unit(of);
      other.free = [0];
      whole.join(other, atom);
    }
    return whole;
  }
  const all = eachOf(groups);
  if (all.length !== places || count > 1 || all.some(({ free }) => free.length !== 1)) return null;
  const whole = new Unit(of);
  const ends =
    whole.molecule.size === 2 && plain !== 'ketone' && plain !== 'sulfoxide' ? [0, 1] : [0, 0, 0];
  all.forEach((group, i) => {
    whole.join(group, ends[i] as number);
  });
  return whole;
}

/** Groups on the oxygens of an acid; a group with two bonds on two acids. */
function esterOf(words: readonly string[], anion: Unit): Unit | null {
  const [alcohol] = words;
  if (alcohol && words.length === 1 && alcohol.endsWith('ol'))
    return esterOfAlcohol(alcohol, anion);
  const groups = groupsOf(words.filter((word) => word !== 'hydrogen'));
  if (!groups || groups.length === 0) return null;
  const all = eachOf(groups);
  const [only] = all;
  if (all.length === 1 && only && only.free.length > 1) {
    if (only.free.length !== anion.times || anion.sites.length !== 1) return null;
    const whole = new Unit(only);
    for (const atom of only.free) {
      const acid = new Unit(anion);
      acid.free = [...anion.sites];
      whole.join(acid, atom);
    }
    return whole;
  }
  if (
    anion.times > 1 ||
    all.length > anion.sites.length ||
    all.some(({ free }) => free.length !== 1)
  )
    return null;
  const whole = new Unit(anion);
  all.forEach((group, i) => {
    whole.join(group, anion.sites[i] as number);
  });
  return whole;
}

/** `2-ethoxyethanol acetate`. */
function esterOfAlcohol(word: string, anion: Unit): Unit | null {
  const alcohol = readWord(word);
  if (!alcohol || alcohol.free.length > 0 || anion.times > 1 || anion.sites.length !== 1)
    return null;
  const open = hydroxylsOf(alcohol);
  if (open.length !== 1) return null;
  anion.free = [take(anion, anion.sites[0] as number)];
  alcohol.join(anion, open[0] as number);
  return alcohol;
}
