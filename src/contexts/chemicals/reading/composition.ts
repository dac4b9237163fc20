import { type Atoms, atomsOf, NO_ATOMS, plus } from './atoms.ts';
import { formulaBehind } from './formula-behind.ts';
import { cutIntoFragments } from './fragment.ts';
import { WordSum } from './word-sum.ts';

const HYDROGEN = atomsOf('H');
const WATER = atomsOf('H2O');
const HYDROXYL = atomsOf('OH');
const OXYGEN = atomsOf('O');
const MAX_NAME = 120;

/** What a word of a name is: its atoms as they stand in the compound, and the charge they would have alone. */
interface Word {
  readonly atoms: Atoms;
  readonly charge: number;
  readonly is: 'ion' | 'neutral' | 'element' | 'acid' | 'anhydride' | 'glycol' | 'ether' | 'oxide';
  /** What the word ends in, where that decides how it is joined. */
  readonly ends: 'ol' | 'cyanate' | 'sesqui' | null;
  /** How many there are was said: disodium, trichloride. */
  readonly isCounted: boolean;
}

/**
 * The atoms of a substance by its systematic name, as substitutive nomenclature and the names of salts, esters and
 * functional classes add them up; `null` where a part of the name is not known or the valences do not come out.
 * Where on the molecule a group stands plays no part. Of fused rings the hydrogens may be miscounted.
 *
 * @param canonical a name in canonical spelling.
 */
export function compositionOfName(canonical: string): Atoms | null {
  if (canonical.length > MAX_NAME || canonical.length < 3 || /[^ -~]/.test(canonical)) return null;
  if (canonical.endsWith(')')) {
    const told = formulaBehind(canonical);
    if (told) return told;
  }
  const per = /^per(?:fluor|chlor|brom)o(?=[a-z(])/.exec(canonical)?.[0];
  if (per) return halogenated(canonical.slice(per.length), HALOGENS[per[3] ?? ''] as Atoms);
  const words: Word[] = [];
  for (const text of wordsOf(canonical)) {
    const before = words.at(-1);
    const valence = VALENCES[text];
    if (valence && before?.is === 'element') {
      words[words.length - 1] = { ...before, is: 'ion', charge: valence };
      continue;
    }
    const word = readWord(text);
    if (!word) return null;
    words.push(word);
  }
  return words.length === 0 ? null : join(words);
}

const HALOGENS: Readonly<Record<string, Atoms>> = {
  ...{ f: atomsOf('FH-1'), c: atomsOf('ClH-1'), b: atomsOf('BrH-1') },
};

/** Every hydrogen but those of acids, alcohols and amides is a halogen. */
function halogenated(parent: string, halogen: Atoms): Atoms | null {
  const atoms = compositionOfName(parent);
  if (!atoms) return null;
  const kept = /amide$/.test(parent) ? 2 : /acid$|ol$/.test(parent) ? 1 : 0;
  return plus(atoms, halogen, atoms.hydrogen - kept);
}

/** Runs of letters that say where or which hand, when a sign of writing follows. */
const PLACES = new Set(
  `n o s p m c b a f g h i k r e z d l t cis trans alpha beta gamma delta epsilon omega rac dl meso ar as exo endo sym unsym
  vic syn anti ortho meta para cd de ij rs sr`.split(/\s+/),
);
const OPEN = '([{';
const CLOSE = ')]}';

/** The words of a name, locants and signs of writing left out; brackets stay, for what they multiply. */
function wordsOf(name: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  for (let at = 0; at < name.length; at += 1) {
    const sign = name[at] as string;
    if (sign >= 'a' && sign <= 'z') {
      const start = at;
      while (at + 1 < name.length && isLetter(name.charCodeAt(at + 1))) at += 1;
      const run = name.slice(start, at + 1);
      if (!isPlace(run, name[at + 1], name[start - 1])) word += run;
    } else if (OPEN.includes(sign)) {
      if (sign === '[' && /(?:bi|tri|tetra|penta)cyclo$/.test(word))
        word = `${word.slice(0, -5)}qcyclo`;
      depth += 1;
      word += '(';
    } else if (CLOSE.includes(sign)) {
      depth -= 1;
      word = word.endsWith('(') ? word.slice(0, -1) : `${word})`;
    } else if (sign === ' ' && depth <= 0 && word !== '') {
      words.push(word);
      word = '';
    }
  }
  if (word !== '') words.push(word);
  return words;
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;

const isPlace = (run: string, next: string | undefined, before: string | undefined): boolean =>
  PLACES.has(run) &&
  next !== undefined &&
  (/[-,'\d]/.test(next) ||
    (CLOSE.includes(next) && (before === undefined || !isLetter(before.charCodeAt(0)))));

/** An oxidation number as canonical spelling writes it: iron tri chloride. */
const VALENCES: Readonly<Record<string, number>> = {
  ...{ mono: 1, di: 2, tri: 3, tetra: 4, penta: 5, hexa: 6 },
};

const CLASS_WORDS: Readonly<Record<string, Word['is']>> = {
  ...{ acid: 'acid', anhydride: 'anhydride', glycol: 'glycol', ether: 'ether', oxide: 'oxide' },
};

function readWord(text: string): Word | null {
  const is = CLASS_WORDS[text.replace(/^(?:mono|di)(?=ether)/, '')];
  if (is === 'acid' || is === 'anhydride')
    return { atoms: NO_ATOMS, charge: 0, is, ends: null, isCounted: false };
  const sum = new WordSum();
  if (!read(text, sum, 1)) return null;
  const { atoms, charge, isCounted, isElement } = sum.finish();
  const ends = endOf(text);
  if (is) return { atoms, charge, is, ends, isCounted };
  return {
    atoms,
    charge,
    ends,
    is: isElement ? 'element' : charge === 0 ? 'neutral' : 'ion',
    isCounted,
  };
}

const endOf = (text: string): Word['ends'] =>
  text.endsWith('cyanate')
    ? 'cyanate'
    : text.endsWith('ol')
      ? 'ol'
      : /^(?:antimony|arsenic|phosphorus|boron|bismuth|iron|aluminium|indium|gallium|nitrogen|vanadium|niobium|tantalum|iodine)$/.test(
            text,
          )
        ? 'sesqui'
        : null;

/** Reads a word, brackets and all, into a sum; `times` is what stands before the bracket it is in. */
function read(text: string, sum: WordSum, times: number): boolean {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('(', at);
    const plain = text.slice(at, open < 0 ? text.length : open);
    if (plain.includes(')')) return false;
    for (const fragment of cutIntoFragments(plain) ?? [null]) {
      if (fragment === null) return false;
      sum.take(fragment, times);
    }
    if (open < 0) break;
    const close = closing(text, open);
    if (close < 0) return false;
    const n = sum.takeCount();
    sum.enter();
    if (!read(text.slice(open + 1, close), sum, times * n)) return false;
    at = close + 1;
  }
  return true;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

const sumOf = (words: readonly Word[]): Atoms =>
  words.reduce((sum, { atoms }) => plus(sum, atoms), NO_ATOMS);

/** Words of one name: ions in the ratio that makes them neutral, acids with their protons, classes as they are. */
function join(words: readonly Word[]): Atoms | null {
  const total = words.reduce((sum, { charge }) => sum + charge, 0);
  const atoms = sumOf(words);
  const has = (is: Word['is']): boolean => words.some((word) => word.is === is);
  if (has('anhydride')) {
    if (total === -1) return plus(plus(NO_ATOMS, plus(atoms, HYDROGEN), 2), WATER, -1);
    return total === -2 ? plus(plus(atoms, HYDROGEN, 2), WATER, -1) : null;
  }
  if (has('glycol')) return glycol(words);
  if (total === 0) return atoms;
  if (words.length === 1 && total > 0) return atoms;
  if (has('element')) return words.some(({ isCounted }) => isCounted) ? ofElement(words) : null;
  if (has('acid')) return total < 0 ? plus(atoms, HYDROGEN, -total) : null;
  const [positive, negative] = [
    words.filter(({ charge }) => charge > 0),
    words.filter(({ charge }) => charge < 0),
  ];
  if (has('oxide') && positive.length === 0 && words.length > 1) return atoms;
  if (positive.length === 0 && words.length === 2 && words[0]?.is === 'neutral')
    return substituted(words);
  if (positive.length === 0 || negative.length === 0) return null;
  if (words.some(({ isCounted, charge }) => isCounted && charge > 0)) return null;
  if (negative.some(({ isCounted }) => isCounted)) return words.length === 2 ? atoms : null;
  return balance(sumOf(words.filter(({ charge }) => charge === 0)), positive, negative);
}

/** As it is written, but that `phosphorus pentaoxide` and `antimony trioxide` have two atoms nobody speaks of. */
function ofElement([element, anion, ...more]: readonly Word[]): Atoms {
  const { atoms = NO_ATOMS, isCounted, ends } = element ?? {};
  const written = sumOf([element, anion, ...more].filter((word) => word !== undefined));
  const isOdd = anion?.charge === -10 || (anion?.charge === -6 && !FIVE_VALENT.has(atoms.heavy));
  return ends === 'sesqui' && !isCounted && isOdd && more.length === 0
    ? plus(written, atoms)
    : written;
}

/** Elements whose trioxide is of one atom as often as of two. */
const FIVE_VALENT = new Set(['N', 'V', 'Nb', 'Ta', 'I'].map((symbol) => atomsOf(symbol).heavy));

/** `toluene diisocyanate` has lost hydrogens, `glycerol tripalmitate` its hydroxyls; of a base's salt the ratio is unknown. */
function substituted([parent, groups]: readonly Word[]): Atoms | null {
  if (!parent || !groups) return null;
  const sum = plus(parent.atoms, groups.atoms);
  if (groups.ends === 'cyanate') return plus(sum, HYDROGEN, groups.charge);
  return parent.ends === 'ol' ? plus(sum, HYDROXYL, groups.charge) : null;
}

function balance(
  neutral: Atoms,
  positive: readonly Word[],
  negative: readonly Word[],
): Atoms | null {
  if (negative.length > 1) return null;
  const [plusses, minuses] = [
    positive.reduce((sum, { charge }) => sum + charge, 0),
    -negative.reduce((sum, { charge }) => sum + charge, 0),
  ];
  if (minuses % plusses !== 0 && (plusses % minuses !== 0 || positive.length > 1)) {
    if (positive.length > 1) return null;
  }
  const common = (plusses * minuses) / divisor(plusses, minuses);
  const cations = plus(neutral, sumOf(positive), common / plusses);
  return plus(cations, sumOf(negative), common / minuses);
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** `diethylene glycol` has an ether's oxygen for each chain after the first; a word of an ether or ester takes the place of a hydrogen. */
function glycol(words: readonly Word[]): Atoms | null {
  const at = words.findIndex(({ is }) => is === 'glycol');
  const before = words.slice(0, at);
  const chains = before.reduce((sum, { charge }) => sum + charge, 0);
  if (before.length !== 1 || chains < 2 || chains % 2 === 1) return null;
  let atoms = plus(sumOf(words.slice(0, at + 1)), OXYGEN, chains / 2 - 1);
  for (const { charge, atoms: own, is } of words.slice(at + 1)) {
    if (is === 'ether') continue;
    if (charge > 0) atoms = plus(plus(atoms, own), HYDROGEN, -charge);
    else if (charge < 0) atoms = plus(plus(atoms, own), HYDROXYL, charge);
  }
  return atoms;
}
