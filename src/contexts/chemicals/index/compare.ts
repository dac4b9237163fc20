import { distance } from 'fastest-levenshtein';
import type { Atoms } from '../reading/atoms.ts';
import { squash } from '../reading/canonical.ts';
import { withoutFormula } from '../reading/formula-behind.ts';
import { type Parts, takeApart } from '../reading/morphemes.ts';
import { soundOf } from '../reading/sound.ts';

/** A name prepared for comparing. */
export interface Taken extends Parts {
  readonly canonical: string;
  readonly spelling: string;
  readonly letters: string;
  /** As it sounds in any language that spells it with these letters. */
  readonly sound: string;
  /** What it is made of, where that could be read. */
  readonly atoms: Atoms | null;
  /** The number of its structure; 0 where that could not be read. */
  readonly structure: number;
}

export function take(canonical: string, atoms: Atoms | null, structure: number): Taken {
  const said = withoutFormula(canonical);
  const spelling = squash(said);
  return {
    canonical,
    spelling,
    letters: spelling.replace(/\d/g, ''),
    sound: soundOf(said),
    atoms,
    structure,
    ...takeApart(said),
  };
}

/** What the comparison of two names looks at, in this order. */
export const COMPARED = [
  'one',
  'cosine',
  'spelling',
  'letters',
  'shared',
  'unknownInQuery',
  'knownInQuery',
  'unknownInName',
  'knownInName',
  'conflict',
  'locantsDiffer',
  'locantsMissing',
  'multipliersDiffer',
  'multipliersMissing',
  'stereoDiffer',
  'sameParts',
  'same',
  'length',
  'shortUnlike',
  'spellingSquared',
  'sharedSquared',
  'onlySlip',
  'lists',
  'sameAtoms',
  'sameHeavyAtoms',
  'otherAtoms',
  'sameAtomsAndPlaces',
  'sameStructure',
  'otherStructure',
  'sound',
  'begin',
  'queryInName',
  'nameInQuery',
  'lengthDiffers',
  'sameDigits',
] as const;

/**
 * How a name compares with what was asked. Letters alone do not tell a slip from another substance, so the
 * parts do: what differs and is unknown may be a slip; two known parts that differ are two substances, and
 * so are two sets of locants.
 */
export function compare(
  query: Taken,
  name: Taken,
  cosine: number,
  weightOf: (part: string) => number,
  lists: number,
): Float64Array {
  const onlyQuery = without(query.parts, name.parts);
  const onlyName = without(name.parts, query.parts);
  const sum = (parts: readonly string[], isUnknown: boolean | null): number =>
    parts.reduce(
      (total, part) =>
        isUnknown === null || part.startsWith('?') === isUnknown ? total + weightOf(part) : total,
      0,
    );
  const ofQuery = sum(query.parts, null) || 1;
  const ofName = sum(name.parts, null) || 1;
  const missing = sum(onlyName, null);
  const knownQuery = sum(onlyQuery, false);
  const knownName = sum(onlyName, false);
  const all = ofQuery + ofName;
  const longest = Math.max(query.spelling.length, name.spelling.length, 1);
  const edits = longest > 300 ? longest : distance(query.spelling, name.spelling);
  const longestLetters = Math.max(query.letters.length, name.letters.length, 1);
  const letterEdits = longestLetters > 300 ? longestLetters : distance(query.letters, name.letters);
  const multipliers = differing(query.multipliers, name.multipliers);
  const hasMultipliers = query.multipliers.length > 0 && name.multipliers.length > 0;
  const stereo = differing(query.stereo, name.stereo);
  const isSameParts = onlyQuery.length + onlyName.length === 0;
  const hasLocants = query.isPlaced && name.isPlaced;
  const locants = differing(query.locants, name.locants);
  return Float64Array.of(
    1,
    cosine,
    1 - edits / longest,
    1 - letterEdits / longestLetters,
    (ofName - missing) / ofName,
    sum(onlyQuery, true) / ofQuery,
    knownQuery / ofQuery,
    sum(onlyName, true) / ofName,
    knownName / ofName,
    Math.min(knownQuery, knownName) / (all / 2),
    hasLocants && locants > 0 ? Math.min(1, 0.5 + locants / 6) : 0,
    !hasLocants && locants > 0 ? Math.min(1, 0.5 + locants / 6) : 0,
    hasMultipliers ? Math.min(1, multipliers / 2) : 0,
    hasMultipliers ? 0 : Math.min(1, multipliers / 2),
    Math.min(1, stereo / 2),
    isSameParts && locants + multipliers === 0 ? 1 : 0,
    query.spelling === name.spelling ? 1 : 0,
    Math.min(1, longest / 40),
    letterEdits > 0 ? Math.min(1, letterEdits / 3) / Math.max(1, longestLetters / 8) : 0,
    (1 - edits / longest) ** 2,
    ((ofName - missing) / ofName) ** 2,
    knownQuery === 0 && locants + multipliers === 0 && letterEdits <= 2 && longestLetters > 5
      ? 1
      : 0,
    Math.min(3, lists) / 3,
    ...atomFeatures(query, name, locants),
    ...structureFeatures(query, name),
    ...letterFeatures(query, name, longest),
  );
}

/** How the letters run: as they sound, from the beginning, the one name within the other, and their digits. */
function letterFeatures(query: Taken, name: Taken, longest: number): number[] {
  const longestSound = Math.max(query.sound.length, name.sound.length, 1);
  const sounds = longestSound > 300 ? longestSound : distance(query.sound, name.sound);
  const isWithin = (a: Taken, b: Taken): boolean =>
    a.spelling.length > 3 && b.spelling.length > a.spelling.length && hasWords(b, a);
  return [
    1 - sounds / longestSound,
    begunAlike(query.spelling, name.spelling) / longest,
    isWithin(query, name) ? 1 : 0,
    isWithin(name, query) ? 1 : 0,
    Math.abs(query.spelling.length - name.spelling.length) / longest,
    digitsOf(query.spelling) === digitsOf(name.spelling) ? 1 : 0,
  ];
}

function begunAlike(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Whether the words of the one stand in the other, and are not the middle of a word there. */
function hasWords({ canonical }: Taken, { canonical: words }: Taken): boolean {
  const at = canonical.indexOf(words);
  if (at < 0) return false;
  return (
    !LETTER.test(canonical[at - 1] ?? ' ') && !LETTER.test(canonical[at + words.length] ?? ' ')
  );
}

const LETTER = /[a-z\p{Script=Han}]/u;
const digitsOf = (spelling: string): string => spelling.replace(/\D/g, '');

/** The atoms of two names are the same, but for hydrogens, or not; and whether they also stand in the same places. */
function atomFeatures({ atoms: a }: Taken, { atoms: b }: Taken, locants: number): number[] {
  if (!a || !b) return [0, 0, 0, 0];
  const isSameHeavy = a.heavy === b.heavy;
  const isSame = isSameHeavy && a.hydrogen === b.hydrogen;
  return [
    isSame ? 1 : 0,
    isSameHeavy && !isSame ? 1 : 0,
    isSameHeavy ? 0 : 1,
    isSame && locants === 0 ? 1 : 0,
  ];
}

function structureFeatures({ structure: a }: Taken, { structure: b }: Taken): number[] {
  if (a === 0 || b === 0) return [0, 0];
  return a === b ? [1, 0] : [0, 1];
}

/** Both sorted: the members of `a` that `b` lacks, as often as it lacks them. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const left: string[] = [];
  let at = 0;
  for (const part of a) {
    while (at < b.length && (b[at] as string) < part) at += 1;
    if (b[at] === part) at += 1;
    else left.push(part);
  }
  return left;
}

const differing = (a: readonly string[], b: readonly string[]): number =>
  without(a, b).length + without(b, a).length;
