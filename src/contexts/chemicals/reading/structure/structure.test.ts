// One molecule has many systematic names. Read as structures they are one, isomers are two, and of what cannot be read nothing is said.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../canonical.ts';
import { compositionOfName } from '../composition.ts';
import { structureOfName } from './structure.ts';

function structureOf(name: string): number {
  const spelt = canonical(name);
  const atoms = compositionOfName(spelt);
  return atoms ? structureOfName(spelt, atoms) : 0;
}

describe('the same molecule', () => {
  test.each([
    ['p-nitroanisole', '1-methoxy-4-nitrobenzene'],
    ['o-toluidine', '2-methylaniline'],
    ['benzene, 1-chloro-3-methyl-', '3-chlorotoluene'],
    ['isobutane', '2-methylpropane'],
    ['methyl ethyl ketone', 'butan-2-one'],
    ['diethyl ether', 'ethoxyethane'],
    ['diethylene glycol monobutyl ether', '2-(2-butoxyethoxy)ethanol'],
    ['ethylene glycol monoethyl ether acetate', '2-ethoxyethyl acetate'],
    ['butyl glycidyl ether', '2-(butoxymethyl)oxirane'],
    ['hexamethylenediamine', 'hexane-1,6-diamine'],
    ["4,4'-methylenebis(2-chloroaniline)", "2,2'-dichloro-4,4'-methylenedianiline"],
    ["3,3'-dichlorobenzidine", "3,3'-dichloro[1,1'-biphenyl]-4,4'-diamine"],
    ['2,4-dichlorophenoxyacetic acid', '(2,4-dichlorophenoxy)acetic acid'],
    ['acetic acid, 2-chloroethyl ester', '2-chloroethyl acetate'],
    ['N-nitrosodipropylamine', 'N,N-dipropylnitrous amide'],
    ['perfluorooctanoic acid', 'pentadecafluorooctanoic acid'],
    ['benzoyl chloride, 4-nitro-', '4-nitrobenzoyl chloride'],
    ['pyridin-2(1H)-one', '2-hydroxypyridine'],
    ['1H-indole-3-carbaldehyde', 'indole-3-carbaldehyde'],
    ['heptanone-2', '2-heptanone'],
    ['bis(β-chloroethyl) ether', 'bis(2-chloroethyl) ether'],
    ['alpha-chloropropionic acid', '2-chloropropionic acid'],
    ['1,3-butylene glycol', 'butane-1,3-diol'],
    ['4-chloronitrobenzene', '1-chloro-4-nitrobenzene'],
    ['2,6-dinitromethylbenzene', '2,6-dinitrotoluene'],
    ['phosphonic acid, methyl-, dimethyl ester', 'dimethyl methylphosphonate'],
    ['diethyl carbinol', 'pentan-3-ol'],
    ['phthaloyl chloride', 'phthaloyl dichloride'],
    ["benzene, 1,1'-methylenebis[4-isocyanato-", "4,4'-diisocyanatodiphenylmethane"],
    ['perchlorobenzene', 'hexachlorobenzene'],
    ['1,2-dihydroxy-3-chloropropane', '3-chloropropane-1,2-diol'],
    ['2-methyl-2-propyl chloride', '2-chloro-2-methylpropane'],
    ['calcium acetate', 'acetic acid, calcium salt'],
    ['benzoic acid sodium salt', 'sodium benzoate'],
    ['disodium butanedioate', 'disodium succinate'],
    ['benzenamine, hydrochloride', 'aniline hydrochloride'],
    [
      '1,3,5-tris(2-hydroxyethyl)hexahydro-1,3,5-triazine',
      "2,2',2''-(hexahydro-1,3,5-triazine-1,3,5-triyl)triethanol",
    ],
  ])('%s, %s', (one, other) => {
    expect(structureOf(one)).not.toBe(0);
    expect(structureOf(other)).toBe(structureOf(one));
  });
});

describe('another molecule of the same atoms', () => {
  test.each([
    ['2-chlorophenol', '3-chlorophenol'],
    ['propan-1-ol', 'propan-2-ol'],
    ['butyl acetate', 'isobutyl acetate'],
    ['ethyl propionate', 'methyl butyrate'],
    ['2,4-dinitrotoluene', '2,6-dinitrotoluene'],
    ['1,1-dichloroethane', '1,2-dichloroethane'],
    ['bicyclo[2.2.1]heptane', 'bicyclo[3.1.1]heptane'],
    ['phenyl isocyanate', 'phenyl cyanate'],
    ['disodium phthalate', 'disodium terephthalate'],
    ['sodium hydrogen phthalate', 'disodium phthalate'],
    ['N,N-dimethylethanolamine', '2-amino-2-methylpropan-1-ol'],
  ])('%s, %s', (one, other) => {
    expect(structureOf(one)).not.toBe(structureOf(other));
  });
});

test.each(['chlorotoluene', 'vestrol', 'naphtha', 'dichloroethane', '2-chloro', 'sodium chloride'])(
  'of %s nothing is said',
  (name) => expect(structureOf(name)).toBe(0),
);

const GROUPS = ['chloro', 'bromo', 'nitro', 'methyl', 'methoxy', 'ethyl', 'fluoro'] as const;
const ring = fc.array(fc.option(fc.constantFrom(...GROUPS), { freq: 2 }), {
  minLength: 6,
  maxLength: 6,
});

/** Told as if the ring began at `from` and went round forwards or backwards. */
const toldFrom = (
  places: readonly (string | null)[],
  from: number,
  isBackwards: boolean,
): (string | null)[] =>
  places.map((_, i) => places[(from + (isBackwards ? -i : i) + 12) % 6] ?? null);

const nameOf = (places: readonly (string | null)[]): string =>
  `${places.flatMap((group, i) => (group ? [`${i + 1}-${group}`] : [])).join('-')}benzene`;

/** What a ring is, wherever it begins: the least of its twelve tellings. */
const ringOf = (places: readonly (string | null)[]): string =>
  [0, 1, 2, 3, 4, 5]
    .flatMap((from) => [false, true].map((back) => toldFrom(places, from, back).join()))
    .sort()[0] ?? '';

test('a benzene ring is the same wherever its numbers begin, and another where its groups stand otherwise', () => {
  fc.assert(
    fc.property(ring, ring, fc.nat(5), fc.boolean(), (one, two, from, back) => {
      fc.pre(one.filter(Boolean).length > 1 && two.filter(Boolean).length > 1);
      const told = structureOf(nameOf(one));
      expect(told).not.toBe(0);
      expect(structureOf(nameOf(toldFrom(one, from, back)))).toBe(told);
      expect(structureOf(nameOf(two)) === told).toBe(ringOf(one) === ringOf(two));
    }),
  );
});

test('no text is too odd to be refused', () => {
  const sign = fc.constantFrom(
    ..."2,4-()[]' ".split(''),
    'di',
    'eth',
    'yl',
    'oxy',
    'benzene',
    'ol',
    'acid',
    '1h',
    'cyclo',
    'hydro',
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 14 }), (signs) => {
      structureOf(signs.join(''));
    }),
    { numRuns: 500 },
  );
});
